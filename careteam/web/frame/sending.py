"""How a change is answered: a redirect to where it shows, with a word and perhaps an undo."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response


def done(
    endpoint: str,
    text: str | None = None,
    *,
    kind: str = "good",
    undo: str | None = None,
    undo_fields: dict[str, Any] | None = None,
    anchor: str | None = None,
    **values: Any,
) -> Response:
    """303 to `endpoint`; `text` is shown there once, with an Undo that posts to `undo`."""
    if text:
        words = {"text": text, "undo": undo, "fields": undo_fields or {}} if undo else text
        flash(words, kind)  # type: ignore[arg-type]  # any JSON value travels in the cookie
    return redirect(url_for(endpoint, _anchor=anchor, **values), 303)


def is_in_place() -> bool:
    """Whether htmx asks for a part of the page only."""
    return request.headers.get("HX-Request") == "true"


def safe_path(address: str | None) -> str | None:
    """`address` if it is a path of this site, else None: a redirect never leaves."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or "\\" in address or any(ord(char) < 32 for char in address):
        return None
    return address
