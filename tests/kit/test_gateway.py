"""The door between granian and the application: whole requests only, mapped as PEP 3333 says."""

import asyncio
from collections.abc import AsyncIterator, Iterable

import pytest

from careteam.kit.gateway import Gateway


class Headers:
    def __init__(self, lines: list[tuple[str, str]]) -> None:
        self.lines = lines

    def get(self, key: str, default: str | None = None) -> str | None:
        return next((value for name, value in self.lines if name == key), default)

    def items(self) -> list[tuple[str, str]]:
        return self.lines


class Scope:
    proto = "http"
    http_version = "1.1"
    scheme = "http"
    server = "127.0.0.1:8000"
    client = "127.0.0.1:54321"
    query_string = "page=2"

    def __init__(self, method: str, path: str, lines: list[tuple[str, str]]) -> None:
        self.method = method
        self.path = path
        self.headers = Headers(lines)


class Exchange:
    """Sends `chunks` as the body and then, when `stalls`, nothing more for ever."""

    def __init__(self, chunks: Iterable[bytes] = (), *, stalls: bool = False) -> None:
        self.chunks = chunks
        self.stalls = stalls
        self.answer: tuple[int, dict[str, str], bytes] | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            yield chunk
        if self.stalls:
            await asyncio.Event().wait()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer = status, dict(headers), body


class Recorder:
    """A WSGI application that keeps the environ and answers with the body it was sent."""

    def __init__(self) -> None:
        self.environ: dict = {}
        self.closed = False

    def __call__(self, environ, start_response):
        self.environ = environ
        start_response("201 Created", [("Content-Type", "text/plain"), ("Connection", "close")])
        return self

    def __iter__(self):
        yield b"got "
        yield self.environ["wsgi.input"].read()

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def application() -> Recorder:
    return Recorder()


def ask(application, exchange, method="POST", path="/form", lines=()):
    gateway = Gateway(application, limit=10, patience=0.01)
    asyncio.run(gateway.__rsgi__(Scope(method, path, list(lines)), exchange))
    return exchange.answer


def test_whole_body_reaches_the_application(application):
    answer = ask(application, Exchange([b"ab", b"cde"]), lines=[("content-length", "5")])

    assert answer == (201, {"Content-Type": "text/plain"}, b"got abcde")
    assert application.closed


def test_sender_who_stops_midway_is_told_and_never_reaches_the_application(application):
    exchange = Exchange([b"ab"], stalls=True)

    status, headers, _ = ask(application, exchange, lines=[("content-length", "5")])

    assert (status, headers["connection"]) == (408, "close")
    assert application.environ == {}


def test_body_that_breaks_off_is_refused(application):
    assert ask(application, Exchange([b"ab"]), lines=[("content-length", "5")])[0] == 400
    assert application.environ == {}


def test_body_over_the_limit_is_not_read_and_keeps_its_length(application):
    exchange = Exchange(stalls=True)

    assert ask(application, exchange, lines=[("content-length", "11")])[2] == b"got "
    assert application.environ["CONTENT_LENGTH"] == "11"


@pytest.mark.parametrize(
    "line",
    [
        ("transfer-encoding", "chunked"),
        ("content-length", "+5"),
        ("content-length", "-1"),
        ("content-length", "٥"),
        ("content-length", "9" * 19),
    ],
)
def test_body_of_unknown_length_is_refused(application, line):
    assert ask(application, Exchange([b"ab"]), lines=[line])[0] == 411
    assert application.environ == {}


def test_request_is_described_as_wsgi_expects(application):
    lines = [
        ("host", "team.example.org"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("accept", "text/html"),
        ("accept", "text/plain"),
        ("x_forwarded_for", "203.0.113.9"),
    ]

    ask(application, Exchange(), method="GET", path="/café/a%20b", lines=lines)

    environ = application.environ
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/café/a%20b"
    assert environ["QUERY_STRING"] == "page=2"
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert environ["SERVER_PORT"] == "8000"
    assert environ["HTTP_HOST"] == "team.example.org"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_ACCEPT"] == "text/html, text/plain"
    assert "HTTP_X_FORWARDED_FOR" not in environ


def test_failing_application_becomes_an_answer_and_a_log_line(caplog):
    def broken(environ, start_response):
        raise RuntimeError("lost")

    status, _, body = ask(broken, Exchange(), method="GET")

    assert (status, body) == (500, b"Something went wrong.")
    assert "outside its own error handling" in caplog.text
