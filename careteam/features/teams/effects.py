"""The bridge between rows and the rules: answers and decisions in, effects out.

Nothing of an effect is stored but two folds on the client, which the statement of reach and the
lists of measures need: `restricted_classes` and `hidden_measures`. They come from all goals ever
made, so that ending a goal uncovers nothing. Everything else is derived each time from the goals
that stand: active and paused ones, since pausing a goal does not make anybody safer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from careteam.domain.pathway import (
    AskedAgain,
    ClientSafety,
    FlagAnswer,
    GivenClearance,
    LaidByHand,
    LeftTo,
    Outcome,
    Override,
    Pathway,
    SpokenTo,
    evaluate,
    without_given,
)
from careteam.domain.pathway import client_safety as union_of
from careteam.domain.pathway.answers import Answer
from careteam.domain.pathway.effects import RaiseRedFlag
from careteam.domain.pathway.vocabulary import AnswerKind
from careteam.features.clients.models import Client, Goal
from careteam.features.pathways.content import HasPathway, pathway_of
from careteam.features.teams.facts_queries import (
    CLEARED,
    PAIR,
    UNCLEARED,
    AnswerFacts,
    DecisionFacts,
    facts_of,
)
from careteam.features.teams.precautions.queries import goals_and_precautions
from careteam.features.teams.queries import GoalFacts, goals_of, stored_folds

FLAG = RaiseRedFlag.kind + ":"
NO_FLAG_ANSWER = ("overridden", CLEARED, UNCLEARED)
KEPT = 1024
"""Outcomes a process keeps: those of all the clients whom a few people look after."""


@dataclass(frozen=True, slots=True)
class GoalOutcome:
    """One goal, what the rules make of its answers, and the decisions that stand."""

    goal: GoalFacts
    pathway: Pathway
    outcome: Outcome
    decisions: tuple[DecisionFacts, ...]
    answers: tuple[AnswerFacts, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ClientOutcomes:
    """The outcomes of all goals of a client that stand, and by their ids what is laid by hand.

    `were_any`: something was laid at some time, so that there is something to look up.
    """

    outcomes: tuple[GoalOutcome, ...] = ()
    by_hand: Mapping[UUID, LaidByHand] = field(default_factory=dict)
    were_any: bool = False

    def __iter__(self) -> Iterator[GoalOutcome]:
        return iter(self.outcomes)

    @property
    def safety(self) -> ClientSafety:
        """The union over all of them; the stricter wins."""
        return self.safety_beside(())

    def safety_beside(self, shown: Iterable[UUID]) -> ClientSafety:
        """The union without what is laid by hand and shown by itself."""
        apart = set(shown)
        return union_of(
            (each.outcome for each in self.outcomes),
            (laid for key, laid in self.by_hand.items() if key not in apart),
        )


def outcome_of(
    goal: HasPathway, answers: Iterable[AnswerFacts], decisions: Iterable[DecisionFacts]
) -> Outcome | None:
    """What the rules of the goal's pathway make of answers and decisions; None without a pathway.

    A decision about a rule that the pathway no longer has changes nothing.
    """
    pathway = pathway_of(goal)
    if pathway is None:
        return None
    return _outcome(pathway, tuple(answers), tuple(decisions))


@lru_cache(maxsize=KEPT)
def _outcome(
    pathway: Pathway, answers: tuple[AnswerFacts, ...], given: tuple[DecisionFacts, ...]
) -> Outcome:
    """Kept, since nothing but these values makes it, and lists ask for the same ones again."""
    outcome = evaluate(
        pathway,
        answers_from(pathway, answers),
        overrides=[
            Override(each.rule, each.effect, each.reason)
            for each in given
            if each.kind == "overridden"
        ],
        flag_answers=[_flag_answer(each) for each in given if each.kind not in NO_FLAG_ANSWER],
    )
    return without_given(outcome, [_cleared(each) for each in given if each.kind == CLEARED])


def _cleared(decision: DecisionFacts) -> GivenClearance:
    discipline, _, phase = decision.effect.partition(PAIR)
    return GivenClearance(discipline, phase, frozenset(decision.rule.split()))


def answers_from(pathway: Pathway, answers: Iterable[AnswerFacts]) -> dict[str, Answer | None]:
    """Stored answers as the rules read them."""
    return {each.question: _answer(pathway, each) for each in answers}


def _answer(pathway: Pathway, stored: AnswerFacts) -> Answer | None:
    if stored.left_to is not None:
        return LeftTo(stored.left_to)
    question = pathway.question_by_id.get(stored.question)
    if question is None or stored.value is None or question.answer is not AnswerKind.NUMBER:
        return stored.value
    try:
        return float(stored.value)
    except ValueError:
        return None


def _flag_answer(decision: DecisionFacts) -> FlagAnswer:
    red_flag = decision.effect.removeprefix(FLAG)
    if decision.kind == "asked_again":
        return AskedAgain(red_flag, decision.reason)
    assert decision.spoken_to is not None
    assert decision.happened_on is not None
    return SpokenTo(red_flag, decision.spoken_to, decision.happened_on, decision.reason)


def goal_outcome(goal: Goal) -> GoalOutcome | None:
    """The outcome of one goal as it stands in the database, from one statement."""
    return next(
        iter(_outcomes([GoalFacts(goal.id, goal.pathway, goal.pathway_version, goal.status)])), None
    )


def outcomes_of(goals: Sequence[GoalFacts]) -> list[GoalOutcome]:
    """The outcomes of these goals, in their order, from one statement; none without a pathway."""
    return _outcomes(goals)


def standing_outcomes(client_id: UUID) -> ClientOutcomes:
    """The outcomes of all goals that stand and what is laid by hand, from two statements."""
    known = goals_and_precautions(client_id)
    found = _outcomes([goal for goal in known.goals if goal.is_standing])
    return ClientOutcomes(tuple(found), known.by_hand, known.were_any)


def client_safety(client: Client) -> ClientSafety:
    """The union over all goals of the client that stand; the stricter wins."""
    return standing_outcomes(client.id).safety


def _outcomes(goals: Sequence[GoalFacts]) -> list[GoalOutcome]:
    ids = [goal.id for goal in goals if goal.pathway]
    if not ids:
        return []
    answers, decisions = facts_of(ids)
    return [found for goal in goals if (found := _one(goal, answers, decisions)) is not None]


def _one(
    goal: GoalFacts,
    answers: Mapping[UUID, list[AnswerFacts]],
    decisions: Mapping[UUID, list[DecisionFacts]],
) -> GoalOutcome | None:
    pathway = pathway_of(goal)
    stand, given = tuple(decisions.get(goal.id, ())), tuple(answers.get(goal.id, ()))
    outcome = outcome_of(goal, given, stand)
    if pathway is None or outcome is None:
        return None
    return GoalOutcome(goal, pathway, outcome, stand, given)


def recompute_folds(client: Client) -> dict[str, list[str]]:
    """What the stored folds ought to be, re-derived from the answers of all goals."""
    return _folds(client.id)


def _folds(client_id: UUID) -> dict[str, list[str]]:
    outcomes = [each.outcome for each in _outcomes(goals_of(client_id))]
    restricted = {item.information_class for each in outcomes for item in each.restrictions}
    hidden = {item.measure for each in outcomes for item in each.hidden_measures}
    return {"restricted_classes": sorted(restricted), "hidden_measures": sorted(hidden)}


def refold(client: Client) -> None:
    """Within an operation that changed answers, decisions or pathway: store the folds anew."""
    for name, value in _folds(client.id).items():
        if getattr(client, name) != value:
            setattr(client, name, value)


def folds_that_disagree(client_ids: Iterable[UUID]) -> list[str]:
    """A line for every client whose stored folds differ from the derived ones."""
    wrong = []
    for client_id in client_ids:
        restricted, hidden = stored_folds(client_id)
        stored = {"restricted_classes": sorted(restricted), "hidden_measures": sorted(hidden)}
        derived = _folds(client_id)
        wrong += [
            f"client {client_id}: {name} is {stored[name]}, derived {derived[name]}"
            for name in stored
            if stored[name] != derived[name]
        ]
    return wrong
