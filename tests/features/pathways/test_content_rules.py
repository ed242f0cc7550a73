"""Every rule of every shipped pathway: once made to fire, once made to stay silent.

The answer sets are worked out here from the YAML itself, by plain loops that know nothing of the
engine, so that both would have to be wrong in the same way.
"""

from typing import Any

import pytest

from careteam.domain.pathway import Outcome, evaluate
from careteam.features.pathways.content import CONTENT_FOLDER, load_content
from tests.support.content import raw

RawRule = dict[str, Any]


FILES = {path.stem: raw(path) for path in sorted((CONTENT_FOLDER / "pathways").glob("*.yaml"))}
RULES = [
    pytest.param(name, rule, id=f"{name}-{rule['id']}")
    for name, file in FILES.items()
    for rule in file["rules"]
]
CONDITIONAL = [param for param in RULES if "always" not in param.values[1]["when"]]  # type: ignore[index]


def conditions(rule: RawRule) -> list[dict[str, Any]]:
    (found,) = rule["when"].values()
    return [] if found is True else found


def question(file: str, name: str) -> dict[str, Any]:
    (found,) = [item for item in FILES[file]["screening"] if item["id"] == name]
    return dict(found)


def holds(condition: dict[str, Any], answer: Any) -> bool:
    if condition["op"] == "in":
        return answer in condition["value"]
    if condition["op"] == "gte":
        return bool(answer >= condition["value"])
    return bool(answer <= condition["value"])


def possible(file: str, name: str, condition: dict[str, Any]) -> list[Any]:
    kind = question(file, name)["answer"]
    if kind == "number":
        return [0, condition["value"] - 1, condition["value"], condition["value"] + 1]
    words = {"yes_no": ["yes", "no"], "yes_no_unsure": ["yes", "no", "unsure"]}
    return words.get(kind) or question(file, name)["options"]


def answers(file: str, rule: RawRule, wanted: bool) -> dict[str, Any]:
    """For each question of the rule an answer that makes its condition hold, or not hold."""
    found: dict[str, Any] = {}
    for condition in conditions(rule):
        name = condition["question"]
        fitting = [
            answer
            for answer in possible(file, name, condition)
            if holds(condition, answer) == wanted
            and not (question(file, name)["answer"] == "number" and answer < 0)
        ]
        found[name] = fitting[0]
    return found


def truth(outcome: Outcome, rule: RawRule) -> str:
    (found,) = [item.truth for item in outcome.results if item.rule == rule["id"]]
    return found.value


def test_there_are_rules_to_test() -> None:
    assert len(FILES) == 17
    assert len(RULES) == 200


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_rule_fires_on_answers_that_should_fire_it(file: str, rule: RawRule) -> None:
    outcome = evaluate(load_content().pathways[file], answers(file, rule, wanted=True))
    assert truth(outcome, rule) == "fires"


@pytest.mark.parametrize(("file", "rule"), CONDITIONAL)
def test_rule_is_silent_on_answers_that_should_not_fire_it(file: str, rule: RawRule) -> None:
    outcome = evaluate(load_content().pathways[file], answers(file, rule, wanted=False))
    assert truth(outcome, rule) == "silent"
    assert rule["id"] not in {name for name, _ in shown(outcome)}


@pytest.mark.parametrize(("file", "rule"), CONDITIONAL)
def test_rule_is_unknown_without_answers(file: str, rule: RawRule) -> None:
    outcome = evaluate(load_content().pathways[file], {})
    assert truth(outcome, rule) == "unknown"
    waiting = {item.question for item in outcome.open_questions}
    assert {condition["question"] for condition in conditions(rule)} <= waiting


@pytest.mark.parametrize(("file", "rule"), CONDITIONAL)
def test_unsure_fires_what_waits_for_yes(file: str, rule: RawRule) -> None:
    """Except where a rule of the file lists unsure without yes and so says what it means."""
    asked = [
        c for c in conditions(rule) if question(file, c["question"])["answer"][-6:] == "unsure"
    ]
    own_meaning = {
        c["question"]
        for other in FILES[file]["rules"]
        for c in conditions(other)
        if c["op"] == "in" and "unsure" in c["value"] and "yes" not in c["value"]
    }
    for condition in asked:
        name = condition["question"]
        listed = "unsure" in condition["value"]
        expected = listed or ("yes" in condition["value"] and name not in own_meaning)
        others = answers(file, rule, wanted="all" in rule["when"])
        outcome = evaluate(load_content().pathways[file], {**others, name: "unsure"})
        assert truth(outcome, rule) == ("fires" if expected else "silent")


@pytest.mark.parametrize(("file", "rule"), CONDITIONAL)
def test_one_failing_condition_silences_all_and_one_holding_fires_any(
    file: str, rule: RawRule
) -> None:
    firing, silent = answers(file, rule, wanted=True), answers(file, rule, wanted=False)
    for name in firing:
        mixed = evaluate(load_content().pathways[file], {**silent, name: firing[name]})
        alone = len(conditions(rule)) == 1 or "any" in rule["when"]
        assert truth(mixed, rule) == ("fires" if alone else "silent")


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_every_effect_of_a_firing_rule_shows_or_is_beaten_by_a_stricter_one(
    file: str, rule: RawRule
) -> None:
    outcome = evaluate(load_content().pathways[file], answers(file, rule, wanted=True))
    for effect in rule["then"]:
        check = SHOWS[effect["effect"]]
        assert check(outcome, effect, rule["id"]), effect


def shown(outcome: Outcome) -> set[tuple[str, str]]:
    """Rule and effect of everything on the outcome."""
    parts: list[Any] = [
        *outcome.red_flags,
        *outcome.see_first,
        *outcome.holds,
        *outcome.clearances,
        *outcome.switches,
        *outcome.offers,
        *outcome.hidden_measures,
        *outcome.restrictions,
        *outcome.cautions,
    ]
    found = [cause for part in parts for cause in part.causes]
    found += outcome.blocks
    for role in outcome.roles:
        found += [*role.added_by, *role.removed_by]
    return {(cause.rule, cause.effect) for cause in found}


def _flag(outcome: Outcome, effect: RawRule, rule: str) -> bool:
    return any(
        raised.flag.id == effect["red_flag"] and rule in [cause.rule for cause in raised.causes]
        for raised in outcome.red_flags
    )


def _hold(outcome: Outcome, effect: RawRule, rule: str) -> bool:
    """The hold stands, or a hold of everything has beaten it; its condition is kept either way."""
    (hold,) = [hold for hold in outcome.holds if hold.scope == effect["scope"]]
    wider = any(other.scope == "all" for other in outcome.holds) and effect["scope"] != "all"
    return effect["until"] in hold.untils and (hold.beaten_by == "all") == wider


def _added(outcome: Outcome, effect: RawRule, rule: str) -> bool:
    """The role is asked for at least as strongly as the rule says, or a removal has beaten it."""
    strength = ["conditional", "recommended", "required"]
    (role,) = [role for role in outcome.roles if role.discipline == effect["discipline"]]
    strong = strength.index(role.requirement) >= strength.index(effect["requirement"])
    beaten = bool(role.removed_by) and role.see_first is None
    return strong and role.state == ("removed" if beaten else "asked")


def _removed(outcome: Outcome, effect: RawRule, rule: str) -> bool:
    states = {role.discipline: role.state for role in outcome.roles}
    return states[effect["discipline"]] == "removed"


def _see_first(outcome: Outcome, effect: RawRule, rule: str) -> bool:
    strength = ["information", "routine", "soon", "urgent", "same_day", "emergency"]
    (order,) = [item for item in outcome.see_first if item.discipline == effect["discipline"]]
    return strength.index(order.urgency) >= strength.index(effect["urgency"])


SHOWS = {
    "raise_red_flag": _flag,
    "block_plan": lambda o, e, rule: (rule, e["reason"]) in [(c.rule, c.reason) for c in o.blocks],
    "see_first": _see_first,
    "hold_manual_therapy": _hold,
    "require_clearance": lambda o, e, rule: any(
        (item.discipline, item.before_phase) == (e["discipline"], e["before_phase"])
        for item in o.clearances
    ),
    "add_role": _added,
    "remove_role": _removed,
    "switch_pathway": lambda o, e, rule: e["pathway"] in [item.pathway for item in o.switches],
    "offer_pathway": lambda o, e, rule: e["pathway"] in [item.pathway for item in o.offers],
    "hide_measure": lambda o, e, rule: e["measure"] in [i.measure for i in o.hidden_measures],
    "restrict_information": lambda o, e, rule: (
        e["information_class"] in [item.information_class for item in o.restrictions]
    ),
    "add_caution": lambda o, e, rule: e["text"] in [item.text for item in o.cautions],
}
