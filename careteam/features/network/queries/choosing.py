"""Who of a directory could be asked for a team, and what their entries alone say of their fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    String,
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
from careteam.domain.suggestion.fit import CHEAP, DEAR, MIDDLE, WORST_KM, WORST_WAIT_DAYS, Matter
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    PractitionerLanguage,
    Workplace,
)
from careteam.features.directory.queries.order import half_chord, is_away, takes_new
from careteam.features.responsiveness.queries import is_readable
from careteam.features.teams.candidates import Sought
from careteam.kit.db import db
from careteam.kit.places import EARTH_RADIUS_KM, Place

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


def list_by_entry(
    actor: Actor, sought: Sought, weights: Mapping[Matter, int], also: Collection[UUID]
) -> Sequence[Any]:
    """Everybody of each discipline sought whom no wish takes off, and of it whoever is `also` asked
    for: discipline, id, whether they are `off`, whether how they answer may be known (`is_known`),
    and what they cost at least. One statement, of columns alone: there may be thousands.

    Those who may stand in are among them where a discipline has fewer than `SURELY`. The cost is
    that of their fit by what an entry says; what it does not say, such as how they answer where
    that may be known, costs nothing. Keys come as text, past the layer that makes objects of them.
    """
    entries = _entries(actor, sought).subquery()
    is_off = _misses(entries.c, sought) > 0
    return (
        db.session.connection()
        .execute(
            select(
                entries.c.discipline,
                cast(entries.c.id, String).label("id"),
                is_off.label("off"),
                entries.c.is_known,
                _cost(entries.c, sought, weights).label("cost"),
            ).where(or_(~is_off, entries.c.id.in_(list(also))))
        )
        .all()
    )


def _entries(actor: Actor, sought: Sought) -> Select[Any]:
    """A row for each entry and discipline, with the kilometres to the nearest workplace."""
    columns: tuple[Any, ...] = (PractitionerDiscipline.discipline, Practitioner.id, *_COLUMNS)
    statement = (
        select(*columns, is_readable(actor).label("is_known"), _km(sought.near))
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
    half = half_chord(near)
    whole = case((half > 1, 1.0), else_=half)
    return (2 * EARTH_RADIUS_KM * func.asin(func.sqrt(whole))).label("km")


def _misses(entry: Columns, sought: Sought) -> ColumnElement[int]:
    """How many wishes would take them off."""
    hard = sought.hard
    off = [or_(entry.accepting == "no", is_away(entry))]
    if hard.within_km is not None and sought.near is not None:
        off.append(entry.km > hard.within_km)
    if hard.only_accepting:
        off.append(~takes_new(entry))
    if hard.ways:
        off.append(~or_(*(entry[_WAYS[way]] for way in hard.ways)))
    if hard.only_language and sought.language:
        off.append(~_speaks(entry, sought.language))
    found: ColumnElement[int] = literal(0)
    for each in off:
        found = found + case((each, 1), else_=0)
    return found


def _speaks(entry: Columns, language: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = entry.id.in_(
        select(PractitionerLanguage.practitioner_id).where(PractitionerLanguage.code == language)
    )
    return found


def _cost(entry: Columns, sought: Sought, weights: Mapping[Matter, int]) -> ColumnElement[float]:
    """The parts of `fit_of`, each at most as much as there."""
    fee = func.coalesce(entry.fee_from, entry.fee_to)
    asked = case((entry.is_public_service, 0.0), else_=_share((fee - CHEAP) / (DEAR - CHEAP)))
    said = _share(entry.usual_wait_days / float(WORST_WAIT_DAYS))
    wait = case((entry.is_known, 0.0), else_=said)
    room = (case((takes_new(entry), 0.0), else_=MIDDLE) + wait) / 2
    cost: ColumnElement[float] = (
        weights[Matter.ANSWER] * case((entry.is_known, 0.0), else_=MIDDLE)
        + weights[Matter.FEE] * asked
        + weights[Matter.ROOM] * room
    )
    if sought.near is not None:
        cost = cost + weights[Matter.DISTANCE] * _share(entry.km / WORST_KM)
    if sought.language:
        speaks = case((_speaks(entry, sought.language), 0.0), else_=MIDDLE)
        cost = cost + weights[Matter.LANGUAGE] * speaks
    return cost


def _share(value: ColumnElement[Any]) -> ColumnElement[float]:
    """Kept between nothing and all; the middle where it is not known."""
    return case((value.is_(None), MIDDLE), (value < 0, 0.0), (value > 1, 1.0), else_=value)
