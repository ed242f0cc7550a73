"""The bench's browser against a server that hangs up on whoever is silent."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from threading import Thread

import pytest

from tools.benching.watch import Browser

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture
def forgetful() -> Iterator[tuple[int, list[bytes]]]:
    """Answers once on each connection, then hangs up; notes the first line it was asked."""
    asked: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            with caller:
                asked.append(caller.recv(4096).split(b"\r\n")[0])
                caller.sendall(ANSWER)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield listening.getsockname()[1], asked
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def test_connection_that_was_idle_for_long_is_opened_anew(
    forgetful: tuple[int, list[bytes]],
) -> None:
    port, asked = forgetful
    browser = Browser(port, idle=0.0)
    assert [browser.get("/one"), browser.get("/two")] == [(200, b"ok"), (200, b"ok")]
    assert asked == [b"GET /one HTTP/1.1", b"GET /two HTTP/1.1"]
    browser.idle = 60.0
    with pytest.raises(OSError, match=r"closed|reset|Broken"):
        browser.get("/three")
    browser.close()
