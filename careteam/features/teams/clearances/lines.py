"""Clearances that were given, as one reader sees them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.wording import day_words
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import pathway_of
from careteam.features.teams.clearances.queries import FoundClearance, list_clearances
from careteam.kit import clock

WAYS = {"phone": "by telephone", "letter": "by letter", "in_person": "in person"}


@dataclass(frozen=True, slots=True)
class ClearanceLine:
    """`strong` is what may begin, `text` who says so, when and how. `file` says what came with it,
    empty where nothing did. `over`: it was taken back, and is kept to be looked up.
    """

    id: UUID
    goal_id: UUID
    strong: str
    text: str
    said: str
    file: str
    may_take_back: bool
    over: bool


def clearance_lines(actor: Actor, goal: Goal) -> tuple[ClearanceLine, ...]:
    """Those of the goal that the actor may read, the newest first; one that is taken back keeps
    its place. One statement."""
    found = list_clearances(actor, goal.client_id)
    return tuple(_line(actor, goal, each) for each in found if each.row.goal_id == goal.id)


def _line(actor: Actor, goal: Goal, found: FoundClearance) -> ClearanceLine:
    row, pathway = found.row, pathway_of(goal)
    phases = {phase.id: phase.name for phase in pathway.phases} if pathway else {}
    phase = phases.get(row.before_phase, "")
    return ClearanceLine(
        id=row.id,
        goal_id=row.goal_id,
        strong=f"Cleared: “{phase}” may begin." if phase else "Cleared.",
        text=_given(actor, found),
        said=row.said,
        file=found.file or "",
        may_take_back=allowed(actor, Permission.TAKE_BACK_CLEARANCE, row),
        over=row.taken_back_at is not None,
    )


def _given(actor: Actor, found: FoundClearance) -> str:
    """'Ana Sample, 3 Mar, by letter. Entered by hand by Wren Lead.'"""
    row = found.row
    day = day_words(row.given_on, clock.today())
    who = "You" if row.given_by_id and row.given_by_id == actor.practitioner_id else found.given_by
    words = f"{who}, {day}"
    if row.way not in WAYS:
        return f"{words}."
    return f"{words}, {WAYS[row.way]}. Entered by hand by {found.written_by}."
