"""The feed of an account: who gets one, what is in it, and that it stops when it has to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from careteam.audit.models import AccessRead, AuditEvent
from careteam.features.accounts.models import Account
from careteam.features.clients.models import Goal
from careteam.features.consents.models import Consent
from careteam.features.links.models import Link, LinkToken
from careteam.features.pathways.content import keep_up
from careteam.features.plans.models import Milestone
from careteam.features.referrals.models import GivenName, NamesGiven
from careteam.features.teams.models import Seat
from careteam.features.today.models import UrgentMatter
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.features.plans.worlds import a_step, commit, hazels_goal
from tests.personas import World
from tests.support.feeds import HEALTH, fetch, one_event, own_feed, titles
from tests.support.linking import a_linked_referral, open_link
from tests.support.own_pathways import a_copy, publish
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def a_step_of_ash(world: World) -> Milestone:
    row = a_step(world, hazels_goal(world), "Heel raises", date(2026, 3, 20), str(world.seat_id))
    commit(row)
    return row


def test_each_person_has_their_own_dates_by_initials(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    goal = hazels_goal(world)
    goal.pathway = "achilles_tendinopathy"
    a_step(world, goal, "Walk without pain", date(2026, 4, 1))
    a_step(world, goal, "Sleep well", date(2026, 4, 2), "client")
    a_step_of_ash(world)
    ours, theirs = own_feed(signed_in("wren")), own_feed(signed_in("ash"))
    wrens, ashs = fetch(app, ours), fetch(app, theirs)
    assert titles(wrens) == {"Ankle recovery plan: step due (HS)": date(2026, 4, 1)}
    assert titles(ashs) == {"Ankle recovery plan: step due (HS)": date(2026, 3, 20)}
    for word in HEALTH:
        assert word not in wrens.text + ashs.text, word
    assert titles(fetch(app, own_feed(signed_in("rowan")))) == {}


def test_title_is_that_of_the_version_the_goal_stands_on_in_any_process(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    """One that nobody has signed in to knows nothing of what was published since it began."""
    own = a_copy(world)
    publish(world, own)
    goal = hazels_goal(world)
    goal.pathway, goal.pathway_version = own.pathway, "1.0.0"
    a_step_of_ash(world)
    path = own_feed(signed_in("ash"))
    keep_up(None)
    assert titles(fetch(app, path)) == {"Back care plan: step due (HS)": date(2026, 3, 20)}


def test_initials_are_left_out_where_the_consent_keeps_them(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    a_step_of_ash(world)
    path = own_feed(signed_in("ash"))
    consent = db.session.get_one(Consent, world.consent_id)
    consent.classes = ["goal_plan", "safety_alerts"]
    db.session.commit()
    assert titles(fetch(app, path)) == {"Plan: step due": date(2026, 3, 20)}


def test_withdrawn_consent_and_ended_seat_act_with_the_next_fetch(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    a_step_of_ash(world)
    path = own_feed(signed_in("ash"))
    assert titles(fetch(app, path)) == {"Plan: step due (HS)": date(2026, 3, 20)}
    seat = db.session.get_one(Seat, world.seat_id)
    seat.state = "ended"
    db.session.commit()
    assert titles(fetch(app, path)) == {}
    assert titles(fetch(app, own_feed(signed_in("wren")))) == {
        "Plan: step due (HS)": date(2026, 3, 20)
    }
    db.session.get_one(Seat, world.seat_id).state = "filled"
    db.session.get_one(Consent, world.consent_id).withdrawn_at = clock.now()
    db.session.commit()
    assert titles(fetch(app, path)) == {}


def test_finished_steps_and_paused_goals_are_not_due(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    row = a_step_of_ash(world)
    path = own_feed(signed_in("ash"))
    db.session.get_one(Goal, world.goal_id).status = "paused"
    db.session.commit()
    assert titles(fetch(app, path)) == {}
    db.session.get_one(Goal, world.goal_id).status = "active"
    db.session.get_one(Milestone, row.id).status = "done"
    db.session.commit()
    assert titles(fetch(app, path)) == {}


def test_unchanged_feed_is_the_same_to_the_byte_and_sent_once(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    row = a_step_of_ash(world)
    path = own_feed(signed_in("ash"))
    first = fetch(app, path)
    with clock.stopped(NOW + timedelta(days=3, hours=5)):
        second = fetch(app, path)
        assert second.data == first.data
        asked = {"If-None-Match": first.headers["ETag"]}
        again = fetch(app, path, headers=asked)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        answer = signed_in("ash").post(
            f"/goals/{world.goal_id}/plan/milestones/{row.id}/move",
            {"status": "in_progress", "version": "1"},
        )
        assert answer.status_code == 303
        changed = fetch(app, path, headers=asked)
    assert changed.status_code == 200
    before = one_event(first.data)
    after = one_event(changed.data)
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert before["DTSTAMP"].dt == NOW
    assert after["DTSTAMP"].dt == NOW + timedelta(days=3, hours=5)


def test_look_of_a_calendar_is_written_down_as_its_own_and_a_304_is_none(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    a_step_of_ash(world)
    path = own_feed(signed_in("ash"))
    first = fetch(app, path)

    def looks() -> set[tuple[str, str]]:
        found = db.session.query(AccessRead).filter_by(client_id=world.client_id)
        rows = {(row.actor_name, row.information_class) for row in found}
        db.session.rollback()
        return rows

    assert looks() == {
        ("Ash Seated (calendar)", "goal_plan"),
        ("Ash Seated (calendar)", "identity_contact"),
    }
    with clock.stopped(NOW + timedelta(hours=2)):
        count = db.session.query(AccessRead).count()
        db.session.rollback()
        asked = {"If-None-Match": first.headers["ETag"]}
        assert fetch(app, path, headers=asked).status_code == 304
        assert db.session.query(AccessRead).count() == count


def test_dead_mangled_and_foreign_addresses_are_one_page(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    _, link = a_linked_referral(world)
    ash, wren = signed_in("ash"), signed_in("wren")
    path, old = own_feed(ash), own_feed(wren)
    new = own_feed(wren)
    assert ash.post("/account/calendar/end").status_code == 303
    answers = {
        (answer.status_code, answer.text)
        for answer in (
            fetch(app, path),
            fetch(app, old),
            fetch(app, new[:-5] + ".ics"),
            fetch(app, "/calendar/x.ics"),
            fetch(app, "/calendar/" + "x" * 5000 + ".ics"),
            fetch(app, link.replace("/r/", "/calendar/") + ".ics"),
            fetch(app, new.replace("/calendar/", "/r/").removesuffix(".ics")),
            fetch(app, "/r/nonsense"),
        )
    }
    assert [status for status, _ in answers] == [404]
    assert fetch(app, new).status_code == 200
    assert fetch(app, new).headers["Referrer-Policy"] == "no-referrer"


def test_closed_account_has_no_feed(app: Flask, world: World, signed_in: SignIn) -> None:
    path = own_feed(signed_in("ash"))
    account = db.session.query(Account).filter_by(email="ash@example.org").one()
    account.disabled_at = clock.now()
    db.session.commit()
    assert fetch(app, path).status_code == 404


def test_only_the_hash_of_the_secret_is_kept_and_it_is_shown_once(
    world: World, signed_in: SignIn
) -> None:
    ash = signed_in("ash")
    token = own_feed(ash).removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) == 43
    assert token not in ash.get("/account/calendar").text
    assert "In use" in ash.get("/account/calendar").text
    stored = db.session.query(LinkToken).one()
    assert token not in (stored.token_hash, stored.purpose)
    actions = {row.action for row in db.session.query(AuditEvent)}
    db.session.rollback()
    assert "calendar.made" in actions


def test_whoever_has_no_entry_has_no_dates(world: World, signed_in: SignIn) -> None:
    sorrel = signed_in("sorrel")
    assert "no dates" in sorrel.get("/account/calendar").text
    assert sorrel.post("/account/calendar").status_code == 422
    assert db.session.query(Link).count() == 0


def test_signed_in_reader_of_a_foreign_feed_is_nobody_there(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    """The address alone decides: the cookie that comes along opens nothing and is not named."""
    a_step_of_ash(world)
    path = own_feed(signed_in("ash"))
    assert titles(signed_in("rowan").get(path)) == {"Plan: step due (HS)": date(2026, 3, 20)}
    names = {row.actor_name for row in db.session.query(AccessRead)}
    db.session.rollback()
    assert "Rowan Member" not in names


def test_follow_ups_of_ones_own_are_there_without_a_name(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    author = world.wren.practitioner_id
    names = NamesGiven(
        author_id=author,
        discipline="dietitian",
        given_on=date(2026, 3, 4),
        ask_on=date(2026, 3, 18),
    )
    matter = UrgentMatter(
        author_id=author,
        urgency="same_day",
        who="Lady with the swollen calf",
        done="Rang the surgery",
        ask_on=date(2026, 3, 6),
    )
    db.session.add_all([names, matter])
    db.session.flush()
    db.session.add(GivenName(names_given_id=names.id, practitioner_id=world.juniper))
    db.session.commit()
    assert titles(fetch(app, own_feed(signed_in("wren")))) == {
        "Follow-up: ask how it went": date(2026, 3, 6),
        "Follow-up: ask about names given": date(2026, 3, 18),
    }
    assert titles(fetch(app, own_feed(signed_in("ash")))) == {}


def test_answer_is_due_on_its_day_until_it_comes(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    _, link = a_linked_referral(world)
    path = own_feed(signed_in("wren"))
    assert titles(fetch(app, path)) == {"Referral: answer due (HS)": date(2026, 3, 18)}
    visitor, home = open_link(app, link)
    assert visitor.post(f"{home}/accept", {"contact": "client"}).status_code == 303
    assert titles(fetch(app, path)) == {}


def test_without_a_public_address_it_is_said_that_only_this_computer_opens_it(
    app: Flask, world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.extensions["careteam_settings"], public_url=None)
    monkeypatch.setitem(app.extensions, "careteam_settings", settings)
    answer = signed_in("wren").post("/account/calendar")
    assert "Only this computer can open this address" in answer.text
    assert "http://localhost/calendar/" in answer.text
