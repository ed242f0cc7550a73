"""Questions about consents, and about what there is to consent to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Select,
    String,
    Uuid,
    bindparam,
    cast,
    null,
    or_,
    select,
    union,
)

from careteam.access.actor import Actor
from careteam.access.guard import kept, require, within
from careteam.access.permissions import Permission
from careteam.domain.consent import ALERTS, IDENTITY
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.shown import WORKING_DIAGNOSIS
from careteam.features.consents.models import Consent, ConsentGoal
from careteam.features.directory.models import Practitioner, PractitionerDiscipline
from careteam.features.pathways.content import load_content, pathway_of
from careteam.kit.db import Base, columns_of, db
from careteam.kit.errors import NotFound
from careteam.kit.listed import among_bound, listed


@dataclass(frozen=True, slots=True)
class Receiver:
    """A practitioner to whom a consent opens something; disciplines with the main one first."""

    id: UUID
    name: str
    disciplines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """A consent with whom it names and which goals it covers."""

    consent: Consent
    practitioner_name: str
    goal_ids: frozenset[UUID]

    def is_in_force(self, day: date) -> bool:
        """Whether it shows anything on `day`; the last day counts."""
        consent = self.consent
        return consent.withdrawn_at is None and (
            consent.until_on is None or day <= consent.until_on
        )


def list_consents(actor: Actor, client: Client) -> list[GivenConsent]:
    """Every consent ever given for a client that the actor may see, the newest first."""
    return _given(_of_client(actor), {"client_id": client.id})


@kept
def _of_client(actor: Actor) -> Select[Consent, str, UUID]:
    """For the client bound as `client_id`."""
    shown = within(actor, Permission.READ_CONSENTS, Consent)
    return _with_goals().where(Consent.client_id == bindparam("client_id"), shown)


def get_consent(actor: Actor, consent_id: UUID) -> GivenConsent:
    """One consent that the actor may see. Raises `NotFound`."""
    shown = within(actor, Permission.READ_CONSENTS, Consent)
    found = _given(_with_goals().where(Consent.id == consent_id, shown))
    if not found:
        raise NotFound
    return found[0]


def _with_goals() -> Select[Consent, str, UUID]:
    """A row for each goal that a consent covers, or one for none."""
    return (
        select(Consent, Practitioner.name, ConsentGoal.goal_id)
        .join(Practitioner, Practitioner.id == Consent.practitioner_id)
        .outerjoin(ConsentGoal, ConsentGoal.consent_id == Consent.id)
        .order_by(Consent.created_at.desc(), Consent.id)
    )


def _given(
    asked: Select[Consent, str, UUID], of: Mapping[str, Any] | None = None
) -> list[GivenConsent]:
    """What a statement of `_with_goals` finds."""
    names: dict[Consent, str] = {}
    goals: dict[Consent, set[UUID]] = defaultdict(set)
    for consent, name, goal_id in db.session.execute(asked, of):
        names[consent] = name
        if goal_id is not None:
            goals[consent].add(goal_id)
    return [
        GivenConsent(consent, name, frozenset(goals[consent])) for consent, name in names.items()
    ]


def consents_standing(client_id: UUID, practitioner_id: UUID, day: date) -> Sequence[Consent]:
    """Consents of a client for one practitioner in force on `day`, for operations to end."""
    return db.session.scalars(
        select(Consent)
        .where(*_in_force(client_id, practitioner_id, day))
        .order_by(Consent.created_at, Consent.id)
    ).all()


def consent_in_force(
    client_id: UUID, practitioner_id: UUID, goal_id: UUID, day: date
) -> Consent | None:
    """The consent that opens this goal to this practitioner on `day`, the latest if several.

    For operations and rules: it asks nothing of an actor.
    """
    return db.session.scalars(
        select(Consent)
        .join(ConsentGoal, ConsentGoal.consent_id == Consent.id)
        .where(ConsentGoal.goal_id == goal_id, *_in_force(client_id, practitioner_id, day))
        .order_by(Consent.created_at.desc(), Consent.id)
        .limit(1)
    ).one_or_none()


def opened_to(client_ids: Collection[UUID], day: date) -> set[tuple[UUID, UUID, UUID]]:
    """(client, practitioner, goal) that a consent opens on `day`, by columns: one statement.

    For operations and rules: it asks nothing of an actor.
    """
    rows = db.session.execute(
        select(Consent.client_id, Consent.practitioner_id, ConsentGoal.goal_id)
        .join(ConsentGoal, ConsentGoal.consent_id == Consent.id)
        .where(Consent.client_id.in_(client_ids), *_standing(day))
    )
    return {(client_id, practitioner_id, goal_id) for client_id, practitioner_id, goal_id in rows}


def consented_pairs(actor: Actor, client_id: UUID, day: date) -> set[tuple[UUID, UUID]]:
    """(practitioner, goal) pairs of a client that a consent opens on `day`, by columns only."""
    rows = db.session.execute(
        select(Consent.practitioner_id, ConsentGoal.goal_id)
        .join(ConsentGoal, ConsentGoal.consent_id == Consent.id)
        .where(
            Consent.client_id == client_id,
            *_standing(day),
            within(actor, Permission.READ_CONSENTS, Consent),
        )
    )
    return {(practitioner_id, goal_id) for practitioner_id, goal_id in rows}


def _in_force(client_id: UUID, practitioner_id: UUID, day: date) -> tuple[Any, ...]:
    return (
        Consent.client_id == client_id,
        Consent.practitioner_id == practitioner_id,
        *_standing(day),
    )


def _standing(day: date) -> tuple[Any, ...]:
    return (
        Consent.withdrawn_at.is_(None),
        or_(Consent.until_on.is_(None), Consent.until_on >= day),
    )


def recorded_classes(actor: Actor, client: Client) -> frozenset[str]:
    """Information classes in which anything is recorded about the client.

    Identity and safety alerts are always among them; a goal adds the class of its measure, and with
    a pathway what brings the client here. For lead and client only: that something of a class
    exists can itself be telling. Raises as `require` does.
    """
    require(actor, Permission.RECORD_CONSENT, client)
    told = {IDENTITY, ALERTS}
    for row in db.session.execute(_recorded(), {"client": client.id}):
        told |= {row.name} if row.name else _told_by_goal(row)
    return frozenset(told)


@cache
def _recorded() -> Any:
    """The classes in which a client has a row, and pathway and measure of each goal. Put together
    once and kept; whom it is about comes with each asking.
    """
    whom, nothing = bindparam("client", type_=Uuid()), cast(null(), String)
    parts = [
        select(
            model.information_class.label("name"),
            nothing.label("pathway"),
            nothing.label("pathway_version"),
            nothing.label("measure"),
        ).where(model.client_id == whom)
        for model in _record_models()
    ]
    of_goals = select(nothing, Goal.pathway, Goal.pathway_version, Goal.measure)
    return union(*parts, of_goals.where(Goal.client_id == whom))


def _told_by_goal(goal: Any) -> set[str]:
    """Classes that pathway and measure of a goal give away by themselves."""
    content = load_content()
    told: set[str] = set()
    if goal.pathway:
        told.add(WORKING_DIAGNOSIS)
        pathway = pathway_of(goal)
        if pathway is not None and pathway.subject_class:
            told.add(pathway.subject_class)
    measure = content.catalogue.measures.get(goal.measure or "")
    if measure is not None:
        told.add(measure.information_class)
    return told


def _record_models() -> list[Any]:
    """Every model of rows about a client, whichever room it stands in."""
    return sorted(
        (
            mapper.class_
            for mapper in Base.registry.mappers
            if hasattr(mapper.class_, "READ_PERMISSION")
            and hasattr(mapper.class_, "information_class")
            and mapper.class_ not in (Client, Consent)
        ),
        key=lambda model: str(model.__tablename__),
    )


def find_receivers(actor: Actor, practitioner_ids: Iterable[UUID]) -> dict[UUID, Receiver]:
    """Directory entries by id with their disciplines, for naming them on a card. One statement."""
    names: dict[UUID, str] = {}
    disciplines: dict[UUID, list[str]] = defaultdict(list)
    wanted = {"ids": listed(practitioner_ids)}
    for key, name, discipline in columns_of(_receivers(actor), wanted):
        names[key] = name
        if discipline:
            disciplines[key].append(discipline)
    return {key: Receiver(key, name, tuple(disciplines[key])) for key, name in names.items()}


@kept
def _receivers(actor: Actor) -> Select[UUID, str, str]:
    """Those bound as `ids`, a row for each discipline."""
    return (
        select(Practitioner.id, Practitioner.name, PractitionerDiscipline.discipline)
        .outerjoin(
            PractitionerDiscipline, PractitionerDiscipline.practitioner_id == Practitioner.id
        )
        .where(
            among_bound(Practitioner.id, "ids"),
            within(actor, Permission.READ_DIRECTORY, Practitioner),
        )
        .order_by(PractitionerDiscipline.position, PractitionerDiscipline.discipline)
    )


def get_receiver(actor: Actor, practitioner_id: UUID) -> Receiver:
    """One entry of the directory. Raises `NotFound`."""
    found = find_receivers(actor, [practitioner_id]).get(practitioner_id)
    if found is None:
        raise NotFound
    return found
