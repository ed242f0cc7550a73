"""Stop something: from a report or bare, shown where derived holds are, ended, taken back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from careteam.features.consents.models import Consent
from careteam.features.plans.models import Milestone
from careteam.features.teams.models import Precaution
from careteam.kit.db import db
from tests.personas import World
from tests.support.letters import about, an_open_seat, sent
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
HOLD = {"kind": "hold", "scope": "none", "what": "Running", "why": "The calf is hot."}


def form_of(world: World) -> str:
    return f"/goals/{world.goal_id}/precautions/new"


def page_of(world: World) -> str:
    return f"/clients/{world.client_id}?goal={world.goal_id}"


def laid(visitor: Visitor, world: World, **given: Any) -> str:
    """The address of what was laid."""
    new_id = uuid4()
    answer = visitor.post(form_of(world), HOLD | given | {"new_id": str(new_id)})
    assert answer.status_code == 303, answer.text
    return f"/goals/{world.goal_id}/precautions/{new_id}"


def row_of(address: str) -> Precaution:
    db.session.expire_all()
    return db.session.get_one(Precaution, UUID(address.rpartition("/")[2]))


@pytest.fixture
def reported(world: World, signed_in: SignedIn) -> str:
    """Rowan's report on a place of the team asks for a hold."""
    seat = an_open_seat(world, world.rowan.practitioner_id)
    address = f"/referrals/{sent(world, world.rowan.practitioner_id, **about(world, seat)).id}"
    rowan = signed_in("rowan")
    for action, data in (
        ("accept", {"contact": "client"}),
        ("start", {}),
        ("report", {"text": "The calf is hot.", "hold": "No running", "caution": "Look for heat"}),
    ):
        assert rowan.post(f"{address}/{action}", data).status_code == 303
    return address


def links_in(page: str) -> list[str]:
    found = re.findall(r'href="(/goals/[^"]+/precautions/new\?[^"]*)"', page)
    return [html.unescape(each) for each in found]


def prefilled(page: str) -> dict[str, str]:
    """What one press on the form would send."""
    inputs = re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"[^>]*>', page)
    fields = dict(each for each in inputs if each[0] not in ("kind", "scope", "shares_why"))
    for name in ("what", "why"):
        found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\s*([^<]*)</textarea>', page)
        assert found
        fields[name] = html.unescape(found.group(1)).strip()
    for name in ("kind", "scope"):
        chosen = re.search(rf"<input checked[^>]*name=\"{name}\"[^>]*>", page)
        assert chosen, name
        fields[name] = re.search(r'value="(\w+)"', chosen.group()).group(1)  # type: ignore[union-attr]
    said_by = re.search(r'<option selected value="([^"]+)"', page)
    assert said_by
    return fields | {"said_by": said_by.group(1)}


def test_hold_asked_for_in_a_report_is_laid_with_one_press_shown_and_ended(
    world: World, signed_in: SignedIn, reported: str
) -> None:
    wren, ash = signed_in("wren"), signed_in("ash")
    caution, hold = links_in(wren.get(reported).text)
    assert "running" not in hold.lower()
    assert "kind=caution" in caution
    fields = prefilled(wren.get(hold).text)
    shown = {name: fields[name] for name in ("kind", "scope", "what", "why", "said_by")}
    assert shown == {
        "kind": "hold",
        "scope": "none",
        "what": "No running",
        "why": "The calf is hot.",
        "said_by": str(world.rowan.practitioner_id),
    }
    assert wren.post(form_of(world), fields).status_code == 303
    for visitor in (wren, ash, signed_in("rowan")):
        page = visitor.get(page_of(world)).text
        assert "No running." in page
    assert "The calf is hot." in wren.get(page_of(world)).text
    assert "The calf is hot." not in ash.get(page_of(world)).text
    row = db.session.query(Precaution).one()
    address = f"/goals/{world.goal_id}/precautions/{row.id}"
    assert wren.post(f"{address}/end").status_code == 422
    assert wren.post(f"{address}/end", {"ended_why": "Scan is clear"}).status_code == 303
    assert "No running." not in ash.get(page_of(world)).text.split("Ended")[0]
    assert "Ended by you, 4 Mar: Scan is clear" in wren.get(page_of(world)).text
    assert wren.post(f"{address}/resume").status_code == 303
    assert row_of(address).ended_at is None


def test_report_says_what_was_taken_over_from_it_unless_by_mistake(
    world: World, signed_in: SignedIn, reported: str
) -> None:
    wren = signed_in("wren")
    assert "Taken over" not in wren.get(reported).text
    page = wren.get(links_in(wren.get(reported).text)[1]).text
    action = re.search(r'action="([^"]+/precautions/new[^"]*)"', page)
    assert action
    assert wren.post(html.unescape(action.group(1)), prefilled(page)).status_code == 303
    shown = wren.get(reported).text
    assert shown.count("Taken over") == 1
    assert "Make it a hold again" in shown
    assert "Make it a caution again" not in shown
    end = f"/goals/{world.goal_id}/precautions/{db.session.query(Precaution).one().id}/end"
    assert wren.post(end, {"ended_why": "Laid by mistake"}).status_code == 303
    assert "Taken over" not in wren.get(reported).text


def test_milestone_made_from_a_report_is_marked_there(
    world: World, signed_in: SignedIn, reported: str
) -> None:
    wren = signed_in("wren")
    shown = wren.get(reported).text
    asked = re.findall(r'href="([^"]+/milestones/new[^"]*part=hold[^"]*)"', shown)
    page = wren.get(html.unescape(asked[0])).text
    action = re.search(r'action="([^"]+/milestones/new[^"]*)"', page)
    assert action
    fields = {"title": "Scan the calf", "owner": "lead", "due_on": "2026-04-01"}
    assert wren.post(html.unescape(action.group(1)), fields).status_code == 303
    shown = wren.get(reported).text
    assert shown.count("Taken over") == 1
    assert "Make it a milestone again" in shown
    made = db.session.query(Milestone).one()
    remove = f"/goals/{world.goal_id}/plan/milestones/{made.id}/remove"
    assert wren.post(remove, {"version": 1}).status_code == 303
    assert "Taken over" not in wren.get(reported).text


def test_report_of_another_begins_nothing(world: World, signed_in: SignedIn, reported: str) -> None:
    referral_id = reported.rpartition("/")[2]
    address = f"{form_of(world)}?referral={referral_id}&report=4&part=hold"
    assert "No running" in signed_in("wren").get(address).text
    assert "No running" not in signed_in("ash").get(address).text
    for wrong in (address.replace("part=hold", "part=x"), address.replace("report=4", "report=y")):
        answer = signed_in("wren").get(wrong)
        assert (answer.status_code, "No running" in answer.text) == (200, False)


def test_seated_practitioner_lays_one_and_ends_it_with_one_press(
    world: World, signed_in: SignedIn
) -> None:
    ash, wren = signed_in("ash"), signed_in("wren")
    assert "Stop something" in ash.get(page_of(world)).text
    assert "Stop something" in ash.get(f"/goals/{world.goal_id}/plan").text
    address = laid(ash, world)
    row = row_of(address)
    assert (row.said_by_id, row.author_id) == (world.ash.practitioner_id,) * 2
    assert "Says Ash Seated, since 4 Mar." in wren.get(page_of(world)).text
    assert "You say so, since 4 Mar." in ash.get(page_of(world)).text
    assert ash.post(f"{address}/end").status_code == 303
    assert ash.post(f"{address}/end").status_code == 303
    assert "Ash Seated already ended this on 4 Mar" in ash.get(page_of(world)).text
    assert row_of(address).ended_why is None


def test_laying_is_undone_with_one_press(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    address = laid(wren, world)
    page = wren.get(page_of(world)).text
    assert f'action="{address}/end"' in page
    assert 'value="Laid by mistake"' in page
    assert wren.post(f"{address}/end", {"ended_why": "Laid by mistake"}).status_code == 303
    assert f'action="{address}/resume"' in wren.get(page_of(world)).text


def test_pressing_twice_makes_one(world: World, signed_in: SignedIn) -> None:
    wren, sent_twice = signed_in("wren"), HOLD | {"new_id": str(uuid4())}
    for _ in range(2):
        assert wren.post(form_of(world), sent_twice).status_code == 303
    assert db.session.query(Precaution).count() == 1


def test_wrong_input_is_kept_and_told_beside_its_field(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    answer = wren.post(form_of(world), HOLD | {"scope": "limb", "what": "", "why": "Hot & red"})
    assert answer.status_code == 422
    assert "Say which limb." in answer.text
    assert "Hot &amp; red" in answer.text
    other = wren.post(form_of(world), HOLD | {"said_by": "other"})
    assert "Say who says so." in other.text
    assert wren.post(form_of(world), HOLD | {"said_by": "nobody"}).status_code == 404
    assert wren.post(form_of(world), HOLD | {"from_on": "2199-01-01"}).status_code == 422
    assert db.session.query(Precaution).count() == 0


@pytest.mark.parametrize("who", ["rowan", "sorrel"])
def test_outsiders_find_nothing(world: World, signed_in: SignedIn, who: str) -> None:
    address = laid(signed_in("wren"), world)
    visitor = signed_in(who)
    assert visitor.get(form_of(world)).status_code == 404
    assert visitor.post(form_of(world), HOLD).status_code == 404
    assert visitor.post(f"{address}/end").status_code == 404
    assert visitor.post(f"{address}/resume").status_code == 404


def test_seated_without_the_class_reads_none_of_it(world: World, signed_in: SignedIn) -> None:
    address = laid(signed_in("wren"), world, shares_why="y")
    consent = db.session.get_one(Consent, world.consent_id)
    consent.classes = ["identity_contact", "goal_plan"]
    db.session.commit()
    ash = signed_in("ash")
    page = ash.get(page_of(world)).text
    assert not any(words in page for words in ("On hold", "Running", "calf"))
    assert ash.post(f"{address}/end").status_code == 404


def test_one_of_another_goal_is_not_found(world: World, signed_in: SignedIn) -> None:
    address = laid(signed_in("wren"), world)
    other = address.replace(str(world.goal_id), str(uuid4()))
    assert signed_in("wren").post(f"{other}/end").status_code == 404
    unknown = f"/goals/{world.goal_id}/precautions/{uuid4()}"
    assert signed_in("wren").post(f"{unknown}/end").status_code == 404


@pytest.mark.either_database
def test_page_costs_the_same_for_one_and_for_many(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    costs = []
    for more in (1, 3):
        for _ in range(more):
            laid(wren, world, said_by="other", said_by_name="Dr Moss")
        wren.get(page_of(world))
        with statements() as seen:
            wren.get(page_of(world))
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_letter_and_plan_on_paper_tell_the_effect_and_not_why(
    world: World, signed_in: SignedIn, reported: str
) -> None:
    wren = signed_in("wren")
    laid(wren, world, shares_why="y")
    for visitor in (wren, signed_in("rowan")):
        for page in (f"{reported}/letter", f"{reported}/letter.txt"):
            shown = visitor.get(page)
            assert shown.status_code == 200, page
            assert "On hold: Running." in shown.text, page
            assert "The calf is hot." not in shown.text


def test_plan_waits_for_a_hold_of_all_hands_on_work(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    milestone = {"title": "Loosen the calf", "owner": str(world.seat_id), "due_on": "2026-04-01"}
    path = f"/goals/{world.goal_id}/plan/milestones/new"
    assert wren.post(path, milestone).status_code == 303
    held = "Hands-on work is held for now"
    assert held not in wren.get(f"/goals/{world.goal_id}/plan/print").text
    address = laid(wren, world, scope="all", what="")
    assert held in wren.get(f"/goals/{world.goal_id}/plan/print").text
    assert wren.post(f"{address}/end").status_code == 303
    assert held not in wren.get(f"/goals/{world.goal_id}/plan/print").text
