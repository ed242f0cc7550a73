"""A referral that left by link, and the browser of whoever holds it."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from careteam.access.reach import forget
from careteam.features.clients.models import Goal
from careteam.features.letters.attaching import attach
from careteam.features.outbox.models import Message
from careteam.features.referrals.handing_out import hand_over_link
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import Letter, send_referral, write_referral
from careteam.features.teams.models import Seat
from careteam.kit.db import db
from tests.personas import World, a_consent, a_seat
from tests.support.database import once
from tests.support.files import a_pdf
from tests.support.visitor import Visitor

CLASSES = ["identity_contact", "goal_plan", "safety_alerts", "letters_reports"]


def a_letter_to_juniper(world: World, goal: Goal, seat: Seat) -> Referral:
    """Not sent yet."""
    letter = Letter(
        sender_id=world.wren.practitioner_id,
        receiver_id=world.juniper,
        reason="Eats too little for her training.",
        question="Could you look at her meals?",
        client_id=goal.client_id,
        goal_id=goal.id,
        seat_id=seat.id,
    )
    return write_referral(actor=world.wren, letter=letter, referral_id=uuid4())


def a_linked_referral(world: World, route: str = "link") -> tuple[UUID, str]:
    """Wren asks Juniper, who has no account, to take a dietitian's seat: id and link's path."""
    return once(f"linked_by_{route}", lambda: _linked(world, route))


def _linked(world: World, route: str) -> tuple[UUID, str]:
    goal = db.session.get_one(Goal, world.goal_id)
    seat = a_seat(goal, "dietitian")
    a_consent(goal, world.juniper, CLASSES)
    forget()
    referral = a_letter_to_juniper(world, goal, seat)
    send_referral(actor=world.wren, referral=referral, route=route)
    address = hand_over_link(actor=world.wren, referral=referral)
    referral_id = referral.id
    db.session.commit()
    return referral_id, address.removeprefix("https://team.example.org")


def open_link(app: Flask, path: str) -> tuple[Visitor, str]:
    """A browser that follows the link: the visitor and the clean address it was led to."""
    visitor = Visitor(app)
    answer = visitor.get(path)
    assert answer.status_code == 303, answer.text
    return visitor, answer.location


def mailed_code(link_id: UUID | None = None) -> str:
    """The latest; where several links had one in the same moment, that of one of them."""
    question = select(Message.body).where(Message.subject.contains("code"))
    if link_id is not None:
        question = question.where(Message.about_id == link_id)
    body = db.session.scalars(question.order_by(Message.due_at.desc())).first()
    found = re.search(r"^\s+(\d{6})$", body or "", re.MULTILINE)
    assert found, body
    return found.group(1)


def confirm(visitor: Visitor, home: str) -> None:
    """Ask for a code by mail and show it."""
    assert visitor.post(f"{home}/code/send").status_code == 303
    code = mailed_code(UUID(home[3:]))
    assert visitor.post(f"{home}/code", {"code": code}).status_code == 303


def status_of(referral_id: UUID) -> str:
    db.session.expire_all()
    return db.session.get_one(Referral, referral_id).status


def a_place(app: Flask, world: World, contact: str = "client") -> tuple[UUID, Visitor, str]:
    """Juniper has accepted and shown her code: the referral, her browser and the link's home."""

    def accepted() -> tuple[UUID, dict[str, str], str]:
        referral_id, path = a_linked_referral(world)
        visitor, home = open_link(app, path)
        assert visitor.post(f"{home}/accept", {"contact": contact}).status_code == 303
        confirm(visitor, home)
        return referral_id, visitor.cookies(), home

    referral_id, cookies, home = once(f"a_place_{contact}", accepted)
    return referral_id, Visitor(app, cookies), home


def title_of(page: str) -> str:
    """What stands in the tab and in the browser's history."""
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found, "a page without a title"
    return found.group(1)


def a_file(world: World, referral_id: UUID, information_class: str = "goal_plan") -> UUID:
    """A page that Wren sends along with her letter."""
    referral = db.session.get_one(Referral, referral_id)
    row = attach(
        actor=world.wren,
        referral=referral,
        attachment_id=uuid4(),
        data=a_pdf(),
        label="Clinic plan",
        information_class=information_class,
    )
    db.session.commit()
    return row.id
