"""Silence of somebody whom the mail never reached: no reminders there, and the sender told once."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from careteam.cli.work import follow_delivery, follow_loss
from careteam.domain.referral import Action, Way
from careteam.features.outbox.delivery import deliver_due
from careteam.features.outbox.mail import Mail, Refused
from careteam.features.outbox.models import Message
from careteam.features.outbox.operations import mark_bounced, try_again
from careteam.features.referrals.chasing.changing import note_call, pause
from careteam.features.referrals.chasing.planning import plan_as_mail_fared
from careteam.features.referrals.chasing.working import Round
from careteam.features.referrals.handing_out import hand_over_link
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act, send_referral
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.chasing import a_waiting_referral, actions, chase_of, on, subjects, work

LOST = "A mail did not arrive"


def deliver(at: str, *, refused: bool = False) -> None:
    def carry(mail: Mail) -> None:
        if refused:
            raise Refused("The mail server does not know this address (550).")

    with clock.stopped(on(at)):
        deliver_due(carry, follow_delivery, on_given_up=follow_loss)


def mail_of(referral_id: UUID) -> Message:
    """The last to the receiver."""
    rows = db.session.query(Message).filter(
        Message.about_id == referral_id, Message.author_id.is_not(None)
    )
    return rows.order_by(Message.created_at.desc()).first()  # type: ignore[return-value]


def mailed(world: World) -> UUID:
    return a_waiting_referral(world, world.juniper, route="mail")


def came_back(world: World, referral_id: UUID, at: str, *, is_known: bool = True) -> None:
    with clock.stopped(on(at)):
        mark_bounced(actor=world.wren, message=mail_of(referral_id))
        plan_as_mail_fared(referral_id, is_known=is_known)
        db.session.commit()


def row(referral_id: UUID) -> Referral:
    return db.session.get_one(Referral, referral_id)


@pytest.mark.parametrize("route", ["mail", "inbox"])
def test_sender_is_told_at_once_and_once_when_the_mail_is_given_up(world: World, route: str):
    referral_id = mailed(world) if route == "mail" else a_waiting_referral(world)
    deliver("2026-03-04 09:40", refused=True)
    chase = chase_of(referral_id)
    assert chase.lost_at == chase.tell_at == chase.due_at == on("2026-03-04 09:40")
    assert work("2026-03-04 09:41") == Round(looked=1, told=1)
    assert subjects()[-1] == LOST
    told = db.session.query(Message).filter_by(subject=LOST).one()
    receiver = "Juniper" if route == "mail" else "Rowan Member"
    assert f"a mail to {receiver}" in " ".join(told.body.split())
    assert work("2026-12-01 09:41") == Round()
    assert actions(referral_id) == [("send", "sender")]


def test_mail_that_came_back_stops_the_clock_and_whoever_said_so_is_not_told(world: World):
    referral_id = mailed(world)
    deliver("2026-03-04 09:40")
    came_back(world, referral_id, "2026-03-05 10:00")
    chase = chase_of(referral_id)
    assert (chase.lost_at, chase.propose_at, chase.due_at) == (on("2026-03-05 10:00"), None, None)
    assert work("2026-12-01 09:41") == Round()
    assert actions(referral_id)[-1] == ("deliver", "policy")


def test_reminder_that_came_back_is_not_followed_by_another(world: World):
    referral_id = mailed(world)
    deliver("2026-03-04 09:40")
    assert work("2026-03-11 09:41").reminded == 1
    deliver("2026-03-11 09:42", refused=True)
    assert work("2026-03-11 09:43").told == 1
    assert subjects()[-1] == LOST
    assert work("2026-12-01 09:41") == Round()
    assert actions(referral_id)[-1] == ("remind", "policy")


def test_link_handed_over_begins_the_clock_without_reminders(world: World):
    referral_id = mailed(world)
    deliver("2026-03-04 09:40", refused=True)
    work("2026-03-04 09:41")
    with clock.stopped(on("2026-03-06 10:00")):
        hand_over_link(actor=world.wren, referral=row(referral_id))
        db.session.commit()
    chase = chase_of(referral_id)
    assert (chase.lost_at, chase.tell_at) == (None, on("2026-03-13 10:00"))
    done = work("2026-03-13 10:01")
    assert (done.reminded, done.told) == (0, 1)
    assert subjects()[-1] == "An answer is overdue"
    assert work("2026-04-07 10:01").expired == 1


def test_call_begins_the_clock_without_reminders(world: World):
    referral_id = mailed(world)
    deliver("2026-03-04 09:40")
    came_back(world, referral_id, "2026-03-05 10:00")
    with clock.stopped(on("2026-03-05 11:00")):
        note_call(world.wren, row(referral_id))
        db.session.commit()
    chase = chase_of(referral_id)
    assert (chase.lost_at, chase.tell_at) == (None, on("2026-03-19 11:00"))
    assert work("2026-03-18 11:01") == Round()


def test_whoever_answered_has_been_reached(world: World):
    referral_id = mailed(world)
    deliver("2026-03-04 09:40")
    with clock.stopped(on("2026-03-05 09:40")):
        act(
            actor=world.wren,
            referral=row(referral_id),
            action=Action.ACKNOWLEDGE,
            way=Way.PHONE,
            by_hand=True,
        )
        db.session.commit()
    came_back(world, referral_id, "2026-03-06 10:00")
    chase = chase_of(referral_id)
    assert (chase.lost_at, chase.tell_at) == (None, on("2026-03-11 09:40"))
    assert work("2026-03-11 09:41") == Round(looked=1, told=1)
    assert subjects()[-1] == "An answer is overdue"


def test_mail_tried_again_is_waited_for_anew(world: World):
    referral_id = mailed(world)
    deliver("2026-03-04 09:40", refused=True)
    with clock.stopped(on("2026-03-04 10:00")):
        try_again(actor=world.wren, message=mail_of(referral_id))
        plan_as_mail_fared(referral_id)
        db.session.commit()
    assert (chase_of(referral_id).lost_at, chase_of(referral_id).tell_at) == (None, None)
    deliver("2026-03-04 10:01")
    assert chase_of(referral_id).due_at == on("2026-03-11 10:01")


def test_mail_lost_in_an_earlier_round_counts_no_more(world: World):
    referral_id = mailed(world)
    deliver("2026-03-04 09:40", refused=True)
    with clock.stopped(on("2026-03-05 09:40")):
        for action in (Action.WITHDRAW, Action.REOPEN):
            act(actor=world.wren, referral=row(referral_id), action=action)
        send_referral(actor=world.wren, referral=row(referral_id), route="link")
        db.session.commit()
    assert chase_of(referral_id).lost_at is None
    assert chase_of(referral_id).tell_at == on("2026-03-12 09:40")


def test_pause_does_not_hide_that_the_mail_is_lost(world: World):
    referral_id = mailed(world)
    pause(actor=world.wren, referral=row(referral_id), pause_id=uuid4(), reason="other")
    db.session.commit()
    deliver("2026-03-04 09:40", refused=True)
    assert work("2026-03-04 09:41").told == 1


def test_telephone_matter_keeps_its_hours(world: World):
    referral_id = a_waiting_referral(world, route="inbox", urgency="same_day")
    deliver("2026-03-04 09:40", refused=True)
    assert chase_of(referral_id).tell_at == on("2026-03-04 13:30")
    assert chase_of(referral_id).lost_at is None
