"""What the screening answers mean for a plan: whether it may start, and which phases wait.

Whoever keeps the record, and the client, read the reasons; every other seat gets the effect only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.pathway import Outcome
from careteam.domain.pathway.values import Pathway
from careteam.domain.pathway.vocabulary import HoldScope
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import load_content
from careteam.features.teams.effects import ClientOutcomes, standing_outcomes
from careteam.features.teams.view import seat_label
from careteam.kit.errors import Invalid

BLOCKED = "The plan cannot start yet."
HANDS_ON_GROUPS = ("manual_complementary",)
HANDS_ON = ("osteopath", "chiropractor", "physiotherapist")


@dataclass(frozen=True, slots=True)
class PlanSafety:
    """`blocks` and `first` are empty for those who may not know why. `waits` says for each phase
    which clearances it waits for.
    """

    is_blocked: bool = False
    blocks: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    waits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hands_on_held: bool = False

    @property
    def words(self) -> str:
        """Why the plan waits and what comes first, in one paragraph."""
        return " ".join([BLOCKED, *self.blocks, *self.first])


def safety_of(actor: Actor, goal: Goal, standing: ClientOutcomes | None = None) -> PlanSafety:
    """The safety of a goal's plan, told as far as the actor may know.

    `standing`: the client's outcomes, where the page has them already.
    """
    if standing is None:
        standing = standing_outcomes(goal.client_id)
    held = HoldScope.ALL in standing.safety.held
    found = next((each for each in standing if each.goal.id == goal.id), None)
    if found is None:
        return PlanSafety(hands_on_held=held)
    own, pathway = found.outcome, found.pathway
    knows = allowed(actor, Permission.ANSWER_SCREENING, goal)
    return PlanSafety(
        is_blocked=own.is_blocked or bool(own.switches),
        blocks=_blocks(own) if knows else (),
        first=_first(own) if knows else (),
        waits=_waits(own, pathway, knows),
        hands_on_held=held,
    )


def refuse_while_blocked(actor: Actor, goal: Goal) -> None:
    """Raise `Invalid` with what to do first while the answers block the plan."""
    safety = safety_of(actor, goal)
    if safety.is_blocked:
        raise Invalid(safety.words)


def is_hands_on(discipline: str) -> bool:
    """Whether a hold of hands-on work holds what this discipline mainly does."""
    found = load_content().catalogue.disciplines.get(discipline)
    return discipline in HANDS_ON or (found is not None and found.group in HANDS_ON_GROUPS)


def _blocks(outcome: Outcome) -> tuple[str, ...]:
    reasons = [cause.reason for cause in outcome.blocks]
    titles = load_content().pathways
    for change in outcome.switches:
        known = titles.get(change.pathway)
        reasons.append(f"The answers lead to another pathway: {known.title if known else ''}.")
    return tuple(_sentence(reason) for reason in dict.fromkeys(reasons))


def _first(outcome: Outcome) -> tuple[str, ...]:
    levels = load_content().catalogue.urgency_levels
    return tuple(
        f"First: {seat_label(order.discipline)}, {levels[order.urgency].label.lower()}."
        for order in outcome.see_first
    )


def _waits(outcome: Outcome, pathway: Pathway, knows: bool) -> dict[str, tuple[str, ...]]:
    places = pathway.phase_index
    found: dict[str, list[str]] = {}
    for clearance in outcome.clearances:
        words = "Waits for a written clearance"
        if knows:
            words += f": {seat_label(clearance.discipline)}"
        for phase, place in places.items():
            if place >= places.get(clearance.before_phase, len(places)):
                found.setdefault(phase, []).append(words)
    return {phase: tuple(dict.fromkeys(words)) for phase, words in found.items()}


def _sentence(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."
