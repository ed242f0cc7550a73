"""A newer version of the pathway a goal was made from: whether there is one, and what it changes.

Nothing moves by itself. The lead looks at what would change and takes it, or leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass

from careteam.domain.pathway import Outcome, Pathway
from careteam.domain.pathway.conditions import Truth
from careteam.domain.pathway.words import effect_words
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import OWN, load_content, pathway_of
from careteam.features.teams.effects import outcome_of
from careteam.features.teams.facts_queries import answers_of, decisions_of
from careteam.features.teams.proposing import is_same
from careteam.features.teams.queries import GoalFacts, seats_of


@dataclass(frozen=True, slots=True)
class TeamChanges:
    """What a newer version makes of team and questions.

    `added` and `removed` are disciplines that are asked for then, or no longer; of the latter an
    open place ends, and any other stays. `asked` and `dropped` are questions in words; `effects`
    what the answers given bring about then, and `lifted` what they no longer do.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    asked: tuple[str, ...]
    dropped: tuple[str, ...]
    effects: tuple[str, ...]
    lifted: tuple[str, ...]

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


def newer_pathway(goal: Goal) -> Pathway | None:
    """The newest offered version of the goal's pathway, where the goal was made from another."""
    if not goal.pathway or not goal.pathway.startswith(OWN):
        return None
    here, newest = pathway_of(goal), load_content().pathways.get(goal.pathway)
    return newest if newest is not None and newest is not here else None


def team_changes(goal: Goal, new: Pathway) -> TeamChanges:
    """From the version the goal stands on to `new`, by the answers as they are."""
    old = pathway_of(goal)
    assert old is not None
    before, after = _outcome(goal, old, old), _outcome(goal, old, new)
    asked, wanted = _asked(before), _asked(after)
    was, now = _acting(old, before), _acting(new, after)
    return TeamChanges(
        added=tuple(each for each in wanted if each not in asked),
        removed=tuple(each for each in asked if each not in wanted),
        asked=_only_in(new, old),
        dropped=_only_in(old, new),
        effects=tuple(each for each in now if each not in was),
        lifted=tuple(each for each in was if each not in now),
    )


def disciplines_after(goal: Goal, changes: TeamChanges) -> set[str]:
    """The disciplines that would have a place on the team that takes milestones."""
    left = set(changes.added)
    for seat in seats_of(goal.id):
        ends = seat.state == "open" and seat.origin != "hand" and seat.discipline in changes.removed
        if not ends and seat.state in ("open", "referred", "filled", "later"):
            left.add(seat.discipline)
    return left


def _outcome(goal: Goal, old: Pathway, wanted: Pathway) -> Outcome:
    decisions = [
        each
        for each in decisions_of([goal.id]).get(goal.id, [])
        if wanted is old or is_same(old, wanted, each.rule, each.effect)
    ]
    facts = GoalFacts(goal.id, wanted.id, wanted.version, goal.status)
    found = outcome_of(facts, answers_of([goal.id]).get(goal.id, []), decisions)
    assert found is not None
    return found


def _asked(outcome: Outcome) -> list[str]:
    return [role.discipline for role in outcome.asked_roles]


def _only_in(one: Pathway, other: Pathway) -> tuple[str, ...]:
    """Questions that are put otherwise count as new."""
    known = {question.ask for question in other.screening}
    return tuple(question.ask for question in one.screening if question.ask not in known)


def _acting(pathway: Pathway, outcome: Outcome) -> list[str]:
    firing = (each.rule for each in outcome.results if each.truth is Truth.FIRES)
    effects = (effect for rule in firing for effect in pathway.rule_by_id[rule].effects)
    return list(dict.fromkeys(effect_words(load_content(), pathway, each) for each in effects))
