"""Somebody acts in the lead's place from one day to another, and no further."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from careteam.access.actor import Actor, Kind
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.access.reach import forget, reach_of
from careteam.audit.models import AuditEvent
from careteam.features.clients.goals import Wording, add_goal
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import list_client_lines
from careteam.features.consents.operations import record_consent
from careteam.features.outbox.models import Message
from careteam.features.teams.covering.operations import end_cover, name_cover
from careteam.features.teams.covering.queries import get_cover, keeping_of, list_covers
from careteam.features.teams.models import Cover, SeatHiding
from careteam.features.teams.operations import hide_seat
from careteam.features.teams.queries import get_seat
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound
from tests.personas import World


def hazel(world: World) -> Client:
    return db.session.get_one(Client, world.client_id)


def named(world: World, who: Actor | None = None, **more: Any) -> Cover:
    given: dict[str, Any] = {
        "actor": world.wren,
        "client": hazel(world),
        "cover_id": uuid4(),
        "practitioner_id": (who or world.rowan).practitioner_id,
        "from_on": date(2026, 3, 4),
        "until_on": date(2026, 3, 14),
        "agreed_how": "spoken",
    }
    cover = name_cover(**given | more)
    db.session.commit()
    forget()
    return cover


def test_whoever_stands_in_acts_as_lead_and_the_lead_keeps_her_own_reach(world: World) -> None:
    named(world)
    goal = db.session.get_one(Goal, world.goal_id)
    for actor in (world.rowan, world.wren):
        assert allowed(actor, Permission.EDIT_PLAN, goal)
        assert allowed(actor, Permission.READ_RECORD, goal)
        assert [line.is_lead for line in list_client_lines(actor)] == [True]
    assert [line.stands_in for line in list_client_lines(world.rowan)] == [True]


def test_it_begins_and_ends_by_itself(world: World) -> None:
    named(world, from_on=date(2026, 3, 6), until_on=date(2026, 3, 7))
    reached = []
    for days in range(5):
        with clock.stopped(clock.now() + timedelta(days=days)):
            forget()
            reached.append(world.client_id in reach_of(world.rowan).standings)
    assert reached == [False, False, True, True, False]


@pytest.mark.parametrize("who", ["wren", "rowan", "client"])
def test_lead_client_and_whoever_stands_in_end_it_at_once(world: World, who: str) -> None:
    cover = named(world)
    client = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    actor = {"wren": world.wren, "rowan": world.rowan, "client": client}[who]
    end_cover(actor=actor, cover=get_cover(actor, cover.id))
    db.session.commit()
    assert reach_of(world.rowan).standings == {}


def test_nobody_else_ends_it(world: World) -> None:
    cover = named(world)
    for actor in (world.ash, world.sorrel):
        with pytest.raises(NotFound):
            get_cover(actor, cover.id)


def test_whoever_stands_in_names_nobody_else_and_reads_no_log(world: World) -> None:
    named(world)
    with pytest.raises(Forbidden):
        named(world, world.ash, actor=world.rowan, from_on=date(2026, 4, 1))
    assert not allowed(world.rowan, Permission.READ_ACCESS_LOG, hazel(world))


def test_whoever_stands_in_opens_nothing_to_themselves(world: World) -> None:
    named(world)
    assert world.rowan.practitioner_id is not None
    with pytest.raises(Invalid, match="Nobody records a consent for themselves"):
        record_consent(
            actor=world.rowan,
            client=hazel(world),
            consent_id=uuid4(),
            practitioner_id=world.rowan.practitioner_id,
            goal_ids=[world.goal_id],
            choice="needed",
        )


def test_trail_marks_what_was_done_in_the_leads_place(world: World) -> None:
    named(world)
    add_goal(
        actor=world.rowan, client=hazel(world), goal_id=uuid4(), wording=Wording("Sleep again")
    )
    db.session.commit()
    event = db.session.query(AuditEvent).filter_by(action="goal.added").one()
    assert event.actor_name == "Rowan Member (standing in)"
    assert event.actor_key == world.rowan.key
    naming = db.session.query(AuditEvent).filter_by(action="cover.named").one()
    assert naming.actor_name == "Wren Lead"


def test_it_counts_only_while_the_same_person_keeps_the_record(world: World) -> None:
    named(world)
    assert world.ash.practitioner_id is not None
    hazel(world).lead_id = world.ash.practitioner_id
    db.session.commit()
    forget()
    assert reach_of(world.rowan).standings == {}


def test_before_it_begins_the_client_is_not_named(world: World) -> None:
    named(world, from_on=date(2026, 3, 9))
    (line,) = list_covers(world.rowan)
    assert line.called is None
    assert (line.lead_name, line.is_mine, line.has_begun) == ("Wren Lead", True, False)
    (own,) = list_covers(world.wren)
    assert own.called == "Hazel Sample"


def test_team_sees_who_stands_in(world: World) -> None:
    named(world)
    keeping = keeping_of(world.ash, hazel(world))
    assert keeping.now is not None
    assert (keeping.lead_name, keeping.now.name) == ("Wren Lead", "Rowan Member")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"from_on": date(2026, 3, 3)}, "from_on"),
        ({"until_on": date(2026, 3, 3)}, "until_on"),
        ({"until_on": date(2027, 3, 3)}, "until_on"),
        ({"agreed_how": "guessed"}, "agreed_how"),
    ],
)
def test_impossible_days_and_ways_are_refused(
    world: World, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        named(world, **more)
    assert refused.value.field == field


def test_only_a_colleague_who_signs_in_stands_in(world: World) -> None:
    for somebody in (world.juniper, world.wren.practitioner_id, uuid4()):
        with pytest.raises(Invalid, match="who signs in here"):
            named(world, practitioner_id=somebody)


def test_two_do_not_stand_in_on_the_same_day(world: World) -> None:
    named(world)
    with pytest.raises(Invalid, match="already"):
        named(world, world.ash, from_on=date(2026, 3, 14), until_on=date(2026, 3, 20))
    named(world, world.ash, from_on=date(2026, 3, 15), until_on=date(2026, 3, 20))


def test_whom_the_client_keeps_a_place_from_does_not_stand_in(world: World) -> None:
    rowan = world.rowan.practitioner_id
    db.session.add(
        SeatHiding(seat_id=world.seat_id, practitioner_id=rowan, client_id=world.client_id)
    )
    db.session.commit()
    with pytest.raises(Invalid, match="keeps a place on the team from Rowan Member"):
        named(world)


def test_no_place_is_kept_from_whoever_stands_in(world: World) -> None:
    named(world)
    assert world.rowan.practitioner_id is not None
    with pytest.raises(Invalid, match="stand in for the lead"):
        hide_seat(
            actor=world.wren,
            seat=get_seat(world.wren, world.seat_id),
            practitioner_id=world.rowan.practitioner_id,
        )


def test_mails_say_days_and_names_of_colleagues_and_nothing_else(world: World) -> None:
    cover = named(world)
    end_cover(actor=world.wren, cover=cover)
    db.session.commit()
    first, second = db.session.query(Message).order_by(Message.subject.desc()).all()
    assert first.subject == "Wren Lead asks you to stand in"
    assert "from 4 March 2026 until 14 March 2026" in first.body
    assert second.subject == "Standing in has ended"
    assert {first.recipient, second.recipient} == {"rowan@example.org"}
    assert "Hazel" not in first.body + second.body
