"""Search of the directory: a page of entries, and what a filter keeps from being found.

Text is matched inside the folded `search_text`, word by word. Distance is cut by a box, then
measured to the nearest workplace by the haversine formula, both in the database. A page
costs the same number of statements whatever its length and however large the directory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import Enum, auto
from functools import cache
from math import asin, cos, pi, radians, sin, sqrt
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    func,
    null,
    or_,
    select,
)

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.domain.matching import WorkingWay
from careteam.features.directory.filters import Filters
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    PractitionerLanguage,
    Workplace,
)
from careteam.features.directory.queries.entries import entries_to_list
from careteam.kit.db import columns_of, db
from careteam.kit.paging import Page
from careteam.kit.places import EARTH_RADIUS_KM, bounding_box
from careteam.kit.text import folded, like

PAGE_SIZE = 25
MOST_WORDS = 8
_WAYS = {
    WorkingWay.IN_PERSON: Practitioner.sees_in_person,
    WorkingWay.ONLINE: Practitioner.sees_online,
    WorkingWay.HOME_VISIT: Practitioner.visits_homes,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a result, without its languages. `km` is to the nearest workplace, None where
    unknown or not asked."""

    entry: Practitioner
    km: float | None = None


def list_practitioners(
    actor: Actor, filters: Filters, page: int = 1, size: int = PAGE_SIZE
) -> Page[Listed]:
    """One page, by distance where a place is given, else by name: ids, distances and the total in
    one go, then the entries."""
    of_page = {"before": (page - 1) * size, "most": size, "last": page * size - 1}
    ranked = columns_of(_ranked(actor, filters), of_page | _whereabouts(filters)).all()
    if not ranked:
        return Page([], page, size, count_matching(actor, filters))
    by_id = {entry.id: entry for entry in entries_to_list(actor, [row.id for row in ranked])}
    items = [Listed(by_id[row.id], _km(row.half)) for row in ranked if row.id in by_id]
    return Page(items, page, size, ranked[0].total)


def _ranked(actor: Actor, filters: Filters) -> Select[Any]:
    """As many as bound as `most` after the first `before`, each with the total; `last` is the place
    of the last of them. No two searches are alike, but that of a circle and nothing else.
    """
    if filters.near is None:
        return _by_name(actor, filters)
    if filters.used == ("within_km",) and not filters.retired:
        return _in_circle(actor, _box(filters))
    return _nearest_first(_near(actor, filters))


def _by_name(actor: Actor, filters: Filters) -> Select[Any]:
    """The total is counted apart, so that only the page is read in order."""
    conditions = _conditions(actor, filters)
    total = select(func.count(Practitioner.id)).where(*conditions).correlate(None).scalar_subquery()
    return (
        select(Practitioner.id, null().label("half"), total.label("total"))
        .where(*conditions)
        .order_by(Practitioner.search_text, Practitioner.id)
        .offset(bindparam("before"))
        .limit(bindparam("most"))
    )


@kept
def _in_circle(actor: Actor, box: _Box) -> Select[Any]:
    return _nearest_first(_circle(actor, box))


def _nearest_first(near: Select[Any]) -> Select[Any]:
    """Whom it finds is worked out once, for the total as for the page. Names, which order those at
    one distance, are read only of those no further away than the last one shown.
    """
    found = near.cte("found").prefix_with("MATERIALIZED")
    unknown_last = (found.c.half.is_(None), found.c.half)
    total = select(func.count()).select_from(found).scalar_subquery()
    furthest = select(found.c.half).order_by(*unknown_last).limit(1).offset(bindparam("last"))
    reach = furthest.scalar_subquery()
    return (
        select(Practitioner.id, found.c.half, total.label("total"))
        .join(found, found.c.id == Practitioner.id)
        .where((found.c.half > reach).is_not(True))
        .order_by(*unknown_last, Practitioner.search_text, Practitioner.id)
        .offset(bindparam("before"))
        .limit(bindparam("most"))
    )


def _circle(actor: Actor, box: _Box) -> Select[Any]:
    """Ids and distances of everybody in a circle, from its index alone."""
    nearest = _nearest(box)
    gone = select(Practitioner.id).where(Practitioner.retired_at.is_not(None))
    return select(nearest.c.practitioner_id.label("id"), nearest.c.half).where(
        within(actor, Permission.READ_DIRECTORY, Workplace), nearest.c.practitioner_id.not_in(gone)
    )


def _near(actor: Actor, filters: Filters) -> Select[Any]:
    """Ids and distances of whom a search finds."""
    nearest = _nearest(_box(filters))
    return (
        select(Practitioner.id, nearest.c.half)
        .join(nearest, _is_of(nearest), isouter=filters.within_km is None)
        .where(*_conditions(actor, filters))
    )


def count_matching(actor: Actor, filters: Filters) -> int:
    """How many entries a search finds."""
    if filters.near is None or filters.within_km is None:
        found = select(Practitioner.id).where(*_conditions(actor, filters))
    else:
        found = _near(actor, filters)
    counted = select(func.count()).select_from(found.subquery())
    return db.session.scalar(counted, _whereabouts(filters)) or 0


def drops_for(actor: Actor, filters: Filters) -> list[tuple[str, int]]:
    """The filters whose removal alone would give a result, with how many, most first."""
    counts = [(name, count_matching(actor, filters.without(name))) for name in filters.used]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1])


def list_languages(actor: Actor) -> Sequence[str]:
    """The codes of the languages that somebody in the directory speaks, or spoke."""
    return db.session.scalars(_languages(actor)).all()


@kept
def _languages(actor: Actor) -> Select[str]:
    """From one code to the next in the index, which passes over everybody who speaks the same."""
    code = PractitionerLanguage.code
    shown = within(actor, Permission.READ_DIRECTORY, PractitionerLanguage)
    spoken = select(func.min(code).label("code")).where(shown).cte("spoken", recursive=True)
    after = select(func.min(code)).where(code > spoken.c.code, shown).scalar_subquery()
    spoken = spoken.union_all(select(after).where(spoken.c.code.is_not(None)))
    return select(spoken.c.code).where(spoken.c.code.is_not(None)).order_by(spoken.c.code)


def _conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """Everything but distance, as conditions on the entry."""
    conditions: list[ColumnElement[bool]] = [
        within(actor, Permission.READ_DIRECTORY, Practitioner),
        _is_there(actor, filters),
        *(
            Practitioner.search_text.like(like(word), escape="\\")
            for word in folded(filters.words).split()[:MOST_WORDS]
        ),
    ]
    if filters.discipline:
        conditions.append(_has(PractitionerDiscipline, "discipline", filters.discipline))
    if filters.language:
        conditions.append(_has(PractitionerLanguage, "code", filters.language))
    if filters.accepting:
        conditions.append(Practitioner.accepting == "yes")
    if filters.ways:
        conditions.append(or_(*(_WAYS[way] for way in sorted(filters.ways))))
    if filters.fee is not None:
        conditions.append(
            or_(Practitioner.fee_from.is_(None), Practitioner.fee_from <= filters.fee)
        )
    if filters.public_only:
        conditions.append(Practitioner.is_public_service.is_(True))
    return conditions


def _is_there(actor: Actor, filters: Filters) -> ColumnElement[bool]:
    retired = filters.retired and actor.is_steward
    if retired:
        return Practitioner.retired_at.is_not(None)
    there = Practitioner.retired_at.is_(None)
    # SQLite takes an index on it for narrow and would go through everybody, not through the circle.
    return there.is_(True) if filters.near is not None and filters.within_km is not None else there


def _has(model: Any, column: str, value: str) -> ColumnElement[bool]:
    return exists().where(model.practitioner_id == Practitioner.id, getattr(model, column) == value)


@cache
def _nearest(box: _Box) -> Subquery:
    """For each entry the smallest `half` of its workplaces: the square of half the chord to a place
    on a sphere of radius 1, which the haversine formula turns into kilometres. The place and its
    circle are bound, see `_whereabouts`.

    Only what lies in the circle where there is one: first a box, which an index answers.
    """
    latitude, longitude = Workplace.latitude, Workplace.longitude
    half = _squared_sine((latitude - bindparam("latitude")) / 2) + bindparam(
        "narrowing", type_=Float()
    ) * func.cos(func.radians(latitude)) * _squared_sine((longitude - bindparam("longitude")) / 2)
    known = select(Workplace.practitioner_id, func.min(half).label("half")).where(
        latitude.is_not(None), longitude.is_not(None)
    )
    if box is not _Box.NONE:
        east_of, west_of = longitude >= bindparam("west"), longitude <= bindparam("east")
        within_degrees = and_ if box is _Box.PLAIN else or_
        known = known.where(
            latitude.between(bindparam("south"), bindparam("north")),
            within_degrees(east_of, west_of),
            half <= bindparam("widest", type_=Float()),
        )
    return known.group_by(Workplace.practitioner_id).subquery()


class _Box(Enum):
    """The box that holds a circle, which may lie across the date line."""

    NONE = auto()
    PLAIN = auto()
    ACROSS = auto()


def _box(filters: Filters) -> _Box:
    if filters.near is None or filters.within_km is None:
        return _Box.NONE
    box = bounding_box(filters.near, filters.within_km)
    return _Box.PLAIN if box.west <= box.east else _Box.ACROSS


def _whereabouts(filters: Filters) -> dict[str, float]:
    near, radius_km = filters.near, filters.within_km
    if near is None:
        return {}
    found = {
        "latitude": near.latitude,
        "longitude": near.longitude,
        "narrowing": cos(radians(near.latitude)),
    }
    if radius_km is None:
        return found
    widest = sin(min(radius_km / EARTH_RADIUS_KM, pi) / 2) ** 2
    return found | {"widest": widest} | asdict(bounding_box(near, radius_km))


def _squared_sine(degrees: ColumnElement[Any]) -> ColumnElement[float]:
    return func.power(func.sin(func.radians(degrees)), 2)


def _is_of(nearest: Subquery) -> ColumnElement[bool]:
    return nearest.c.practitioner_id == Practitioner.id


def _km(half: float | None) -> float | None:
    return None if half is None else 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))
