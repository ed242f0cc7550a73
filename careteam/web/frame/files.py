"""Files that people take away, and files that they bring."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response
from werkzeug.datastructures import FileStorage
from werkzeug.http import dump_options_header


def taken_away(data: bytes, name: str, media_type: str) -> Response:
    """The bytes as a file to keep: never shown inside a page of ours, never guessed at, and kept
    by nobody on the way."""
    response = make_response(data)
    response.mimetype = media_type
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    response.headers["Cache-Control"] = "no-store"
    return response


def brought(file: Any, most: int) -> bytes:
    """The bytes of an upload, one more than `most` at the longest; nothing where none was sent."""
    return file.read(most + 1) if isinstance(file, FileStorage) else b""
