"""Consents: what they open, that the latest counts, and that withdrawing works at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from careteam.access.reach import forget, reach_of
from careteam.features.clients.models import Client, Goal
from careteam.features.consents import operations
from careteam.features.consents.models import Consent
from careteam.features.consents.queries import (
    consent_in_force,
    consented_pairs,
    find_receivers,
    list_consents,
    recorded_classes,
)
from careteam.features.measures.models import Measurement
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound
from tests.personas import World, a_client, a_goal, a_seat

TODAY = date(2026, 3, 4)


def client_of(world: World) -> Client:
    return db.session.get_one(Client, world.client_id)


def record(world: World, practitioner_id: UUID | None = None, **more: Any) -> Consent:
    given: dict[str, Any] = {
        "consent_id": uuid4(),
        "practitioner_id": practitioner_id or world.juniper,
        "goal_ids": [world.goal_id],
        "choice": "needed",
        **more,
    }
    consent = operations.record_consent(actor=world.wren, client=client_of(world), **given)
    forget()
    return consent


def classes_of_ash(world: World) -> frozenset[str]:
    forget()
    standing = reach_of(world.ash).standing(world.client_id)
    return standing.full if standing else frozenset()


def test_names_and_times_open_identity_and_alerts_only(world: World) -> None:
    assert record(world, choice="names_and_times").classes == ["identity_contact", "safety_alerts"]


def test_needed_opens_what_the_matrix_gives_the_discipline(world: World) -> None:
    classes = set(record(world).classes)
    assert {"goal_plan", "presenting_problem", "health_history"} <= classes
    assert not {"mental_health", "reproductive_sexual"} & classes


def test_sensitive_class_comes_only_by_its_own_tick(world: World) -> None:
    assert "mental_health" not in record(world).classes
    assert "mental_health" in record(world, items=["mental_health"]).classes


def test_disciplines_of_the_seat_decide_what_is_needed(world: World) -> None:
    narrow = record(world, disciplines=["massage_therapist"])
    assert "health_history" not in narrow.classes


def test_restricted_class_is_not_opened_to_a_non_clinical_seat(world: World) -> None:
    client_of(world).restricted_classes = ["body_measures"]
    consent = record(
        world, disciplines=["massage_therapist"], choice="items", items=["body_measures"]
    )
    assert "body_measures" not in consent.classes


def test_lasts_twelve_months_unless_said(world: World) -> None:
    assert record(world).until_on == date(2027, 3, 4)
    assert record(world, until_on=date(2026, 6, 1)).until_on == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"goal_ids": []}, "goals"),
        ({"goal_ids": [uuid4()]}, "goals"),
        ({"choice": "everything"}, "choice"),
        ({"items": ["therapy_process_notes"]}, "choice"),
        ({"items": ["made_up"]}, "choice"),
        ({"how_given": "dream"}, "how_given"),
        ({"until_on": date(2026, 3, 3)}, "until_on"),
        ({"until_on": date(2027, 3, 5)}, "until_on"),
        ({"given_on": date(2026, 3, 5)}, "given_on"),
    ],
)
def test_consent_that_cannot_be_recorded(world: World, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        record(world, **more)
    assert refused.value.field == field


def test_goal_of_another_client_is_refused(world: World) -> None:
    assert world.wren.practitioner_id is not None
    other = a_goal(a_client(world.wren.practitioner_id, "Elm Made"))
    forget()
    with pytest.raises(Invalid) as refused:
        record(world, goal_ids=[other.id])
    assert refused.value.field == "goals"


def test_lead_needs_no_consent(world: World) -> None:
    with pytest.raises(Invalid):
        record(world, world.wren.practitioner_id)


def test_latest_consent_takes_the_place_of_the_wider_one(world: World) -> None:
    record(world, world.ash.practitioner_id, choice="names_and_times")
    assert classes_of_ash(world) == {"identity_contact", "safety_alerts"}
    old = db.session.get_one(Consent, world.consent_id)
    assert old.withdrawn_how == "replaced"


def test_withdrawal_ends_access_and_is_taken_back_as_a_new_consent(world: World) -> None:
    consent = db.session.get_one(Consent, world.consent_id)
    operations.withdraw_consent(actor=world.wren, consent=consent, how="paper")
    assert (consent.withdrawn_how, classes_of_ash(world)) == ("paper", frozenset())
    again = operations.give_consent_again(actor=world.wren, consent=consent)
    assert again.id != consent.id
    assert again.classes == consent.classes
    assert "goal_plan" in classes_of_ash(world)
    with pytest.raises(Invalid):
        operations.give_consent_again(actor=world.wren, consent=consent)


def test_withdrawing_twice_keeps_the_first_moment(world: World) -> None:
    consent = db.session.get_one(Consent, world.consent_id)
    operations.withdraw_consent(actor=world.wren, consent=consent)
    first = consent.withdrawn_at
    with clock.stopped(clock.now() + timedelta(hours=2)):
        operations.withdraw_consent(actor=world.wren, consent=consent)
    assert consent.withdrawn_at == first


def test_consent_past_its_last_day_is_asked_for_anew(world: World) -> None:
    consent = db.session.get_one(Consent, world.consent_id)
    operations.withdraw_consent(actor=world.wren, consent=consent)
    consent.until_on = TODAY - timedelta(days=1)
    with pytest.raises(Invalid):
        operations.give_consent_again(actor=world.wren, consent=consent)


@pytest.mark.parametrize(("name", "error"), [("ash", Forbidden), ("rowan", NotFound)])
def test_only_lead_and_client_decide(world: World, name: str, error: type[Exception]) -> None:
    consent = db.session.get_one(Consent, world.consent_id)
    with pytest.raises(error):
        operations.withdraw_consent(actor=world.cast[name], consent=consent)
    assert consent.withdrawn_at is None


def test_each_sees_the_consents_that_concern_them(world: World) -> None:
    record(world)
    client = client_of(world)
    assert {given.practitioner_name for given in list_consents(world.wren, client)} == {
        "Juniper Outside",
        "Ash Seated",
    }
    [own] = list_consents(world.ash, client)
    assert (own.practitioner_name, own.goal_ids) == ("Ash Seated", frozenset({world.goal_id}))
    assert list_consents(world.rowan, client) == []


def test_in_force_until_the_end_of_its_last_day(world: World) -> None:
    record(world, until_on=date(2026, 4, 1))
    key = (world.client_id, world.juniper, world.goal_id)
    assert consent_in_force(*key, date(2026, 4, 1)) is not None
    assert consent_in_force(*key, date(2026, 4, 2)) is None
    assert consent_in_force(world.client_id, world.juniper, uuid4(), TODAY) is None


def test_pairs_name_who_sees_which_goal(world: World) -> None:
    ash = world.ash.practitioner_id
    assert consented_pairs(world.wren, world.client_id, TODAY) == {(ash, world.goal_id)}
    assert consented_pairs(world.rowan, world.client_id, TODAY) == set()


def test_recorded_are_the_classes_of_what_is_there(world: World) -> None:
    client = client_of(world)
    assert recorded_classes(world.wren, client) == {
        "identity_contact",
        "safety_alerts",
        "goal_plan",
    }
    goal = db.session.get_one(Goal, world.goal_id)
    goal.pathway, goal.measure = "fertility_ttc", "own_activity"
    db.session.add(
        Measurement(
            client_id=client.id,
            goal_id=goal.id,
            information_class="mental_health",
            measure="phq9",
            value=7,
            taken_on=TODAY,
        )
    )
    db.session.flush()
    assert recorded_classes(world.wren, client) == {
        "identity_contact",
        "safety_alerts",
        "goal_plan",
        "presenting_problem",
        "reproductive_sexual",
        "functional_status",
        "mental_health",
    }


@pytest.mark.parametrize(("name", "error"), [("ash", Forbidden), ("rowan", NotFound)])
def test_that_something_is_recorded_is_for_lead_and_client(
    world: World, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        recorded_classes(world.cast[name], client_of(world))


def test_receivers_have_their_main_discipline_first(world: World) -> None:
    found = find_receivers(world.wren, [world.juniper, uuid4()])
    assert [(one.name, one.disciplines) for one in found.values()] == [
        ("Juniper Outside", ("dietitian",))
    ]


def test_seat_without_consent_opens_nothing(world: World) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    a_seat(goal, "osteopath", filled_by=world.rowan.practitioner_id)
    db.session.commit()
    forget()
    assert reach_of(world.rowan).standings == {}
