"""Questions about standing teams: each practitioner sees her own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.standing.models import StandingMember, StandingTeam, StandingUse
from careteam.kit.db import db
from careteam.kit.errors import NotFound


def list_teams(actor: Actor) -> Sequence[StandingTeam]:
    """The actor's, by name; removed ones are left out."""
    return db.session.scalars(
        select(StandingTeam)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, StandingTeam),
            StandingTeam.removed_at.is_(None),
        )
        .order_by(func.lower(StandingTeam.name), StandingTeam.id)
    ).all()


def find_team(actor: Actor, team_id: UUID) -> StandingTeam | None:
    """One of the actor's, removed or not."""
    return db.session.scalars(
        select(StandingTeam).where(
            StandingTeam.id == team_id, within(actor, Permission.KEEP_OWN_NOTES, StandingTeam)
        )
    ).one_or_none()


def get_team(actor: Actor, team_id: UUID, *, removed: bool = False) -> StandingTeam:
    """Raises `NotFound`; for one that was removed as well, unless it is asked for."""
    team = find_team(actor, team_id)
    if team is None or (team.removed_at is not None) is not removed:
        raise NotFound
    return team


def members_of(team_ids: Collection[UUID]) -> Mapping[UUID, list[StandingMember]]:
    """By team, for whoever already reaches these teams. One statement."""
    found: dict[UUID, list[StandingMember]] = defaultdict(list)
    for row in db.session.scalars(
        select(StandingMember).where(StandingMember.team_id.in_(list(team_ids)))
    ):
        found[row.team_id].append(row)
    return found


def find_member(team: StandingTeam, practitioner_id: UUID) -> StandingMember | None:
    """For operations."""
    return db.session.get(StandingMember, (team.id, practitioner_id))


def find_used(actor: Actor, goal: Goal) -> StandingTeam | None:
    """The actor's standing team that comes first for this goal."""
    return db.session.scalars(
        select(StandingTeam)
        .join(StandingUse, StandingUse.team_id == StandingTeam.id)
        .where(
            StandingUse.goal_id == goal.id,
            within(actor, Permission.EDIT_TEAM, StandingUse),
            within(actor, Permission.KEEP_OWN_NOTES, StandingTeam),
            StandingTeam.removed_at.is_(None),
        )
    ).one_or_none()


def find_meant(actor: Actor, goal: Goal) -> StandingTeam | None:
    """The actor's first standing team that is meant for the pathway of this goal."""
    if not goal.pathway:
        return None
    return db.session.scalars(
        select(StandingTeam)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, StandingTeam),
            StandingTeam.pathway == goal.pathway,
            StandingTeam.removed_at.is_(None),
        )
        .order_by(func.lower(StandingTeam.name), StandingTeam.id)
        .limit(1)
    ).one_or_none()


def use_of(goal: Goal) -> StandingUse | None:
    """For operations."""
    return db.session.get(StandingUse, goal.id)
