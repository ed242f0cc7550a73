"""A draft edited on the screen, entry by entry; what a form does not show stays as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from careteam.features.pathways import operations
from careteam.features.pathways.content import keep_up, load_content
from careteam.features.pathways.drafting import problems_of, values_of
from careteam.features.pathways.models import OwnPathway
from careteam.features.pathways.parts import PARTS, flat
from careteam.kit.db import db
from careteam.web.pathways.entry_forms import entry_form
from tests.personas import World
from tests.support.own_pathways import a_copy
from tests.support.visitor import Visitor

pytestmark = pytest.mark.either_database
"""What is kept is one text; that it is kept is tested on both in `test_own_pages.py`."""
SignedIn = Callable[[str], Visitor]
STEP = {
    "name": "Walk to the bus",
    "phase": "calm",
    "target_day": "10",
    "owner": "client",
    "criterion": "Without a rest",
}


@pytest.fixture(autouse=True)
def _nothing_held():
    yield
    keep_up(None)


def the_own() -> OwnPathway:
    db.session.expire_all()
    return db.session.query(OwnPathway).one()


def draft() -> dict[str, Any]:
    return values_of(the_own().source)


def sent(entry: dict[str, Any], part: str) -> dict[str, Any]:
    """What a browser sends of the form of a stored entry."""
    found = flat(PARTS[part], entry)
    if part == "outcome_measures":
        found["collect_days"] = ", ".join(map(str, found["collect_days"]))
    if part == "screening":
        found["options"] = "\n".join(found["options"] or [])
        found["sensitive"] = "y" if found["sensitive"] else None
    if part == "rules":
        found |= chosen(found.pop("when"), found.pop("then"))
    return {name: value for name, value in found.items() if value is not None}


def chosen(when: dict[str, Any], then: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows of a rule's form."""
    joined, conditions = next(iter(when.items()))
    rows: dict[str, Any] = {"joined": joined}
    for at, each in enumerate(conditions if joined != "always" else []):
        place = f"conditions-{at}"
        rows |= {f"{place}-question": each["question"], f"{place}-op": each["op"]}
        name = "values" if each["op"] == "in" else "bound"
        rows[f"{place}-{name}"] = each["value"]
    for at, each in enumerate(then):
        rows |= {f"effects-{at}-{name}": value for name, value in each.items()}
    return rows


@pytest.mark.parametrize("part", list(PARTS))
def test_every_entry_has_a_page_and_saving_it_unchanged_changes_nothing(
    world: World, signed_in: SignedIn, part: str
) -> None:
    own = a_copy(world)
    sorrel, key = signed_in("sorrel"), PARTS[part].identity
    path, entry = f"/pathways/own/{own.id}/parts/{part}", values_of(own.source)[part][0]
    assert sorrel.get(path).status_code == 200
    assert sorrel.get(f"{path}/new").status_code == 200
    assert sorrel.get(f"{path}/{entry[key]}").status_code == 200
    fields = sent(entry, part) | {"version": str(own.version)}
    answer = sorrel.post(f"{path}/{entry[key]}", fields)

    assert answer.status_code == 303, answer.text
    assert the_own().source == own.source


def test_an_entry_is_changed_and_every_other_line_stays(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    step = values_of(own.source)["milestones"][0]
    path = f"/pathways/own/{own.id}/parts/milestones/{step['id']}"
    fields = sent(step, "milestones") | {"name": "Begin", "version": str(own.version)}
    assert signed_in("sorrel").post(path, fields).status_code == 303

    before, after = values_of(own.source), draft()
    assert after["milestones"][0] == step | {"name": "Begin"}
    before["milestones"][0]["name"] = "Begin"
    assert after == before
    changed = set(own.source.splitlines()) ^ set(the_own().source.splitlines())
    assert len(changed) < 2 * len(step) + 6


def test_what_a_form_does_not_show_stays(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    role = next(each for each in values_of(own.source)["roles"] if "alternatives" in each)
    path = f"/pathways/own/{own.id}/parts/roles/{role['discipline']}"
    fields = sent(role, "roles") | {"purpose": "Another", "version": str(own.version)}
    assert signed_in("sorrel").post(path, fields).status_code == 303

    found = next(each for each in draft()["roles"] if each["discipline"] == role["discipline"])
    assert found == role | {"purpose": "Another"}


def test_a_milestone_is_added_moved_and_removed(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    values = values_of(own.source)
    phase = values["phases"][0]
    fields = STEP | {"phase": phase["id"], "depends_on": [values["milestones"][0]["id"]]}
    sorrel, path = signed_in("sorrel"), f"/pathways/own/{own.id}/parts/milestones"
    assert sorrel.post(f"{path}/new", fields).status_code == 303
    assert sorrel.post(f"{path}/new", fields).status_code == 303
    assert len(draft()["milestones"]) == len(values["milestones"]) + 1
    added = draft()["milestones"][-1]
    assert added["id"] == "walk_to_the_bus"
    assert added["depends_on"] == [values["milestones"][0]["id"]]
    assert problems_of(own.pathway, the_own().source) == ()

    assert sorrel.post(f"{path}/walk_to_the_bus/move", {"to": "earlier"}).status_code == 303
    assert draft()["milestones"][-2] == added
    seen = the_own().version
    remove = f"{path}/walk_to_the_bus/remove"
    assert sorrel.post(remove, {"version": str(seen - 1)}).status_code == 303
    assert draft()["milestones"][-2] == added
    assert sorrel.post(remove, {"version": str(seen)}).status_code == 303
    assert draft() == values


def test_a_role_is_added_once(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    values = values_of(own.source)
    fields = {
        "discipline": "yoga_teacher",
        "requirement": "recommended",
        "purpose": "Calm breathing",
        "covers": [values["factors"][0]["id"]],
        "count_min": "0",
        "count_max": "1",
        "bring_in_phase": values["phases"][0]["id"],
    }
    taken = fields | {"discipline": values["roles"][0]["discipline"]}
    sorrel, path = signed_in("sorrel"), f"/pathways/own/{own.id}/parts/roles/new"
    answer = sorrel.post(path, taken)
    assert answer.status_code == 422
    assert "a role of this kind already" in answer.text
    assert sorrel.post(path, fields).status_code == 303
    assert draft()["roles"][-1]["count"] == {"min": 0, "max": 1}
    assert "condition" not in draft()["roles"][-1]


def test_late_changes_of_other_fields_are_merged(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    phase = values_of(own.source)["phases"][0]
    path, was = f"/pathways/own/{own.id}/parts/phases/{phase['id']}", sent(phase, "phases")
    fields = was | {"version": str(own.version), "was": json.dumps(was)}
    sorrel = signed_in("sorrel")
    assert sorrel.post(path, fields | {"name": "Theirs"}).status_code == 303
    assert sorrel.post(path, fields | {"aim": "Mine"}).status_code == 303
    found = draft()["phases"][0]
    assert (found["name"], found["aim"]) == ("Theirs", "Mine")

    late = sorrel.post(path, fields | {"name": "Mine too"})
    assert late.status_code == 409
    assert "Mine too" in late.text
    assert "Theirs" in late.text
    assert draft()["phases"][0]["name"] == "Theirs"


def test_the_words_are_changed_and_the_neutral_title_is_needed(
    world: World, signed_in: SignedIn
) -> None:
    own = a_copy(world)
    sorrel, path = signed_in("sorrel"), f"/pathways/own/{own.id}/words"
    assert "Desk backs" in sorrel.get(path).text
    fields = {"title": "Desks", "neutral_title": "", "summary": "S", "version": str(own.version)}
    assert sorrel.post(path, fields).status_code == 422
    assert sorrel.post(path, fields | {"neutral_title": "A plan"}).status_code == 303
    assert (the_own().title, draft()["neutral_title"]) == ("Desks", "A plan")


def test_every_shipped_rule_and_statement_comes_back_from_its_form_as_it_was(
    app: Flask, world: World
) -> None:
    """What is stored, shown in the form and read from it again, without being sent."""
    for pathway in load_content().pathways:
        draft = values_of(operations.source_of(world.sorrel, pathway))
        for part in map(PARTS.get, ("rules", "red_flags", "contraindications", "claims")):
            assert part is not None
            for entry in draft[part.key]:
                stored = flat(part, entry)
                with app.test_request_context():
                    values = entry_form(part, draft, stored).values
                assert {name: values[name] for name in part.fields} == stored, entry["id"]


def test_a_rule_is_chosen_step_by_step(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    values = values_of(own.source)
    asked = next(each for each in values["screening"] if each["answer"] == "yes_no_unsure")
    sorrel, path = signed_in("sorrel"), f"/pathways/own/{own.id}/parts/rules"
    first = {"joined": "any", "conditions-0-question": asked["id"], "effects-0-effect": "add_role"}
    again = sorrel.post(f"{path}/new", first | {"more": "1"})
    assert again.status_code == 200
    assert 'value="unsure"' in again.text
    assert 'name="effects-0-requirement"' in again.text
    assert 'name="effects-0-scope"' not in again.text
    assert the_own().source == own.source
    then = {
        "conditions-0-values": ["yes", "unsure"],
        "effects-0-discipline": "dietitian",
        "effects-0-requirement": "recommended",
        "effects-0-reason": "Somebody for meals",
        "why": "Meals matter",
        "basis": "general",
    }
    assert sorrel.post(f"{path}/new", first | then).status_code == 303
    assert draft()["rules"][-1] == {
        "id": "meals_matter",
        "when": {"any": [{"question": asked["id"], "op": "in", "value": ["yes", "unsure"]}]},
        "then": [
            {
                "effect": "add_role",
                "discipline": "dietitian",
                "requirement": "recommended",
                "reason": "Somebody for meals",
            }
        ],
        "why": "Meals matter",
        "basis": "general",
        "sources": [],
    }
    assert problems_of(own.pathway, the_own().source) == ()


def test_a_problem_leads_to_the_field_it_speaks_of(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    values = values_of(own.source)
    rule, step = values["rules"][0], values["milestones"][-1]
    sorrel, path = signed_in("sorrel"), f"/pathways/own/{own.id}/parts"
    wrong = sent(rule, "rules") | {"conditions-0-question": "", "version": str(own.version)}
    assert sorrel.post(f"{path}/rules/{rule['id']}", wrong).status_code == 303
    measured = {"measure_id": "grip_kg", "measure_comparator": ">=", "measure_value": "3.5"}
    wrong = sent(step, "milestones") | measured | {"version": str(the_own().version)}
    assert sorrel.post(f"{path}/milestones/{step['id']}", wrong).status_code == 303
    shown = sorrel.get(f"/pathways/own/{own.id}").text
    assert f'href="{path}/rules/{rule["id"]}#when"' in shown
    assert f'href="{path}/milestones/{step["id"]}#measure_id"' in shown
    here = sorrel.get(f"{path}/milestones/{step['id']}").text
    assert here.index("&#34;grip_kg&#34; does not stand under") < here.index('name="measure_id"')
    here = sorrel.get(f"{path}/rules/{rule['id']}").text
    assert 'href="#when"' in here
    assert "name a question and its answers" in here


def test_a_circle_is_told_where_it_was_made(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    steps = values_of(own.source)["milestones"]
    later = next(each for each in steps if each["depends_on"])
    first = next(each for each in steps if each["id"] == later["depends_on"][0])
    days = {"target_day": later["target_day"], "phase": later["phase"]}
    form = sent(first, "milestones") | days | {"depends_on": [later["id"]], "version": "1"}
    path = f"/pathways/own/{own.id}/parts/milestones/{first['id']}"
    answer = signed_in("sorrel").post(path, form)
    assert answer.location.endswith(path)
    shown = signed_in("sorrel").get(path).text
    assert shown.index("in a circle: ") < shown.index('name="depends_on"')


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("milestones", STEP | {"target_day": "9" * 5000}),
        ("milestones", STEP | {"target_day": "soon"}),
        ("milestones", {}),
        ("phases", {"name": "x", "start_week": "-9999", "end_week": "1", "aim": "x"}),
        ("outcome_measures", {"id": "pain_nrs", "use": "secondary", "collect_days": "1, two"}),
        ("roles", {"discipline": "", "purpose": " "}),
    ],
)
def test_wrong_input_is_refused_in_words(
    world: World, signed_in: SignedIn, part: str, fields: dict[str, str]
) -> None:
    own = a_copy(world)
    answer = signed_in("sorrel").post(f"/pathways/own/{own.id}/parts/{part}/new", fields)

    assert answer.status_code == 422
    assert the_own().source == own.source


@pytest.mark.parametrize(
    "source",
    [
        "id: own_desk_backs\ntitle: T\nroles: none\nphases: [1, {}, {id: [x]}]\n",
        "id: own_desk_backs\ntitle: T\nmilestones:\n  - {id: a, depends_on: b, name: {x: y}}\n",
        "id: own_desk_backs\ntitle: T\nscreening:\n  - {id: a, options: b, sensitive: 3}\n",
        "id: own_desk_backs\ntitle: T\noutcome_measures:\n  - {id: a, collect_days: [x, {}]}\n",
        "id: own_desk_backs\ntitle: T\nroles:\n  - {discipline: a, covers: 3, count: 4}\n",
    ],
)
def test_a_draft_that_is_no_pathway_still_has_its_pages(
    world: World, signed_in: SignedIn, source: str
) -> None:
    own = operations.replace_text(actor=world.sorrel, own=a_copy(world), source=source)
    db.session.commit()
    path, sorrel = f"/pathways/own/{own.id}", signed_in("sorrel")
    assert sorrel.get(path).status_code == 200
    for part in PARTS:
        assert sorrel.get(f"{path}/parts/{part}").status_code == 200
        assert sorrel.get(f"{path}/parts/{part}/new").status_code == 200
        assert sorrel.get(f"{path}/parts/{part}/a").status_code in (200, 404)


def test_parts_and_entries_that_are_not_there_are_not_found(
    world: World, signed_in: SignedIn
) -> None:
    path, sorrel = f"/pathways/own/{a_copy(world).id}/parts", signed_in("sorrel")

    assert sorrel.get(f"{path}/sources").status_code == 404
    assert sorrel.get(f"{path}/roles/juggler").status_code == 404
    assert sorrel.post(f"{path}/roles/juggler/remove").status_code == 404
    assert signed_in("wren").get(f"{path}/roles").status_code == 403
