"""Records: who sees them in a list, and what is stored of what was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask

from careteam.access.reach import forget
from careteam.features.clients import operations
from careteam.features.clients.details import Details, check_details
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import get_client, list_client_lines
from careteam.features.consents.models import Consent
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound
from tests.personas import World, a_client, a_goal
from tests.support.statements import statements


def test_only_a_name_is_needed(world: World) -> None:
    client = operations.add_client(actor=world.wren, client_id=uuid4(), details=Details("Elm Made"))
    assert client.lead_id == client.author_id == world.wren.practitioner_id
    assert (client.keep_consent_given_on, client.keep_consent_how) == (date(2026, 3, 4), "spoken")


def test_steward_without_an_entry_starts_no_record(world: World) -> None:
    with pytest.raises(Forbidden):
        operations.add_client(actor=world.sorrel, client_id=uuid4(), details=Details("Elm Made"))


def test_typed_words_become_comparable(world: World) -> None:
    stored = check_details(Details("Elm", phone="0117 4960123", language="polski", place="Bristol"))
    assert (stored["phone"], stored["language"]) == ("0117 496 0123", "pl")
    assert stored["latitude"] == pytest.approx(51.45, abs=0.1)


def test_towns_and_telephones_without_a_country_are_those_of_the_community(
    world: World, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    abroad = replace(app.extensions["careteam_settings"], country="US")
    monkeypatch.setitem(app.extensions, "careteam_settings", abroad)
    stored = check_details(Details("Elm", phone="(212) 555-0123", place="Boston"))
    assert stored["phone"] == "(212) 555-0123"
    assert stored["longitude"] == pytest.approx(-71.06, abs=0.1)


def test_unknown_town_is_kept_as_typed(world: World) -> None:
    stored = check_details(Details("Elm", place="Nowhere upon Nothing"))
    assert (stored["place"], stored["latitude"]) == ("Nowhere upon Nothing", None)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (Details(""), "name"),
        (Details("Elm", date_of_birth=date(2026, 3, 5)), "date_of_birth"),
        (Details("Elm", date_of_birth=date(1890, 1, 1)), "date_of_birth"),
        (Details("Elm", language="Polish, Urdu"), "language"),
        (Details("Elm", language="blurb"), "language"),
        (Details("Elm", safe_contact="pigeon"), "safe_contact"),
    ],
)
def test_details_that_cannot_be_used(details: Details, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_details(details)
    assert refused.value.field == field


@pytest.mark.parametrize("name", ["ash", "rowan", "sorrel"])
def test_only_the_lead_changes_details(world: World, name: str) -> None:
    client = db.session.get_one(Client, world.client_id)
    with pytest.raises(Forbidden if name == "ash" else NotFound):
        operations.change_client(
            actor=world.cast[name], client=client, details=Details("Somebody Else")
        )
    assert client.name == "Hazel Sample"


def test_list_shows_own_clients_and_those_whose_team_one_is_on(world: World) -> None:
    [own] = list_client_lines(world.wren)
    assert (own.name, own.is_lead, own.lead_name) == ("Hazel Sample", True, "Wren Lead")
    assert own.goals[0].statement == "Walk to the shop without pain"
    [seated] = list_client_lines(world.ash)
    assert (seated.name, seated.is_lead) == ("Hazel Sample", False)
    assert list_client_lines(world.rowan) == []
    assert list_client_lines(world.sorrel) == []


def test_list_names_no_goal_to_whom_only_names_are_open(world: World) -> None:
    db.session.get_one(Consent, world.consent_id).classes = ["identity_contact", "safety_alerts"]
    db.session.commit()
    forget()
    [seated] = list_client_lines(world.ash)
    assert (seated.name, seated.goals) == ("Hazel Sample", ())


def test_list_holds_back_words_of_a_goal_set_aside(world: World) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    goal.set_aside_at, goal.target_on = clock.now(), date(2026, 5, 1)
    db.session.commit()
    [own] = list_client_lines(world.wren)
    assert (own.goals[0].statement, own.goals[0].target_on) == (None, None)


def test_search_knows_no_accents_and_wants_every_word(world: World) -> None:
    assert world.wren.practitioner_id is not None
    a_client(world.wren.practitioner_id, "Zoë Bäcker")
    db.session.commit()
    forget()
    assert [line.name for line in list_client_lines(world.wren, "zoe BACK")] == ["Zoë Bäcker"]
    assert list_client_lines(world.wren, "zoe hazel") == []
    assert list_client_lines(world.wren, "100%_") == []


@pytest.mark.either_database
def test_list_costs_the_same_for_one_client_as_for_three(world: World) -> None:
    with statements() as first:
        list_client_lines(world.wren)
    assert world.wren.practitioner_id is not None
    for name in ("Elm", "Oak"):
        a_goal(a_client(world.wren.practitioner_id, name))
    db.session.commit()
    forget()
    with statements() as second:
        assert len(list_client_lines(world.wren)) == 3
    assert len(first) == len(second)


def test_client_out_of_reach_does_not_exist(world: World) -> None:
    assert get_client(world.ash, world.client_id).name == "Hazel Sample"
    for actor in (world.rowan, world.sorrel):
        with pytest.raises(NotFound):
            get_client(actor, world.client_id)
