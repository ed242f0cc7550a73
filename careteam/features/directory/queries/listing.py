"""Search of the directory: a page of entries, and what a filter keeps from being found.

Text is matched inside the folded `search_text`, word by word. Distance is cut by a box, then
measured to the nearest workplace by the haversine formula, both in the database. A page
costs the same number of statements whatever its length and however large the directory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, pi, radians, sin, sqrt
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, func, null, or_, select

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
from careteam.kit.db import db
from careteam.kit.paging import Page
from careteam.kit.places import EARTH_RADIUS_KM, Place, bounding_box
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
    asked = _by_name(actor, filters) if filters.near is None else _nearest_first(actor, filters)
    ranked: Any = db.session.execute(asked.offset((page - 1) * size).limit(size)).all()
    if not ranked:
        return Page([], page, size, count_matching(actor, filters))
    by_id = {entry.id: entry for entry in entries_to_list(actor, [row.id for row in ranked])}
    items = [Listed(by_id[row.id], _km(row.half)) for row in ranked if row.id in by_id]
    return Page(items, page, size, ranked[0].total)


def _by_name(actor: Actor, filters: Filters) -> Select[Any]:
    """The total is counted apart, so that only the page is read in order."""
    conditions = _conditions(actor, filters)
    total = select(func.count(Practitioner.id)).where(*conditions).correlate(None).scalar_subquery()
    return (
        select(Practitioner.id, null().label("half"), total.label("total"))
        .where(*conditions)
        .order_by(Practitioner.search_text, Practitioner.id)
    )


def _nearest_first(actor: Actor, filters: Filters) -> Select[Any]:
    assert filters.near is not None
    nearest = _nearest(filters.near, filters.within_km)
    return (
        select(Practitioner.id, nearest.c.half, func.count().over().label("total"))
        .join(nearest, _is_of(nearest), isouter=filters.within_km is None)
        .where(*_conditions(actor, filters))
        .order_by(
            nearest.c.half.is_(None), nearest.c.half, Practitioner.search_text, Practitioner.id
        )
    )


def count_matching(actor: Actor, filters: Filters) -> int:
    """How many entries a search finds."""
    counted = select(func.count()).select_from(Practitioner).where(*_conditions(actor, filters))
    if filters.near is not None and filters.within_km is not None:
        nearest = _nearest(filters.near, filters.within_km)
        counted = counted.join(nearest, _is_of(nearest))
    return db.session.scalar(counted) or 0


def drops_for(actor: Actor, filters: Filters) -> list[tuple[str, int]]:
    """The filters whose removal alone would give a result, with how many, most first."""
    counts = [(name, count_matching(actor, filters.without(name))) for name in filters.used]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1])


def list_languages(actor: Actor) -> Sequence[str]:
    """The codes of the languages that somebody in the directory speaks, or spoke."""
    return db.session.scalars(_languages(actor)).all()


@kept
def _languages(actor: Actor) -> Select[str]:
    return (
        select(PractitionerLanguage.code)
        .where(within(actor, Permission.READ_DIRECTORY, PractitionerLanguage))
        .distinct()
        .order_by(PractitionerLanguage.code)
    )


def _conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """Everything but distance, as conditions on the entry."""
    retired = filters.retired and actor.is_steward
    conditions: list[ColumnElement[bool]] = [
        within(actor, Permission.READ_DIRECTORY, Practitioner),
        Practitioner.retired_at.is_not(None) if retired else Practitioner.retired_at.is_(None),
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


def _has(model: Any, column: str, value: str) -> ColumnElement[bool]:
    return exists().where(model.practitioner_id == Practitioner.id, getattr(model, column) == value)


def _nearest(near: Place, radius_km: float | None) -> Subquery:
    """For each entry the smallest `half` of its workplaces: the square of half the chord to `near`
    on a sphere of radius 1, which the haversine formula turns into kilometres.

    Only what lies in the circle where a radius is given: first a box, which an index answers.
    """
    half = _squared_sine((Workplace.latitude - near.latitude) / 2) + cos(
        radians(near.latitude)
    ) * func.cos(func.radians(Workplace.latitude)) * _squared_sine(
        (Workplace.longitude - near.longitude) / 2
    )
    known = select(Workplace.practitioner_id, func.min(half).label("half")).where(
        Workplace.latitude.is_not(None), Workplace.longitude.is_not(None)
    )
    if radius_km is not None:
        widest = sin(min(radius_km / EARTH_RADIUS_KM, pi) / 2) ** 2
        known = known.where(_in_box(near, radius_km), half <= widest)
    return known.group_by(Workplace.practitioner_id).subquery()


def _squared_sine(degrees: ColumnElement[Any]) -> ColumnElement[float]:
    return func.power(func.sin(func.radians(degrees)), 2)


def _is_of(nearest: Subquery) -> ColumnElement[bool]:
    return nearest.c.practitioner_id == Practitioner.id


def _in_box(near: Place, radius_km: float) -> ColumnElement[bool]:
    """Workplaces in the box that holds the circle."""
    box = bounding_box(near, radius_km)
    return and_(
        Workplace.latitude.between(box.south, box.north),
        or_(*(Workplace.longitude.between(low, high) for low, high in box.longitudes)),
    )


def _km(half: float | None) -> float | None:
    return None if half is None else 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))
