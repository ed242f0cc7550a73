"""Contacts noted with a colleague or a practice: in two taps, in private, never about a client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from careteam.features.clients.models import Goal
from careteam.features.consents.models import Consent
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.relationships.models import Touch
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_consent
from tests.support.pages import legible
from tests.support.referring import refer
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
NEW = "00000000-0000-4000-8000-00000000abcd"


@pytest.fixture
def wren(signed_in: SignIn) -> Visitor:
    return signed_in("wren")


@pytest.fixture
def juniper(world: World) -> str:
    return f"/relationships/people/{world.juniper}"


def touches() -> list[Touch]:
    db.session.expire_all()
    return db.session.query(Touch).filter(Touch.removed_at.is_(None)).all()


def test_touch_is_noted_in_two_taps_from_entry_and_network_and_undone(
    world: World, wren: Visitor, juniper: str
) -> None:
    entry = f"/practitioners/{world.juniper}"
    assert f'href="{juniper}?back={entry}"' in wren.get(entry).text
    assert f'href="{juniper}"' in wren.get(f"/network/people/{world.juniper}/panel").text

    answer = wren.post(f"{juniper}/touches", {"kind": "call", "new_id": NEW, "back": entry})
    assert answer.headers["Location"] == entry
    wren.post(f"{juniper}/touches", {"kind": "call", "new_id": NEW, "back": entry})
    (row,) = touches()
    assert (row.kind, row.happened_on, row.practitioner_id) == (
        "call",
        date(2026, 3, 4),
        world.juniper,
    )
    assert "Call 4 March 2026" in legible(wren.get(entry).text)

    wren.post(f"/relationships/touches/{NEW}/remove", {"back": entry})
    assert touches() == []
    wren.post(f"/relationships/touches/{NEW}/restore")
    assert len(touches()) == 1


def test_touch_with_day_note_and_next_step_is_changed_and_its_step_done(
    wren: Visitor, juniper: str
) -> None:
    said = {
        "new_id": NEW,
        "kind": "met",
        "happened_on": "2026-02-20",
        "note": "Sees people in the evenings",
        "next_step": "Send the flyer",
    }
    refused = wren.post(f"{juniper}/touches", said)
    assert refused.status_code == 422
    assert "Give the day of the next step." in refused.text
    assert "Sees people in the evenings" in refused.text
    later = wren.post(f"{juniper}/touches", said | {"happened_on": "2026-03-05", "next_on": ""})
    assert "This day is still to come." in later.text

    wren.post(f"{juniper}/touches", said | {"next_on": "2026-03-10"})
    assert "Next: Send the flyer, by 10 Mar" in legible(wren.get(juniper).text)
    wren.post(f"/relationships/touches/{NEW}/step-done")
    assert "Next: Send the flyer, done 4 Mar" in legible(wren.get(juniper).text)

    one = f"/relationships/touches/{NEW}"
    assert "Sees people in the evenings" in wren.get(one).text
    wren.post(one, said | {"kind": "visit", "next_step": "", "note": "In the afternoons"})
    assert (touches()[0].kind, touches()[0].note) == ("visit", "In the afternoons")
    assert wren.post(one, said | {"kind": "client_update"}).status_code == 422


def test_gift_in_a_thank_you_is_asked_about_once(wren: Visitor, juniper: str) -> None:
    said = {"kind": "thank_you", "note": "Took a gift along", "new_id": NEW}
    asked = wren.post(f"{juniper}/touches", said)
    assert asked.status_code == 422
    assert "This speaks of money or a gift." in asked.text
    assert wren.post(f"{juniper}/touches", said | {"has_thought": "y"}).status_code == 303
    assert len(touches()) == 1


def test_practice_has_touches_of_its_own(wren: Visitor) -> None:
    assert wren.post("/relationships/practice", {"kind": "cv_left"}).status_code == 422
    wren.post("/relationships/practice", {"kind": "cv_left", "practice": "Lantern Lane Clinic"})
    page = legible(wren.get("/relationships/practice?name=lantern+lane+clinic").text)
    assert "CV left 4 March 2026" in page
    assert "Lantern Lane Clinic CV left, 4 March 2026" in legible(
        wren.get("/relationships?show=log").text
    )


def test_nobody_else_sees_or_touches_them(wren: Visitor, signed_in: SignIn, juniper: str) -> None:
    wren.post(f"{juniper}/touches", {"kind": "met", "new_id": NEW, "note": "A private word"})
    for name in ("ash", "sorrel"):
        other = signed_in(name)
        for page in ("", "/restore", "/remove", "/step-done", "/step-open"):
            path = f"/relationships/touches/{NEW}{page}"
            assert other.post(path, {"kind": "call"}).status_code == 404
        assert other.get(f"/relationships/touches/{NEW}").status_code == 404
        assert "A private word" not in other.get(juniper).text
        assert "A private word" not in other.get("/relationships?show=log").text
    assert touches()[0].note == "A private word"
    assert signed_in("sorrel").get(juniper).status_code == 404, "who has no entry keeps no log"


def test_client_update_needs_a_consent_that_names_the_person_and_keeps_no_client(
    world: World, wren: Visitor, juniper: str
) -> None:
    path = f"{juniper}/client-update"
    assert "No client of yours has agreed to this" in wren.get(path).text
    told = {"client": str(world.client_id), "new_id": NEW}
    assert wren.post(path, told).status_code == 422
    assert wren.post(f"{juniper}/touches", {"kind": "client_update"}).status_code == 422

    goal = db.session.get_one(Goal, world.goal_id)
    a_consent(goal, world.juniper, ["identity_contact"])
    db.session.commit()
    assert "Hazel Sample" in wren.get(path).text
    named = wren.post(path, told | {"note": "Hazel walks to the shop"})
    assert named.status_code == 422
    assert "Leave the client" in named.text
    assert wren.post(path, told | {"note": "Walks to the shop"}).status_code == 303
    (row,) = touches()
    assert (row.kind, row.note) == ("client_update", "Walks to the shop")
    assert "Hazel" not in wren.get(juniper).text

    for consent in db.session.query(Consent).filter_by(practitioner_id=world.juniper):
        consent.withdrawn_at = clock.now()
    db.session.commit()
    again = {"client": str(world.client_id), "new_id": str(UUID(int=7))}
    assert wren.post(path, again).status_code == 422


def test_rhythm_is_wished_counted_from_a_contact_and_put_off(wren: Visitor, juniper: str) -> None:
    wren.post(f"{juniper}/touches", {"kind": "call", "happened_on": "2026-01-20"})
    wren.post(f"{juniper}/rhythm", {"every_months": "1"})
    due = legible(wren.get("/relationships").text)
    assert "Last in touch 43 days ago; you wished for every month" in due
    assert "Juniper Outside" in legible(wren.get("/").text)

    wren.post(f"{juniper}/snooze", {"days": "7", "back": "/relationships"})
    assert "Nothing is due" in wren.get("/relationships").text
    assert "Not named on Today before 11 March 2026" in wren.get(juniper).text
    with clock.stopped(clock.now() + timedelta(days=7)):
        assert "you wished for every month" in wren.get("/relationships").text
    wren.post(f"{juniper}/snooze", {"days": "0"})
    wren.post(f"{juniper}/touches", {"kind": "message"})
    assert "Nothing is due" in wren.get("/relationships").text
    assert wren.post(f"{juniper}/snooze", {"days": "8"}).status_code == 404


def test_ties_are_listed_by_how_they_do_and_referrals_by_what_was_given(
    world: World, wren: Visitor, juniper: str
) -> None:
    refer(world.wren.practitioner_id, world.juniper, 5, status="closed")
    refer(world.juniper, world.wren.practitioner_id, 1)
    strong = legible(wren.get("/relationships?show=strong").text)
    assert "Juniper Outside 6 referrals, usually 0 days apart" in strong
    given = legible(wren.get("/relationships?show=given").text)
    assert (
        "In six months: given 5 (5 accepted, 5 closed); received 1 (none accepted, none closed)."
        " July to December 2025: given none; received none." in given
    )
    assert "Nobody here now" in wren.get("/relationships?show=silent").text

    wren.post(f"/relationships/people/{world.ash.practitioner_id}/touches", {"kind": "met"})
    assert "No referral yet; in touch today" in legible(wren.get("/relationships?show=new").text)


def test_whoever_sent_a_client_who_was_seen_is_thanked_once(
    world: World, wren: Visitor, juniper: str
) -> None:
    refer(world.juniper, world.wren.practitioner_id, status="in_treatment")
    row = db.session.query(Referral).one()
    row.status_at = clock.now() - timedelta(days=1)
    db.session.add(
        ReferralEvent(
            referral_id=row.id,
            number=1,
            action="seen",
            at=row.status_at,
            party="receiver",
            by_name="Wren",
            way="account",
        )
    )
    db.session.commit()
    assert "Say thank you, by 5 Mar: somebody they sent was seen" in legible(wren.get("/").text)
    wren.post(f"{juniper}/touches", {"kind": "thank_you", "back": "/"})
    with clock.stopped(clock.now() + timedelta(days=1)):
        assert "Say thank you" not in wren.get("/").text


def test_group_has_one_rhythm_for_each_of_its_people(world: World, wren: Visitor) -> None:
    wren.post("/standing-teams/new", {"new_id": NEW, "name": "My people"})
    team = f"/standing-teams/{NEW}"
    wren.post(f"{team}/members", {"practitioner": world.juniper, "discipline": "dietitian"})
    wren.post(f"/relationships/groups/{NEW}/rhythm", {"every_months": "2"})
    refer(world.wren.practitioner_id, world.juniper)
    assert "Nothing is due" in wren.get("/relationships").text
    with clock.stopped(clock.now() + timedelta(days=7)):
        due = legible(wren.get("/relationships").text)
    assert "Last in touch 60 days ago; you wished for every 2 months" in due


def test_practice_has_a_rhythm_counted_from_contacts_and_referrals_of_its_people(
    world: World, wren: Visitor
) -> None:
    here = "/relationships/practice?name=Juniper's+rooms"
    named = {"practice": "juniper's ROOMS"}
    wren.post("/relationships/practice", named | {"kind": "call", "happened_on": "2026-01-20"})
    wren.post(
        "/relationships/practice/rhythm", {"practice": "Juniper's rooms", "every_months": "1"}
    )
    due = legible(wren.get("/relationships").text)
    assert "Last in touch 43 days ago; you wished for every month" in due
    wren.post("/relationships/practice/snooze", named | {"days": "7", "back": "/relationships"})
    assert "Nothing is due" in wren.get("/relationships").text
    assert "Not named on Today before 11 March 2026" in wren.get(here).text
    wren.post("/relationships/practice/snooze", named | {"days": "0"})
    assert "you wished for every month" in wren.get("/").text
    assert wren.post("/relationships/practice/snooze", named | {"days": "8"}).status_code == 404
    assert wren.post("/relationships/practice/rhythm", {"every_months": "1"}).status_code == 404

    refer(world.juniper, world.wren.practitioner_id, at=clock.now() - timedelta(days=2))
    assert "Nothing is due" in wren.get("/relationships").text
    assert "Last in touch 2 March 2026" in legible(wren.get(here).text)


def test_practice_is_thanked_from_the_row_after_a_first_visit(wren: Visitor) -> None:
    clinic = {"practice": "Ärztehaus am Fluss"}
    wren.post("/relationships/practice", clinic | {"kind": "visit", "happened_on": "2026-03-03"})
    page = wren.get("/").text
    assert "Say thank you, by 5 Mar" in legible(page)
    row = page.split("Say thank you")[1]
    assert 'action="/relationships/practice"' in row.split("Thanked")[0]
    wren.post("/relationships/practice", clinic | {"kind": "thank_you", "back": "/"})
    assert "Say thank you" not in wren.get("/").text
    assert "Thank-you 4 March" in legible(
        wren.get("/relationships/practice?name=ärztehaus+AM+fluss").text
    )


def test_touch_is_logged_from_a_referral_on_today(world: World, wren: Visitor) -> None:
    refer(world.wren.practitioner_id, world.juniper)
    assert f'href="/relationships/people/{world.juniper}?back=/"' in wren.get("/").text
