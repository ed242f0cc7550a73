"""The cast. Every test about access asks the same questions of the same people.

Wren keeps clients; Ash is seated with her client; Rowan is another member; Sorrel is a steward
without an entry; Juniper is a practitioner without an account. All are made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from careteam.access.actor import SYSTEM, Actor
from careteam.features.accounts.models import Account, Community
from careteam.features.accounts.operations import add_account_from_command
from careteam.features.accounts.queries import actor_of
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent, ConsentGoal
from careteam.features.directory.models import Practitioner, PractitionerDiscipline, Workplace
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db

PASSWORD = "quiet river stones"


def a_practitioner(
    name: str,
    discipline: str = "massage_therapist",
    *,
    claimed: bool = False,
    place: str = "Bristol",
) -> Practitioner:
    row = Practitioner(
        id=uuid4(),
        name=name,
        search_text=name.casefold(),
        email=f"{name.split()[0].casefold()}@example.org",
        phone=f"+44117496{sum(map(ord, name)) % 10000:04d}",
        claimed_at=clock.now() if claimed else None,
        disciplines=[PractitionerDiscipline(discipline=discipline)],
        workplaces=[
            Workplace(
                practice=f"{name.split()[0]}'s rooms", place=place, latitude=51.45, longitude=-2.58
            )
        ],
        languages=[],
    )
    db.session.add(row)
    db.session.flush()
    return row


def an_account(
    name: str, practitioner: Practitioner | None, *, is_steward: bool = False
) -> Account:
    return add_account_from_command(
        actor=SYSTEM,
        name=name,
        email=f"{name.split()[0].casefold()}@example.org",
        password=PASSWORD,
        is_steward=is_steward,
        practitioner_id=practitioner.id if practitioner else None,
    )


def a_client(lead: UUID, name: str = "Hazel Sample") -> Client:
    row = Client(
        id=uuid4(), lead_id=lead, author_id=lead, name=name, keep_consent_given_on=date(2026, 3, 1)
    )
    db.session.add(row)
    db.session.flush()
    return row


def a_goal(
    client: Client, statement: str = "Walk to the shop without pain", pathway: str | None = None
) -> Goal:
    row = Goal(
        id=uuid4(),
        client_id=client.id,
        author_id=client.lead_id,
        statement=statement,
        pathway=pathway,
    )
    db.session.add(row)
    db.session.flush()
    return row


def a_seat(goal: Goal, discipline: str, filled_by: UUID | None = None, **more: object) -> Seat:
    row = Seat(
        id=uuid4(),
        client_id=goal.client_id,
        goal_id=goal.id,
        author_id=goal.author_id,
        discipline=discipline,
        requirement="recommended",
        purpose="Helps with the goal.",
        origin="hand",
        position=0,
        state="filled" if filled_by else "open",
        practitioner_id=filled_by,
        **more,
    )
    db.session.add(row)
    db.session.flush()
    return row


def a_consent(
    goal: Goal, practitioner_id: UUID, classes: list[str], until: date | None = None
) -> Consent:
    row = Consent(
        id=uuid4(),
        client_id=goal.client_id,
        author_id=goal.author_id,
        practitioner_id=practitioner_id,
        choice="items",
        classes=classes,
        given_on=date(2026, 3, 1),
        how_given="spoken",
        until_on=until,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add(ConsentGoal(consent_id=row.id, goal_id=goal.id))
    db.session.flush()
    return row


@dataclass
class World:
    """Wren's client Hazel has one goal; Ash fills a seat under a narrow consent."""

    wren: Actor
    ash: Actor
    rowan: Actor
    sorrel: Actor
    juniper: UUID
    client_id: UUID
    goal_id: UUID
    seat_id: UUID
    consent_id: UUID

    @property
    def cast(self) -> dict[str, Actor]:
        return {"wren": self.wren, "ash": self.ash, "rowan": self.rowan, "sorrel": self.sorrel}


def build_world() -> World:
    db.session.add(Community(name="Harbour Road"))
    wren, ash, rowan = (
        a_practitioner("Wren Lead", claimed=True),
        a_practitioner("Ash Seated", "physiotherapist", claimed=True),
        a_practitioner("Rowan Member", "osteopath", claimed=True),
    )
    accounts = [an_account(row.name, row) for row in (wren, ash, rowan)]
    sorrel = an_account("Sorrel Steward", None, is_steward=True)
    juniper = a_practitioner("Juniper Outside", "dietitian")
    client = a_client(wren.id)
    goal = a_goal(client)
    seat = a_seat(goal, "physiotherapist", filled_by=ash.id)
    consent = a_consent(goal, ash.id, ["identity_contact", "goal_plan", "safety_alerts"])
    wrens, ashs, rowans = (actor_of(account) for account in accounts)
    world = World(
        wren=wrens,
        ash=ashs,
        rowan=rowans,
        sorrel=actor_of(sorrel),
        juniper=juniper.id,
        client_id=client.id,
        goal_id=goal.id,
        seat_id=seat.id,
        consent_id=consent.id,
    )
    db.session.commit()
    return world
