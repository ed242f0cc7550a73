"""Whether clients are taken, how long they usually wait, and absence: said in one tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.checking import check_wait
from careteam.features.directory.models import Practitioner
from careteam.kit import clock
from careteam.kit.errors import Conflict, Invalid

LONGEST_AWAY = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Availability:
    """What is said of it as of today. `accepting` is yes or no."""

    accepting: str
    usual_wait_days: int | None = None
    away_until: date | None = None


def availability_of(practitioner: Practitioner, accepting: str) -> Availability:
    """What stands there, with this word on taking clients. An absence that is over is left out."""
    away = practitioner.away_until
    is_away = away is not None and away >= clock.today()
    return Availability(accepting, practitioner.usual_wait_days, away if is_away else None)


@operation(Permission.SAY_AVAILABILITY, on="practitioner", action="practitioner.availability_said")
def say_availability(
    *, actor: Actor, practitioner: Practitioner, availability: Availability
) -> Practitioner:
    """Note all three as of today; saying the same again renews the day. Raises `Invalid`."""
    if practitioner.removal_asked_at is not None or practitioner.merged_into_id is not None:
        raise Conflict("This entry is out of the directory.")
    if availability.accepting not in ("yes", "no"):
        raise Invalid("Choose yes or no.", field="accepting")
    check_wait(availability.usual_wait_days)
    away, today = availability.away_until, clock.today()
    if away is not None and away < today:
        raise Invalid("This day is over. Leave it empty if you are back.", field="away_until")
    if away is not None and away > today + LONGEST_AWAY:
        raise Invalid("Give a day within two years.", field="away_until")
    practitioner.accepting = availability.accepting
    practitioner.accepting_said_on = today
    practitioner.usual_wait_days = availability.usual_wait_days
    practitioner.away_until = away
    return practitioner
