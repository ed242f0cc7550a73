"""What the rules need to know of a goal's answers and decisions, by columns: it notes no read.

It asks nothing of an actor: everybody on the team is shown effects, nobody but lead and client the
answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, case, cast, literal, null, select, union_all

from careteam.features.teams.models import Answer, Clearance, EffectDecision
from careteam.kit.db import columns_of
from careteam.kit.listed import among_bound, listed

CLEARED, UNCLEARED, PAIR = "cleared", "uncleared", ":"
ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    question: str
    value: str | None
    left_to: str | None


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision that stands: not taken back. Of the kind `cleared` it is a clearance that was
    given: `rule` names those that asked, with a space between, `effect` discipline and phase.
    One that was taken back since is of the kind `uncleared`; it changes nothing.
    """

    id: UUID
    rule: str
    effect: str
    kind: str
    reason: str
    spoken_to: str | None
    happened_on: date | None
    decided_at: datetime


def answers_of(goal_ids: Collection[UUID]) -> Mapping[UUID, list[AnswerFacts]]:
    return facts_of(goal_ids)[0]


def decisions_of(goal_ids: Collection[UUID]) -> Mapping[UUID, list[DecisionFacts]]:
    return facts_of(goal_ids)[1]


def facts_of(
    goal_ids: Collection[UUID],
) -> tuple[Mapping[UUID, list[AnswerFacts]], Mapping[UUID, list[DecisionFacts]]]:
    """By goal, the answers by question, and the decisions that stand with all clearances, the
    oldest first. One statement.
    """
    answers: dict[UUID, list[AnswerFacts]] = defaultdict(list)
    decisions: dict[UUID, list[DecisionFacts]] = defaultdict(list)
    rows: Any = columns_of(_facts(), {"goals": listed(goal_ids)}).all()
    for goal_id, *facts in rows:
        if facts[3] == ANSWERED:
            answers[goal_id].append(AnswerFacts(facts[1], facts[2], facts[4]))
        else:
            decisions[goal_id].append(DecisionFacts(*facts))
    for given in answers.values():
        given.sort(key=lambda fact: fact.question)
    for each in decisions.values():
        each.sort(key=lambda fact: (fact.decided_at, fact.id))
    return answers, decisions


@cache
def _facts() -> Any:
    """Decisions, clearances and answers in the columns of decisions. Put together once and kept;
    which goals it is about comes with each asking.
    """
    no_day = cast(null(), EffectDecision.happened_on.type)
    decided = select(
        EffectDecision.goal_id,
        EffectDecision.id,
        EffectDecision.rule,
        EffectDecision.effect,
        EffectDecision.kind,
        EffectDecision.reason,
        EffectDecision.spoken_to,
        EffectDecision.happened_on,
        EffectDecision.decided_at,
    ).where(among_bound(EffectDecision.goal_id, "goals"), EffectDecision.taken_back_at.is_(None))
    cleared = select(
        Clearance.goal_id,
        Clearance.id,
        Clearance.rules,
        Clearance.discipline + PAIR + Clearance.before_phase,
        case((Clearance.taken_back_at.is_(None), CLEARED), else_=UNCLEARED),
        literal(""),
        null(),
        Clearance.given_on,
        Clearance.created_at,
    ).where(among_bound(Clearance.goal_id, "goals"))
    answered = select(
        Answer.goal_id,
        cast(null(), Uuid),
        Answer.question,
        Answer.value,
        literal(ANSWERED),
        Answer.left_to,
        null(),
        no_day,
        cast(null(), EffectDecision.decided_at.type),
    ).where(among_bound(Answer.goal_id, "goals"))
    return union_all(decided, cleared, answered)
