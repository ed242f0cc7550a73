"""`flask check`: every stored fold, broken by hand, is named; a sound community is not."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import selectinload

from careteam.access.actor import Actor
from careteam.cli.check import problems
from careteam.domain.referral import Action, Contact, PastAnswer, Way
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import recompute_search_text
from careteam.features.referrals.operations import (
    Letter,
    Past,
    act,
    log_past_referral,
    send_referral,
    write_referral,
)
from careteam.features.teams.models import Seat
from careteam.kit.db import db
from tests.personas import World, a_client, a_consent, a_goal, a_seat, build_world
from tests.support.database import TestDatabase
from tests.support.partners import a_couple
from tests.support.visitor import Visitor


@pytest.fixture
def sound(app: Flask, database: TestDatabase) -> World:
    """The cast with whole entries, a seat filled by an accepted referral, one asked for, a past."""
    return database.made_once(app, "sound", lambda: with_referrals(build_world()))


def with_referrals(world: World) -> World:
    whole = select(Practitioner).options(
        selectinload(Practitioner.disciplines),
        selectinload(Practitioner.workplaces),
        selectinload(Practitioner.languages),
    )
    for row in db.session.scalars(whole):
        row.search_text = recompute_search_text(row)
    db.session.get_one(Seat, world.seat_id).is_own = True
    goal = a_goal(a_client(world.wren.practitioner_id, "Olive Sample"))  # type: ignore[arg-type]
    filled, asked = a_seat(goal, "dietitian"), a_seat(goal, "osteopath")
    first = refer(world.wren, goal, filled, world.juniper)
    act(
        actor=world.wren,
        referral=first,
        action=Action.ACCEPT,
        data={"contact": Contact.CLIENT},
        way=Way.PHONE,
        by_hand=True,
    )
    refer(world.wren, goal, asked, world.rowan.practitioner_id)
    past = Past(
        sender_id=world.juniper,
        receiver_id=world.wren.practitioner_id,  # type: ignore[arg-type]
        happened_on=date(2026, 1, 5),
        answer=PastAnswer.ACCEPTED,
    )
    log_past_referral(actor=world.wren, past=past, referral_id=uuid4())
    db.session.commit()
    return world


def refer(actor: Actor, goal, seat: Seat, receiver: UUID | None):
    assert receiver is not None
    a_consent(goal, receiver, ["goal_plan"])
    letter = Letter(
        sender_id=actor.practitioner_id,
        receiver_id=receiver,
        reason="A reason.",
        question="A question?",
        client_id=goal.client_id,
        goal_id=goal.id,
        seat_id=seat.id,
    )
    referral = write_referral(actor=actor, letter=letter, referral_id=uuid4())
    return send_referral(actor=actor, referral=referral, route="phone")


def break_by(*statements: str) -> list[str]:
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()
    found = list(problems())
    db.session.rollback()
    return found


def test_sound_community_has_nothing_to_say(sound: World, app: Flask):
    assert list(problems()) == []
    db.session.rollback()

    result = app.test_cli_runner().invoke(args=["check"])

    assert (result.exit_code, result.output) == (0, "Everything agrees.\n")


def test_worked_example_agrees(sample: Actor):
    assert list(problems()) == []


ACCEPTED = "WHERE status = 'accepted'"
ASKED = "WHERE state = 'referred'"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (f"UPDATE referrals SET status = 'sent' {ACCEPTED}", "status is sent, derived accepted"),
        (
            f"UPDATE referrals SET waiting_on = 'nobody' {ACCEPTED}",
            "waiting_on is nobody, derived client",
        ),
        (f"UPDATE referrals SET accepted_at = NULL {ACCEPTED}", "accepted_at is None, derived"),
        (
            f"UPDATE referrals SET is_reported = true {ACCEPTED}",
            "is_reported is True, derived False",
        ),
        (f"UPDATE referrals SET sent_by = 'paper' {ACCEPTED}", "sent_by is paper, derived phone"),
        (
            f"UPDATE referrals SET review_on = '2026-05-01' {ACCEPTED}",
            "review_on is 2026-05-01, derived None",
        ),
        (
            "UPDATE referral_events SET number = 9 WHERE number = 2 AND action = 'accept'",
            "do not follow the table of states: event 9 follows event 1",
        ),
        (
            "UPDATE practitioners SET search_text = 'other' WHERE name = 'Ash Seated'",
            "search_text is not that of its entry",
        ),
        (
            "UPDATE practitioners SET claimed_at = created_at WHERE name = 'Juniper Outside'",
            "claimed_at is set, derived none",
        ),
        (
            "UPDATE practitioners SET claimed_at = NULL WHERE name = 'Ash Seated'",
            "claimed_at is empty, an account has it",
        ),
        (f"UPDATE seats SET state = 'open' {ASKED}", "its state and who is named do not fit"),
        (
            "UPDATE communities SET sample_since = created_at",
            "says it holds sample data and holds none",
        ),
        (
            "UPDATE practitioners SET is_sample = true WHERE name = 'Ash Seated'",
            "holds sample data unsaid",
        ),
    ],
)
def test_one_broken_value_is_named(sound: World, statement: str, words: str):
    found = break_by(statement)

    assert [line for line in found if words in line], found


def test_seat_asked_of_nobody_is_named(sound: World):
    found = break_by(
        "DELETE FROM referral_events WHERE referral_id IN "
        "(SELECT id FROM referrals WHERE status = 'sent')",
        "DELETE FROM referrals WHERE status = 'sent'",
    )

    assert [line.partition(": ")[2] for line in found] == [
        "referred, but no referral is on its way"
    ]


def test_seat_filled_without_an_acceptance_is_named(sound: World):
    found = break_by("UPDATE seats SET is_own = false")

    assert [line.partition(": ")[2] for line in found] == [
        "filled, but no referral was accepted for it"
    ]


@pytest.mark.parametrize("column", ["restricted_classes", "hidden_measures"])
def test_client_fold_that_differs_from_the_answers_is_named(
    sound: World, database: TestDatabase, column: str
):
    found = break_by(f"UPDATE clients SET {column} = '[\"weight_kg\"]' WHERE name LIKE 'Hazel%'")

    assert len(found) == 1
    assert f"{column} is ['weight_kg'], derived []" in found[0]


def test_consent_that_reaches_into_another_record_is_named(sound: World):
    found = break_by(
        "UPDATE consent_goals SET goal_id = (SELECT id FROM goals WHERE client_id = "
        "(SELECT id FROM clients WHERE name = 'Olive Sample')) WHERE consent_id = "
        "(SELECT id FROM consents WHERE client_id = "
        "(SELECT id FROM clients WHERE name LIKE 'Hazel%'))"
    )

    assert "consents for another client's goal: 1" in found


def test_row_under_the_goal_of_another_client_is_named(sound: World):
    found = break_by(
        "UPDATE seats SET client_id = (SELECT id FROM clients WHERE name = 'Olive Sample') "
        "WHERE is_own = true"
    )

    assert "seats with another client's goal: 1" in found


def test_link_that_only_one_side_ended_is_named(sound: World):
    a_couple(sound)
    found = break_by(
        "UPDATE partners SET ended_at = created_at WHERE client_id = "
        "(SELECT id FROM clients WHERE name = 'Linden Sample')"
    )

    assert [line.partition(": ")[2] for line in found] == ["stands, but the other side has ended"]


def test_session_of_a_closed_account_is_named(sound: World, app: Flask):
    Visitor(app).sign_in("ash@example.org", "quiet river stones")

    found = break_by("UPDATE accounts SET disabled_at = created_at WHERE email = 'ash@example.org'")

    assert [line.partition(": ")[2] for line in found] == ["its account is closed"]


def test_trail_that_can_be_changed_is_named(sound: World, database: TestDatabase):
    drop = (
        "DROP TRIGGER audit_events_no_update"
        if database.file
        else "DROP TRIGGER audit_events_only_grows ON audit_events"
    )
    mend = (
        "CREATE TRIGGER audit_events_only_grows BEFORE UPDATE OR DELETE ON audit_events "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    try:
        assert break_by(drop) == ["audit_events: rows can be changed"]
    finally:
        if not database.file:
            db.session.execute(text(mend))
            db.session.commit()


def test_row_that_points_at_nothing_is_named(sound: World, database: TestDatabase):
    if database.file is None:
        pytest.skip("PostgreSQL cannot be brought to hold such a row")
    driver = db.session.connection().connection.driver_connection
    assert driver is not None
    db.session.rollback()
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute("DELETE FROM practitioners WHERE name = 'Juniper Outside'")
    driver.execute("PRAGMA foreign_keys=ON")

    found = list(problems())

    assert "points at a row of practitioners that is not there" in "\n".join(found)


def test_what_disagrees_ends_the_command_with_an_error(sound: World, app: Flask):
    break_by(f"UPDATE referrals SET status = 'sent' {ACCEPTED}")

    result = app.test_cli_runner().invoke(args=["check"])

    assert result.exit_code == 1
    assert "Error: 2 disagree. Nothing was changed." in result.output
