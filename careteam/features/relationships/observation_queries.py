"""Facts observed about somebody: shared ones for everybody, drafts for their author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.relationships.observing import Fact, Lasting, lasting
from careteam.features.directory.models import Practitioner
from careteam.features.relationships.models import Observation
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Observed:
    """A fact with the name of whoever saw it, or of whom it is about, and how long it holds."""

    row: Observation
    name: str

    @property
    def holds(self) -> Lasting:
        return lasting(Fact(self.row.fact), self.row.observed_on, self.row.until_on)

    @property
    def is_over(self) -> bool:
        return self.holds.is_over(clock.today())


def list_observed(actor: Actor, practitioner_id: UUID) -> list[Observed]:
    """About one person, the newest first: what is shared, and the actor's own drafts."""
    mine = within(actor, Permission.KEEP_OWN_NOTES, Observation)
    return _listed(
        _standing()
        .join(Practitioner, Practitioner.id == Observation.author_id)
        .where(
            within(actor, Permission.READ_DIRECTORY, Observation),
            Observation.practitioner_id == practitioner_id,
            or_(Observation.shared_at.is_not(None), mine),
        )
    )


def list_about_oneself(actor: Actor) -> list[Observed]:
    """Shared ones about the actor, also for whoever came by the link to their entry."""
    return _listed(
        _standing()
        .join(Practitioner, Practitioner.id == Observation.author_id)
        .where(within(actor, Permission.ANSWER_OBSERVATION, Observation))
    )


def list_running_out(actor: Actor) -> list[Observed]:
    """The actor's own looks that hold no more, or not for long, the earliest first.

    Only the latest look of each kind at each person counts.
    """
    found = _listed(
        _standing()
        .join(Practitioner, Practitioner.id == Observation.practitioner_id)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, Observation),
            Observation.fact.in_([Fact.REGISTER.value, Fact.INSURANCE.value]),
            Practitioner.retired_at.is_(None),
        )
    )
    latest: dict[tuple[UUID, str], Observed] = {}
    for each in found:
        latest.setdefault((each.row.practitioner_id, each.row.fact), each)
    today = clock.today()
    ending = [each for each in latest.values() if each.holds.ends_soon(today)]
    return sorted(ending, key=lambda each: (each.holds.until_on or today, each.name))


def get_observation(actor: Actor, observation_id: UUID) -> Observation:
    """One of the actor's own, removed or not. Raises `NotFound`."""
    return _one(
        select(Observation).where(
            Observation.id == observation_id,
            within(actor, Permission.KEEP_OWN_NOTES, Observation),
        )
    )


def get_about_oneself(actor: Actor, observation_id: UUID) -> Observation:
    """A shared one about the actor. Raises `NotFound`."""
    return _one(
        select(Observation).where(
            Observation.id == observation_id,
            Observation.removed_at.is_(None),
            within(actor, Permission.ANSWER_OBSERVATION, Observation),
        )
    )


def list_about_removed() -> Sequence[Observation]:
    """For the application: about people who asked to be removed."""
    return db.session.scalars(
        select(Observation)
        .join(Practitioner, Practitioner.id == Observation.practitioner_id)
        .where(Practitioner.removal_asked_at.is_not(None))
    ).all()


def _standing() -> Any:
    return (
        select(Observation, Practitioner.name)
        .where(Observation.removed_at.is_(None))
        .order_by(Observation.observed_on.desc(), Observation.created_at.desc(), Observation.id)
    )


def _listed(statement: Select[Any]) -> list[Observed]:
    return [Observed(row, name) for row, name in db.session.execute(statement)]


def _one(statement: Select[Any]) -> Observation:
    found: Observation | None = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found
