"""A draft is changed in one place and stays as it was in every other."""

from __future__ import annotations

import pytest

from careteam.features.pathways.content import CONTENT_FOLDER, ContentError
from careteam.features.pathways.drafting import own_id, problems_of, values_of, with_parts
from careteam.features.pathways.reading.typed import LARGEST

SMALL = """\
# Ours since spring
id: own_small
title: Small # a remark
roles:
  # the first one
  - discipline: dietitian
    covers: [nutrition, sleep]
  - discipline: osteopath
    covers: [pain]

# about the plan
milestones: []
"""


def shipped_text(name: str) -> str:
    return (CONTENT_FOLDER / "pathways" / f"{name}.yaml").read_text(encoding="utf-8")


def test_one_entry_is_changed_and_the_others_keep_their_lines():
    roles = values_of(SMALL)["roles"]
    roles[1]["covers"] = ["pain", "yes"]

    assert with_parts(SMALL, {"roles": roles}) == SMALL.replace(
        "    covers: [pain]\n", "    covers:\n      - pain\n      - 'yes'\n"
    ).replace("  # the first one\n", "")


def test_moved_entries_keep_how_they_were_written():
    roles = values_of(SMALL)["roles"]
    changed = with_parts(SMALL, {"roles": roles[::-1]})

    assert values_of(changed)["roles"] == roles[::-1]
    assert "    covers: [nutrition, sleep]\n" in changed
    assert "# about the plan\nmilestones: []\n" in changed


@pytest.mark.parametrize("words", ["yes", "12", "1: 2", "# no remark", "- a", "null", "é\nsecond"])
def test_every_text_comes_back_as_it_was_given(words: str):
    assert values_of(with_parts(SMALL, {"title": words}))["title"] == words


def test_a_text_in_one_line_is_laid_out_when_it_is_changed():
    changed = with_parts('{"id": "own_a", "roles": [{"discipline": "dietitian"}]}', {"title": "T"})

    assert values_of(changed) == {
        "id": "own_a",
        "roles": [{"discipline": "dietitian"}],
        "title": "T",
    }


def test_setting_what_stands_there_changes_nothing():
    text = shipped_text("weight_loss")

    assert with_parts(text, {"roles": values_of(text)["roles"]}) == text


def test_every_problem_is_named_with_its_line():
    text = shipped_text("weight_loss")
    broken = text.replace("target_day: 7\n", "target_day: 9999\n").replace(
        "every_days: 28", "every_days: 0"
    )
    broken = broken.replace("discipline: counsellor", "discipline: juggler", 1)
    found = problems_of("weight_loss", broken)

    assert {broken.splitlines()[each.line - 1].strip() for each in found} >= {
        "- discipline: juggler"
    }
    assert problems_of("weight_loss", text) == ()


def test_all_wrong_entries_of_a_list_are_named_at_once():
    text = shipped_text("weight_loss").replace("requirement: required", "requirement: perhaps")
    found = problems_of("weight_loss", text)

    assert len([each for each in found if each.reason.startswith("role ")]) == 2
    assert [each.line for each in found] == sorted(each.line for each in found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: &a [x, x]\nb: [*a, *a]\n", "begin with & or *"),
        ("a: !!python/object/apply:os.system ['true']\n", "begin with !"),
        ("a: !own x\n", "begin with !"),
        ("[" * 900, "levels lie in each other"),
        ("[" * 20 + "]" * 20, "levels lie in each other"),
        ("{" * 100_000, "levels lie in each other"),
        ("x" * (LARGEST + 1), "the text is longer than"),
        ("[" + "x," * 100_000 + "]", "more entries"),
        ('a: "\\0"\n', "invisible sign"),
        ("a: \x00\n", "signs that cannot be read"),
        ("a: \ud800\n", "signs that cannot be read"),
        ("a: 1\na: 2\n", "stands here twice"),
        ("--- a\n--- b\n", "this line cannot be read"),
        ("", "empty"),
        ("- a\n", "a name and a colon are needed"),
        ("just words", "a name and a colon are needed"),
        ("a: b: c\n", "a colon stands within the words"),
    ],
)
def test_hostile_or_broken_text_is_refused_with_a_reason(text: str, reason: str):
    with pytest.raises(ContentError) as caught:
        values_of(text)
    assert reason in caught.value.reason
    assert problems_of("own_a", text)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("end_week: 52", "end_week: " + "9" * 5000, "write a whole number"),
        ("end_week: 52", "end_week: 99999999", "the weeks have to lie between -520 and 520"),
        (
            "title: Weight loss and healthier habits",
            "title: [a, b]",
            'after "title:" one value is needed',
        ),
        ("roles:\n", "roles: none\nwas_roles:\n", "stands where"),
    ],
)
def test_values_of_a_wrong_kind_are_named(old: str, new: str, reason: str):
    text = shipped_text("weight_loss")
    assert old in text
    found = problems_of("weight_loss", text.replace(old, new, 1))

    assert any(reason in each.reason or "does not belong" in each.reason for each in found)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Désk Backs, 2nd!", "own_desk_backs_2nd"),
        ("own_backs", "own_backs"),
        ("weight_loss", "own_weight_loss"),
        ("../..", "own_"),
    ],
)
def test_own_ids_never_are_those_of_shipped_pathways(words: str, name: str):
    assert own_id(words) == name
