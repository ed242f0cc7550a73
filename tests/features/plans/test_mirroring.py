"""A step in two plans: what passes, what never does, and what ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from careteam.access.actor import Actor, Kind
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.access.reach import forget
from careteam.audit.models import AuditEvent
from careteam.features.clients.models import Client, Goal
from careteam.features.plans.changes import values_of
from careteam.features.plans.checking import Progress, Structure
from careteam.features.plans.mirroring import mirror, stop_mirroring
from careteam.features.plans.models import PlanChange
from careteam.features.plans.operations import (
    change_milestone,
    move_milestone,
    remove_milestone,
    undo_change,
)
from careteam.features.teams.handing_over.operations import accept, propose
from careteam.features.teams.models import Partner, Seat
from careteam.features.teams.partners.operations import link, unlink
from careteam.features.teams.partners.queries import find_linked
from careteam.kit.db import db
from careteam.kit.errors import Invalid, NotFound
from tests.personas import World
from tests.support.partners import HERS, HIS, SAID, Couple, a_couple, a_partner

SECRET = "The clinic found something."


def moved(world: World, couple: Couple, status: str, reason: str | None = None) -> None:
    """Hazel's step by Ash, whose seat it is on."""
    hers = couple.hers
    move_milestone(
        actor=world.ash,
        milestone=hers,
        version=hers.version,
        progress=Progress(status, reason),
    )
    db.session.commit()


def put_off(world: World, couple: Couple, due_on: date) -> None:
    hers = couple.hers
    change_milestone(
        actor=world.wren,
        milestone=hers,
        version=hers.version,
        structure=Structure(hers.title, "lead", due_on, criterion="A blood test"),
    )
    db.session.commit()


def test_date_and_state_pass_and_nothing_else(world: World) -> None:
    couple = a_couple(world, owner=str(world.seat_id))
    moved(world, couple, "unable", SECRET)
    put_off(world, couple, date(2026, 5, 1))
    assert values_of(couple.his, ()) == {
        "title": HIS,
        "phase": None,
        "owner": "lead",
        "due_on": "2026-05-01",
        "criterion": None,
        "depends_on": [],
        "lags": {},
        "template": None,
        "removed": False,
        "status": "unable",
        "reason": "As in the linked plan.",
        "reached_on": "2026-03-04",
    }
    told = [
        str((row.old, row.new, row.by_name))
        for row in db.session.query(PlanChange).filter_by(client_id=couple.partner_id)
    ]
    events = db.session.query(AuditEvent).filter_by(client_id=couple.partner_id)
    told += [f"{row.actor_name} {row.action} {row.fields}" for row in events]
    assert not [words for words in told if any(word in words for word in (SECRET, HERS, "Ash"))]
    assert [row.actor_name for row in events.filter_by(action="milestone.followed")] == [
        "The linked plan",
        "The linked plan",
    ]


def test_it_passes_both_ways_and_so_does_turning_back(world: World) -> None:
    couple = a_couple(world)
    linden = Actor(Kind.CLIENT, name="Linden", client_id=couple.partner_id)
    his = couple.his
    move_milestone(actor=linden, milestone=his, version=his.version, progress=Progress("done"))
    db.session.commit()
    assert (couple.hers.status, couple.hers.reached_on) == ("done", date(2026, 3, 4))
    hazel = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    undo_change(actor=hazel, milestone=couple.hers, version=couple.hers.version)
    db.session.commit()
    assert (couple.his.status, couple.his.reached_on) == ("planned", None)


def test_nobody_of_one_record_reaches_the_other(world: World) -> None:
    couple = a_couple(world, owner=str(world.seat_id))
    hazel = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    his = couple.his
    for actor in (hazel, world.ash):
        forget()
        assert not allowed(actor, Permission.READ_RECORD, his)
        assert not allowed(actor, Permission.MOVE_MILESTONE, his)
        linked = find_linked(actor, world.client_id)
        assert (linked.partner_name if linked else None) is None
    assert find_linked(hazel, world.client_id) is not None
    assert find_linked(world.ash, world.client_id) is None, "the team is not told of a partner"


def _unlinked_by_her(world: World, couple: Couple) -> None:
    hazel = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    side = db.session.get_one(Partner, couple.side_of(world.client_id))
    unlink(actor=hazel, side=side)
    unlink(actor=hazel, side=side)


def _handed_over(world: World, couple: Couple) -> None:
    assert world.rowan.practitioner_id is not None
    asked = propose(
        actor=world.wren,
        client=db.session.get_one(Client, couple.partner_id),
        hand_over_id=uuid4(),
        practitioner_id=world.rowan.practitioner_id,
        agreed_on=date(2026, 3, 4),
        agreed_how="spoken",
    )
    accept(actor=world.rowan, hand_over=asked)


def _plan_ended(world: World, couple: Couple) -> None:
    db.session.get_one(Goal, couple.his.goal_id).status = "ended"


def _taken_out(world: World, couple: Couple) -> None:
    remove_milestone(actor=world.wren, milestone=couple.his, version=couple.his.version)


def _no_longer_shared(world: World, couple: Couple) -> None:
    stop_mirroring(actor=world.wren, milestone=couple.his, version=couple.his.version)


ENDINGS = [_unlinked_by_her, _handed_over, _plan_ended, _taken_out, _no_longer_shared]


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_passes_any_more(world: World, ending: Callable[[World, Couple], None]) -> None:
    couple = a_couple(world, owner=str(world.seat_id))
    ending(world, couple)
    db.session.commit()
    moved(world, couple, "done")
    assert (couple.hers.status, couple.his.status) == ("done", "planned")


def test_with_the_record_of_one_goes_the_link_and_the_other_may_be_linked_anew(
    world: World,
) -> None:
    """A client who no longer agrees that the record is kept."""
    couple = a_couple(world, owner=str(world.seat_id))
    db.session.query(Client).filter_by(id=couple.partner_id).delete()
    db.session.commit()
    assert find_linked(world.wren, world.client_id) is None
    moved(world, couple, "done")
    client = db.session.get_one(Client, world.client_id)
    other, _ = a_partner(world)
    link(actor=world.wren, client=client, partner=other, pair_id=uuid4(), given=SAID, partners=SAID)
    linked = find_linked(world.wren, world.client_id)
    assert linked is not None
    assert linked.partner_id == other.id


def test_owner_who_leaves_changes_nothing_between_the_two(world: World) -> None:
    couple = a_couple(world, owner=str(world.seat_id))
    db.session.get_one(Seat, world.seat_id).state = "ended"
    db.session.commit()
    forget()
    hers = couple.hers
    move_milestone(
        actor=world.wren, milestone=hers, version=hers.version, progress=Progress("done")
    )
    db.session.commit()
    assert couple.his.status == "done"


def test_linking_anew_asks_anew_what_is_shared(world: World) -> None:
    couple = a_couple(world, owner=str(world.seat_id))
    _unlinked_by_her(world, couple)
    client, partner = (
        db.session.get_one(Client, key) for key in (world.client_id, couple.partner_id)
    )
    link(
        actor=world.wren, client=client, partner=partner, pair_id=uuid4(), given=SAID, partners=SAID
    )
    db.session.commit()
    moved(world, couple, "done")
    assert couple.his.status == "planned"


def test_only_who_keeps_both_links_and_each_has_one_partner(world: World) -> None:
    couple = a_couple(world)
    client = db.session.get_one(Client, world.client_id)
    third, goal = a_partner(world)
    db.session.commit()
    with pytest.raises(Invalid, match="Hazel Sample is linked already"):
        link(
            actor=world.wren,
            client=third,
            partner=client,
            pair_id=uuid4(),
            given=SAID,
            partners=SAID,
        )
    with pytest.raises(Invalid, match="not linked"):
        mirror(
            actor=world.wren, milestone=couple.hers, goal=goal, milestone_id=uuid4(), title="Walk"
        )
    assert world.rowan.practitioner_id is not None
    third.lead_id = world.rowan.practitioner_id
    db.session.flush()
    forget()
    couple_ended = db.session.get_one(Partner, couple.side_of(world.client_id))
    unlink(actor=world.wren, side=couple_ended)
    with pytest.raises(NotFound):
        link(
            actor=world.wren,
            client=client,
            partner=third,
            pair_id=uuid4(),
            given=SAID,
            partners=SAID,
        )


def test_late_edit_of_the_twin_is_merged_with_what_passed_over(world: World) -> None:
    couple = a_couple(world, owner=str(world.seat_id))
    shown = couple.his.version
    moved(world, couple, "done")
    his = couple.his
    change_milestone(
        actor=world.wren,
        milestone=his,
        version=shown,
        structure=Structure("Our first visit", "lead", date(2026, 4, 1)),
    )
    db.session.commit()
    assert (couple.his.title, couple.his.status) == ("Our first visit", "done")
    assert couple.hers.title == HERS
