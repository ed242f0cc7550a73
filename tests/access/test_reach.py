"""What an actor reaches, and when it ends."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from careteam.access.guard import allowed, within
from careteam.access.permissions import Permission
from careteam.access.reach import Role, forget, only, reach_of
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_client, a_goal, a_seat


def test_lead_reaches_her_client_in_every_class_she_recorded(world: World) -> None:
    standing = reach_of(world.wren).standing(world.client_id)
    assert standing is not None
    assert standing.role is Role.LEAD
    assert standing.goal_ids is None


def test_seat_with_consent_reaches_the_consented_classes_and_goal(world: World) -> None:
    standing = reach_of(world.ash).standing(world.client_id)
    assert standing is not None
    assert standing.role is Role.SEAT
    assert standing.full == {"identity_contact", "goal_plan", "safety_alerts"}
    assert standing.goal_ids == frozenset({world.goal_id})
    assert standing.seat_ids == frozenset({world.seat_id})


def test_member_and_steward_reach_nobody(world: World) -> None:
    assert reach_of(world.rowan).standings == {}
    assert reach_of(world.sorrel).standings == {}


def test_page_about_one_client_reaches_no_other(world: World) -> None:
    def found() -> list[str]:
        readable = within(world.wren, Permission.READ_CLIENT, Client)
        return list(db.session.scalars(select(Client.name).where(readable).order_by(Client.name)))

    assert world.wren.practitioner_id
    another = a_client(world.wren.practitioner_id, "Elder Sample")
    forget()
    with only(world.client_id):
        assert found() == ["Hazel Sample"]
        assert not allowed(world.wren, Permission.READ_CLIENT, another)
    assert found() == ["Elder Sample", "Hazel Sample"]


def test_withdrawn_consent_ends_reach_at_once(world: World) -> None:
    db.session.get_one(Consent, world.consent_id).withdrawn_at = clock.now()
    db.session.commit()
    forget()
    assert reach_of(world.ash).standings == {}


def test_consent_lasts_until_the_end_of_its_last_day(world: World) -> None:
    consent = db.session.get_one(Consent, world.consent_id)
    consent.until_on = clock.today()
    db.session.commit()
    forget()
    assert world.client_id in reach_of(world.ash).standings
    with clock.stopped(clock.now() + timedelta(days=1)):
        forget()
        assert reach_of(world.ash).standings == {}


def test_ended_seat_ends_reach(world: World) -> None:
    db.session.get_one(Seat, world.seat_id).state = "ended"
    db.session.commit()
    forget()
    assert reach_of(world.ash).standings == {}


def test_second_goal_is_not_reached_by_the_seat_of_the_first(world: World) -> None:
    other = a_goal(db.session.get_one(Client, world.client_id), "Sleep through the night")
    a_seat(other, "dietitian")
    db.session.commit()
    forget()
    first = db.session.get_one(Goal, world.goal_id)
    assert allowed(world.ash, Permission.READ_RECORD, first)
    assert not allowed(world.ash, Permission.READ_RECORD, other)


def test_restricted_class_is_kept_from_a_non_clinical_seat_only(world: World) -> None:
    client = db.session.get_one(Client, world.client_id)
    client.restricted_classes = ["goal_plan"]
    db.session.commit()
    forget()
    standing = reach_of(world.ash).standing(world.client_id)
    assert standing is not None
    assert "goal_plan" in standing.full, "a physiotherapist is of a clinical group"


def test_days_are_the_communitys_days(world: World) -> None:
    assert clock.today() == date(2026, 3, 4)
