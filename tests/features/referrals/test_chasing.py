"""The worker of the silence policy: each step once, and only where a message may be a step."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from careteam.access.actor import SYSTEM
from careteam.cli.check import problems
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Action
from careteam.features.accounts.models import Account
from careteam.features.outbox.models import Message
from careteam.features.referrals import mails
from careteam.features.referrals.chasing.changing import Steps, change_default, choose_steps
from careteam.features.referrals.chasing.working import Round, plan_missing, run_policy
from careteam.features.referrals.delivering import note_delivery
from careteam.features.referrals.models import Chase, Referral
from careteam.features.referrals.operations import act
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.chasing import (
    a_waiting_referral,
    actions,
    chase_of,
    on,
    status_of,
    subjects,
    work,
)
from tests.support.statements import statements

WAITS = "A colleague has written to you"
REMINDER = "An answer is waited for"
OVERDUE = "An answer is overdue"


def test_each_step_is_taken_once_on_its_day(world: World):
    referral_id = a_waiting_referral(world)
    assert work("2026-03-11 09:29") == Round()
    assert work("2026-03-11 09:31").reminded == 1
    assert work("2026-03-11 09:31") == Round()
    assert work("2026-03-18 09:31").told == 1
    assert work("2026-03-18 09:31") == Round()
    assert work("2026-04-01 09:30") == Round()
    assert work("2026-04-01 09:31") == Round(looked=1, expired=1)
    assert work("2026-05-01 09:30") == Round()
    assert actions(referral_id) == [("send", "sender"), ("remind", "policy"), ("expire", "policy")]
    assert subjects() == [WAITS, REMINDER, OVERDUE]
    assert status_of(referral_id) == "expired"
    assert [line for line in problems() if line.startswith("referral")] == []


def test_good_friday_and_easter_monday_put_the_steps_off(world: World):
    with clock.stopped(on("2026-03-31 10:00")):
        referral_id = a_waiting_referral(world, urgency="soon")
    assert chase_of(referral_id).due_at == on("2026-04-07 10:00")
    assert chase_of(referral_id).tell_at == on("2026-04-09 10:00")


def test_worker_that_was_away_reminds_before_it_gives_up(world: World):
    referral_id = a_waiting_referral(world)
    done = work("2026-06-01 10:00")
    assert (done.reminded, done.told, done.expired) == (1, 1, 0)
    assert chase_of(referral_id).due_at == on("2026-06-22 10:00")
    assert work("2026-06-22 10:00").expired == 1


@pytest.mark.parametrize("route", ["phone", "paper", "in_person", "link"])
def test_what_was_handed_over_gets_no_message_and_the_sender_rings(world: World, route: str):
    referral_id = a_waiting_referral(world, world.juniper, route=route)
    done = work("2026-03-11 09:30")
    assert (done.reminded, done.told) == (0, 1)
    assert subjects() == [OVERDUE]
    assert actions(referral_id) == [("send", "sender")]
    assert "Juniper" in db.session.query(Message).one().body


def test_link_that_was_mailed_is_mailed_again_with_a_secret_of_its_own(world: World):
    referral_id = a_waiting_referral(world, world.juniper, route="mail")
    assert chase_of(referral_id).due_at is None
    note_delivery(actor=SYSTEM, about_id=referral_id, purpose="referral")
    db.session.commit()
    assert work("2026-03-11 09:30").reminded == 1
    first, second = db.session.query(Message).order_by(Message.created_at).all()
    assert second.subject == "Wren Lead still hopes for your answer"
    assert (second.recipient, second.purpose) == (first.recipient, "referral")
    addresses = [
        next(line.strip() for line in each.body.splitlines() if "/r/" in line)
        for each in (first, second)
    ]
    assert addresses[0] != addresses[1]


def test_link_that_was_handed_over_is_mailed_where_the_sender_allows(world: World):
    referral_id = a_waiting_referral(world, world.juniper, route="link")
    choose_steps(
        actor=world.wren,
        referral=db.session.get_one(Referral, referral_id),
        steps=Steps(2, 4, 6, None),
        may_mail=True,
    )
    db.session.commit()
    assert work("2026-03-06 09:30").reminded == 1
    assert work("2026-03-10 09:30").told == 1
    assert work("2026-12-10 09:30") == Round()
    assert status_of(referral_id) == "sent"


def test_closed_account_is_not_reminded_and_the_sender_is_told_at_once(world: World):
    referral_id = a_waiting_referral(world)
    db.session.execute(
        update(Account)
        .where(Account.practitioner_id == world.rowan.practitioner_id)
        .values(disabled_at=clock.now())
    )
    db.session.commit()
    done = work("2026-03-11 09:30")
    assert (done.reminded, done.told, done.failed) == (0, 1, 0)
    assert actions(referral_id) == [("send", "sender")]


@pytest.mark.parametrize("urgency", ["emergency", "same_day"])
def test_telephone_matter_sends_no_message_but_is_overdue_within_hours(world: World, urgency: str):
    referral_id = a_waiting_referral(world, route="phone", urgency=urgency)
    hours = {"emergency": "10:30", "same_day": "13:30"}
    assert chase_of(referral_id).tell_at == on(f"2026-03-04 {hours[urgency]}")
    assert work("2026-06-01 10:00") == Round()
    assert subjects() == []


def test_for_information_asks_nothing(world: World):
    referral_id = a_waiting_referral(world, urgency="information")
    chase = chase_of(referral_id)
    assert (chase.due_at, chase.tell_at, chase.propose_at) == (None, None, None)


def test_answer_ends_the_chase(world: World):
    referral_id = a_waiting_referral(world)
    act(
        actor=world.rowan,
        referral=db.session.get_one(Referral, referral_id),
        action=Action.ACCEPT,
        data={"contact": "client"},
    )
    db.session.commit()
    assert chase_of(referral_id).due_at is None
    assert work("2026-06-01 10:00") == Round()


def test_open_question_stands_still_and_its_answer_goes_on(world: World):
    referral_id = a_waiting_referral(world)
    row = db.session.get_one(Referral, referral_id)
    with clock.stopped(on("2026-03-05 09:30")):
        act(actor=world.rowan, referral=row, action=Action.ASK, data={"text": "Which knee?"})
        db.session.commit()
    assert work("2026-04-20 09:30") == Round()
    with clock.stopped(on("2026-04-21 09:30")):
        act(actor=world.wren, referral=row, action=Action.ANSWER, data={"text": "The left."})
        db.session.commit()
    assert chase_of(referral_id).due_at == on("2026-04-27 09:30")


def test_waiting_list_is_reminded_on_its_day(world: World):
    referral_id = a_waiting_referral(world)
    row = db.session.get_one(Referral, referral_id)
    act(actor=world.rowan, referral=row, action=Action.HOLD, data={"review_on": "2026-05-11"})
    db.session.commit()
    assert work("2026-05-10 12:00") == Round()
    assert work("2026-05-11 08:00").reminded == 1
    assert work("2026-05-26 08:00").told == 1
    assert work("2027-05-25 08:00") == Round()


def test_sample_is_never_written_to(world: World):
    referral_id = a_waiting_referral(world)
    db.session.get_one(Referral, referral_id).is_sample = True
    db.session.commit()
    done = work("2026-06-01 10:00")
    assert (done.looked, done.reminded, done.told, done.expired) == (1, 0, 0, 0)
    assert chase_of(referral_id).due_at is None
    assert chase_of(referral_id).tell_at == on("2026-03-18 09:30")


def test_community_changes_its_steps_and_what_waits_is_planned_anew(world: World):
    referral_id = a_waiting_referral(world)
    change_default(actor=world.sorrel, urgency=Urgency.ROUTINE, steps=Steps(1, 2, 3, 4))
    db.session.commit()
    assert work("2026-03-04 09:31") == Round(looked=1)
    assert chase_of(referral_id).due_at == on("2026-03-05 09:30")


def test_failed_step_changes_nothing_and_is_tried_again_later(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    referral_id = a_waiting_referral(world)

    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr(mails, "remind", fail)
        done = work("2026-03-11 09:30")
        assert (done.reminded, done.failed) == (0, 1)
        assert actions(referral_id) == [("send", "sender")]
        assert work("2026-03-11 09:31") == Round()
    assert work("2026-03-11 10:31").reminded == 1


def test_what_is_not_due_costs_one_statement(world: World):
    for _ in range(3):
        a_waiting_referral(world)
    with statements() as seen:
        run_policy()
    assert len(seen) == 1


def test_planning_many_costs_no_more_than_planning_one(world: World, app: Flask):
    def cost() -> int:
        db.session.execute(update(Chase).values(due_at=clock.now()))
        db.session.commit()
        with statements() as seen:
            assert run_policy().reminded == 0
        return len(seen)

    a_waiting_referral(world)
    one = cost()
    for _ in range(4):
        a_waiting_referral(world)
    assert cost() == one == 8


def test_referrals_that_came_without_a_plan_get_one(world: World):
    assert world.wren.practitioner_id is not None
    referral_id = a_waiting_referral(world)
    db.session.query(Chase).delete()
    db.session.commit()
    assert plan_missing() == 1
    db.session.commit()
    assert chase_of(referral_id).due_at == on("2026-03-11 09:30")


def test_acknowledging_is_no_answer(world: World):
    referral_id = a_waiting_referral(world)
    row = db.session.get_one(Referral, referral_id)
    act(actor=world.rowan, referral=row, action=Action.ACKNOWLEDGE)
    db.session.commit()
    assert chase_of(referral_id).due_at == on("2026-03-11 09:30")
