"""What the link of a referral may do, and how long it lives."""

from datetime import datetime, timedelta

from careteam.domain.referral.table import is_open
from careteam.domain.referral.values import Action, State

STAYS = timedelta(days=90)
"""How long a link outlives the referral and the seat it serves."""

WITHOUT_CODE = frozenset(
    {
        Action.ACKNOWLEDGE,
        Action.ASK,
        Action.ACCEPT,
        Action.DECLINE,
        Action.REDIRECT,
        Action.HOLD,
    }
)
"""First answers, open to whoever holds the link. All else needs the code, once per browser."""

_NEVER = frozenset({State.DRAFT, State.DISCARDED})


def link_lives(
    state: State, since_at: datetime | None, seat_ended_at: datetime | None, now: datetime
) -> bool:
    """Whether a link still opens its referral, were it not revoked.

    It lives while the referral is open, and 90 days from when it came to rest or its seat ended,
    whichever was later. `seat_ended_at` is None without a seat, and `now` while the seat is filled
    by the receiver.
    """
    if state in _NEVER or since_at is None:
        return False
    if is_open(state):
        return True
    rested_at = max(since_at, seat_ended_at) if seat_ended_at else since_at
    return now < rested_at + STAYS
