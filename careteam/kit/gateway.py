"""A door between granian and a WSGI application that waits for whole requests.

Granian's own WSGI interface hands a request over as soon as its head has arrived, so each
sender who stops in the middle of a body holds the one thread of a worker: four of them stop
the service. Here the body is collected first, without a thread, up to a size and a time.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any, Protocol
from wsgiref.types import StartResponse, WSGIApplication

log = logging.getLogger(__name__)

PLAIN = ("content-type", "text/plain; charset=utf-8")
NOT_FORWARDED = frozenset({"transfer-encoding", "connection", "keep-alive"})


class Headers(Protocol):
    """Lower-case names; `items` holds a pair for each line received."""

    def get(self, key: str, default: Any = None) -> Any: ...

    def items(self) -> Iterable[tuple[str, str]]: ...


class Scope(Protocol):
    """What granian knows of a request before its body.

    Addresses are `host:port`; `path` has its percent signs already resolved.
    """

    proto: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    http_version: str

    @property
    def headers(self) -> Headers: ...


class Exchange(Protocol):
    """The open request: iterate for its body, then answer once."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...


class Gateway:
    """Serves `application` through granian's RSGI interface, one request at a time a worker.

    `limit` is in bytes: a longer body is not read, and the application is called with the
    length that was announced, so that its own rule can refuse it in its own words. `patience`
    is in seconds, for the whole body.
    """

    def __init__(self, application: WSGIApplication, *, limit: int, patience: float) -> None:
        self.application = application
        self.limit = limit
        self.patience = patience

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        if scope.proto != "http":
            return
        length = announced_length(scope.headers)
        if length is None:
            refuse(exchange, 411, "Say how long the request is.")
            return
        body = b""
        if 0 < length <= self.limit:
            try:
                body = await asyncio.wait_for(collect(exchange, length), self.patience)
            except TimeoutError:
                refuse(exchange, 408, "The request did not arrive in time.")
                return
            if len(body) != length:
                refuse(exchange, 400, "The request broke off.")
                return
        status, headers, answer = self.call(environ_of(scope, body))
        exchange.response_bytes(status, headers, answer)

    def call(self, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
        """Call the application and gather its whole answer; its failure becomes a 500."""
        try:
            return run(self.application, environ)
        except Exception:
            log.exception("the application failed outside its own error handling")
            return 500, [PLAIN], b"Something went wrong."


def announced_length(headers: Headers) -> int | None:
    """Bytes of the body, 0 without one; None when the sender does not say or says nonsense."""
    if headers.get("transfer-encoding") is not None:
        return None
    given = headers.get("content-length")
    if given is None:
        return 0
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None


async def collect(exchange: Exchange, length: int) -> bytes:
    body = bytearray()
    async for chunk in exchange:
        body += chunk
        if len(body) >= length:
            break
    return bytes(body)


def refuse(exchange: Exchange, status: int, sentence: str) -> None:
    exchange.response_bytes(status, [PLAIN, ("connection", "close")], sentence.encode())


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """The request as PEP 3333 wants it."""
    server, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        add_header(environ, name, value)
    return environ


def add_header(environ: dict[str, Any], name: str, value: str) -> None:
    """Join repeated lines. A name with an underscore is dropped: it could pose as another."""
    if "_" in name:
        return
    key = name.upper().replace("-", "_")
    if key in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        environ[key] = value
        return
    key = f"HTTP_{key}"
    joint = "; " if key == "HTTP_COOKIE" else ", "
    environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value


def run(
    application: WSGIApplication, environ: dict[str, Any]
) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and body; the answer's own clean-up runs whatever happens."""
    status = 0
    headers: list[tuple[str, str]] = []
    written: list[bytes] = []

    def start_response(
        line: str, lines: list[tuple[str, str]], *_: object
    ) -> Callable[[bytes], None]:
        nonlocal status, headers
        status, headers = int(line.split(" ", 1)[0]), lines
        return written.append

    start: StartResponse = start_response
    answer = application(environ, start)
    try:
        written.extend(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()
    return (
        status,
        [pair for pair in headers if pair[0].lower() not in NOT_FORWARDED],
        b"".join(written),
    )
