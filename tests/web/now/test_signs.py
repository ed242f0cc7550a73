"""Urgent signs without a client: found by words or part, said, carried, logged, asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from careteam.features.today.models import UrgentMatter
from careteam.kit import clock
from careteam.kit.db import db
from careteam.web.now.signs import all_flags, key_of
from tests.personas import World
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
LOG = {
    "flag": "mt_dvt",
    "urgency": "same_day",
    "who": "Tall runner, Tuesday at ten",
    "done": "No massage. Rang the surgery.",
    "spoken_to": "Duty doctor, 10:20",
}


def logged() -> UrgentMatter:
    db.session.expire_all()
    return db.session.query(UrgentMatter).one()


def test_plain_words_lead_to_the_most_urgent_sign_first(world: World, signed_in: SignedIn) -> None:
    page = signed_in("sorrel").get("/now?q=crushing+chest+pain+and+swollen+calf")
    assert page.status_code == 200
    assert page.text.index("Emergency now") < page.text.index("Same day")


def test_words_that_match_nothing_give_advice_with_the_number(
    world: World, signed_in: SignedIn
) -> None:
    page = signed_in("wren").get("/now?q=qqqqq+zzzz")
    assert "That does not mean it is safe" in page.text
    assert 'href="tel:999"' in page.text


def test_part_of_the_body_lists_its_signs(world: World, signed_in: SignedIn) -> None:
    page = signed_in("wren").get("/now?part=leg")
    assert "One limb newly swollen" in page.text


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 3000, "part=moon", "q=", "part="])
def test_any_words_are_answered(world: World, signed_in: SignedIn, query: str) -> None:
    assert signed_in("wren").get(f"/now?{query}").status_code == 200


def test_every_sign_has_a_page(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    assert all(key_of(flag) == key for key, flag in all_flags().items())
    for key in sorted(all_flags())[::7]:
        assert wren.get(f"/now?flag={key}").status_code == 200
    assert wren.get("/now?flag=other").status_code == 200
    assert wren.get("/now?flag=nothing").status_code == 404


def test_sign_says_what_to_do_what_not_and_whom_to_ring(world: World, signed_in: SignedIn) -> None:
    page = signed_in("wren").get("/now?flag=mt_stroke")
    for words in ("Do today", "Do not", "Call 999", "I am Wren Lead", "Note to carry"):
        assert words in page.text


def test_what_is_typed_for_the_note_comes_back_in_it_and_is_stored_nowhere(
    world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    typed = {"flag": "mt_dvt", "seen": "left calf twice the right", "since": "this morning"}
    page = wren.post("/now/note", {**typed, "do": "fill"})
    assert "Seen or said: left calf twice the right" in page.text
    assert "It began this morning." in page.text
    paper = wren.post("/now/note", {**typed, "do": "paper"})
    assert "Please see this person" in paper.text
    assert "left calf twice the right" in paper.text
    assert db.session.query(UrgentMatter).count() == 0
    assert wren.post("/now/note", {"flag": "nothing"}).status_code == 404


def test_matter_is_logged_and_asked_about_on_the_next_working_day(
    world: World, signed_in: SignedIn
) -> None:
    wren, friday = signed_in("wren"), datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
    with clock.stopped(friday):
        assert wren.post("/now/log", {**LOG, "new_id": str(uuid4())}).status_code == 303
        assert "Tall runner" not in wren.get("/").text
    assert str(logged().ask_on) == "2026-03-09"
    with clock.stopped(datetime(2026, 3, 9, 8, 0, tzinfo=UTC)):
        page = wren.get("/")
        assert "Was the person seen?" in page.text
        assert "Tall runner, Tuesday at ten" in page.text


def test_not_seen_is_asked_again_and_seen_is_not(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    wren.post("/now/log", {**LOG, "new_id": str(uuid4())})
    address = f"/urgent/{logged().id}/seen"
    with clock.stopped(datetime(2026, 3, 5, 9, 0, tzinfo=UTC)):
        assert wren.post(address, {"outcome": "not_seen"}).status_code == 303
        assert (logged().outcome, str(logged().ask_on)) == (None, "2026-03-06")
        assert wren.post(address, {"outcome": "seen"}).status_code == 303
        assert logged().outcome == "seen"
        assert wren.post(address, {"outcome": ""}).status_code == 303
        assert logged().outcome is None
        assert wren.post(address, {"outcome": "maybe"}).status_code == 422


@pytest.mark.parametrize("name", ["rowan", "sorrel"])
def test_matter_of_another_does_not_exist(world: World, signed_in: SignedIn, name: str) -> None:
    signed_in("wren").post("/now/log", {**LOG, "new_id": str(uuid4())})
    address = f"/urgent/{logged().id}/seen"
    assert signed_in(name).post(address, {"outcome": "seen"}).status_code == 404
    with clock.stopped(datetime(2026, 3, 6, 9, 0, tzinfo=UTC)):
        assert "Tall runner" not in signed_in(name).get("/").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"who": ""}, "no name is needed"),
        ({"done": " "}, "Say what you did"),
        ({"spoken_to": ""}, "speak to"),
        ({"urgency": "soonish"}, "Not a valid choice"),
        ({"who": "x" * 121}, "120 characters"),
    ],
)
def test_log_that_lacks_something_keeps_what_was_typed(
    world: World, signed_in: SignedIn, change: dict[str, str], words: str
) -> None:
    answer = signed_in("wren").post("/now/log", {**LOG, **change, "new_id": str(uuid4())})
    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.query(UrgentMatter).count() == 0


def test_pressing_log_twice_makes_one(world: World, signed_in: SignedIn) -> None:
    wren, form = signed_in("wren"), {**LOG, "new_id": str(uuid4())}
    assert wren.post("/now/log", form).status_code == 303
    assert wren.post("/now/log", form).status_code == 303
    assert db.session.query(UrgentMatter).count() == 1


def test_steward_without_an_entry_is_told_to_add_one(world: World, signed_in: SignedIn) -> None:
    answer = signed_in("sorrel").post("/now/log", {**LOG, "new_id": str(uuid4())})
    assert answer.status_code == 422
    assert "Add your own entry" in answer.text
