"""Two names given without a client: found, shared, logged in one press, asked about."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from careteam.features.clients.models import Goal
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.models import GivenName, NamesGiven
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.drawings import qr_code
from tests.personas import World, a_practitioner, a_seat
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
A_WEEK_LATER = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)


@pytest.fixture
def dietitians(world: World) -> list[str]:
    rows = [
        a_practitioner("Sage Example", "dietitian"),
        a_practitioner("Fern Example", "dietitian"),
    ]
    db.session.commit()
    return [str(row.id) for row in rows]


def given() -> list[GivenName]:
    db.session.expire_all()
    return db.session.query(GivenName).order_by(GivenName.position).all()


@pytest.mark.parametrize("typed", ["Dietitian", "dietician", "dietit", "DIETITIAN"])
def test_typed_discipline_gives_two_names_with_telephone_and_why(
    world: World, signed_in: SignedIn, dietitians: list[str], typed: str
) -> None:
    page = signed_in("wren").get(f"/now/names?discipline={typed}")
    shown = [
        name for name in ("Fern Example", "Juniper Outside", "Sage Example") if name in page.text
    ]
    assert len(shown) == 3
    assert "Given, log it" in page.text
    assert "Other names" in page.text
    assert 'class="qr-code"' in page.text
    assert "0117 496" in page.text


@pytest.mark.parametrize("which", [0, 1])
def test_from_an_entry_its_own_name_is_the_first(
    signed_in: SignedIn, dietitians: list[str], which: int
) -> None:
    wren, names = signed_in("wren"), ["Sage Example", "Fern Example", "Juniper Outside"]
    entry = wren.get(f"/practitioners/{dietitians[which]}").text
    (address,) = re.findall(r'href="(/now/names[^"]+)"', entry)
    page = wren.get(html.unescape(address)).text
    assert min(filter(page.__contains__, names), key=page.index) == names[which]


def test_place_orders_and_tells_the_distance(world: World, signed_in: SignedIn) -> None:
    page = signed_in("wren").get("/now/names?discipline=dietitian&place=Bristol")
    assert "km away" in page.text
    unknown = signed_in("wren").get("/now/names?discipline=dietitian&place=Nowherehausen")
    assert "is no town we know" in unknown.text
    assert "Juniper Outside" in unknown.text


def test_near_name_stands_before_one_far_off_that_takes_new_clients(
    world: World, signed_in: SignedIn
) -> None:
    far = a_practitioner("Heron Faraway", "dietitian", place="London")
    far.workplaces[0].latitude, far.workplaces[0].longitude = 51.51, -0.13
    far.accepting, far.accepting_said_on = "yes", clock.today()
    db.session.commit()
    wren, address = signed_in("wren"), "/now/names?discipline=dietitian&place=Bristol"
    alone = wren.get(address).text
    assert alone.index("Juniper Outside") < alone.index("Heron Faraway")
    why = "171 km away, as only one person within 50 km can be named."
    assert f"Takes new clients (said 4 Mar) and {why}" in alone
    a_practitioner("Sage Example", "dietitian")
    db.session.commit()
    page = wren.get(address).text
    assert page.index("Sage Example") < page.index("Other names") < page.index("Heron Faraway")
    assert "Takes new clients (said 4 Mar) and 171 km away." in page


def test_nobody_and_nonsense_say_what_to_do(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    assert "Nobody to name yet" in wren.get("/now/names?discipline=cardiologist").text
    assert "is no discipline in the list" in wren.get("/now/names?discipline=zzz").text
    for query in ("", "discipline=%00", "discipline=" + "x" * 3000, "name=nonsense"):
        assert wren.get(f"/now/names?{query}").status_code == 200


def test_one_press_logs_the_names_and_a_week_later_today_asks(
    world: World, signed_in: SignedIn, dietitians: list[str]
) -> None:
    wren = signed_in("wren")
    form = {"discipline": "dietitian", "name": dietitians, "new_id": str(uuid4())}
    assert wren.post("/now/names", form).status_code == 303
    assert wren.post("/now/names", form).status_code == 303
    row = db.session.query(NamesGiven).one()
    row_id = row.id
    assert (str(row.given_on), str(row.ask_on)) == ("2026-03-04", "2026-03-11")
    assert {str(each.practitioner_id) for each in given()} == set(dietitians)
    assert all(each.why for each in given())
    assert "Names you gave" not in wren.get("/").text
    with clock.stopped(A_WEEK_LATER):
        assert "Names you gave" in wren.get("/").text
        address = f"/now/names/{row_id}/{dietitians[0]}"
        assert wren.post(address, {"outcome": "no_call_back"}).status_code == 303
        ledger = wren.get(f"/practitioners/{dietitians[0]}").text
        assert "You gave their name 1 time, last on 4 March 2026: no call back 1." in ledger
        other = signed_in("ash").get(f"/practitioners/{dietitians[0]}").text
        assert "You gave their name" not in other
    answered = next(each for each in given() if str(each.practitioner_id) == dietitians[0])
    assert (answered.outcome, str(answered.outcome_on)) == ("no_call_back", "2026-03-11")


def test_one_name_asked_for_is_given_with_a_second(
    world: World, signed_in: SignedIn, dietitians: list[str]
) -> None:
    wren = signed_in("wren")
    wanted = {"discipline": "dietitian", "name": dietitians[0], "new_id": str(uuid4())}
    assert wren.post("/now/names", wanted).status_code == 303

    names = [str(row.practitioner_id) for row in given()]
    assert len(names) == 2
    assert names[0] == dietitians[0]


def test_answer_about_names_can_be_taken_back(
    world: World, signed_in: SignedIn, dietitians: list[str]
) -> None:
    wren = signed_in("wren")
    wren.post("/now/names", {"discipline": "dietitian", "new_id": str(uuid4())})
    one = given()[0]
    address = f"/now/names/{one.names_given_id}/{one.practitioner_id}"
    assert wren.post(address, {"outcome": "reached"}).status_code == 303
    assert wren.post(address, {"outcome": ""}).status_code == 303
    assert given()[0].outcome is None
    assert wren.post(address, {"outcome": "perhaps"}).status_code == 422
    elsewhere = f"/now/names/{one.names_given_id}/{world.rowan.practitioner_id}"
    assert wren.post(elsewhere, {"outcome": "reached"}).status_code == 422


@pytest.mark.parametrize("name", ["rowan", "sorrel"])
def test_names_of_another_do_not_exist(world: World, signed_in: SignedIn, name: str) -> None:
    signed_in("wren").post("/now/names", {"discipline": "dietitian", "new_id": str(uuid4())})
    one = given()[0]
    address = f"/now/names/{one.names_given_id}/{one.practitioner_id}"
    assert signed_in(name).post(address, {"outcome": "reached"}).status_code == 404


def test_unknown_discipline_is_not_found_when_logged_or_printed(
    world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    assert wren.post("/now/names", {"discipline": "wizard"}).status_code == 404
    assert wren.get("/now/names/print?discipline=wizard").status_code == 404
    assert "Juniper Outside" in wren.get("/now/names/print?discipline=dietitian").text


def test_without_anybody_nothing_is_logged(world: World, signed_in: SignedIn) -> None:
    form = {"discipline": "cardiologist", "new_id": str(uuid4())}
    assert signed_in("wren").post("/now/names", form).status_code == 422
    assert db.session.query(NamesGiven).count() == 0


def test_code_is_a_drawing_without_colour_rules_or_text(world: World) -> None:
    drawing = str(qr_code("Fern Example\n0117 496 0000"))
    assert drawing.startswith("<svg")
    assert "style" not in drawing
    assert "Fern" not in drawing


@pytest.mark.either_database
def test_names_cost_the_same_for_one_and_three(world: World, signed_in: SignedIn) -> None:
    wren, counts = signed_in("wren"), []
    for more in (0, 2):
        for number in range(more):
            a_practitioner(f"Bay Example{number}", "dietitian")
        db.session.commit()
        with statements() as seen:
            assert wren.get("/now/names?discipline=dietitian").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_own_words_stand_on_the_sheet_unless_left_out_and_move_nobody(
    world: World, signed_in: SignedIn, dietitians: list[str]
) -> None:
    wren, asked = signed_in("wren"), "discipline=dietitian"
    before = re.findall(r"(\w+ (?:Example|Outside))", wren.get(f"/now/names/print?{asked}").text)
    last = dietitians[0]  # Sage, who stands behind Fern and Juniper
    entry = f"/practitioners/{last}"
    long = wren.post(f"{entry}/trust", {"sentence": "She " * 60})
    assert long.status_code == 422
    assert "She She" in long.text
    words = "She explains everything twice."
    assert wren.post(f"{entry}/trust", {"sentence": words}).status_code == 303
    after = re.findall(r"(\w+ (?:Example|Outside))", wren.get(f"/now/names/print?{asked}").text)
    assert before == after
    chosen = f"{asked}&name={last}"
    for page in ("/now/names", "/now/names/print"):
        assert words in wren.get(f"{page}?{chosen}").text
        assert words not in wren.get(f"{page}?{chosen}&words=none").text
    assert words not in signed_in("rowan").get(f"/now/names?{chosen}").text
    assert words not in signed_in("rowan").get(entry).text
    wren.post(f"{entry}/trust", {"sentence": ""})
    assert words not in wren.get(f"/now/names/print?{chosen}").text


def test_name_that_nobody_confirmed_for_six_months_is_marked_where_names_are_chosen(
    world: World, signed_in: SignedIn, dietitians: list[str]
) -> None:
    words, wren = "Not confirmed for six months", signed_in("wren")
    a_seat(db.session.get_one(Goal, world.goal_id), "dietitian")
    db.session.commit()
    pages = (
        "/now/names?discipline=dietitian",
        f"/goals/{world.goal_id}/suggestion",
    )
    assert not any(words in wren.get(page).text for page in pages)
    for row in db.session.query(Practitioner):
        row.created_at = datetime(2025, 1, 5, tzinfo=UTC)
    db.session.commit()
    assert all(words in wren.get(page).text for page in pages)
    assert words not in wren.get("/now/names/print?discipline=dietitian").text
