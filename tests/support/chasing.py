"""Referrals that wait for an answer, and the worker at a later time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from careteam.features.outbox.models import Message
from careteam.features.referrals.chasing.working import Round, run_policy
from careteam.features.referrals.models import Chase, Referral, ReferralEvent
from careteam.features.referrals.operations import Letter, send_referral, write_referral
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World

LONDON = ZoneInfo("Europe/London")


def on(text: str) -> datetime:
    """A time on the clock of London; tests begin on Wednesday 4 March 2026 at 09:30."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def a_waiting_referral(
    world: World, receiver: UUID | None = None, *, route: str = "inbox", urgency: str = "routine"
) -> UUID:
    """From Wren to Rowan, or to whoever is named; without a client."""
    letter = Letter(
        sender_id=world.wren.practitioner_id,
        receiver_id=receiver or world.rowan.practitioner_id or uuid4(),
        urgency=urgency,
        reason="Knee pain on stairs.",
        question="Is loading safe now?",
    )
    referral_id = uuid4()
    referral = write_referral(actor=world.wren, letter=letter, referral_id=referral_id)
    spoken_to = "Rowan, at nine" if urgency in ("emergency", "same_day") else None
    send_referral(actor=world.wren, referral=referral, route=route, spoken_to=spoken_to)
    db.session.commit()
    return referral_id


def work(at: str) -> Round:
    """One round of the worker at that time."""
    with clock.stopped(on(at)):
        return run_policy()


def actions(referral_id: UUID) -> list[tuple[str, str]]:
    """Every event as (action, party)."""
    rows = db.session.query(ReferralEvent).filter_by(referral_id=referral_id)
    return [(row.action, row.party) for row in rows.order_by(ReferralEvent.number)]


def subjects() -> list[str]:
    """Of everything in the outbox, in the order in which it came there."""
    rows = db.session.query(Message).order_by(Message.created_at, Message.subject)
    return [row.subject for row in rows]


def status_of(referral_id: UUID) -> str:
    db.session.expire_all()
    return db.session.get_one(Referral, referral_id).status


def chase_of(referral_id: UUID) -> Chase:
    db.session.expire_all()
    return db.session.get_one(Chase, referral_id)
