"""Rows of those who stand in for a lead, or are asked to take over."""

from __future__ import annotations

from datetime import date

from careteam.features.clients.models import Client
from careteam.features.teams.models import Cover, HandOver
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World

DAY = date(2026, 3, 2)


def fill_covers(world: World, ours: Client, theirs: Client) -> None:
    """Of Rowan's client by Wren: running, to come, and ended; of Wren's by Rowan: long over."""
    for client, who, first, last, ended in (
        (theirs, world.wren, DAY, date(2026, 3, 9), None),
        (theirs, world.ash, date(2026, 3, 10), date(2026, 3, 20), None),
        (theirs, world.ash, DAY, date(2026, 3, 9), clock.now()),
        (ours, world.rowan, date(2026, 2, 1), date(2026, 2, 9), None),
    ):
        db.session.add(
            Cover(
                client_id=client.id,
                author_id=client.lead_id,
                practitioner_id=who.practitioner_id,
                from_on=first,
                until_on=last,
                agreed_on=first,
                agreed_how="spoken",
                ended_at=ended,
            )
        )


def fill_hand_overs(world: World, ours: Client, theirs: Client) -> None:
    for client, who in ((ours, world.rowan), (theirs, world.ash)):
        for state in ("proposed", "declined"):
            db.session.add(
                HandOver(
                    client_id=client.id,
                    author_id=client.lead_id,
                    practitioner_id=who.practitioner_id,
                    agreed_on=DAY,
                    agreed_how="spoken",
                    state=state,
                )
            )
