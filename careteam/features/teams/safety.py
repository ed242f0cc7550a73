"""The safety effects of one goal as lines for the page of lead and client: each with its reasons,
and with what an override of it would set aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import current_app

from careteam.domain.now import ActionCard, action_card, numbers_for
from careteam.domain.pathway import AskedAgain
from careteam.domain.pathway.conditions import Truth, effects_of, open_conditions
from careteam.domain.pathway.effects import HoldManualTherapy
from careteam.domain.pathway.outcome import Cause, Hold, PathwayChange, RaisedFlag, SeeFirstOrder
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.pathway.words import (
    HELD,
    WITHIN,
    class_words,
    discipline_words,
    effect_words,
    measure_words,
)
from careteam.features.pathways.content import load_content
from careteam.features.teams.effects import FLAG, GoalOutcome
from careteam.features.teams.pressing import FIRST

Named = tuple[str, str]
"""An effect of a rule: (rule, key)."""


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """One effect in force. `effects` are what setting it aside would take; empty for what cannot
    be set aside. `flag` is the key that opens it in Now. `may_answer`: it is answered by asking
    again, or by having spoken to somebody. `answer_first` is the emergency whose answer a hold
    waits for; `ask_first` where its question is still left to somebody. `pathway` is one to switch
    to, in place of `instead_of`.
    """

    goal_id: UUID
    kind: str
    strong: str
    text: str = ""
    why: tuple[str, ...] = ()
    effects: tuple[Named, ...] = ()
    flag: str = ""
    card: ActionCard | None = None
    is_emergency: bool = False
    may_answer: bool = False
    leads_to_now: bool = False
    answered: str = ""
    answer_id: UUID | None = None
    answer_first: str = ""
    ask_first: bool = False
    pathway: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An effect that a practitioner set aside, with the written reason."""

    goal_id: UUID
    decision_id: UUID
    words: str
    reason: str
    decided_on: date


def alerts(found: GoalOutcome) -> list[SafetyLine]:
    """What stops: red flags, then whom to see first, then that the plan waits."""
    blocks = [
        _line(found, "block", "The plan does not start.", cause.reason, [cause])
        for cause in found.outcome.blocks
    ]
    flags = [_flag(found, raised) for raised in found.outcome.red_flags]
    firsts = [_see_first(found, order) for order in found.outcome.see_first]
    return [*flags, *firsts, *blocks]


def limits(found: GoalOutcome) -> list[SafetyLine]:
    """What narrows the work: holds, clearances, cautions, what is neither shown nor said."""
    content, outcome = load_content(), found.outcome
    lines = [_hold(found, hold) for hold in outcome.standing_holds]
    for item in outcome.clearances:
        phase = found.pathway.phases[found.pathway.phase_index[item.before_phase]].name
        who = discipline_words(content, item.discipline)
        text = f"Before “{phase}”, in writing, by the {who}."
        lines.append(_line(found, "clearance", "Clearance awaited.", text, item.causes))
    lines += [
        _line(found, "caution", caution.text.rstrip(".") + ".", "", caution.causes, why=False)
        for caution in outcome.cautions
    ]
    for hidden in outcome.hidden_measures:
        text = f"{_upper(measure_words(content, hidden.measure))} is not collected or shown."
        lines.append(_line(found, "hidden", f"{quiet_word(hidden.measure)}.", text, hidden.causes))
    for narrow in outcome.restrictions:
        name = _upper(class_words(content, narrow.information_class))
        text = f"{name}: for clinical roles only, whatever else was agreed."
        lines.append(_line(found, "restricted", "Kept narrow.", text, narrow.causes))
    return lines


def changes(found: GoalOutcome) -> list[SafetyLine]:
    """Other pathways: to switch to, or to run beside this one."""
    switches = [
        _change(found, "switch", "Another pathway fits better.", item)
        for item in found.outcome.switches
    ]
    offers = [
        _change(found, "offer", "Another pathway may run beside this one.", item)
        for item in found.outcome.offers
    ]
    return [*switches, *offers]


def set_aside(found: GoalOutcome) -> Iterator[SetAside]:
    """Overrides that act, each with its reason."""
    acting = {
        (each.override.rule, each.override.effect)
        for each in found.outcome.overrides
        if not each.refused
    }
    for decision in found.decisions:
        rule = found.pathway.rule_by_id.get(decision.rule)
        if decision.kind != "overridden" or rule is None:
            continue
        for effect in effects_of(found.pathway, rule):
            if effect.key == decision.effect and (decision.rule, decision.effect) in acting:
                words = effect_words(load_content(), found.pathway, effect)
                yield SetAside(
                    found.goal.id,
                    decision.id,
                    _upper(words) + ".",
                    decision.reason,
                    decision.decided_at.date(),
                )


def held_words(scope: str) -> str:
    """A hold without its cause, as a sentence of its own."""
    words = next(text for key, text in HELD.items() if key == scope)
    return _upper(words)


def quiet_word(measure: str) -> str:
    """What everybody is told of a hidden measure: 'No weight talk'."""
    subject = {"weight_kg": "weight", "waist_to_height": "body-size"}.get(measure)
    if subject:
        return f"No {subject} talk"
    return f"Not measured or mentioned: {measure_words(load_content(), measure)}"


def _line(
    found: GoalOutcome,
    kind: str,
    strong: str,
    text: str,
    causes: Sequence[Cause],
    *,
    why: bool = True,
) -> SafetyLine:
    return SafetyLine(
        goal_id=found.goal.id,
        kind=kind,
        strong=strong,
        text=text,
        why=_reasons(found, causes) if why else _rules(found, causes),
        effects=_named(causes),
    )


def _named(causes: Iterable[Cause]) -> tuple[Named, ...]:
    return tuple((cause.rule, cause.effect) for cause in causes)


def _reasons(found: GoalOutcome, causes: Sequence[Cause]) -> tuple[str, ...]:
    """Reasons of the effects, then those of their rules; each once."""
    own = [cause.reason for cause in causes if cause.reason]
    return tuple(dict.fromkeys([*own, *_rules(found, causes)]))


def _rules(found: GoalOutcome, causes: Sequence[Cause]) -> tuple[str, ...]:
    rules = [found.pathway.rule_by_id[cause.rule] for cause in causes]
    return tuple(dict.fromkeys(rule.why for rule in rules))


def _flag(found: GoalOutcome, raised: RaisedFlag) -> SafetyLine:
    is_emergency = raised.flag.urgency is Urgency.EMERGENCY
    numbers = numbers_for(current_app.extensions["careteam_settings"].country)
    level = load_content().catalogue.urgency_levels[raised.flag.urgency]
    return SafetyLine(
        goal_id=found.goal.id,
        kind="flag",
        strong=raised.flag.sign.rstrip(".") + ".",
        text=level.label,
        why=_reasons(found, raised.causes),
        effects=() if is_emergency else _named(raised.causes),
        flag=raised.flag.id,
        card=action_card(raised.flag, numbers),
        is_emergency=is_emergency,
        may_answer=raised.flag.urgency.is_telephone_matter,
        leads_to_now=raised.leads_to_now,
        answered=_answered(raised),
        answer_id=_answer_id(found, raised.flag.id) if raised.answer else None,
    )


def _answered(raised: RaisedFlag) -> str:
    if raised.answer is None:
        return ""
    if isinstance(raised.answer, AskedAgain):
        return f"Asked again: not now. Last: {raised.answer.last}"
    on = raised.answer.spoken_on
    return f"Spoke to {raised.answer.whom} on {on.day} {on:%B}: {raised.answer.said}"


def _answer_id(found: GoalOutcome, flag: str) -> UUID | None:
    ids = [
        each.id
        for each in found.decisions
        if each.effect == FLAG + flag and each.kind != "overridden"
    ]
    return ids[-1] if ids else None


def _see_first(found: GoalOutcome, order: SeeFirstOrder) -> SafetyLine:
    who = discipline_words(load_content(), order.discipline)
    rules = {cause.rule for cause in order.causes}
    beside = [
        raised.flag.id
        for raised in found.outcome.red_flags
        if raised.is_active and rules & {cause.rule for cause in raised.causes}
    ]
    return SafetyLine(
        goal_id=found.goal.id,
        kind="see_first",
        strong=f"First the {who}, {WITHIN[order.urgency]}.",
        text="By telephone, not by message." if order.leads_to_now else "",
        why=_reasons(found, order.causes),
        effects=_named(order.causes),
        flag=beside[0] if beside else FIRST + order.discipline,
        leads_to_now=order.leads_to_now,
    )


def _hold(found: GoalOutcome, hold: Hold) -> SafetyLine:
    untils = "; ".join(text[:1].lower() + text[1:].rstrip(".") for text in hold.untils)
    effects = (*_named(hold.causes), *_left_effects(found, hold))
    emergencies = _open_emergencies(found, effects)
    raised = [flag.flag.id for flag in found.outcome.red_flags if flag.flag.id in emergencies]
    text = f"Until: {untils}." if untils else "Until a question left to somebody is answered."
    return SafetyLine(
        goal_id=found.goal.id,
        kind="hold",
        strong=held_words(hold.scope) + ".",
        text=text,
        why=_rules(found, hold.causes) + _left_words(found, hold),
        effects=() if emergencies else effects,
        answer_first=raised[0] if raised else "",
        ask_first=bool(emergencies) and not raised,
    )


def _open_emergencies(found: GoalOutcome, effects: Iterable[Named]) -> list[str]:
    """Unanswered emergencies that bring one of these holds: it stays until they are answered."""
    answered = {each.flag.id for each in found.outcome.red_flags if each.answer is not None}
    named = set(effects)
    return [
        effect.red_flag
        for rule in found.pathway.rules
        for effect in effects_of(found.pathway, rule)
        if (rule.id, effect.key) in named
        and isinstance(effect, HoldManualTherapy)
        and effect.red_flag
        and effect.red_flag not in answered
        and found.pathway.red_flag_by_id[effect.red_flag].urgency is Urgency.EMERGENCY
    ]


def _left_words(found: GoalOutcome, hold: Hold) -> tuple[str, ...]:
    return tuple(f"Left open: {found.pathway.question_by_id[name].ask}" for name in hold.left_open)


def _left_effects(found: GoalOutcome, hold: Hold) -> list[Named]:
    """Holds that questions left to a role keep, as what an override would name."""
    truths = {each.rule: each.truth for each in found.outcome.results}
    gone = {(each.override.rule, each.override.effect) for each in found.outcome.overrides}
    return [
        (rule.id, effect.key)
        for rule in found.pathway.rules
        if truths[rule.id] is Truth.UNKNOWN
        and set(hold.left_open) & set(open_conditions(found.pathway, rule, {}))
        for effect in effects_of(found.pathway, rule)
        if isinstance(effect, HoldManualTherapy)
        and effect.scope is hold.scope
        and (rule.id, effect.key) not in gone
    ]


def _change(found: GoalOutcome, kind: str, strong: str, item: PathwayChange) -> SafetyLine:
    new = load_content().pathways[item.pathway]
    return SafetyLine(
        goal_id=found.goal.id,
        kind=kind,
        strong=strong,
        text=new.title,
        why=_reasons(found, item.causes),
        effects=_named(item.causes),
        pathway=item.pathway,
        instead_of=found.pathway.id,
    )


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
