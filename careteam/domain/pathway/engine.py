"""The rule engine: answers in, one ``Outcome`` out.

Precedence. Fired effects are taken up in the order of ``effects.PRECEDENCE``: red flags, blocks,
see-first, holds, clearances, removals, additions, then the rest. Where two effects meet, the
stricter wins, whatever the order of the rules:

- a removal beats an addition of the same discipline, and a role the file asks for;
- a hold of ``all`` contains every other; holds of different places stand side by side, each until
  all its conditions are met;
- additions only raise a requirement and only bring a role forward;
- the more urgent see-first wins; a red flag of the same rule makes a see-first as urgent as itself;
- restrictions, hidden measures, clearances and cautions add up.

An effect that an override sets aside is left out before any of this. An emergency flag cannot be
set aside: it stays on the outcome, with its answer once it has one. A same-day flag may be answered
in the same way, which keeps what it holds. Answering a flag lifts neither its hold nor a block of
its rule; those take a written reason, like every other effect.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from careteam.domain.pathway.answers import Answers, LeftTo
from careteam.domain.pathway.conditions import Truth, effects_of, open_conditions, rule_truth
from careteam.domain.pathway.effects import (
    PRECEDENCE,
    SAFETY_EFFECTS,
    AddCaution,
    BlockPlan,
    Effect,
    HideMeasure,
    HoldManualTherapy,
    OfferPathway,
    RaiseRedFlag,
    RequireClearance,
    RestrictInformation,
    SeeFirst,
    SwitchPathway,
)
from careteam.domain.pathway.outcome import (
    Cause,
    Caution,
    Clearance,
    HiddenMeasure,
    Hold,
    OpenQuestion,
    Outcome,
    OverrideResult,
    PathwayChange,
    RaisedFlag,
    Restriction,
    RuleResult,
    SeeFirstOrder,
)
from careteam.domain.pathway.overrides import (
    FlagAnswer,
    Override,
    OverrideRefused,
    check_override,
)
from careteam.domain.pathway.team import Fired, resolve_roles
from careteam.domain.pathway.values import Pathway, Rule
from careteam.domain.pathway.vocabulary import HoldScope, Urgency

E = TypeVar("E", bound=Effect)
SetAside = frozenset[tuple[str, str]]


def evaluate(
    pathway: Pathway,
    answers: Answers,
    *,
    overrides: Iterable[Override] = (),
    flag_answers: Iterable[FlagAnswer] = (),
) -> Outcome:
    """What the rules of the pathway make of the answers.

    An answer the question cannot take counts as not given. An override that must not be made, or
    that names an effect the pathway no longer has, changes nothing and is reported with its reason.
    Where a flag has several answers, the last one counts.
    """
    answered = {answer.red_flag: answer for answer in flag_answers}
    decisions = tuple(_judge(pathway, item, answered) for item in overrides)
    set_aside = frozenset(
        (item.override.rule, item.override.effect) for item in decisions if not item.refused
    )
    truths = {rule.id: rule_truth(pathway, rule, answers) for rule in pathway.rules}
    fired = _fired(pathway, truths, set_aside)
    open_questions = _open_questions(pathway, answers, truths, set_aside)
    see_first = _see_first(pathway, fired, answered)
    return Outcome(
        pathway=pathway.id,
        results=tuple(RuleResult(rule, truth) for rule, truth in truths.items()),
        red_flags=_red_flags(pathway, fired, answered),
        blocks=tuple(_cause(item, item.effect.reason) for item in _only(fired, BlockPlan)),
        see_first=see_first,
        holds=_holds(pathway, answers, truths, set_aside, fired),
        clearances=_clearances(pathway, fired),
        roles=resolve_roles(pathway, fired, see_first),
        switches=_changes(_only(fired, SwitchPathway)),
        offers=_changes(_only(fired, OfferPathway)),
        hidden_measures=tuple(
            HiddenMeasure(measure, causes)
            for measure, causes in _by(_only(fired, HideMeasure), lambda e: e.measure).items()
        ),
        restrictions=tuple(
            Restriction(name, causes)
            for name, causes in _by(
                _only(fired, RestrictInformation), lambda e: e.information_class
            ).items()
        ),
        cautions=_cautions(fired),
        open_questions=open_questions,
        overrides=decisions,
    )


def _judge(
    pathway: Pathway, override: Override, answered: Mapping[str, FlagAnswer]
) -> OverrideResult:
    try:
        check_override(pathway, override, answered.values())
    except OverrideRefused as refusal:
        return OverrideResult(override, str(refusal))
    return OverrideResult(override)


def _fired(
    pathway: Pathway, truths: Mapping[str, Truth], set_aside: SetAside
) -> tuple[Fired[Effect], ...]:
    fired = [
        Fired(rule.id, effect)
        for rule in pathway.rules
        if truths[rule.id] is Truth.FIRES
        for effect in _left(pathway, rule, set_aside)
    ]
    return tuple(sorted(fired, key=lambda item: PRECEDENCE.index(type(item.effect))))


def _left(pathway: Pathway, rule: Rule, set_aside: SetAside) -> tuple[Effect, ...]:
    """The effects of a rule that no override sets aside; a flag's hold goes with its flag."""
    gone = {key for rule_id, key in set_aside if rule_id == rule.id}
    return tuple(
        effect
        for effect in effects_of(pathway, rule)
        if effect.key not in gone
        and not (
            isinstance(effect, HoldManualTherapy)
            and effect.red_flag
            and RaiseRedFlag(effect.red_flag).key in gone
        )
    )


def _only(fired: Iterable[Fired[Effect]], kind: type[E]) -> tuple[Fired[E], ...]:
    return tuple(Fired(item.rule, item.effect) for item in fired if isinstance(item.effect, kind))


def _cause(item: Fired[Effect] | Fired[E], reason: str) -> Cause:
    return Cause(item.rule, item.effect.key, reason)


def _reason(effect: Effect) -> str:
    return getattr(effect, "reason", "")


def _by(fired: Sequence[Fired[E]], subject: Callable[[E], str]) -> dict[str, tuple[Cause, ...]]:
    """Causes by what they are about, in the order in which the subjects first appear."""
    causes: dict[str, tuple[Cause, ...]] = {}
    for item in fired:
        name = subject(item.effect)
        causes[name] = (*causes.get(name, ()), _cause(item, _reason(item.effect)))
    return causes


def _red_flags(
    pathway: Pathway, fired: Iterable[Fired[Effect]], answered: Mapping[str, FlagAnswer]
) -> tuple[RaisedFlag, ...]:
    """Raised flags, the most urgent first. Only what is for the telephone carries an answer."""
    raised = []
    for name, causes in _by(_only(fired, RaiseRedFlag), lambda e: e.red_flag).items():
        flag = pathway.red_flag_by_id[name]
        answer = answered.get(name) if flag.urgency.is_telephone_matter else None
        raised.append(RaisedFlag(flag, causes, answer))
    return tuple(sorted(raised, key=lambda item: -item.flag.urgency.rank))


def _see_first(
    pathway: Pathway, fired: Sequence[Fired[Effect]], answered: Mapping[str, FlagAnswer]
) -> tuple[SeeFirstOrder, ...]:
    """Who comes first, the most urgent first; an answered emergency presses no more."""
    flags = [item for item in _only(fired, RaiseRedFlag) if item.effect.red_flag not in answered]
    orders: dict[str, tuple[Urgency, tuple[Cause, ...]]] = {}
    for item in _only(fired, SeeFirst):
        beside = [
            pathway.red_flag_by_id[flag.effect.red_flag].urgency
            for flag in flags
            if flag.rule == item.rule
        ]
        urgency, causes = orders.get(item.effect.discipline, (item.effect.urgency, ()))
        worst = max((urgency, item.effect.urgency, *beside), key=lambda level: level.rank)
        orders[item.effect.discipline] = worst, (*causes, _cause(item, item.effect.reason))
    found = [SeeFirstOrder(name, urgency, causes) for name, (urgency, causes) in orders.items()]
    return tuple(sorted(found, key=lambda order: -order.urgency.rank))


def _holds(
    pathway: Pathway,
    answers: Answers,
    truths: Mapping[str, Truth],
    set_aside: SetAside,
    fired: Iterable[Fired[Effect]],
) -> tuple[Hold, ...]:
    """Holds by scope, the widest first; those of questions left to a role are among them."""
    items = _only(fired, HoldManualTherapy)
    left = _left_open(pathway, answers, truths, set_aside)
    scopes = {item.effect.scope for item in items} | set(left)
    holds = []
    for scope in sorted(scopes, key=lambda scope: -scope.rank):
        own = [item for item in items if item.effect.scope is scope]
        wider = HoldScope.ALL if HoldScope.ALL in scopes and scope is not HoldScope.ALL else None
        holds.append(
            Hold(
                scope=scope,
                untils=tuple(dict.fromkeys(item.effect.until for item in own)),
                causes=tuple(_cause(item, item.effect.until) for item in own),
                left_open=tuple(left.get(scope, ())),
                beaten_by=wider,
            )
        )
    return tuple(holds)


def _left_open(
    pathway: Pathway, answers: Answers, truths: Mapping[str, Truth], set_aside: SetAside
) -> dict[HoldScope, list[str]]:
    """Scopes that questions left to a role could still hold, with those questions."""
    found: dict[HoldScope, list[str]] = {}
    for rule in pathway.rules:
        if truths[rule.id] is not Truth.UNKNOWN:
            continue
        names = [
            name
            for name in open_conditions(pathway, rule, answers)
            if isinstance(answers.get(name), LeftTo)
        ]
        for effect in _left(pathway, rule, set_aside):
            if names and isinstance(effect, HoldManualTherapy):
                questions = found.setdefault(effect.scope, [])
                questions += [name for name in names if name not in questions]
    return found


def _clearances(pathway: Pathway, fired: Iterable[Fired[Effect]]) -> tuple[Clearance, ...]:
    """Awaited clearances, the earliest phase first."""
    causes: dict[tuple[str, str], tuple[Cause, ...]] = {}
    for item in _only(fired, RequireClearance):
        pair = item.effect.discipline, item.effect.before_phase
        causes[pair] = (*causes.get(pair, ()), _cause(item, item.effect.reason))
    found = [Clearance(discipline, phase, why) for (discipline, phase), why in causes.items()]
    return tuple(sorted(found, key=lambda item: pathway.phase_index[item.before_phase]))


def _changes(
    fired: Sequence[Fired[SwitchPathway]] | Sequence[Fired[OfferPathway]],
) -> tuple[PathwayChange, ...]:
    causes: dict[str, tuple[Cause, ...]] = {}
    for item in fired:
        name = item.effect.pathway
        causes[name] = (
            *causes.get(name, ()),
            Cause(item.rule, item.effect.key, item.effect.reason),
        )
    return tuple(PathwayChange(name, why) for name, why in causes.items())


def _cautions(fired: Iterable[Fired[Effect]]) -> tuple[Caution, ...]:
    cautions: dict[str, Caution] = {}
    for item in _only(fired, AddCaution):
        text = item.effect.text
        causes = cautions[text].causes if text in cautions else ()
        words = item.effect.for_others or text
        cautions[text] = Caution(text, words, (*causes, _cause(item, text)))
    return tuple(cautions.values())


def _open_questions(
    pathway: Pathway, answers: Answers, truths: Mapping[str, Truth], set_aside: SetAside
) -> tuple[OpenQuestion, ...]:
    """Questions a rule still waits for, with what they could bring, in the order of the file."""
    could: dict[str, dict[str, bool]] = {}
    for rule in pathway.rules:
        if truths[rule.id] is Truth.UNKNOWN:
            kinds = {
                effect.kind: isinstance(effect, SAFETY_EFFECTS)
                for effect in _left(pathway, rule, set_aside)
            }
            for name in open_conditions(pathway, rule, answers):
                could.setdefault(name, {}).update(kinds)
    order = {kind.kind: index for index, kind in enumerate(PRECEDENCE)}
    return tuple(
        OpenQuestion(
            question=question.id,
            could_raise=tuple(sorted(could[question.id], key=lambda kind: order[kind])),
            keeps_hands_on_waiting=any(could[question.id].values()),
            left_to=left.discipline
            if isinstance(left := answers.get(question.id), LeftTo)
            else None,
        )
        for question in pathway.screening
        if question.id in could
    )
