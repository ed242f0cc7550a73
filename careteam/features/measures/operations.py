"""Recording a measurement, and taking a wrong one back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.access.guard import allowed
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.measures.models import Measurement
from careteam.features.measures.offered import offered_measures
from careteam.features.measures.queries import birth_of
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid

WAYS = ("in person", "by phone", "on paper", "from a letter")
"""How a value was taken."""
BY_CLIENT = "on the client's own page"
FIRST_DAY = date(1900, 1, 1)


@operation(Permission.RECORD_MEASUREMENT, on="goal", action="measurement.recorded")
def record_measurement(
    *,
    actor: Actor,
    goal: Goal,
    measurement_id: UUID,
    measure: str,
    value: float,
    taken_on: date,
    how: str = WAYS[0],
    note: str | None = None,
) -> Measurement:
    """Record one value of a measure that belongs to the goal.

    Its information class is the catalogue's. Raises `Invalid` for a measure that is hidden or not
    the goal's, a value outside its range, and a day in the future or before the client was born.
    """
    offered = next((each for each in offered_measures(actor, goal) if each.id == measure), None)
    if offered is None:
        raise Invalid("Choose one of the measures.", field="measure")
    if not offered.measure.minimum <= value <= offered.measure.maximum:
        raise Invalid(f"{offered.measure.name}: give {offered.range_words}.", field="value")
    if actor.kind is Kind.CLIENT:
        how = BY_CLIENT
    elif how not in WAYS:
        raise Invalid("Choose how it was taken.", field="how")
    _check_day(goal, taken_on)
    row = Measurement(
        id=measurement_id,
        client_id=goal.client_id,
        goal_id=goal.id,
        author_id=actor.practitioner_id,
        information_class=offered.measure.information_class,
        measure=measure,
        value=value,
        taken_on=taken_on,
        how=how,
        note=note,
        seen_at=None if _is_news(actor, goal) else clock.now(),
    )
    db.session.add(row)
    return row


def _is_news(actor: Actor, goal: Goal) -> bool:
    """To whoever keeps the record: what others on the team record."""
    return actor.kind is not Kind.CLIENT and not allowed(actor, Permission.EDIT_PLAN, goal)


def _check_day(goal: Goal, taken_on: date) -> None:
    if taken_on > clock.today():
        raise Invalid("This day lies in the future.", field="taken_on")
    born = birth_of(goal.client_id)
    if taken_on < (born or FIRST_DAY):
        raise Invalid("This day lies before the client was born.", field="taken_on")


@operation(Permission.RECORD_MEASUREMENT, on="measurement", action="measurement.taken_back")
def take_back_measurement(*, actor: Actor, measurement: Measurement) -> Measurement:
    """Remove a value recorded by mistake: who recorded it, or whoever keeps the record."""
    if not _is_own(actor, measurement) and not allowed(actor, Permission.EDIT_PLAN, measurement):
        raise Forbidden
    db.session.delete(measurement)
    return measurement


def _is_own(actor: Actor, measurement: Measurement) -> bool:
    """Whether the actor recorded it; the client's are those without an author."""
    if actor.kind is Kind.CLIENT:
        return measurement.author_id is None
    return actor.practitioner_id is not None and measurement.author_id == actor.practitioner_id
