"""Referrals between the cast, made as the screens make them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from careteam.access.actor import Actor
from careteam.features.clients.models import Goal
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import Letter, send_referral, write_referral
from careteam.features.teams.models import Seat
from careteam.kit.db import db
from tests.personas import World, a_consent, a_seat

CLASSES = ["identity_contact", "goal_plan", "safety_alerts"]


def a_letter(world: World, receiver: UUID | None, **more: Any) -> Letter:
    """From Wren; without a client unless `more` says so."""
    assert receiver is not None
    return Letter(
        **{
            "sender_id": world.wren.practitioner_id,
            "receiver_id": receiver,
            "reason": "Knee pain on stairs",
            "question": "Is loading safe now?",
            **more,
        }
    )


def a_draft(world: World, receiver: UUID | None, by: Actor | None = None, **more: Any) -> Referral:
    row = write_referral(
        actor=by or world.wren, letter=a_letter(world, receiver, **more), referral_id=uuid4()
    )
    db.session.commit()
    return row


def sent(
    world: World,
    receiver: UUID | None,
    route: str = "inbox",
    spoken_to: str | None = None,
    **m: Any,
) -> Referral:
    row = a_draft(world, receiver, **m)
    send_referral(actor=world.wren, referral=row, route=route, spoken_to=spoken_to)
    db.session.commit()
    return row


def an_open_seat(world: World, consent_for: UUID | None = None) -> Seat:
    """A second seat on Hazel's team, with a consent for whoever is to fill it."""
    goal = db.session.get_one(Goal, world.goal_id)
    seat = a_seat(goal, "osteopath")
    if consent_for is not None:
        a_consent(goal, consent_for, CLASSES)
    db.session.commit()
    return seat


def about(world: World, seat: Seat) -> dict[str, Any]:
    return {"client_id": world.client_id, "goal_id": world.goal_id, "seat_id": seat.id}
