"""Which milestones stand in a partner's plan too, as long as everything that carries it stands.

Both sides of the link, both plans, and both milestones in them: where one falls away nothing
passes any more, and neither row has to be touched for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import STANDING_GOALS
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import taking_part
from careteam.features.teams.models import Partner
from careteam.kit.db import db

_Twin = aliased(Milestone, name="twin")
_TwinsGoal = aliased(Goal, name="twins_goal")
_TwinsClient = aliased(Client, name="twins_client")
_Side, _TwinsSide = aliased(Partner, name="side"), aliased(Partner, name="twins_side")


def _mirrored(*what: Any) -> Select[Any]:
    """Of `Milestone` and its twin, both with goal and client."""
    return (
        select(*what)
        .select_from(Milestone)
        .join(Goal, Goal.id == Milestone.goal_id)
        .join(Client, Client.id == Milestone.client_id)
        .join(_Twin, and_(_Twin.mirror_id == Milestone.mirror_id, _Twin.id != Milestone.id))
        .join(_TwinsGoal, _TwinsGoal.id == _Twin.goal_id)
        .join(_TwinsClient, _TwinsClient.id == _Twin.client_id)
        .join(
            _Side,
            and_(_Side.pair_id == Milestone.pair_id, _Side.client_id == Milestone.client_id),
        )
        .join(
            _TwinsSide,
            and_(_TwinsSide.pair_id == _Side.pair_id, _TwinsSide.client_id == _Twin.client_id),
        )
        .where(
            _Side.ended_at.is_(None),
            _TwinsSide.ended_at.is_(None),
            Goal.status.in_(STANDING_GOALS),
            _TwinsGoal.status.in_(STANDING_GOALS),
            taking_part(),
            taking_part(_Twin, _TwinsGoal, _TwinsClient),
        )
    )


def find_twin(milestone: Milestone) -> Milestone | None:
    """For operations: the milestone that is kept in step with one the actor may change."""
    with reads.unseen():
        found: Milestone | None = db.session.scalars(
            _mirrored(_Twin).where(Milestone.id == milestone.id)
        ).one_or_none()
        return found


def mirrored_among(milestones: Iterable[Milestone]) -> frozenset[UUID]:
    """Which of these, reached already, stand in a partner's plan too. Asks nothing where none
    ever did."""
    keys = [row.id for row in milestones if row.mirror_id is not None]
    if not keys:
        return frozenset()
    return frozenset(db.session.scalars(_mirrored_ids(), {"keys": keys}))


@cache
def _mirrored_ids() -> Select[Any]:
    """Of the `keys` that are bound; put together once and kept."""
    return _mirrored(Milestone.id).where(Milestone.id.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class Shared:
    """A client's own milestone that stands in the partner's plan too."""

    id: UUID
    goal_id: UUID
    title: str


def list_shared(actor: Actor, client_id: UUID) -> list[Shared]:
    """By columns, the earliest first; for the client and whoever keeps the record."""
    return [Shared(*row) for row in db.session.execute(_shared(actor), {"client_id": client_id})]


@kept
def _shared(actor: Actor) -> Select[Any]:
    return (
        _mirrored(Milestone.id, Milestone.goal_id, Milestone.title)
        .where(
            Milestone.client_id == bindparam("client_id"),
            within(actor, Permission.READ_RECORD, Milestone),
            within(actor, Permission.UNLINK_PARTNER, Milestone),
        )
        .order_by(Milestone.due_on, Milestone.title, Milestone.id)
    )
