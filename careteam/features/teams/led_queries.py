"""The goals of the clients one keeps, by columns only: for Today and lists, which note no read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import STANDING_GOALS
from careteam.features.teams.models import Seat
from careteam.features.teams.queries import GoalFacts
from careteam.kit.db import columns_of
from careteam.kit.listed import among_bound, listed

ANY_WAY = "phone"
"""The way of reaching a client that nobody has to think about: not said, or said to be safe."""


@dataclass(frozen=True, slots=True)
class LedGoal:
    """A goal that stands, of a client the actor keeps; `phone` only where ringing is safe."""

    facts: GoalFacts
    client_id: UUID
    called: str
    phone: str | None
    is_set_aside: bool

    @property
    def id(self) -> UUID:
        return self.facts.id

    @property
    def is_active(self) -> bool:
        return self.facts.status == "active"


def list_led_goals(actor: Actor) -> list[LedGoal]:
    """Active and paused goals that the actor may change, the oldest first. One statement."""
    rows: Any = columns_of(_led_goals(actor))
    return [LedGoal(GoalFacts(*row[:4]), *row[4:]) for row in rows]


@kept
def _led_goals(actor: Actor) -> Select[Any]:
    return (
        select(
            Goal.id,
            Goal.pathway,
            Goal.pathway_version,
            Goal.status,
            Goal.client_id,
            func.coalesce(Client.preferred_name, Client.name),
            case((func.coalesce(Client.safe_contact, ANY_WAY) == ANY_WAY, Client.phone)),
            Goal.set_aside_at.is_not(None),
        )
        .join(Client, Client.id == Goal.client_id)
        .where(Goal.status.in_(STANDING_GOALS), within(actor, Permission.EDIT_GOAL, Goal))
        .order_by(Goal.created_at, Goal.id)
    )


def asked_disciplines(goal_ids: Collection[UUID]) -> set[tuple[UUID, str]]:
    """(goal, discipline) where somebody was asked or has accepted: for the rules, no actor.

    The client's own people are left out: nobody has told them of anything yet.
    """
    rows = columns_of(_asked(), {"goal_ids": listed(goal_ids)})
    return {(goal_id, discipline) for goal_id, discipline in rows}


@cache
def _asked() -> Select[UUID, str]:
    """For the goals bound as `goal_ids`. Put together once and kept."""
    return select(Seat.goal_id, Seat.discipline).where(
        among_bound(Seat.goal_id, "goal_ids"),
        Seat.state.in_(("referred", "filled")),
        ~Seat.is_own,
    )
