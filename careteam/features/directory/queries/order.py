"""The plain order of names by the database, so that a page reads only whom it names.

It is the order of `careteam.domain.matching.order`, which the names that were read are explained
by; a test asks both of the same directory.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.matching.nearness import NEAR_KM
from careteam.domain.matching.order import DISTANCE_BANDS_KM, WAIT_BANDS_DAYS
from careteam.domain.matching.words import STALE_AFTER
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    PractitionerLanguage,
    Workplace,
)
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.places import EARTH_RADIUS_KM, Place

OWN, OTHERS, AWAY = 0, 1, 2
"""Whoever comes first, everybody else who can be offered, and whoever cannot now."""

Columns = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """Whom one list asks for: of the first of `disciplines`, or of another that may stand in.

    `language` is a code, '' for none. `own` come before the plain order; with `near_first` so do
    those who are near.
    """

    disciplines: Sequence[str]
    near: Place | None = None
    language: str = ""
    without: Collection[UUID] = ()
    own: Collection[UUID] = ()
    near_first: bool = False


class Placed(NamedTuple):
    """Somebody of the list `at`: in which `group`, at which `place` of it (from 1), of how many."""

    at: int
    id: UUID
    group: int
    place: int
    there: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How much of a list is looked at: the `first` names, the `more` after place `after`, so many
    of those who are `away`.

    Where no more than the first are asked for, others may stand in only where these are too few
    without them, and are not counted else.
    """

    first: int
    after: int = 0
    more: int = 0
    away: int = 1


def list_places(actor: Actor, lists: Sequence[Enquiry], look: Look) -> list[Placed]:
    """As much of each list as is looked at, and all of its `own`. One statement."""
    if not lists:
        return []
    parts = [_part(actor, at, asked, look) for at, asked in enumerate(lists)]
    whole: Select[Any] | CompoundSelect[Any] = union_all(*parts) if len(parts) > 1 else parts[0]
    return [Placed(*row) for row in db.session.execute(whole)]


def _part(actor: Actor, at: int, asked: Enquiry, look: Look) -> Select[Any]:
    entries = _entries(actor, asked, look).subquery()
    group = _group(entries.c, asked.own)
    ranked = select(
        entries.c.id,
        group.label("group"),
        func.row_number().over(partition_by=group, order_by=_order(entries.c, asked)),
        func.count().over(partition_by=group),
    ).subquery()
    id_, which, place, _ = ranked.c
    shown = or_(
        and_(which == OTHERS, place <= look.first),
        and_(which == OTHERS, place > look.after, place <= look.after + look.more),
        and_(which == AWAY, place <= look.away),
        id_.in_(asked.own),
    )
    return select(literal(at), *ranked.c).where(shown)


def _entries(actor: Actor, asked: Enquiry, look: Look) -> Select[Any]:
    """A row for each entry that could be offered, with the distance of its nearest workplace."""
    itself = PractitionerDiscipline.discipline == asked.disciplines[0]
    of_these: ColumnElement[bool] = PractitionerDiscipline.discipline.in_(asked.disciplines)
    if not look.more and len(asked.disciplines) > 1:
        of_these = and_(of_these, or_(itself, _too_few(actor, asked, look.first)))
    statement = (
        select(
            Practitioner.id,
            Practitioner.search_text,
            Practitioner.accepting,
            Practitioner.accepting_said_on,
            Practitioner.usual_wait_days,
            Practitioner.verified_on,
            Practitioner.away_until,
            func.min(case((itself, 0), else_=1)).label("stands_in"),
            half_chord(asked.near).label("half"),
        )
        .join(PractitionerDiscipline, _is_theirs(PractitionerDiscipline))
        .where(of_these, *_could_be_offered(actor, asked))
        .group_by(Practitioner.id)
    )
    return (
        statement if asked.near is None else statement.outerjoin(Workplace, _is_theirs(Workplace))
    )


def _too_few(actor: Actor, asked: Enquiry, first: int) -> ColumnElement[bool]:
    """Not even one more than the first of the discipline itself take new clients, or may."""
    some = (
        select(literal(1))
        .select_from(Practitioner)
        .join(PractitionerDiscipline, _is_theirs(PractitionerDiscipline))
        .where(
            PractitionerDiscipline.discipline == asked.disciplines[0],
            *_could_be_offered(actor, asked),
            Practitioner.id.not_in(asked.own),
            Practitioner.accepting != "no",
            ~is_away(Practitioner),
        )
        .limit(first + 1)
        .correlate(None)
    )
    return select(func.count()).select_from(some.subquery()).scalar_subquery() <= first


def _could_be_offered(actor: Actor, asked: Enquiry) -> tuple[ColumnElement[bool], ...]:
    return (
        within(actor, Permission.READ_DIRECTORY, Practitioner),
        Practitioner.retired_at.is_(None),
        Practitioner.id.not_in(asked.without),
    )


def _is_theirs(model: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = model.practitioner_id == Practitioner.id
    return found


def half_chord(near: Place | None) -> ColumnElement[Any]:
    """The square of half the chord to the nearest workplace on a sphere of radius 1: it grows with
    the distance, of which it is the haversine formula without its last step."""
    if near is None:
        return null()
    north = func.radians(Workplace.latitude - near.latitude) / 2
    east = func.radians(Workplace.longitude - near.longitude) / 2
    along = cos(radians(near.latitude)) * func.cos(func.radians(Workplace.latitude))
    return func.min(func.power(func.sin(north), 2) + along * func.power(func.sin(east), 2))


def _half_of(km: float) -> float:
    return sin(km / EARTH_RADIUS_KM / 2) ** 2


def _group(entry: Columns, own: Collection[UUID]) -> ColumnElement[int]:
    comes_first = and_(entry.id.in_(own), entry.accepting != "no")
    return case((is_away(entry), AWAY), (comes_first, OWN), else_=OTHERS)


def _order(entry: Columns, asked: Enquiry) -> list[Any]:
    """As `order_candidates`: whoever takes nobody last, and so on."""
    speaks = select(PractitionerLanguage.practitioner_id).where(
        PractitionerLanguage.code == asked.language
    )
    near = [_after(and_(entry.half.is_not(None), entry.half <= _half_of(NEAR_KM)))]
    return [
        _after(entry.accepting != "no"),
        *(near if asked.near_first and asked.near else ()),
        entry.stands_in,
        *([_after(entry.id.in_(speaks))] if asked.language else ()),
        _after(takes_new(entry)),
        *([_band(entry.half, map(_half_of, DISTANCE_BANDS_KM))] if asked.near else ()),
        _band(entry.usual_wait_days, WAIT_BANDS_DAYS),
        *([entry.half.is_(None), entry.half] if asked.near else ()),
        entry.verified_on.is_(None),
        entry.verified_on.desc(),
        entry.search_text,
        entry.id,
    ]


def _after(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return case((holds, 0), else_=1)


def _band(value: ColumnElement[Any], bounds: Any) -> ColumnElement[int]:
    """Number of the band, beyond the last one and then unknown coming last."""
    each = list(bounds)
    inside = [(value <= bound, number) for number, bound in enumerate(each)]
    return case((value.is_(None), len(each) + 1), *inside, else_=len(each))


def is_away(entry: Columns) -> ColumnElement[bool]:
    found: ColumnElement[bool] = func.coalesce(entry.away_until >= clock.today(), False)
    return found


def takes_new(entry: Columns) -> ColumnElement[bool]:
    """Known to take new clients, and not too long ago."""
    since = clock.today() - STALE_AFTER
    found: ColumnElement[bool] = func.coalesce(
        and_(entry.accepting == "yes", entry.accepting_said_on >= since), False
    )
    return found
