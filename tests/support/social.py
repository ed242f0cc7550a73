"""A server in this process that answers over TLS as it is told to: well, or not at all."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from careteam.kit.outward import Door

CERTIFICATE = Path(__file__).with_name("localhost.pem")
Answer = Callable[["_Handler"], None]


class SocialServer(ThreadingHTTPServer):
    """`answers` is by path; `asked` lists the paths with their queries."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.over = Event()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, *_: Any) -> None:
        """A client that goes away in the middle is what the tests are about."""

    def door(self, *hosts: str, seconds: float = 5.0) -> Door:
        """A way out to this server, whatever the host is called."""
        trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
        trusting.check_hostname = False
        return Door(
            hosts=frozenset(hosts),
            resolve=lambda host: ["127.0.0.1"],
            allows=lambda address: True,
            port=self.server_address[1],
            seconds=seconds,
            context=trusting,
        )


class _Handler(BaseHTTPRequestHandler):
    server: SocialServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answer = self.server.answers.get(urlsplit(self.path).path, says(404, {"error": "no"}))
        with suppress(OSError):
            answer(self)

    def log_message(self, *_: Any) -> None:
        pass


def says(
    status: int, body: Any, kind: str = "application/json; charset=utf-8", **headers: str
) -> Answer:
    def answer(handler: _Handler) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(raw)),
            **headers,
        }.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(raw)

    return answer


def hangs(handler: _Handler) -> None:
    handler.server.over.wait(20)


def drips(handler: _Handler) -> None:
    """A header a byte at a time, without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b"x")


def floods(handler: _Handler) -> None:
    """Without saying how long it will be."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while not handler.server.over.is_set():
        handler.wfile.write(b" " * 65536)


@contextmanager
def social_server() -> Iterator[SocialServer]:
    server = SocialServer()
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
