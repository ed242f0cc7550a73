"""A time that is kept for a whole conversation over a socket.

A library's own time limit is for each step, so that a server which answers a little at a time could
hold a caller for hours.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from threading import Lock, Timer
from typing import Any


class Deadline:
    """Once the time is over the watched connection (its `sock`) is shut, whatever it waits for."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._lock = Lock()
        self._is_over = False
        self._client: Any = None

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    @property
    def left(self) -> float:
        """Seconds, never quite none: for steps that take a time limit of their own."""
        return max(0.01, self._ends - time.monotonic())

    def watch(self, client: Any) -> None:
        with self._lock:
            self._client = client

    def check(self) -> None:
        """Raises TimeoutError when the time is over."""
        if self._is_over:
            raise TimeoutError

    def _end(self) -> None:
        with self._lock:
            self._is_over = True
            connection = getattr(self._client, "sock", None)
            if connection is not None:
                with suppress(OSError):
                    # Not the method of an encrypted connection, which the other thread is using.
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
