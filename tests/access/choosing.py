"""Rows about whom a client may choose among: a standing team, and the names that were offered."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from careteam.features.clients.models import Client, Goal
from careteam.features.referrals.models import Referral, SeatChoice, SeatChoiceName
from careteam.features.standing.models import StandingMember, StandingTeam, StandingUse
from careteam.features.teams.models import NameWish, Refusal, Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World


def keep_a_team(world: World, client: Client, goal: Goal) -> None:
    team = StandingTeam(id=uuid4(), author_id=client.lead_id, name="My people")
    db.session.add(team)
    db.session.flush()
    db.session.add(
        StandingMember(team_id=team.id, practitioner_id=world.juniper, discipline="dietitian")
    )
    db.session.add(
        StandingUse(goal_id=goal.id, team_id=team.id, client_id=client.id, author_id=client.lead_id)
    )
    db.session.add(
        Refusal(
            client_id=client.id,
            practitioner_id=world.juniper,
            author_id=client.lead_id,
            said_on=clock.today(),
        )
    )
    db.session.add(
        NameWish(
            goal_id=goal.id,
            practitioner_id=world.juniper,
            client_id=client.id,
            author_id=client.lead_id,
        )
    )


def note_a_choice(referral: Referral) -> None:
    assert referral.goal_id is not None
    seat = db.session.scalars(select(Seat).where(Seat.goal_id == referral.goal_id)).first()
    assert seat is not None
    choice = SeatChoice(
        referral_id=referral.id,
        goal_id=seat.goal_id,
        seat_id=seat.id,
        client_id=seat.client_id,
        author_id=referral.sender_id,
        chosen_by="client",
    )
    db.session.add(choice)
    db.session.flush()
    db.session.add(SeatChoiceName(referral_id=referral.id, practitioner_id=referral.receiver_id))
