"""Passwords: argon2id at 19 MiB, two passes, one lane (28 ms on a small machine)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from careteam.kit.errors import Invalid

SHORTEST = 10
LONGEST = 1000
TOO_COMMON = frozenset(
    {
        "1234567890",
        "0123456789",
        "password12",
        "password123",
        "password1234",
        "qwertyuiop",
        "qwerty12345",
        "1q2w3e4r5t",
        "iloveyou123",
        "letmein1234",
        "welcome1234",
        "changeme123",
        "administrator",
        "massagetherapist",
        "careteam123",
    }
)


def _hasher() -> PasswordHasher:
    memory = current_app.config["PASSWORD_MEMORY_KIB"]
    return PasswordHasher(time_cost=2, memory_cost=memory, parallelism=1)


def hash_password(password: str) -> str:
    return _hasher().hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is right. Spends the same time when there is no such account."""
    known = stored or _nobody()
    try:
        right = _hasher().verify(known, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def needs_rehash(stored: str) -> bool:
    return _hasher().check_needs_rehash(stored)


def _nobody() -> str:
    stored: str | None = current_app.extensions.get("careteam_nobody_hash")
    if stored is None:
        stored = current_app.extensions["careteam_nobody_hash"] = hash_password("nobody at all")
    return stored


def check_new(password: str, *, name: str, email: str) -> None:
    """Raise `Invalid` on `password` unless it is long enough and not easily guessed."""
    if len(password) < SHORTEST:
        raise Invalid(f"Use {SHORTEST} characters or more.", field="password")
    if len(password) > LONGEST:
        raise Invalid(f"Use at most {LONGEST} characters.", field="password")
    plain = password.casefold()
    own_words = [word for word in (*name.split(), email.partition("@")[0]) if len(word) > 3]
    if plain in TOO_COMMON or len(set(plain)) < 4:
        raise Invalid("This is among the first that are guessed. Use another.", field="password")
    if any(plain == word.casefold() or plain in (email, name.casefold()) for word in own_words):
        raise Invalid("Use something other than your name or address.", field="password")
