"""Six digits: made, read leniently, kept as a keyed hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

from flask import current_app


def new_code() -> str:
    """Six digits, about twenty random bits: enough for ten minutes and eight tries."""
    return f"{secrets.randbelow(1_000_000):06d}"


def read_code(typed: str | None) -> str:
    """The digits of what was typed: blanks and dashes between them do not count."""
    return "".join(char for char in typed or "" if char.isascii() and char.isdigit())


def code_hash(link_id: UUID, code: str) -> str:
    """Keyed with the application's secret: six digits alone could be guessed from their hash."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"link code {link_id} {code}".encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)
