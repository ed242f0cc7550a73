"""Search of the directory: a page of entries, and what a filter keeps from being found.

Text is matched inside the folded `search_text`, word by word. Distance is cut by a box in the
database, then measured to the nearest workplace. A page costs the same number of statements
whatever its length and however large the directory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.matching import WorkingWay
from careteam.features.directory.filters import Filters
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    PractitionerLanguage,
    Workplace,
)
from careteam.features.directory.queries.entries import whole_entries
from careteam.kit.db import db
from careteam.kit.paging import Page
from careteam.kit.places import Place, bounding_box, distance_km
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
    """One entry of a result. `km` is to the nearest workplace, None where unknown or not asked."""

    entry: Practitioner
    km: float | None = None


def list_practitioners(
    actor: Actor, filters: Filters, page: int = 1, size: int = PAGE_SIZE
) -> Page[Listed]:
    """One page, by distance where a place is given, else by name."""
    if filters.near is None:
        items = _page_by_name(actor, filters, page, size)
        return Page(items, page, size, count_matching(actor, filters))
    ranked = _by_distance(actor, filters, filters.near)
    chosen = ranked[(page - 1) * size : page * size]
    return Page(_with_entries(actor, chosen), page, size, len(ranked))


def count_matching(actor: Actor, filters: Filters) -> int:
    """How many entries a search finds."""
    if filters.near is not None and filters.within_km is not None:
        return len(_by_distance(actor, filters, filters.near))
    return (
        db.session.scalar(
            select(func.count()).select_from(Practitioner).where(*_conditions(actor, filters))
        )
        or 0
    )


def drops_for(actor: Actor, filters: Filters) -> list[tuple[str, int]]:
    """The filters whose removal alone would give a result, with how many, most first."""
    counts = [(name, count_matching(actor, filters.without(name))) for name in filters.used]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1])


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


def _page_by_name(actor: Actor, filters: Filters, page: int, size: int) -> list[Listed]:
    rows = db.session.scalars(
        whole_entries(actor)
        .where(*_conditions(actor, filters))
        .order_by(Practitioner.search_text, Practitioner.id)
        .offset((page - 1) * size)
        .limit(size)
    )
    return [Listed(row) for row in rows]


def _by_distance(actor: Actor, filters: Filters, near: Place) -> list[tuple[UUID, float | None]]:
    """Every match with its distance, nearest first; unknown distances last, by name."""
    measured = Workplace.latitude.is_not(None) & Workplace.longitude.is_not(None)
    workplace = (Workplace.practitioner_id == Practitioner.id) & measured
    if filters.within_km is not None:
        workplace &= in_box(near, filters.within_km)
    rows = db.session.execute(
        select(Practitioner.id, Practitioner.search_text, Workplace.latitude, Workplace.longitude)
        .join(Workplace, workplace, isouter=filters.within_km is None)
        .where(*_conditions(actor, filters))
    ).all()
    return _ranked(rows, near, filters.within_km)


def in_box(near: Place, radius_km: float) -> ColumnElement[bool]:
    """Workplaces in the box that holds the circle."""
    box = bounding_box(near, radius_km)
    return and_(
        Workplace.latitude.between(box.south, box.north),
        or_(*(Workplace.longitude.between(low, high) for low, high in box.longitudes)),
    )


def _ranked(
    rows: Sequence[Any], near: Place, radius_km: float | None
) -> list[tuple[UUID, float | None]]:
    nearest: dict[UUID, tuple[float, str]] = {}
    for id_, name, latitude, longitude in rows:
        km = float("inf")
        if latitude is not None:
            km = distance_km(near, Place("", "", latitude, longitude, 0))
            if radius_km is not None and km > radius_km:
                continue
        if id_ not in nearest or km < nearest[id_][0]:
            nearest[id_] = (km, name)
    ordered = sorted(nearest.items(), key=lambda pair: (pair[1], str(pair[0])))
    return [(id_, None if km == float("inf") else km) for id_, (km, _) in ordered]


def _with_entries(actor: Actor, chosen: Sequence[tuple[UUID, float | None]]) -> list[Listed]:
    found = db.session.scalars(
        whole_entries(actor).where(Practitioner.id.in_([id_ for id_, _ in chosen]))
    )
    by_id = {entry.id: entry for entry in found}
    return [Listed(by_id[id_], km) for id_, km in chosen if id_ in by_id]
