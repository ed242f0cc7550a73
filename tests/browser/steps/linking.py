"""A referral that leaves the worked example by link, and the code that its receiver is mailed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

from flask import Flask
from pysqlite3 import dbapi2
from sqlalchemy import select

from careteam import create_app
from careteam.access.actor import Actor
from careteam.features.accounts.models import Account
from careteam.features.accounts.queries import actor_of
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.operations import record_consent
from careteam.features.directory.models import Practitioner
from careteam.features.links.clients import hand_over_page
from careteam.features.links.entries import entry_address
from careteam.features.links.models import Link
from careteam.features.links.operations import code_to_read_out
from careteam.features.plans.agreeing import publish_version
from careteam.features.plans.models import Milestone
from careteam.features.plans.version_queries import latest_number
from careteam.features.referrals.handing_out import hand_over_link
from careteam.features.referrals.operations import Letter, send_referral, write_referral
from careteam.features.teams.models import Seat
from careteam.features.teams.operations import reopen_seat
from careteam.kit.db import db
from careteam.settings import read_settings
from tests.browser.steps.sampling import MAIN_EMAIL

PUBLIC_URL = "https://team.example.org"
READ_OUT = "424242"


def hand_over(
    folder: Path,
    *,
    of: str = "Tomas Greywater",
    to: str = "Wilfa Barleymow",
    place: str = "sport_coach",
    asks: str = "Could you plan the way back to the coast path?",
) -> str:
    """Linnet asks somebody without an account to take a place on a team: the path of the link."""
    with at_the_database(folder):
        lead, client = main_actor(), client_named(of)
        seat = db.session.scalars(
            select(Seat).filter_by(client_id=client.id, discipline=place)
        ).one()
        receiver = db.session.scalars(select(Practitioner).filter_by(name=to)).one()
        reopen_seat(actor=lead, seat=seat)
        record_consent(
            actor=lead,
            client=client,
            consent_id=uuid4(),
            practitioner_id=receiver.id,
            goal_ids={seat.goal_id},
            choice="needed",
            items=[],
            how_given="spoken",
            disciplines=[seat.discipline],
        )
        letter = Letter(
            sender_id=lead.practitioner_id,
            receiver_id=receiver.id,
            reason="Wants to run again.",
            question=asks,
            client_id=client.id,
            goal_id=seat.goal_id,
            seat_id=seat.id,
        )
        referral = write_referral(actor=lead, letter=letter, referral_id=uuid4())
        send_referral(actor=lead, referral=referral, route="link")
        address = hand_over_link(actor=lead, referral=referral)
    return address.removeprefix(PUBLIC_URL)


@contextmanager
def at_the_database(folder: Path) -> Iterator[None]:
    """A second program at the same database; what it did is kept at the end."""
    with program_at(folder).app_context():
        yield
        db.session.commit()
        db.engine.dispose()


@cache
def program_at(folder: Path) -> Flask:
    return create_app(read_settings(settings_of(folder)))


def main_actor() -> Actor:
    return actor_of(db.session.scalars(select(Account).filter_by(email=MAIN_EMAIL)).one())


def client_named(name: str) -> Client:
    return db.session.scalars(select(Client).filter_by(name=name)).one()


def give_page(name: str) -> str:
    """At the database: a page of their own for a client, with the code `READ_OUT`: its path."""
    lead, client = main_actor(), client_named(name)
    address = hand_over_page(actor=lead, client=client)
    link = db.session.scalars(select(Link).filter_by(kind="client", client_id=client.id)).one()
    code_to_read_out(actor=lead, link=link, code=READ_OUT)
    return address.removeprefix(PUBLIC_URL)


def own_page(folder: Path) -> str:
    """Linnet gives Tomas a page of his own, a step on it, and a version to agree to: its path."""
    with at_the_database(folder):
        path = give_page("Tomas Greywater")
        step = db.session.scalars(select(Milestone).filter_by(title="Out of the boot")).first()
        assert step is not None
        step.owner_seat_id, step.owner_is_client = None, True
        db.session.flush()
        goal = db.session.get_one(Goal, step.goal_id)
        publish_version(actor=main_actor(), goal=goal, after=latest_number(goal.id))
    return path


def own_entry(folder: Path) -> str:
    """Wilfa is mailed the link to her own entry in the directory: its path."""
    with at_the_database(folder):
        wilfa = db.session.scalars(select(Practitioner).filter_by(name="Wilfa Barleymow")).one()
        address = entry_address(wilfa.id, wilfa.email or "")
        assert address
    return address.removeprefix(PUBLIC_URL)


def settings_of(folder: Path) -> dict[str, str]:
    return {
        "CARETEAM_DATA": str(folder),
        "CARETEAM_DEMO": "1",
        "CARETEAM_PUBLIC_URL": PUBLIC_URL,
    }


def mailed_code(folder: Path) -> str:
    """The code of the last mail that waits to leave."""
    file = next(folder.glob("*.sqlite3"))
    with closing(dbapi2.connect(str(file))) as connection:
        bodies = connection.execute(
            "SELECT body FROM outbox_messages WHERE subject LIKE '%code%' ORDER BY due_at DESC"
        ).fetchall()
    found = re.search(r"^\s+(\d{6})$", bodies[0][0], re.MULTILINE)
    assert found, bodies[0][0]
    return found.group(1)
