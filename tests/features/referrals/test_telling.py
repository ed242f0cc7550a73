"""Whoever was asked hears of the answer to their question, and that nothing is asked any more."""

from __future__ import annotations

from dataclasses import replace

from careteam.domain.referral import Action, Way
from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link
from careteam.features.links.operations import end_link
from careteam.features.outbox.models import Message
from careteam.features.referrals.models import Referral
from careteam.features.referrals.moves import Move, make
from careteam.features.referrals.operations import act
from careteam.kit.db import db
from tests.personas import World
from tests.support.letters import about, an_open_seat, sent
from tests.support.linking import a_linked_referral
from tests.support.news import carried

HEALTH = ("Hazel", "knee", "stairs", "loading")


def move(world: World, row: Referral, action: Action, **more: object) -> None:
    act(actor=world.wren, referral=row, action=action, **more)  # type: ignore[arg-type]
    db.session.commit()


def mails_about(row: Referral) -> dict[str, Message]:
    """By subject. All are of one instant, since the clock stands."""
    found = db.session.query(Message).filter_by(about_id=row.id).all()
    by_subject = {mail.subject: mail for mail in found}
    assert len(by_subject) == len(found)
    return by_subject


def test_member_hears_of_the_answer_and_of_the_end(world: World) -> None:
    seat = an_open_seat(world, world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    act(actor=world.rowan, referral=row, action=Action.ASK, data={"text": "Which knee?"})
    db.session.commit()
    move(world, row, Action.ANSWER, data={"text": "The left."})
    answered = mails_about(row)["Your question is answered"]
    move(world, row, Action.WITHDRAW)
    withdrawn = mails_about(row)["Nothing is asked of you any more"]
    assert {answered.recipient, withdrawn.recipient} == {"rowan@example.org"}
    assert len(mails_about(row)) == 3
    assert not [word for word in HEALTH if word in answered.body + withdrawn.body]


def by_link(world: World) -> Referral:
    """Sent by mail to Juniper, who has no account."""
    referral_id, _ = a_linked_referral(world, "mail")
    return db.session.get_one(Referral, referral_id)


def test_holder_of_a_link_is_mailed_the_way_to_the_answer(world: World) -> None:
    row = by_link(world)
    juniper = replace(world.rowan, practitioner_id=world.juniper, name="Juniper Outside")
    make(juniper, row, Move(Action.ASK, {"text": "Does she eat meat?"}, Way.LINK))
    move(world, row, Action.ANSWER, data={"text": "She does, on Sundays."})
    mail = mails_about(row)["Wren Lead has answered your question"]
    assert mail.recipient == "juniper@example.org"
    assert len(mails_about(row)) == 2
    body = mail.body
    assert "https://team.example.org/r/" in body
    assert not [word for word in (*HEALTH, "Sundays", "meals") if word in body]
    assert carried().taken_back == 0
    db.session.refresh(mail)
    assert mail.delivered_at is not None


def test_question_told_by_telephone_is_answered_there(world: World) -> None:
    row = by_link(world)
    told = {"way": Way.PHONE, "by_hand": True}
    move(world, row, Action.ASK, data={"text": "Does she eat meat?"}, **told)
    move(world, row, Action.ANSWER, data={"text": "She does."})
    assert len(mails_about(row)) == 1


def test_withdrawing_is_mailed_where_the_letter_went_by_mail(world: World) -> None:
    row = by_link(world)
    move(world, row, Action.WITHDRAW)
    mail = mails_about(row)["Wren Lead no longer needs an answer"]
    assert mail.recipient == "juniper@example.org"
    assert len(mails_about(row)) == 2


def test_whoever_said_no_is_told_when_they_are_asked_once_more(world: World) -> None:
    linked, inbox = by_link(world), sent(world, world.rowan.practitioner_id)
    told = {"data": {"reason": "no_capacity"}, "way": Way.PHONE, "by_hand": True}
    for row in (linked, inbox):
        move(world, row, Action.DECLINE, **told)
        move(world, row, Action.REOPEN)
    mail = mails_about(linked)["Wren Lead asks you once more"]
    assert "https://team.example.org/r/" in mail.body
    assert "A colleague asks you once more" in mails_about(inbox)
    move(world, inbox, Action.WITHDRAW)
    move(world, inbox, Action.REOPEN)
    assert len(mails_about(inbox)) == 3


def test_no_mail_opens_an_ended_link_again_but_asking_once_more_does(world: World) -> None:
    row = by_link(world)
    links = db.session.query(Link).filter_by(referral_id=row.id, revoked_at=None)
    told = {"data": {"reason": "no_capacity"}, "way": Way.PHONE, "by_hand": True}
    move(world, row, Action.DECLINE, **told)
    end_link(actor=world.wren, link=links.one())
    move(world, row, Action.REOPEN)
    assert "Wren Lead asks you once more" in mails_about(row)
    end_link(actor=world.wren, link=links.one())
    move(world, row, Action.WITHDRAW)
    assert (links.count(), len(mails_about(row))) == (0, 2)


def test_what_went_by_telephone_is_followed_by_no_mail(world: World) -> None:
    row = sent(world, world.juniper, route="phone")
    move(world, row, Action.WITHDRAW)
    assert mails_about(row) == {}


def test_mail_is_signed_with_the_registration(world: World) -> None:
    wren = db.session.get_one(Practitioner, world.wren.practitioner_id)
    wren.registration_body, wren.registration_number, wren.phone = "CNHC", "12-34", "01632960104"
    row = by_link(world)
    (mail,) = mails_about(row).values()
    assert "Registered: CNHC 12-34\n" in mail.body
    assert "ring me: 01632 960104\n" in mail.body
