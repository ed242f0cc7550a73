"""Hazel and a partner, both Wren's clients, linked; one step of Hazel's stands in both plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from careteam.access.reach import forget
from careteam.features.clients.models import Client, Goal
from careteam.features.plans.mirroring import mirror
from careteam.features.plans.models import Milestone
from careteam.features.teams.partners.operations import Given, link, side_key
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World, a_client, a_goal

SAID = Given(date(2026, 3, 1), "spoken")
HERS, HIS = "Test at the clinic", "First visit together"


@dataclass(frozen=True, slots=True)
class Couple:
    pair_id: UUID
    partner_id: UUID
    hers_id: UUID
    his_id: UUID

    @property
    def hers(self) -> Milestone:
        return db.session.get_one(Milestone, self.hers_id)

    @property
    def his(self) -> Milestone:
        return db.session.get_one(Milestone, self.his_id)

    def side_of(self, client_id: UUID) -> UUID:
        return side_key(self.pair_id, client_id)


def a_partner(world: World) -> tuple[Client, Goal]:
    """Linden, with a plan of their own; not linked yet."""
    assert world.wren.practitioner_id is not None
    partner = a_client(world.wren.practitioner_id, "Linden Sample")
    goal = a_goal(partner, "Feel well together")
    forget()
    return partner, goal


def a_couple(world: World, owner: str = "client") -> Couple:
    """Hazel's step belongs to `owner`; Linden's is Linden's."""
    partner, goal = a_partner(world)
    pair_id, his_id = uuid4(), uuid4()
    client = db.session.get_one(Client, world.client_id)
    link(
        actor=world.wren,
        client=client,
        partner=partner,
        pair_id=pair_id,
        given=SAID,
        partners=SAID,
    )
    hers = a_step(world, hazels_goal(world), HERS, owner=owner)
    mirror(actor=world.wren, milestone=hers, goal=goal, milestone_id=his_id, title=HIS)
    db.session.commit()
    forget()
    return Couple(pair_id, partner.id, hers.id, his_id)
