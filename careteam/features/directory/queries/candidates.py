"""Everybody of the directory who could fill a seat, as values of the matching rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.confirming import last_confirmed
from careteam.domain.matching import Accepting, Candidate, WorkingWay
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    PractitionerLanguage,
    Workplace,
)
from careteam.features.directory.queries.entries import whole_entries
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.places import Place, distance_km

_COLUMNS = (
    Practitioner.id,
    Practitioner.name,
    Practitioner.accepting,
    Practitioner.accepting_said_on,
    Practitioner.usual_wait_days,
    Practitioner.sees_in_person,
    Practitioner.sees_online,
    Practitioner.visits_homes,
    Practitioner.verified_on,
    Practitioner.created_at,
    Practitioner.away_until,
    Practitioner.fee_from,
    Practitioner.fee_to,
    Practitioner.is_public_service,
    Practitioner.retired_at,
)


def candidates_for(
    actor: Actor,
    disciplines: Collection[str],
    near: Place | None = None,
    *,
    without: Iterable[UUID] = (),
    among: Collection[UUID] | None = None,
    ruled_out: Mapping[UUID, str] | None = None,
) -> tuple[Candidate, ...]:
    """Entries with any of `disciplines`, with the distance of the nearest workplace to `near`.

    `without` leaves out (the lead, those seated already), `among` all others; `ruled_out` gives a
    reason for people that are shown but cannot be offered. Somebody who is away is ruled out by
    that. Four statements (and one for the reach), whatever the number of entries, by columns: of a
    seat there may be thousands. The order is left to `order_candidates`.
    """
    if not disciplines:
        return ()
    practise = select(PractitionerDiscipline.practitioner_id).where(
        PractitionerDiscipline.discipline.in_(disciplines)
    )
    if among is not None:
        practise = practise.where(PractitionerDiscipline.practitioner_id.in_(among))
    rows = db.session.execute(
        select(*_COLUMNS)
        .where(
            within(actor, Permission.READ_DIRECTORY, Practitioner),
            Practitioner.id.in_(practise),
            Practitioner.id.not_in(list(without)),
        )
        .order_by(Practitioner.search_text, Practitioner.id)
    ).all()
    parts = _parts_of(practise)
    return tuple(
        _candidate(row, parts.get(row.id, _Parts()), near, (ruled_out or {}).get(row.id, ""))
        for row in rows
        if row.retired_at is None
    )


@dataclass(slots=True)
class _Parts:
    """What an entry consists of, each in its order; workplaces by what a candidate needs."""

    disciplines: Sequence[Any] = ()
    workplaces: Sequence[Any] = ()
    languages: Sequence[Any] = ()


def _parts_of(whose: Select[Any]) -> dict[UUID, _Parts]:
    """By entry, of those who were read within the actor's reach. Three statements."""
    found: defaultdict[UUID, _Parts] = defaultdict(_Parts)
    for name, columns, order in (
        ("disciplines", (PractitionerDiscipline.discipline,), PractitionerDiscipline.position),
        (
            "workplaces",
            (Workplace.practice, Workplace.latitude, Workplace.longitude),
            Workplace.position,
        ),
        ("languages", (PractitionerLanguage.code,), PractitionerLanguage.code),
    ):
        key = order.class_.practitioner_id
        rows = db.session.execute(select(key, *columns).where(key.in_(whose)).order_by(key, order))
        for id_, several in groupby(rows, key=itemgetter(0)):
            setattr(found[id_], name, list(several))
    return found


def members_as_candidates(
    actor: Actor, ids: Iterable[UUID]
) -> dict[UUID, tuple[Candidate, bool, str]]:
    """Chosen people with whether they were taken out of the directory and where they work."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = db.session.scalars(whole_entries(actor).where(Practitioner.id.in_(wanted)))
    return {
        row.id: (_candidate(row, row, None, ""), row.retired_at is not None, _where(row))
        for row in rows
    }


def _where(row: Practitioner) -> str:
    first = row.workplaces[0] if row.workplaces else None
    return ", ".join(filter(None, (first.practice, first.place))) if first else ""


def _candidate(
    row: Any, parts: _Parts | Practitioner, near: Place | None, reason: str
) -> Candidate:
    """From an entry, or the columns of one."""
    return Candidate(
        practitioner_id=str(row.id),
        name=row.name,
        disciplines=tuple(each.discipline for each in parts.disciplines),
        distance_km=nearest_km(parts, near),
        languages=tuple(each.code for each in parts.languages),
        accepting=Accepting(row.accepting),
        said_on=row.accepting_said_on,
        usual_wait_days=row.usual_wait_days,
        ways=ways_of(row),
        last_verified_on=row.verified_on,
        confirmed_on=last_confirmed(
            clock.day_of(row.created_at), row.verified_on, row.accepting_said_on
        ),
        ruled_out=reason or _away(row),
        fee=_fee(row),
        practices=tuple(each.practice for each in parts.workplaces if each.practice),
    )


def practices_of(actor: Actor, ids: Iterable[UUID]) -> frozenset[str]:
    """The names of the practices where these people work."""
    return frozenset(
        db.session.scalars(
            select(Workplace.practice)
            .join(Practitioner, Practitioner.id == Workplace.practitioner_id)
            .where(
                within(actor, Permission.READ_DIRECTORY, Practitioner),
                Workplace.practitioner_id.in_(list(ids)),
                Workplace.practice.is_not(None),
            )
        )
    )


def _fee(row: Any) -> float | None:
    """The least asked for a session; nothing for a public or free service."""
    if row.is_public_service:
        return 0.0
    asked = row.fee_from if row.fee_from is not None else row.fee_to
    return None if asked is None else float(asked)


def nearest_km(parts: _Parts | Practitioner, near: Place | None) -> float | None:
    """Kilometres to the nearest workplace whose place is known."""
    if near is None:
        return None
    return min(
        (
            distance_km(near, Place("", "", each.latitude, each.longitude, 0))
            for each in parts.workplaces
            if each.latitude is not None and each.longitude is not None
        ),
        default=None,
    )


def ways_of(row: Any) -> frozenset[WorkingWay]:
    said = (
        (WorkingWay.IN_PERSON, row.sees_in_person),
        (WorkingWay.ONLINE, row.sees_online),
        (WorkingWay.HOME_VISIT, row.visits_homes),
    )
    return frozenset(way for way, holds in said if holds)


def _away(row: Any) -> str:
    until = row.away_until
    if until is None or until < clock.today():
        return ""
    return f"is away until {until.day} {until:%B %Y}"
