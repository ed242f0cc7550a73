"""Who of a large directory is looked at for a team, by what their entries say alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import cos, radians
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.matching import WorkingWay
from careteam.domain.matching.words import STALE_AFTER
from careteam.domain.suggestion.fit import CHEAP, DEAR, MIDDLE, WORST_KM, WORST_WAIT_DAYS, Matter
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    PractitionerLanguage,
    Workplace,
)
from careteam.features.teams.candidates import Sought
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.places import Place

KM_A_DEGREE = 111.2
SURELY = 5
"""Of a discipline with so many nobody has to stand in, even if this order is a little out."""
_WAYS = {
    WorkingWay.IN_PERSON: "sees_in_person",
    WorkingWay.ONLINE: "sees_online",
    WorkingWay.HOME_VISIT: "visits_homes",
}
_COLUMNS = (
    Practitioner.accepting,
    Practitioner.accepting_said_on,
    Practitioner.usual_wait_days,
    Practitioner.away_until,
    Practitioner.fee_from,
    Practitioner.fee_to,
    Practitioner.is_public_service,
    Practitioner.sees_in_person,
    Practitioner.sees_online,
    Practitioner.visits_homes,
)

Columns = Any


def list_first_by_entry(
    actor: Actor,
    sought: Sought,
    weights: Mapping[Matter, int],
    most: int,
    also: Collection[UUID],
) -> Sequence[Any]:
    """Of each discipline sought the first `most` and whoever of it is `also` asked for: discipline,
    id, place in the order (from 1), and how many of it no wish takes off. One statement.

    Those who may stand in are among them where a discipline has fewer than `SURELY`. Those whom a
    wish would take off stand last. The order is that of the fit, but for what an entry does not
    say: how they answer. Distances are those of a flat map, good enough to choose by.
    """
    entries = _entries(actor, sought).subquery()
    misses = _misses(entries.c, sought)
    ranked = select(
        entries.c.discipline,
        entries.c.id,
        func.row_number()
        .over(
            partition_by=entries.c.discipline,
            order_by=(misses, _cost(entries.c, weights), entries.c.id),
        )
        .label("place"),
        func.sum(case((misses == 0, 1), else_=0))
        .over(partition_by=entries.c.discipline)
        .label("there"),
    ).subquery()
    wanted = or_(ranked.c.place <= most, ranked.c.id.in_(list(also)))
    return db.session.execute(select(ranked).where(wanted).order_by(ranked.c.place)).all()


def _entries(actor: Actor, sought: Sought) -> Select[Any]:
    """A row for each entry and discipline, with the kilometres to the nearest workplace."""
    columns: tuple[Any, ...] = (PractitionerDiscipline.discipline, Practitioner.id, *_COLUMNS)
    statement = (
        select(*columns, _km(sought.near))
        .join(Practitioner, Practitioner.id == PractitionerDiscipline.practitioner_id)
        .where(_is_asked(actor, sought), *_could_be_asked(actor, sought))
    )
    if sought.near is None:
        return statement
    # Grouping works each distance out once; asked for by itself it would be at every mention.
    here = Workplace.practitioner_id == Practitioner.id
    return statement.outerjoin(Workplace, here).group_by(
        PractitionerDiscipline.discipline, Practitioner.id
    )


def _is_asked(actor: Actor, sought: Sought) -> ColumnElement[bool]:
    """Of a discipline sought, or one that may stand in for one of which there are few."""
    practises, asked = PractitionerDiscipline.discipline, sought.disciplines
    stands_in = (
        and_(practises.in_(others), _are_few(actor, sought, discipline))
        for discipline, others in asked.items()
        if others
    )
    # All of them once more, for the index: it is not looked for behind an "or".
    all_of_them = practises.in_({*asked, *(other for each in asked.values() for other in each)})
    return and_(all_of_them, or_(practises.in_(asked), *stands_in))


def _are_few(actor: Actor, sought: Sought, discipline: str) -> ColumnElement[bool]:
    """Whether fewer than `SURELY` practise it whom no wish takes off; it counts no further."""
    nearest = select(_km(sought.near)).where(Workplace.practitioner_id == Practitioner.id)
    there = (
        select(Practitioner.id, *_COLUMNS, nearest.correlate(Practitioner).label("km"))
        .join(PractitionerDiscipline, PractitionerDiscipline.practitioner_id == Practitioner.id)
        .where(PractitionerDiscipline.discipline == discipline, *_could_be_asked(actor, sought))
        .correlate(None)
        .subquery()
    )
    some = select(literal(1)).select_from(there).where(_misses(there.c, sought) == 0).limit(SURELY)
    return select(func.count()).select_from(some.subquery()).scalar_subquery() < SURELY


def _could_be_asked(actor: Actor, sought: Sought) -> tuple[ColumnElement[bool], ...]:
    return (
        within(actor, Permission.READ_DIRECTORY, Practitioner),
        Practitioner.retired_at.is_(None),
        Practitioner.id.not_in(list(sought.without)),
    )


def _km(near: Place | None) -> ColumnElement[Any]:
    if near is None:
        return cast(null(), Float).label("km")
    north = Workplace.latitude - near.latitude
    east = (Workplace.longitude - near.longitude) * cos(radians(near.latitude))
    nearest = func.sqrt(func.min(north * north + east * east))
    return (KM_A_DEGREE * nearest).label("km")


def _misses(entry: Columns, sought: Sought) -> ColumnElement[int]:
    """How many wishes would take them off."""
    hard = sought.hard
    off = [_is_full(entry)]
    if hard.within_km is not None and sought.near is not None:
        off.append(entry.km > hard.within_km)
    if hard.only_accepting:
        off.append(~_takes(entry))
    if hard.ways:
        off.append(~or_(*(entry[_WAYS[way]] for way in hard.ways)))
    if hard.only_language and sought.language:
        speaks = select(PractitionerLanguage.practitioner_id).where(
            PractitionerLanguage.code == sought.language
        )
        off.append(entry.id.not_in(speaks))
    found: ColumnElement[int] = literal(0)
    for each in off:
        found = found + case((each, 1), else_=0)
    return found


def _is_full(entry: Columns) -> ColumnElement[bool]:
    """Says that they take nobody, or is away."""
    today = clock.today()
    away_until = func.coalesce(entry.away_until, today - STALE_AFTER)
    return or_(entry.accepting == "no", away_until >= today)


def _takes(entry: Columns) -> ColumnElement[bool]:
    """Known to take new clients, and not too long ago."""
    said_on = func.coalesce(entry.accepting_said_on, clock.today() - 2 * STALE_AFTER)
    found: ColumnElement[bool] = and_(
        entry.accepting == "yes", said_on >= clock.today() - STALE_AFTER
    )
    return found


def _cost(entry: Columns, weights: Mapping[Matter, int]) -> ColumnElement[float]:
    """The parts of `fit_of` that an entry tells."""
    fee = func.coalesce(entry.fee_from, entry.fee_to)
    asked = case((entry.is_public_service, 0.0), else_=_share((fee - CHEAP) / (DEAR - CHEAP)))
    wait = _share(entry.usual_wait_days / float(WORST_WAIT_DAYS))
    room = (case((_takes(entry), 0.0), else_=MIDDLE) + wait) / 2
    return (
        weights[Matter.FEE] * asked
        + weights[Matter.ROOM] * room
        + weights[Matter.DISTANCE] * _share(entry.km / WORST_KM)
    )


def _share(value: ColumnElement[Any]) -> ColumnElement[float]:
    """Kept between nothing and all; the middle where it is not known."""
    return case((value.is_(None), MIDDLE), (value < 0, 0.0), (value > 1, 1.0), else_=value)
