"""Rows of those who stand in for a lead, are asked to take over, or are linked as partners."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from careteam.features.clients.models import Client
from careteam.features.plans.models import Milestone
from careteam.features.teams.models import Cover, HandOver, Partner
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


def fill_partners(ours: Client, theirs: Client) -> None:
    """As they never stand: of two leads. Neither side shows the other to anybody.

    One step of each client's own is shared between the two plans.
    """
    pair_id, mirror_id = uuid4(), uuid4()
    for client in (ours, theirs):
        step = db.session.query(Milestone).filter_by(client_id=client.id, owner_is_client=True)
        shared = step.order_by(Milestone.id).first()
        assert shared is not None
        shared.pair_id, shared.mirror_id = pair_id, mirror_id
        for author_id, pair in ((client.lead_id, pair_id), (None, uuid4())):
            db.session.add(
                Partner(
                    client_id=client.id,
                    author_id=author_id,
                    pair_id=pair,
                    agreed_on=DAY,
                    agreed_how="spoken",
                )
            )
