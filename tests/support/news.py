"""People around a goal who are told of notes, and what they were told."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from careteam.access.actor import Actor, Kind
from careteam.access.reach import forget
from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client, Goal
from careteam.features.links.models import Link
from careteam.features.notes.models import Note
from careteam.features.notes.news import (
    SUBJECT,
    choose_news,
    is_still_news,
    tell_at_once,
    tell_daily,
)
from careteam.features.notes.operations import write_note
from careteam.features.outbox.delivery import Round, deliver_due
from careteam.features.outbox.models import Message
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.linking import a_linked_referral

WREN, ASH, JUNIPER = "wren@example.org", "ash@example.org", "juniper@example.org"


def note_by(
    actor: Actor, goal_id: UUID, kind: str = "safety_alerts", audience: str = "team"
) -> Note:
    forget()
    note = write_note(
        actor=actor,
        goal=db.session.get_one(Goal, goal_id),
        note_id=uuid4(),
        body="Walks better.",
        audience=audience,
        information_class=kind,
    )
    db.session.commit()
    return note


def choose(actor: Actor, how_often: str) -> None:
    account = db.session.get_one(Account, actor.account_id)
    choose_news(actor=actor, account=account, how_often=how_often)
    db.session.commit()


def told() -> list[str]:
    """Who was told so far, once for each mail."""
    rows = db.session.query(Message).filter_by(subject=SUBJECT)
    return sorted(row.recipient for row in rows)


def body_to(recipient: str) -> str:
    return db.session.query(Message).filter_by(subject=SUBJECT, recipient=recipient).one().body


def at_once(later: timedelta = timedelta()) -> str | None:
    with clock.stopped(clock.now() + later):
        return tell_at_once()


def daily() -> str | None:
    said = tell_daily()
    db.session.commit()
    return said


def carried() -> Round:
    """One round of the carrier, whose mails go nowhere."""
    return deliver_due(lambda mail: None, is_wanted=is_still_news)


def accepted_by_link(world: World) -> Link:
    """Juniper, who has no account, fills a seat by her link."""
    referral_id, _ = a_linked_referral(world)
    referral = db.session.get_one(Referral, referral_id)
    seat = db.session.get_one(Seat, referral.seat_id)
    referral.status, seat.state, seat.practitioner_id = "accepted", "filled", world.juniper
    db.session.commit()
    return db.session.query(Link).filter_by(referral_id=referral_id).one()


def clients_link(world: World) -> Link:
    client = db.session.get_one(Client, world.client_id)
    client.email = "hazel@example.org"
    link = Link(id=uuid4(), kind="client", client_id=client.id, author_id=client.lead_id)
    db.session.add(link)
    db.session.commit()
    return link


def juniper_by(link: Link, seat: Seat) -> Actor:
    return Actor(
        Kind.LINK,
        name="Juniper Outside",
        practitioner_id=link.practitioner_id,
        link_id=link.id,
        referral_id=link.referral_id,
        seat_id=seat.id,
        is_confirmed=True,
    )
