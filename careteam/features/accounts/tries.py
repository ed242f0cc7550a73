"""Limits on guessing, counted in the database, so that they hold over all processes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, insert

from careteam.features.accounts.models import FailedTry
from careteam.features.accounts.queries import count_failed_tries
from careteam.kit import clock
from careteam.kit.db import db, own_transaction, reading
from careteam.kit.errors import TooMany

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` wrong tries for `what` within the window. Only a hash of `what` is kept."""

    what: str
    most: int

    @property
    def key(self) -> str:
        return hashlib.sha256(self.what.encode("utf-8", "surrogatepass")).hexdigest()


def take_tries(limits: list[Limit]) -> list[UUID]:
    """Count a try as failed before it is made; `give_back` takes it back once it has succeeded.

    It is stored before counting: of many at one moment, in however many processes, each sees all
    the others, so that never more than the limit get through. Ends the running transaction.
    Raises `TooMany`.
    """
    taken = [uuid4() for _ in limits]
    rows = [
        {"id": new, "key_hash": limit.key, "at": clock.now()}
        for new, limit in zip(taken, limits, strict=True)
    ]
    oldest = clock.now() - WINDOW
    db.session.rollback()
    with own_transaction() as connection:
        connection.execute(delete(FailedTry).where(FailedTry.at < oldest))
        connection.execute(insert(FailedTry), rows)
    with reading():
        counts = {limit.key: count_failed_tries(limit.key, oldest) for limit in limits}
        db.session.rollback()
    if any(counts[limit.key] > limit.most for limit in limits):
        give_back(taken)
        raise TooMany("Too many tries. Please wait 15 minutes, then try again.")
    return taken


def give_back(taken: list[UUID]) -> None:
    """The tries succeeded, or were not made."""
    with own_transaction() as connection:
        connection.execute(delete(FailedTry).where(FailedTry.id.in_(taken)))
