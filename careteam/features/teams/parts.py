"""What the client's page shows of safety and team."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.access.reach import reach_of
from careteam.audit import reads
from careteam.domain.pathway import SafetyEffects, screening_groups
from careteam.domain.pathway.answers import known_answer
from careteam.features.clients.models import Client, Goal
from careteam.features.pathways.content import pathway_of
from careteam.features.teams import safety
from careteam.features.teams.clearances.awaited import Asked, asked_of
from careteam.features.teams.clearances.lines import ClearanceLine, clearance_lines
from careteam.features.teams.effects import (
    ClientOutcomes,
    GoalOutcome,
    answers_from,
    standing_outcomes,
)
from careteam.features.teams.facts_queries import CLEARED, UNCLEARED, answers_of
from careteam.features.teams.models import EffectDecision
from careteam.features.teams.precautions.lines import Precautions, precautions_of
from careteam.features.teams.safety import SafetyLine, SetAside, held_words, quiet_word
from careteam.features.teams.view import TeamView, view_team

NOTHING_ASKED = Asked()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a goal's safety questions are. `today_open` may still raise a flag, hold or block."""

    asked: int
    answered: int
    today_open: int

    @property
    def is_complete(self) -> bool:
        return self.answered == self.asked


@dataclass(frozen=True, slots=True)
class SafetyPart:
    """Safety of the whole person. Lines with reasons for lead and client; for everybody else the
    effects alone, in words that give no cause away. What is laid by hand stands apart, as it is
    ended by hand; `effects` has that of it which the reader may not look into. `asked` are the
    clearances of the goal that the reader could give or enter, `cleared` those that were given.
    """

    with_reasons: bool
    alerts: tuple[SafetyLine, ...] = ()
    limits: tuple[SafetyLine, ...] = ()
    changes: tuple[SafetyLine, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    effects: tuple[str, ...] = ()
    by_hand: Precautions = field(default_factory=Precautions)
    progress: Progress | None = None
    may_decide: bool = False
    may_lay: bool = False
    outcomes: tuple[GoalOutcome, ...] = field(default=(), repr=False)
    asked: Asked = field(default_factory=Asked)
    cleared: tuple[ClearanceLine, ...] = ()

    @property
    def is_quiet(self) -> bool:
        said = self.alerts or self.limits or self.changes or self.effects or self.set_aside
        return not (said or self.by_hand.standing)


def safety_part(
    actor: Actor,
    client: Client,
    goal: Goal | None,
    standing: ClientOutcomes | None = None,
) -> SafetyPart:
    """Safety over all goals of the client that stand; the goal is the one whose page it is.

    It is None for somebody who sees no goal and still has to know what to avoid. `standing`: the
    client's outcomes, where the page has them already.
    """
    known = standing_outcomes(client.id) if standing is None else standing
    may_lay = goal is not None and allowed(actor, Permission.LAY_PRECAUTION, goal)
    by_hand = _by_hand(actor, client.id, known)
    asked, cleared = clearing_of(actor, goal, known)
    if not allowed(actor, Permission.READ_SAFETY_REASONS, client):
        effects = _for_others(actor, client.id, known, by_hand, asked)
        return SafetyPart(
            with_reasons=False,
            effects=effects,
            by_hand=by_hand,
            may_lay=may_lay,
            asked=asked,
            cleared=cleared,
        )
    reads.note(client.id, str(EffectDecision.INFORMATION_CLASS))
    outcomes = known.outcomes
    return SafetyPart(
        with_reasons=True,
        alerts=_lines(outcomes, safety.alerts),
        limits=_lines(outcomes, safety.limits),
        changes=_lines(outcomes, safety.changes),
        set_aside=tuple(line for found in outcomes for line in safety.set_aside(found)),
        effects=_unread(known, by_hand),
        by_hand=by_hand,
        progress=progress_of(goal, outcomes) if goal else None,
        may_decide=goal is not None and allowed(actor, Permission.EDIT_TEAM, goal),
        may_lay=may_lay,
        outcomes=outcomes,
        asked=asked,
        cleared=cleared,
    )


def clearing_of(
    actor: Actor, goal: Goal | None, known: ClientOutcomes
) -> tuple[Asked, tuple[ClearanceLine, ...]]:
    """The clearances of a goal that the actor is asked for, and those given that they may read.

    One statement for each of the two where there is such a thing, none elsewhere.
    """
    own = next((each for each in known if goal and each.goal.id == goal.id), None)
    if goal is None or own is None:
        return Asked(), ()
    were_any = any(each.kind in (CLEARED, UNCLEARED) for each in own.decisions)
    return asked_of(actor, goal, own), clearance_lines(actor, goal) if were_any else ()


def _unread(known: ClientOutcomes, by_hand: Precautions) -> tuple[str, ...]:
    """What is laid by hand and not within the lead's reading: its effect acts all the same."""
    return tuple(laid.words for key, laid in known.by_hand.items() if key not in by_hand.ids)


def _lines(
    outcomes: tuple[GoalOutcome, ...], make: Callable[[GoalOutcome], list[SafetyLine]]
) -> tuple[SafetyLine, ...]:
    lines = [line for found in outcomes for line in make(found)]
    lines.sort(key=lambda line: not (line.is_emergency and not line.answered))
    return tuple(lines)


def effects_shown(
    actor: Actor, client_id: UUID, standing: ClientOutcomes | None = None
) -> tuple[str, ...]:
    """What to avoid and what is held, for somebody on the team who may not know why.

    `standing`: the client's outcomes, where the page has them already.
    """
    known = standing_outcomes(client_id) if standing is None else standing
    return _for_others(actor, client_id, known, Precautions())


@dataclass(frozen=True, slots=True)
class ToAvoid:
    """What a page shows to somebody on the team: effects, and what is laid by hand with who says
    so, since when, and why where that is shared.
    """

    effects: tuple[str, ...]
    by_hand: Precautions

    @property
    def is_nothing(self) -> bool:
        return not self.effects and not self.by_hand.standing


def to_avoid(
    actor: Actor, client_id: UUID, standing: ClientOutcomes, asked: Asked = NOTHING_ASKED
) -> ToAvoid:
    """`asked`: the clearances that wait for the actor, who is told of them by themselves."""
    by_hand = _by_hand(actor, client_id, standing)
    return ToAvoid(_for_others(actor, client_id, standing, by_hand, asked), by_hand)


def _by_hand(actor: Actor, client_id: UUID, known: ClientOutcomes) -> Precautions:
    """One statement where something was laid at some time, none elsewhere."""
    return precautions_of(actor, client_id) if known.were_any else Precautions()


def _for_others(
    actor: Actor,
    client_id: UUID,
    known: ClientOutcomes,
    by_hand: Precautions,
    asked: Asked = NOTHING_ASKED,
) -> tuple[str, ...]:
    """Effects only, and only for whom the client lets know the safety alerts.

    `by_hand` and `asked` are those that are shown beside them.
    """
    standing = reach_of(actor).standing(client_id)
    if standing is None or EffectDecision.INFORMATION_CLASS not in standing.full:
        return ()
    reads.note(client_id, str(EffectDecision.INFORMATION_CLASS))
    effects = known.safety_beside(by_hand.ids).effects_only()
    of_others = tuple(each for each in effects.clearances if each not in asked.alone)
    return effect_lines(replace(effects, clearances=of_others))


def effect_lines(effects: SafetyEffects) -> tuple[str, ...]:
    """Sentences for everybody on the team."""
    words = ["The plan is stopped for now: ask the lead."] if effects.is_blocked else []
    words += [f"{held_words(scope)} until the lead says otherwise." for scope in effects.held]
    words += [*effects.in_words, *effects.cautions]
    if effects.clearances:
        words.append("A written clearance is awaited before the next phase: ask the lead.")
    words += [f"{quiet_word(measure)}." for measure in effects.hidden_measures]
    return tuple(dict.fromkeys(words))


def progress_of(goal: Goal, standing: Iterable[GoalOutcome] = ()) -> Progress | None:
    """How many questions of the goal's pathway are answered; None without a pathway.

    `standing`: the client's outcomes, where the page has them already.
    """
    pathway = pathway_of(goal)
    if pathway is None:
        return None
    known = next((found.answers for found in standing if found.goal.id == goal.id), None)
    given = answers_of([goal.id]).get(goal.id, ()) if known is None else known
    answers = answers_from(pathway, given)
    open_now = [q for q in pathway.screening if known_answer(q, answers) is None]
    today = {question.id for question in screening_groups(pathway).today}
    return Progress(
        asked=len(pathway.screening),
        answered=len(pathway.screening) - len(open_now),
        today_open=sum(question.id in today for question in open_now),
    )


def team_part(
    actor: Actor, client: Client, goal: Goal, standing: Iterable[GoalOutcome] = ()
) -> TeamView:
    """The team of the goal as the actor may see it."""
    return view_team(actor, client, goal, standing)
