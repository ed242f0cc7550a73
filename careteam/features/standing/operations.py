"""Standing teams made, renamed, filled, removed; and taken for a goal."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import require
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.directory.queries import names_of
from careteam.features.pathways.content import load_content
from careteam.features.standing.models import StandingMember, StandingTeam, StandingUse
from careteam.features.standing.queries import find_member, list_teams, use_of
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid

NO_ENTRY = "Add your own entry to the directory first."


def new_team(actor: Actor, team_id: UUID, asks_for: list[str] | None = None) -> StandingTeam:
    """A team still without a name. Raises `Forbidden` for somebody without an entry."""
    if actor.practitioner_id is None:
        raise Forbidden(NO_ENTRY)
    return StandingTeam(
        id=team_id, author_id=actor.practitioner_id, name="", asks_for=asks_for or []
    )


@operation(Permission.KEEP_OWN_NOTES, on="team", action="standing.made")
def make_team(
    *,
    actor: Actor,
    team: StandingTeam,
    name: str,
    pathway: str | None = None,
    members: Mapping[UUID, str] | None = None,
) -> StandingTeam:
    """Keep a new team with these people, each for a discipline.

    Raises `Invalid` beside the field.
    """
    _check(actor, team, name, pathway)
    team.name, team.pathway = name, pathway
    db.session.add(team)
    db.session.flush()
    for practitioner_id, discipline in (members or {}).items():
        _add(actor, team, practitioner_id, discipline)
    return team


@operation(Permission.KEEP_OWN_NOTES, on="team", action="standing.renamed")
def rename_team(
    *, actor: Actor, team: StandingTeam, name: str, pathway: str | None = None
) -> StandingTeam:
    """Another name, or another pathway that says who is missing."""
    _check(actor, team, name, pathway)
    team.name, team.pathway = name, pathway
    return team


@operation(Permission.KEEP_OWN_NOTES, on="team", action="standing.member_added")
def add_member(
    *, actor: Actor, team: StandingTeam, practitioner_id: UUID, discipline: str
) -> StandingTeam:
    """Add somebody of the directory; whoever is on the team already is there for this now."""
    _add(actor, team, practitioner_id, discipline)
    return team


@operation(Permission.KEEP_OWN_NOTES, on="team", action="standing.member_removed")
def drop_member(*, actor: Actor, team: StandingTeam, practitioner_id: UUID) -> StandingTeam:
    """Take somebody off the team; again changes nothing."""
    member = find_member(team, practitioner_id)
    if member is not None:
        db.session.delete(member)
    return team


@operation(Permission.KEEP_OWN_NOTES, on="team", action="standing.removed")
def remove_team(*, actor: Actor, team: StandingTeam) -> StandingTeam:
    """It is offered no more; the goals it was taken for keep whom they have."""
    team.removed_at = clock.now()
    return team


@operation(Permission.KEEP_OWN_NOTES, on="team", action="standing.restored")
def restore_team(*, actor: Actor, team: StandingTeam) -> StandingTeam:
    _refuse_second(actor, team, team.name)
    team.removed_at = None
    return team


@operation(Permission.EDIT_TEAM, on="goal", action="standing.taken")
def use_team(*, actor: Actor, goal: Goal, team: StandingTeam) -> Goal:
    """Look first among these people for this goal. It asks nobody and fills nothing."""
    require(actor, Permission.KEEP_OWN_NOTES, team)
    use = use_of(goal)
    if use is None:
        use = StandingUse(goal_id=goal.id, client_id=goal.client_id)
        db.session.add(use)
    use.team_id, use.author_id = team.id, actor.practitioner_id
    return goal


@operation(Permission.EDIT_TEAM, on="goal", action="standing.left")
def stop_using(*, actor: Actor, goal: Goal) -> Goal:
    """Look in the plain order again. What somebody else chose for herself stays."""
    use = use_of(goal)
    if use is not None and use.author_id == actor.practitioner_id:
        db.session.delete(use)
    return goal


def _check(actor: Actor, team: StandingTeam, name: str, pathway: str | None) -> None:
    if not name:
        raise Invalid("Give the team a name.", field="name")
    if pathway is not None and pathway not in load_content().pathways:
        raise Invalid("Choose one of the pathways.", field="pathway")
    _refuse_second(actor, team, name)


def _refuse_second(actor: Actor, team: StandingTeam, name: str) -> None:
    """Two teams of one name could not be told apart where they are offered."""
    others = [each for each in list_teams(actor) if each.id != team.id]
    if name.casefold() in {each.name.casefold() for each in others}:
        raise Invalid("You keep a team of this name already.", field="name")


def _add(actor: Actor, team: StandingTeam, practitioner_id: UUID, discipline: str) -> None:
    if practitioner_id == actor.practitioner_id:
        raise Invalid("This is your own entry.", field="practitioner")
    if discipline not in load_content().catalogue.disciplines:
        raise Invalid("Choose one of the disciplines.", field="discipline")
    if not names_of([practitioner_id]):
        raise Invalid("Choose somebody from the directory.", field="practitioner")
    member = find_member(team, practitioner_id)
    if member is None:
        member = StandingMember(team_id=team.id, practitioner_id=practitioner_id)
        db.session.add(member)
    member.discipline = discipline
