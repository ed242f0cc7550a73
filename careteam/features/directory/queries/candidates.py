"""Everybody of the directory who could fill a seat, as values of the matching rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.matching import Accepting, Candidate, WorkingWay
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    Workplace,
)
from careteam.features.directory.queries.entries import whole_entries
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.places import Place, distance_km


def candidates_for(
    actor: Actor,
    disciplines: Collection[str],
    near: Place | None = None,
    *,
    without: Iterable[UUID] = (),
    ruled_out: Mapping[UUID, str] | None = None,
) -> tuple[Candidate, ...]:
    """Entries with any of `disciplines`, with the distance of the nearest workplace to `near`.

    `without` leaves out (the lead, those seated already); `ruled_out` gives a reason for people
    that are shown but cannot be offered. Somebody who is away is ruled out by that. Four
    statements (and one for the reach), whatever the number of entries. The order is left to
    `order_candidates`.
    """
    if not disciplines:
        return ()
    practise = select(PractitionerDiscipline.practitioner_id).where(
        PractitionerDiscipline.discipline.in_(disciplines)
    )
    rows = db.session.scalars(
        whole_entries(actor)
        .where(Practitioner.id.in_(practise), Practitioner.id.not_in(list(without)))
        .order_by(Practitioner.search_text, Practitioner.id)
    )
    return tuple(
        _candidate(row, near, (ruled_out or {}).get(row.id, ""))
        for row in rows
        if row.retired_at is None
    )


def members_as_candidates(
    actor: Actor, ids: Iterable[UUID]
) -> dict[UUID, tuple[Candidate, bool, str]]:
    """Chosen people with whether they were taken out of the directory and where they work."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = db.session.scalars(whole_entries(actor).where(Practitioner.id.in_(wanted)))
    return {
        row.id: (_candidate(row, None, ""), row.retired_at is not None, _where(row)) for row in rows
    }


def _where(row: Practitioner) -> str:
    first = row.workplaces[0] if row.workplaces else None
    return ", ".join(filter(None, (first.practice, first.place))) if first else ""


def _candidate(row: Practitioner, near: Place | None, reason: str) -> Candidate:
    return Candidate(
        practitioner_id=str(row.id),
        name=row.name,
        disciplines=tuple(each.discipline for each in row.disciplines),
        distance_km=nearest_km(row, near),
        languages=tuple(each.code for each in row.languages),
        accepting=Accepting(row.accepting),
        said_on=row.accepting_said_on,
        usual_wait_days=row.usual_wait_days,
        ways=ways_of(row),
        last_verified_on=row.verified_on,
        ruled_out=reason or _away(row),
        fee=_fee(row),
        practices=tuple(each.practice for each in row.workplaces if each.practice),
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


def _fee(row: Practitioner) -> float | None:
    """The least asked for a session; nothing for a public or free service."""
    if row.is_public_service:
        return 0.0
    asked = row.fee_from if row.fee_from is not None else row.fee_to
    return None if asked is None else float(asked)


def nearest_km(row: Practitioner, near: Place | None) -> float | None:
    """Kilometres to the nearest workplace whose place is known."""
    if near is None:
        return None
    return min(
        (
            distance_km(near, Place("", "", each.latitude, each.longitude, 0))
            for each in row.workplaces
            if each.latitude is not None and each.longitude is not None
        ),
        default=None,
    )


def ways_of(row: Practitioner) -> frozenset[WorkingWay]:
    said = (
        (WorkingWay.IN_PERSON, row.sees_in_person),
        (WorkingWay.ONLINE, row.sees_online),
        (WorkingWay.HOME_VISIT, row.visits_homes),
    )
    return frozenset(way for way, holds in said if holds)


def _away(row: Practitioner) -> str:
    until = row.away_until
    if until is None or until < clock.today():
        return ""
    return f"is away until {until.day} {until:%B %Y}"
