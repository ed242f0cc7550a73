"""Clearances that are awaited, for those who may give one or enter it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.access.reach import Role, reach_of
from careteam.domain.pathway.safety import AwaitedClearance
from careteam.domain.pathway.words import discipline_words
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import load_content
from careteam.features.teams.clearances.queries import Seated, seated_of
from careteam.features.teams.effects import GoalOutcome, goal_outcome
from careteam.features.teams.facts_queries import PAIR
from careteam.features.teams.models import Clearance


@dataclass(frozen=True, slots=True)
class Awaited:
    """`giver` is the discipline in words, `phase` the name of what waits. `why` is for those who
    may know the reasons.
    """

    discipline: str
    before_phase: str
    giver: str
    phase: str
    rules: tuple[str, ...]
    why: str = ""

    @property
    def key(self) -> str:
        return f"{self.discipline}{PAIR}{self.before_phase}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the actor could clear now, and who is on the team as far as they see it.

    `alone`: phases that wait for the actor's word and nobody else's.
    """

    awaited: tuple[Awaited, ...] = ()
    team: Sequence[Seated] = ()
    is_lead: bool = False
    alone: frozenset[AwaitedClearance] = frozenset()

    def find(self, key: str | None) -> Awaited | None:
        return next((each for each in self.awaited if each.key == key), None)


def asked_of(actor: Actor, goal: Goal, found: GoalOutcome | None = None) -> Asked:
    """For whoever keeps the record every clearance that is awaited, for others their own.

    `found`: the outcome of the goal, where the page has it. No statement where nothing is awaited.
    """
    found = goal_outcome(goal) if found is None else found
    standing = reach_of(actor).standing(goal.client_id)
    if found is None or standing is None or not found.outcome.clearances:
        return Asked()
    is_lead = standing.role is Role.LEAD
    if not is_lead and Clearance.INFORMATION_CLASS not in standing.full:
        return Asked()
    team, knows = seated_of(actor, goal), allowed(actor, Permission.READ_SAFETY_REASONS, goal)
    own = {seat.discipline for seat in team if seat.seat_id in standing.seat_ids}
    every = _awaited(found, knows)
    awaited = [each for each in every if is_lead or each.discipline in own]
    shared = {each.before_phase for each in every if each.discipline not in own}
    alone = frozenset(
        AwaitedClearance(found.pathway.id, each.before_phase)
        for each in awaited
        if each.before_phase not in shared
    )
    return Asked(tuple(awaited), team, is_lead, alone)


def _awaited(found: GoalOutcome, knows: bool) -> list[Awaited]:
    content, pathway = load_content(), found.pathway
    return [
        Awaited(
            each.discipline,
            each.before_phase,
            giver=discipline_words(content, each.discipline),
            phase=pathway.phases[pathway.phase_index[each.before_phase]].name,
            rules=tuple(dict.fromkeys(cause.rule for cause in each.causes)),
            why=" ".join(cause.reason for cause in each.causes if cause.reason) if knows else "",
        )
        for each in found.outcome.clearances
    ]
