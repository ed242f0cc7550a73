"""Log lines: one JSON object each, with the request's number and nothing personal.

Addresses are logged as the route's pattern, never filled in: an id or a token in an address can
identify a person.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

SECRET = re.compile(r"(/[rq]/|[?&]token=)[^\s\"?&]+")
PLAIN_FIELDS = ("endpoint", "status", "ms", "job", "count")


class Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request_id"] = g.get("request_id", "")
        line |= {name: getattr(record, name) for name in PLAIN_FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = self._frames(record)
        return json.dumps(line, ensure_ascii=False)

    def _frames(self, record: logging.LogRecord) -> list[str]:
        """File, line and function of each frame; messages may hold what somebody typed."""
        frames: list[str] = []
        trace = record.exc_info[2] if record.exc_info else None
        while trace is not None:
            code = trace.tb_frame.f_code
            frames.append(
                f"{code.co_filename.rsplit('/careteam/', 1)[-1]}:{trace.tb_lineno} {code.co_name}"
            )
            trace = trace.tb_next
        return frames[-12:]


class WithoutSecrets(logging.Filter):
    """For the server of developers, which logs request lines: what opens something is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = SECRET.sub(r"\1...", record.getMessage())
        record.msg, record.args = said, ()
        return True


_without_secrets = WithoutSecrets()


def install(app: Flask, level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    app.logger.handlers = [handler]
    app.logger.propagate = False
    app.logger.setLevel(level)
    logging.getLogger("werkzeug").addFilter(_without_secrets)
    app.before_request(_start)
    app.after_request(_finish(app))


def _start() -> None:
    g.started = time.perf_counter()


def _finish(app: Flask):  # type: ignore[no-untyped-def]
    def write(response: Response) -> Response:
        if request.endpoint not in ("static", "system.health"):
            app.logger.info(
                "request",
                extra={
                    "endpoint": f"{request.method} {request.endpoint or '-'}",
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - g.started) * 1000, 1),
                },
            )
        return response

    return write
