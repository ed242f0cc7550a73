"""What a practitioner decides about effects: set aside with a reason, or an emergency answered.

An emergency flag is never set aside. Either the client is asked again and it is not so now, or
somebody able to judge was spoken to. A same-day flag may be answered in the same two ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.pathway import Override, OverrideRefused, check_override
from careteam.domain.pathway.conditions import Truth
from careteam.domain.pathway.outcome import RaisedFlag
from careteam.features.clients.models import Goal
from careteam.features.teams.effects import FLAG, GoalOutcome, goal_outcome
from careteam.features.teams.models import EffectDecision
from careteam.features.teams.proposing import bring_in_line
from careteam.features.teams.queries import decision_rows
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid


@operation(Permission.EDIT_TEAM, on="goal", action="effect.overridden")
def override_effects(
    *, actor: Actor, goal: Goal, effects: Sequence[tuple[str, str]], reason: str
) -> Goal:
    """Set effects aside, each named by (rule, key of the effect), with one written reason.

    Raises `Invalid` for an emergency flag, for its hold while it is not answered, and for what the
    rules do not ask for; `Conflict` where it is set aside already.
    """
    found = _outcome(goal)
    if not reason or not reason.strip():
        raise Invalid("Write why this is set aside.", field="reason")
    if not effects:
        raise Invalid("There is nothing here to set aside.")
    for rule, effect in effects:
        _check(found, rule, effect, reason)
        db.session.add(_decision(actor, goal, "overridden", rule, effect, reason))
    bring_in_line(actor, goal)
    return goal


def _check(found: GoalOutcome, rule: str, effect: str, reason: str) -> None:
    answers = [each.answer for each in found.outcome.red_flags if each.answer is not None]
    try:
        check_override(found.pathway, Override(rule, effect, reason), answers)
    except OverrideRefused as refusal:
        raise Invalid(str(refusal)) from None
    standing = {(each.override.rule, each.override.effect) for each in found.outcome.overrides}
    if (rule, effect) in standing:
        raise Conflict("This is set aside already.")
    truths = {each.rule: each.truth for each in found.outcome.results}
    if truths[rule] is Truth.SILENT:
        raise Invalid("The answers do not ask for this any more.")


@operation(Permission.EDIT_TEAM, on="decision", action="effect.override_withdrawn")
def take_back_override(*, actor: Actor, goal: Goal, decision: EffectDecision) -> EffectDecision:
    """Let the effect act again; the reason stays in the record."""
    if decision.taken_back_at is None:
        decision.taken_back_at = clock.now()
        bring_in_line(actor, goal)
    return decision


@operation(Permission.EDIT_TEAM, on="goal", action="flag.answered")
def answer_asked_again(*, actor: Actor, goal: Goal, red_flag: str, last: str) -> Goal:
    """The client was asked again: it is not so now. `last` says when it last was."""
    if not last or not last.strip():
        raise Invalid("Write when it last was so.", field="last")
    _answer(actor, goal, red_flag, "asked_again", last)
    return goal


@operation(Permission.EDIT_TEAM, on="goal", action="flag.answered")
def answer_spoken(
    *, actor: Actor, goal: Goal, red_flag: str, spoken_to: str, happened_on: date, said: str
) -> Goal:
    """Somebody able to judge was spoken to: whom, on which day, and what they said."""
    if not spoken_to or not spoken_to.strip():
        raise Invalid("Write to whom you spoke.", field="spoken_to")
    if not said or not said.strip():
        raise Invalid("Write what they said.", field="said")
    if happened_on > clock.today():
        raise Invalid("This day is still to come.", field="happened_on")
    _answer(actor, goal, red_flag, "spoken", said, spoken_to=spoken_to, happened_on=happened_on)
    return goal


@operation(Permission.EDIT_TEAM, on="decision", action="flag.answer_withdrawn")
def raise_flag_again(*, actor: Actor, goal: Goal, decision: EffectDecision) -> EffectDecision:
    """It is so again, or the answer was wrong: the flag stands as if it were not answered."""
    if decision.taken_back_at is None:
        decision.taken_back_at = clock.now()
        bring_in_line(actor, goal)
    return decision


def _answer(
    actor: Actor, goal: Goal, red_flag: str, kind: str, reason: str, **more: object
) -> None:
    raised = _raised(_outcome(goal), red_flag)
    if not raised.flag.urgency.is_telephone_matter:
        raise Invalid("Only emergency and same day are answered; this can be set aside.")
    effect = FLAG + red_flag
    for earlier in decision_rows(goal.id):
        if earlier.effect == effect and earlier.kind != "overridden":
            earlier.taken_back_at = clock.now()
    row = _decision(actor, goal, kind, raised.causes[0].rule, effect, reason, **more)
    db.session.add(row)
    bring_in_line(actor, goal)


def _raised(found: GoalOutcome, red_flag: str) -> RaisedFlag:
    for raised in found.outcome.red_flags:
        if raised.flag.id == red_flag:
            return raised
    raise Invalid("The answers do not raise this flag any more.")


def _outcome(goal: Goal) -> GoalOutcome:
    found = goal_outcome(goal)
    if found is None:
        raise Invalid("This goal has no pathway, so no rule asks for anything.")
    return found


def _decision(
    actor: Actor, goal: Goal, kind: str, rule: str, effect: str, reason: str, **more: object
) -> EffectDecision:
    return EffectDecision(
        client_id=goal.client_id,
        goal_id=goal.id,
        author_id=actor.practitioner_id,
        rule=rule,
        effect=effect,
        kind=kind,
        reason=reason.strip(),
        decided_at=clock.now(),
        **more,
    )
