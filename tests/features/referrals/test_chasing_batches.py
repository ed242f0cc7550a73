"""The worker acts in batches: constant statements, one bad row costs only itself, nothing twice."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from sqlalchemy import update

from careteam.access.actor import SYSTEM
from careteam.access.reach import forget
from careteam.audit.models import AuditEvent
from careteam.cli.check import problems
from careteam.features.consents.models import Consent
from careteam.features.links.models import Link, LinkToken
from careteam.features.outbox.models import Message
from careteam.features.referrals import mails
from careteam.features.referrals.chasing import working
from careteam.features.referrals.chasing.working import Round, run_policy
from careteam.features.referrals.delivering import note_delivery
from careteam.features.referrals.models import Chase, Referral
from careteam.features.referrals.operations import send_referral
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_client, a_consent, a_goal, a_seat
from tests.support.chasing import a_waiting_referral, actions, on, subjects, work
from tests.support.linking import a_letter_to_juniper
from tests.support.statements import statements

REMINDED, TOLD, GIVEN_UP = "2026-03-11 09:31", "2026-03-18 09:31", "2026-04-01 09:31"


def referrals_of_each_kind(world: World, times: int) -> None:
    """So many in an inbox, by mail, and about a client for a place on her team."""
    for number in range(times):
        a_waiting_referral(world)
        mailed = a_waiting_referral(world, world.juniper, route="mail")
        note_delivery(actor=SYSTEM, about_id=mailed, purpose="referral")
        a_referral_for_a_seat(world, f"Client {number}")
    db.session.commit()


def a_referral_for_a_seat(world: World, name: str) -> UUID:
    assert world.wren.practitioner_id is not None
    goal = a_goal(a_client(world.wren.practitioner_id, name))
    seat = a_seat(goal, "dietitian")
    a_consent(goal, world.juniper, ["goal_plan"])
    forget()
    referral = a_letter_to_juniper(world, goal, seat)
    send_referral(actor=world.wren, referral=referral, route="mail")
    note_delivery(actor=SYSTEM, about_id=referral.id, purpose="referral")
    return referral.id


def costs(world: World, times: int) -> list[int]:
    """Statements of the rounds in which all are reminded, their senders told, and given up."""
    found: list[int] = []
    for at in (REMINDED, TOLD, GIVEN_UP):
        with statements() as seen:
            done = work(at)
        assert (done.reminded, done.told, done.expired)[len(found)] == 3 * times
        found.append(len(seen))
    return found


@pytest.mark.either_database
def test_many_steps_cost_as_many_statements_as_three(world: World) -> None:
    referrals_of_each_kind(world, 1)
    three = costs(world, 1)
    db.session.query(Chase).delete()
    referrals_of_each_kind(world, 20)
    assert costs(world, 20) == three
    assert [line for line in problems() if line.startswith("referral")] == []


@pytest.mark.either_database
def test_a_second_batch_costs_what_the_first_did(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "BATCH", 2)
    for _ in range(2):
        a_waiting_referral(world)
    with statements() as one:
        assert work(REMINDED) == Round(looked=2, reminded=2)
    db.session.query(Chase).delete()
    for _ in range(6):
        a_waiting_referral(world)
    with statements() as three:
        assert work(REMINDED) == Round(looked=6, reminded=6)
    assert len(three) - 1 == 3 * (len(one) - 1)


def test_trail_has_a_line_for_each_step(world: World) -> None:
    first, second = a_waiting_referral(world), a_referral_for_a_seat(world, "Olive Sample")
    db.session.commit()
    for at in (REMINDED, TOLD, GIVEN_UP):
        work(at)
    rows = db.session.query(AuditEvent).filter(AuditEvent.actor_key == "system:-")
    lines = Counter((row.object_id, row.action) for row in rows)
    for action in ("referral.reminded", "referral.sender_told", "referral.given_up"):
        assert lines[str(first), action] == lines[str(second), action] == 1
    reminded = rows.filter_by(object_id=str(second), action="referral.reminded").one()
    assert reminded.client_id == db.session.get_one(Referral, second).client_id
    assert {
        "link_tokens.token_hash",
        "outbox_messages.body",
        "referral_events.action",
    } <= set(reminded.fields)
    given_up = rows.filter_by(object_id=str(second), action="referral.given_up").one()
    assert {"referrals.status", "seats.state", "referral_events.number"} <= set(given_up.fields)
    assert "outbox_messages.body" not in given_up.fields


def test_place_opens_when_its_referral_is_given_up(world: World) -> None:
    referral_id = a_referral_for_a_seat(world, "Olive Sample")
    db.session.commit()
    for at in (REMINDED, TOLD, GIVEN_UP):
        work(at)
    db.session.expire_all()
    seat = db.session.get_one(Seat, db.session.get_one(Referral, referral_id).seat_id)
    assert (seat.state, seat.practitioner_id) == ("open", None)


def test_one_bad_row_costs_only_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, bad, last = (a_waiting_referral(world) for _ in range(3))
    whole = mails.remind

    def remind(referral: Referral, *more: str) -> None:
        if referral.id == bad:
            raise RuntimeError("in the middle")
        whole(referral, *more)

    with monkeypatch.context() as patch:
        patch.setattr(mails, "remind", remind)
        assert work(REMINDED) == Round(looked=3, reminded=2, failed=1)
        assert work("2026-03-11 09:32") == Round()
    reminded = [("send", "sender"), ("remind", "policy")]
    assert actions(first) == actions(last) == reminded
    assert actions(bad) == [("send", "sender")]
    assert subjects().count("An answer is waited for") == 2
    assert work("2026-03-11 10:32") == Round(looked=1, reminded=1)
    assert actions(bad) == reminded


def test_ended_link_is_replaced_by_a_new_one_for_all_in_one_statement(world: World) -> None:
    ids = [a_referral_for_a_seat(world, f"Client {number}") for number in range(3)]
    db.session.execute(update(Link).values(revoked_at=clock.now(), revoked_by="Wren Lead"))
    db.session.commit()
    with statements() as seen:
        assert work(REMINDED).reminded == 3
    assert sum(each.startswith("INSERT INTO links") for each in seen) == 1
    living = db.session.query(Link).filter(Link.revoked_at.is_(None))
    assert {link.referral_id for link in living} == set(ids)
    tokens = db.session.query(LinkToken).filter(LinkToken.link_id.in_([link.id for link in living]))
    assert tokens.count() == 3


def test_withdrawn_consent_stops_the_reminder_and_the_sender_is_told_at_once(world: World) -> None:
    kept, ended = (a_referral_for_a_seat(world, name) for name in ("Olive", "Hazel"))
    client_id = db.session.get_one(Referral, ended).client_id
    db.session.execute(
        update(Consent).where(Consent.client_id == client_id).values(withdrawn_at=clock.now())
    )
    db.session.commit()
    done = work(REMINDED)
    assert (done.reminded, done.told) == (1, 1)
    assert actions(ended)[-1] == ("deliver", "policy")
    assert actions(kept)[-1] == ("remind", "policy")


def test_what_somebody_is_moving_is_passed_over(world: World) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one writer in at a time")
    moved, free = a_waiting_referral(world), a_waiting_referral(world)
    with db.engine.connect() as other:
        row = Referral.__table__
        other.execute(row.select().where(row.c.id == moved).with_for_update())
        with clock.stopped(on(REMINDED)):
            assert run_policy() == Round(looked=1, reminded=1)
        other.rollback()
    assert actions(moved) == [("send", "sender")]
    assert actions(free) == [("send", "sender"), ("remind", "policy")]
    assert work(REMINDED) == Round(looked=1, reminded=1)
    reminders = db.session.query(Message).filter_by(subject="An answer is waited for")
    assert {each.about_id for each in reminders} == {moved, free}
