"""A stranger looked at: facts with their day, drafts of one's own, and the answer of the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from careteam.features.directory.models import Practitioner
from careteam.features.relationships.models import Observation
from careteam.features.relationships.observations import forget_about_removed
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.pages import legible
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
LOOKED = {
    "register": "found",
    "body": "HCPC",
    "number": "DT1",
    "until_on": "2026-03-20",
    "website": "agrees",
    "website_link": "juniper.example.org",
    "last_post_on": "2026-02-01",
    "answers_public": "yes",
    "is_helpful": "unclear",
}


@pytest.fixture
def wren(signed_in: SignIn) -> Visitor:
    return signed_in("wren")


def rows() -> dict[str, Observation]:
    db.session.expire_all()
    return {row.fact: row for row in db.session.query(Observation)}


def test_draft_is_ones_own_until_it_is_shared(
    world: World, wren: Visitor, signed_in: SignIn
) -> None:
    entry = f"/practitioners/{world.juniper}"
    check = f"/relationships/people/{world.juniper}/check"
    assert f'href="{check}"' in wren.get(entry).text
    assert wren.post(check, LOOKED).headers["Location"] == f"{entry}#observed"
    assert set(rows()) == {"register", "insurance", "website", "social"}
    mine = legible(wren.get(entry).text)
    assert "Register looked up found; HCPC DT1" in mine
    assert "holds until 4 March 2027" in mine
    assert "answers the public: yes; tone helpful: unclear" in mine
    assert rows()["website"].link == "https://juniper.example.org"

    ash = signed_in("ash")
    assert "HCPC DT1" not in ash.get(entry).text
    one = f"/relationships/observations/{rows()['register'].id}"
    for path in ("/share", "/remove", "/restore", "/answer"):
        assert ash.post(one + path, {"said": "No"}).status_code == 404
    wren.post(f"{one}/share")
    assert "HCPC DT1" in ash.get(entry).text
    assert "last post on" not in ash.get(entry).text
    wren.post(f"{one}/remove")
    assert "HCPC DT1" not in ash.get(entry).text
    wren.post(f"{one}/restore")
    assert "HCPC DT1" in ash.get(entry).text


def test_wrong_words_are_answered_beside_the_field_and_nothing_is_kept(
    world: World, wren: Visitor
) -> None:
    check = f"/relationships/people/{world.juniper}/check"
    for wrong, words in (
        ({}, "Note at least one fact."),
        (LOOKED | {"body": ""}, "Say which register."),
        (LOOKED | {"last_post_on": "2026-03-05"}, "This day is still to come."),
        (LOOKED | {"website_link": "javascript:alert(1)"}, "This is not a web address."),
        ({"met_on": "2026-03-05"}, "This day is still to come."),
        ({"register": "loved"}, "Not a valid choice"),
    ):
        answer = wren.post(f"{check}/share", wrong)
        assert answer.status_code == 422, wrong
        assert words in answer.text
        assert rows() == {}
    own = f"/relationships/people/{world.wren.practitioner_id}/check"
    assert wren.post(own, LOOKED).status_code == 404


def test_person_described_answers_and_contests(
    world: World, wren: Visitor, signed_in: SignIn
) -> None:
    wren.post(
        f"/relationships/people/{world.ash.practitioner_id}/check/share",
        {"website": "gone", "website_link": "https://ash.example.org"},
    )
    row = rows()["website"]
    ash, entry = signed_in("ash"), f"/practitioners/{world.ash.practitioner_id}"
    answer = f"/relationships/observations/{row.id}/answer"
    assert f'href="{answer}"' in ash.get(entry).text
    assert "does not open" in ash.get(answer).text
    assert ash.post(answer, {"is_contested": "y"}).status_code == 422
    ash.post(answer, {"is_contested": "y", "said": "It moved last week"})
    seen = legible(signed_in("rowan").get(entry).text)
    assert "Contested" in seen
    assert "It moved last week" in seen
    assert wren.post(answer, {"said": "No"}).status_code == 404


def test_look_that_holds_no_more_is_named_again(
    world: World, wren: Visitor, signed_in: SignIn
) -> None:
    check = f"/relationships/people/{world.juniper}/check"
    wren.post(check, LOOKED)
    page = legible(wren.get("/relationships").text)
    assert "Insurance seen on 4 March 2026, holds until 20 March 2026" in page
    assert "Register looked up on" not in page
    with clock.stopped(clock.now() + timedelta(days=366)):
        wren = signed_in("wren")
        page = legible(wren.get("/relationships").text)
        assert "Register looked up on 4 March 2026, held until 4 March 2027" in page
        wren.post(check, {"register": "found", "body": "HCPC"})
        assert "Register looked up on" not in legible(wren.get("/relationships").text)


def test_what_was_observed_goes_with_whoever_asks_to_be_removed(
    world: World, wren: Visitor
) -> None:
    entry = f"/practitioners/{world.juniper}"
    wren.post(f"/relationships/people/{world.juniper}/check/share", LOOKED)
    db.session.rollback()
    db.session.get_one(Practitioner, world.juniper).removal_asked_at = clock.now()
    db.session.commit()
    assert "HCPC DT1" not in wren.get(entry).text
    db.session.rollback()
    assert forget_about_removed() == "Facts erased about people who were removed: 4."
    db.session.commit()
    assert rows() == {}
