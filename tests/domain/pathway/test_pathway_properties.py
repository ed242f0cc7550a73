"""Laws that hold for any rules and any answers."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.pathway import LeftTo, Override, client_safety, evaluate
from careteam.domain.pathway.answers import Answer
from careteam.domain.pathway.conditions import effects_of
from careteam.domain.pathway.effects import (
    AddCaution,
    AddRole,
    BlockPlan,
    Effect,
    HideMeasure,
    HoldManualTherapy,
    RaiseRedFlag,
    RemoveRole,
    RequireClearance,
    RestrictInformation,
    SeeFirst,
)
from careteam.domain.pathway.outcome import Cause, Outcome, RoleState
from careteam.domain.pathway.values import Condition, Rule
from careteam.domain.pathway.vocabulary import HoldScope, Quantifier, Requirement, Urgency
from tests.support.pathways import PHASES, QUESTIONS, at_least, at_most, pathway, rule, says

DISCIPLINES = st.sampled_from(["physiotherapist", "psychologist", "midwife", "emergency_care"])
PHASE_IDS = st.sampled_from([phase.id for phase in PHASES])
SCOPES = st.sampled_from([HoldScope.LOCAL, HoldScope.LIMB, HoldScope.ABDOMEN, HoldScope.ALL])
WORDS = st.sampled_from(["One.", "Two."])
EFFECTS: st.SearchStrategy[Effect] = st.one_of(
    st.builds(BlockPlan, WORDS),
    st.builds(RaiseRedFlag, st.sampled_from(["clot", "heart", "sad"])),
    st.builds(SeeFirst, DISCIPLINES, st.sampled_from(list(Urgency)), WORDS),
    st.builds(RequireClearance, DISCIPLINES, PHASE_IDS, WORDS),
    st.builds(HoldManualTherapy, SCOPES, WORDS),
    st.builds(
        AddRole, DISCIPLINES, st.sampled_from(list(Requirement)), WORDS, st.none() | PHASE_IDS
    ),
    st.builds(RemoveRole, DISCIPLINES, WORDS),
    st.builds(HideMeasure, st.sampled_from(["weight_kg", "pain_nrs"]), WORDS),
    st.builds(RestrictInformation, st.sampled_from(["mental_health", "images"]), WORDS),
    st.builds(AddCaution, WORDS),
)
CONDITIONS: st.SearchStrategy[Condition] = st.one_of(
    st.builds(
        says,
        st.sampled_from(["pain", "fever"]),
        st.sampled_from(["yes", "no", "unsure"]),
    ),
    st.builds(says, st.just("site"), st.sampled_from(["heel", "middle"])),
    st.builds(at_least, st.just("days"), st.integers(0, 10)),
    st.builds(at_most, st.just("days"), st.integers(0, 10)),
)
RULES = st.lists(
    st.tuples(
        st.lists(CONDITIONS, min_size=1, max_size=3).map(tuple),
        st.lists(EFFECTS, min_size=1, max_size=4, unique_by=lambda effect: effect.key),
        st.sampled_from([Quantifier.ANY, Quantifier.ALL]),
    ),
    max_size=5,
).map(
    lambda items: tuple(
        rule(f"r{index}", conditions, *effects, quantifier=quantifier)
        for index, (conditions, effects, quantifier) in enumerate(items)
    )
)
ANSWERS: st.SearchStrategy[dict[str, Answer | None]] = st.fixed_dictionaries(
    {},
    optional={
        "pain": st.sampled_from(["yes", "no", "unsure"]),
        "fever": st.sampled_from(["yes", "no", "unsure"]),
        "site": st.sampled_from(["heel", "middle"]),
        "days": st.integers(0, 10),
    },
)


def gist(outcome: Outcome) -> tuple[object, ...]:
    """What an outcome decides, free of the order in which rules were read."""
    return (
        {flag.flag.id for flag in outcome.red_flags},
        set(outcome.blocks),
        {(order.discipline, order.urgency) for order in outcome.see_first},
        {(hold.scope, frozenset(hold.untils), hold.beaten_by) for hold in outcome.holds},
        {(item.discipline, item.before_phase) for item in outcome.clearances},
        {(r.discipline, r.state, r.requirement, r.bring_in_phase) for r in outcome.roles},
        {item.measure for item in outcome.hidden_measures},
        {item.information_class for item in outcome.restrictions},
        {item.text for item in outcome.cautions},
        {(item.question, item.could_raise) for item in outcome.open_questions},
        {(item.kind, item.subject) for item in outcome.hands_on_refusals},
    )


@given(RULES, ANSWERS, st.randoms(use_true_random=False))
def test_order_of_rules_decides_nothing(
    rules: tuple[Rule, ...], answers: dict[str, Answer | None], random: Random
) -> None:
    shuffled = list(rules)
    random.shuffle(shuffled)
    one, other = evaluate(pathway(*rules), answers), evaluate(pathway(*shuffled), answers)
    assert gist(one) == gist(other)


@given(RULES, ANSWERS, ANSWERS)
def test_further_answers_never_unsettle_a_rule(
    rules: tuple[Rule, ...], answers: dict[str, Answer | None], more: dict[str, Answer | None]
) -> None:
    own = pathway(*rules)
    before = {item.rule: item.truth for item in evaluate(own, answers).results}
    after = {item.rule: item.truth for item in evaluate(own, {**more, **answers}).results}
    for name, truth in before.items():
        if truth != "unknown":
            assert after[name] == truth


@given(RULES, ANSWERS)
def test_all_questions_answered_leaves_nothing_open(
    rules: tuple[Rule, ...], answers: dict[str, Answer | None]
) -> None:
    full: dict[str, Answer | None] = {
        "pain": "no",
        "fever": "unsure",
        "site": "heel",
        "days": 4,
        **answers,
    }
    outcome = evaluate(pathway(*rules), full)
    assert outcome.open_questions == ()
    assert all(item.truth != "unknown" for item in outcome.results)


@given(RULES, ANSWERS)
def test_every_effect_of_a_fired_rule_is_on_the_outcome(
    rules: tuple[Rule, ...], answers: dict[str, Answer | None]
) -> None:
    own = pathway(*rules)
    outcome = evaluate(own, answers)
    named = {(cause.rule, cause.effect) for cause in causes(outcome)}
    for result in outcome.results:
        if result.truth == "fires":
            for effect in effects_of(own, own.rule_by_id[result.rule]):
                bare_removal = isinstance(effect, RemoveRole) and effect.discipline not in {
                    role.discipline for role in outcome.roles
                }
                seatless = isinstance(effect, AddRole) and effect.discipline == "emergency_care"
                if not bare_removal and not seatless:
                    assert (result.rule, effect.key) in named


@given(RULES, ANSWERS)
def test_stricter_wins(rules: tuple[Rule, ...], answers: dict[str, Answer | None]) -> None:
    outcome = evaluate(pathway(*rules), answers)
    first = {order.discipline for order in outcome.see_first}
    for role in outcome.roles:
        if role.removed_by and role.discipline not in first:
            assert role.state is RoleState.REMOVED
    scopes = [hold.scope for hold in outcome.standing_holds]
    assert HoldScope.ALL not in scopes or scopes == [HoldScope.ALL]
    assert len({hold.scope for hold in outcome.holds}) == len(outcome.holds)


@given(RULES, ANSWERS)
def test_overriding_everything_leaves_only_emergencies(
    rules: tuple[Rule, ...], answers: dict[str, Answer | None]
) -> None:
    own = pathway(*rules)
    overrides = [
        Override(item.id, effect.key, "Agreed")
        for item in own.rules
        for effect in effects_of(own, item)
    ]
    outcome = evaluate(own, answers, overrides=overrides)
    assert {raised.flag.id for raised in outcome.red_flags} <= {"heart"}
    emergency = bool(outcome.red_flags)
    assert [hold.scope for hold in outcome.holds] == (["all"] if emergency else [])
    assert not outcome.blocks
    assert not outcome.see_first
    assert not outcome.clearances


@given(RULES, ANSWERS, st.sampled_from([question.id for question in QUESTIONS]))
def test_leaving_a_question_is_at_least_as_strict_as_not_answering(
    rules: tuple[Rule, ...], answers: dict[str, Answer | None], name: str
) -> None:
    own = pathway(*rules)
    silent = evaluate(own, {**answers, name: None})
    left = evaluate(own, {**answers, name: LeftTo("psychologist")})
    assert {hold.scope for hold in silent.holds} <= {hold.scope for hold in left.holds}
    assert [item.question for item in silent.open_questions] == [
        item.question for item in left.open_questions
    ]


@given(st.lists(st.tuples(RULES, ANSWERS), max_size=3), st.tuples(RULES, ANSWERS))
def test_another_goal_never_loosens_the_safety_of_a_client(
    goals: list[tuple[tuple[Rule, ...], dict[str, Answer | None]]],
    more: tuple[tuple[Rule, ...], dict[str, Answer | None]],
) -> None:
    outcomes = [evaluate(pathway(*rules), answers) for rules, answers in goals]
    added = evaluate(pathway(*more[0]), more[1])
    before = client_safety(outcomes).effects_only()
    after = client_safety([*outcomes, added]).effects_only()
    assert all(any(wide.covers(scope) for wide in after.held) for scope in before.held)
    assert set(before.cautions) <= set(after.cautions)
    assert set(before.clearances) <= set(after.clearances)
    assert set(before.hidden_measures) <= set(after.hidden_measures)
    assert before.restricted_classes <= after.restricted_classes
    assert after.is_blocked >= before.is_blocked


def causes(outcome: Outcome) -> list[Cause]:
    found = [*outcome.blocks]
    for part in (
        outcome.red_flags,
        outcome.see_first,
        outcome.holds,
        outcome.clearances,
        outcome.hidden_measures,
        outcome.restrictions,
        outcome.cautions,
    ):
        for item in part:
            found += item.causes
    for role in outcome.roles:
        found += [*role.added_by, *role.removed_by]
    return found
