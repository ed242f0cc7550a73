"""How long an entry of the directory is relied on after somebody last said that it is right."""

from __future__ import annotations

from datetime import date, timedelta

UNCONFIRMED_AFTER = timedelta(days=183)
"""An entry that nobody confirmed for so long says so (own choice: six months)."""
ASK_AFTER = timedelta(days=365)
"""The person themself is asked after so long, and not again for as long."""


def last_confirmed(entered_on: date, *said_on: date | None) -> date:
    """The latest day on which somebody said that it holds; whoever entered it did, as long as
    nobody else has.
    """
    return max(filter(None, said_on), default=entered_on)


def is_unconfirmed(confirmed_on: date, today: date) -> bool:
    return today - confirmed_on > UNCONFIRMED_AFTER
