"""An urgent sign opened from a client's goal: said with the name, logged, and answered with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from careteam.audit.models import AccessRead
from careteam.features.clients.models import Client
from careteam.features.teams.effects import goal_outcome
from careteam.features.teams.queries import decision_rows
from careteam.features.today.models import UrgentMatter
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.teams.making import answer, goal_on
from tests.personas import World
from tests.support.visitor import Visitor
from tests.web.teams.making import fresh_goal

SignedIn = Callable[[str], Visitor]


def goal_with(world: World, pathway: str, **answers: str) -> str:
    client = db.session.get_one(Client, world.client_id)
    client.date_of_birth = date(1980, 5, 3)
    goal = goal_on(world, pathway)
    answer(world, goal, **answers)
    db.session.commit()
    return str(goal.id)


def log(goal_id: str, flag: str, **more: str) -> dict[str, str]:
    return {
        "flag": flag,
        "goal": goal_id,
        "urgency": "same_day",
        "spoken_to": "Dr Moss",
        "done": "Rang together",
        "new_id": str(uuid4()),
        **more,
    }


def logged() -> UrgentMatter:
    db.session.expire_all()
    return db.session.query(UrgentMatter).one()


@pytest.fixture
def emergency(world: World) -> str:
    return goal_with(world, "weight_loss_ed_history", faint_heart="yes")


def test_script_and_note_name_the_client_and_that_is_noted(
    world: World, signed_in: SignedIn, emergency: str
) -> None:
    page = signed_in("wren").get(f"/now?flag=ed_emergency&goal={emergency}").text

    assert "I am calling about Hazel Sample, born 3 May 1980." in page
    assert "About: Hazel Sample, born 3 May 1980" in page
    assert "[name, date of birth]" not in page
    assert "How will you know who it was?" not in page
    assert "<title>Now" in page
    db.session.expire_all()
    read = {row.information_class for row in db.session.query(AccessRead)}
    assert "identity_contact" in read


def test_paper_carries_the_name_too(world: World, signed_in: SignedIn, emergency: str) -> None:
    sent = {"flag": "ed_emergency", "goal": emergency, "do": "paper"}
    assert "born 3 May 1980" in signed_in("wren").post("/now/note", sent).text


@pytest.mark.parametrize("who", ["ash", "rowan", "sorrel"])
def test_goal_of_another_does_not_exist(
    world: World, signed_in: SignedIn, emergency: str, who: str
) -> None:
    visitor = signed_in(who)
    assert visitor.get(f"/now?flag=ed_emergency&goal={emergency}").status_code == 404
    assert visitor.post("/now/log", log(emergency, "ed_emergency")).status_code == 404
    assert visitor.post("/now/note", {"flag": "x", "goal": emergency}).status_code == 404
    assert visitor.get("/now?flag=mt_dvt&goal=nonsense").status_code == 404


def test_logging_answers_the_sign_where_its_writer_says_so(
    world: World, signed_in: SignedIn, emergency: str
) -> None:
    wren = signed_in("wren")
    sent = log(emergency, "ed_emergency", answers="y", said="Blood test at two")
    assert wren.post("/now/log", sent).status_code == 303
    page = wren.get(f"/clients/{world.client_id}?goal={emergency}").text

    assert "Spoke to Dr Moss on 4 March: Blood test at two" in page
    assert "Before anything else" not in wren.get("/").text
    matter = logged()
    assert (matter.client_id, matter.who, matter.flag) == (world.client_id, "", "ed_emergency")


def test_logging_alone_leaves_the_sign_open(
    world: World, signed_in: SignedIn, emergency: str
) -> None:
    wren = signed_in("wren")
    assert wren.post("/now/log", log(emergency, "ed_emergency")).status_code == 303

    assert logged().client_id == world.client_id
    assert decision_rows(fresh_goal(emergency).id) == []
    assert "Before anything else" in wren.get("/").text


@pytest.mark.parametrize(
    ("change", "words"),
    [({"said": ""}, "Write what they said."), ({"spoken_to": ""}, "speak to")],
)
def test_half_an_answer_writes_nothing(
    world: World, signed_in: SignedIn, emergency: str, change: dict[str, str], words: str
) -> None:
    sent = log(emergency, "ed_emergency", answers="y", said="Seen") | change
    answered = signed_in("wren").post("/now/log", sent)

    assert answered.status_code == 422
    assert words in answered.text
    assert "Rang together" in answered.text
    assert db.session.query(UrgentMatter).count() == 0
    assert decision_rows(fresh_goal(emergency).id) == []


def test_someone_to_see_first_has_a_card_and_is_set_aside_with_what_was_said(
    world: World, signed_in: SignedIn
) -> None:
    goal_id = goal_with(world, "achilles_rupture_nonoperative", confirmed="no")
    wren = signed_in("wren")
    address = f"/now?flag=first:emergency_care&goal={goal_id}"
    page = wren.get(address).text
    assert "Today, by telephone" in page
    assert "First the emergency" in page
    sent = log(goal_id, "first:emergency_care", answers="y", said="Come at three")
    assert wren.post("/now/log", sent).status_code == 303

    (decision,) = decision_rows(fresh_goal(goal_id).id)
    assert decision.reason == "Spoke to Dr Moss on 4 March 2026: Come at three"
    assert goal_outcome(fresh_goal(goal_id)).outcome.is_blocked  # type: ignore[union-attr]
    assert wren.get(address).status_code == 404


def test_asking_whether_they_were_seen_names_the_client(
    world: World, signed_in: SignedIn, emergency: str
) -> None:
    wren = signed_in("wren")
    wren.post("/now/log", log(emergency, "ed_emergency"))
    with clock.stopped(datetime(2026, 3, 5, 9, 0, tzinfo=UTC)):
        page = wren.get("/").text
    asked = page[page.index("Was the person seen?") :]
    assert "Hazel" in asked[: asked.index("</section>") if "</section>" in asked else None]
    assert f'href="/clients/{world.client_id}"' in asked


def test_matter_goes_with_the_client(world: World, signed_in: SignedIn, emergency: str) -> None:
    signed_in("wren").post("/now/log", log(emergency, "ed_emergency"))
    db.session.commit()
    assert logged().client_id == world.client_id
    key = UrgentMatter.__table__.c.client_id.foreign_keys
    assert {each.ondelete for each in key} == {"CASCADE"}


def test_everything_that_is_missing_is_named_at_once(
    world: World, signed_in: SignedIn, emergency: str
) -> None:
    sent = log(emergency, "ed_emergency", answers="y", said="", spoken_to="", done="")
    answered = signed_in("wren").post("/now/log", sent)
    assert answered.status_code == 422
    for words in ("Say what you did.", "Whom did you, or they, speak to?", "Write what they said."):
        assert words in answered.text
    assert db.session.query(UrgentMatter).count() == 0
