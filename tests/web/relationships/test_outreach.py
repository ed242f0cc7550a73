"""Outreach joined to what came of it: from an empty list to the first referral and its report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from careteam.features.referrals.models import Referral
from careteam.features.relationships.models import CampaignTarget
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.pages import legible
from tests.support.referring import refer
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
NEW = "00000000-0000-4000-8000-00000000abcd"
ONE = f"/relationships/outreach/{NEW}"
ALL_STEPS = ["visit", "cv", "demo", "follow_up"]


@pytest.fixture
def wren(signed_in: SignIn) -> Visitor:
    return signed_in("wren")


def begin(wren: Visitor) -> None:
    begun = {"new_id": NEW, "name": "Clinics near Bristol", "steps": ALL_STEPS}
    answer = wren.post("/relationships/outreach/new", begun)
    assert answer.headers["Location"] == f"{ONE}/people"
    assert wren.post("/relationships/outreach/new", begun).status_code == 303


def test_outreach_goes_from_nobody_to_the_first_client_seen(world: World, wren: Visitor) -> None:
    assert "No outreach yet" in wren.get("/relationships/outreach").text
    begin(wren)
    found = wren.get(f"{ONE}/people?discipline=dietitian&place=Bristol&within=20").text
    assert "Juniper Outside" in found
    assert "Wren" not in legible(found).split("found, without you")[1]
    wren.post(f"{ONE}/people", {"people": [str(world.juniper)]})
    wren.post(f"{ONE}/practices", {"practice": "Ärztehaus am Fluss"})
    wren.post(f"{ONE}/practices", {"practice": "ärztehaus am fluss"})
    assert db.session.query(CampaignTarget).count() == 2
    assert "Juniper" not in wren.get(f"{ONE}/people?discipline=dietitian").text

    juniper = f"/relationships/people/{world.juniper}/touches"
    wren.post(juniper, {"kind": "visit", "back": ONE})
    at_desk = {"kind": "cv_left", "practice": "ÄRZTEHAUS am Fluss", "back": ONE}
    assert wren.post("/relationships/practice", at_desk).headers["Location"] == ONE
    page = legible(wren.get(ONE).text)
    assert "Visit, 4 Mar CV left: to do" in page
    assert "CV left, 4 Mar" in page
    assert "Too few to say (n = 1)" in page

    later = datetime(2026, 3, 11, 9, tzinfo=UTC)
    refer(world.juniper, world.wren.practitioner_id, at=later)
    row = db.session.query(Referral).one()
    row.first_visit_at = later + timedelta(days=5)
    db.session.commit()
    with clock.stopped(later + timedelta(days=6)):
        page = legible(wren.get(ONE).text)
    assert "First referral on 11 March 2026, after 7 days" in page
    assert "first client seen on 16 March 2026, after 12 days" in page


def test_referral_from_somebody_at_a_practice_is_its_result(world: World, wren: Visitor) -> None:
    begin(wren)
    wren.post(f"{ONE}/practices", {"practice": "JUNIPER'S rooms"})
    wren.post("/relationships/practice", {"kind": "visit", "practice": "Juniper's rooms"})
    refer(world.juniper, world.wren.practitioner_id, at=clock.now())
    assert "First referral on 4 March 2026, after 0 days" in legible(wren.get(ONE).text)
    refer(world.juniper, world.wren.practitioner_id)
    page = legible(wren.get(ONE).text)
    assert "A referral came on 10 January 2026, before the first step" in page
    assert "1 person or practice had sent you somebody before" in page


def test_wrong_words_are_answered_beside_the_field_and_kept(world: World, wren: Visitor) -> None:
    path = "/relationships/outreach/new"
    refused = wren.post(path, {"name": "Clinics", "steps": ["follow_up"]})
    assert refused.status_code == 422
    assert "A follow-up follows something" in refused.text
    assert 'value="Clinics"' in refused.text
    assert "Choose at least one step." in wren.post(path, {"name": "Clinics"}).text
    later = {"name": "Clinics", "steps": ["visit"], "began_on": "2026-03-05"}
    assert "This day is still to come." in wren.post(path, later).text
    assert wren.post(path, {"name": "Clinics", "steps": ["fly"]}).status_code == 422

    begin(wren)
    assert "Tick at least one." in wren.post(f"{ONE}/people", {}).text
    assert wren.post(f"{ONE}/people", {"people": ["x"]}).status_code == 422
    assert wren.post(f"{ONE}/people", {"people": [NEW]}).status_code == 422
    own = {"people": [str(world.wren.practitioner_id)]}
    assert "This is your own entry." in wren.post(f"{ONE}/people", own).text
    assert wren.post(f"{ONE}/practices", {"practice": " "}).status_code == 422
    assert "We do not know the town" in wren.get(f"{ONE}/people?place=Nowhereville").text
    assert db.session.query(CampaignTarget).count() == 0


def test_outreach_is_changed_left_and_removed_and_comes_back(world: World, wren: Visitor) -> None:
    begin(wren)
    wren.post(f"{ONE}/people", {"people": [str(world.juniper)]})
    target = f"{ONE}/targets/{db.session.query(CampaignTarget).one().id}"
    wren.post(f"/relationships/people/{world.juniper}/touches", {"kind": "visit"})
    wren.post(f"{target}/left", {"left": "y"})
    assert "Go on" in wren.get(ONE).text
    wren.post(f"{target}/left", {"left": ""})
    assert "Under way" in wren.get(ONE).text
    wren.post(f"{ONE}/edit", {"name": "Only visits", "steps": ["visit"]})
    page = wren.get(ONE).text
    assert "Only visits" in page
    assert "Every step is done" in page
    wren.post(f"{ONE}/remove")
    assert wren.get(ONE).status_code == 404
    wren.post(f"{ONE}/restore")
    wren.post(f"{target}/remove")
    assert "Nobody is on it yet" in wren.get(ONE).text


def test_nobody_else_finds_it(world: World, wren: Visitor, signed_in: SignIn) -> None:
    begin(wren)
    wren.post(f"{ONE}/people", {"people": [str(world.juniper)]})
    target = db.session.query(CampaignTarget).one().id
    for name in ("ash", "sorrel"):
        other = signed_in(name)
        assert "Clinics near" not in other.get("/relationships/outreach").text
        for path in ("", "/edit", "/people"):
            assert other.get(ONE + path).status_code == 404
        for path in ("/edit", "/people", "/practices", "/remove", "/restore"):
            assert other.post(ONE + path, {"practice": "X"}).status_code == 404
        for path in ("remove", "left"):
            assert other.post(f"{ONE}/targets/{target}/{path}").status_code == 404
    begun = {"name": "Clinics", "steps": ["visit"]}
    assert signed_in("sorrel").post("/relationships/outreach/new", begun).status_code == 403
