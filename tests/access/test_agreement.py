"""What lists show is exactly what checks allow: every model, persona and permission.

Small worlds are built with rows of every kind; for each permission the list filter (the clause) and
the object check are asked of every row, and must agree. A model or permission that is not compared
here fails the test.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, cast, false, inspect, literal, select, union_all

import careteam.features
from careteam.access.actor import ANONYMOUS, SYSTEM, Actor, Kind
from careteam.access.guard import allowed, within
from careteam.access.permissions import Permission
from careteam.access.reach import forget
from careteam.access.rules import ASKED_OF_THE_ACTOR_ALONE, RULES
from careteam.features.plans.mirror_queries import mirrored_among
from careteam.features.plans.models import Milestone
from careteam.features.referrals.models import Referral
from careteam.kit.db import Base, db
from tests.access.tending import SHARED_FACT
from tests.access.worlds import CONTESTED, ENTRY_LINK, fill_every_model, linked_actors
from tests.personas import World, build_world
from tests.support.database import TestDatabase

COLUMNS = {
    Permission.EDIT_OWN_ACCOUNT: {"account_id"},
    Permission.EDIT_PRACTITIONER: {"claimed_at"},
    Permission.SAY_AVAILABILITY: {"claimed_at"},
    Permission.VERIFY_PRACTITIONER: {"claimed_at"},
    Permission.REMOVE_PRACTITIONER: {"claimed_at"},
    Permission.MERGE_PRACTITIONER: {"claimed_at"},
    Permission.KEEP_OWN_NOTES: {"author_id"},
    Permission.ANSWER_OBSERVATION: {"practitioner_id", "shared_at"},
    Permission.READ_CONSENTS: {"client_id", "practitioner_id", "choice"},
    Permission.READ_REFERRAL: {"sender_id"},
    Permission.WRITE_REFERRAL: {"sender_id"},
    Permission.ACT_ON_REFERRAL: {"sender_id"},
    Permission.MANAGE_LINK: {"client_id", "author_id", "referral_id", "kind"},
    Permission.MAKE_CODE: {"client_id", "author_id", "referral_id", "kind"},
    Permission.MOVE_MILESTONE: {"client_id", "owner_seat_id"},
    Permission.READ_NOTES: {"client_id", "audience"},
    Permission.READ_CLIENT: {"lead_id"},
    Permission.ANSWER_HAND_OVER: {"client_id", "practitioner_id", "agreed_how"},
    Permission.END_COVER: {"client_id", "practitioner_id", "until_on", "ended_at"},
}
"""A permission is asked of models with these columns; of rows about a client by default."""


def every_model() -> list[Any]:
    for found in pkgutil.walk_packages(careteam.features.__path__, "careteam.features."):
        if found.name.endswith(".models"):
            importlib.import_module(found.name)
    return sorted(
        (mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__name__
    )


def asked_of(permission: Permission) -> list[Any]:
    needed = COLUMNS.get(permission, {"client_id", "author_id", "information_class"})
    return [
        model for model in every_model() if needed <= set(inspect(model).all_orm_descriptors.keys())
    ]


def actors(world: World) -> dict[str, Actor]:
    client = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    entry = Actor(Kind.ENTRY, name="Juniper", link_id=ENTRY_LINK, entry_id=world.juniper)
    return world.cast | {
        "client": client,
        "entry": entry,
        "confirmed entry": replace(entry, is_confirmed=True),
        "nobody": ANONYMOUS,
        "system": SYSTEM,
    }


@pytest.fixture
def world(app: Flask, database: TestDatabase) -> World:
    """The cast, with rows of every model."""

    def filled() -> World:
        made = build_world()
        fill_every_model(made)
        return made

    return database.made_once(app, "world_of_every_model", filled)


def test_every_permission_has_a_rule() -> None:
    assert set(RULES) == set(Permission)


@pytest.mark.parametrize("permission", [p for p in Permission if p not in ASKED_OF_THE_ACTOR_ALONE])
def test_list_and_check_agree(world: World, permission: Permission) -> None:
    models = asked_of(permission)
    assert models, f"no model is asked for {permission}"
    rows = {model: db.session.scalars(select(model)).all() for model in models}
    seen_both = set()
    for name, actor in (actors(world) | linked_actors(world)).items():
        forget()
        listed = listed_of(models, actor, permission)
        for model in models:
            for row in rows[model]:
                answer = allowed(actor, permission, row)
                seen_both.add(answer)
                is_listed = (model.__name__, key_of(row)) in listed
                assert answer == is_listed, f"{name} {permission} {model.__name__} {row}"
    assert seen_both == {True, False}, "the world does not tell this permission apart"


def listed_of(models: list[Any], actor: Actor, permission: Permission) -> set[tuple[str, str]]:
    """What a list of each model holds, by its name and `key_of`; asked all at once."""
    lists = [
        select(literal(model.__name__), cast(inspect(model).primary_key[0], String)).where(
            within(actor, permission, model) if actor.is_known else false()
        )
        for model in models
    ]
    return {(name, plain(key)) for name, key in db.session.execute(union_all(*lists))}


def key_of(row: Any) -> str:
    return plain(str(getattr(row, inspect(type(row)).primary_key[0].key)))


def plain(key: str) -> str:
    """As both databases would write it."""
    return key.replace("-", "")


def test_every_model_has_rows_in_the_world(world: World) -> None:
    for model in every_model():
        if model.__name__ not in CONTESTED:
            assert db.session.scalars(select(model).limit(1)).first() is not None, model


@pytest.mark.parametrize("permission", sorted(ASKED_OF_THE_ACTOR_ALONE))
def test_permission_without_a_row_is_the_same_for_every_row(
    world: World, permission: Permission
) -> None:
    expected = {
        Permission.MANAGE_ACCOUNTS: {"sorrel"},
        Permission.MANAGE_COMMUNITY: {"sorrel"},
        Permission.MANAGE_PATHWAYS: {"sorrel"},
        Permission.READ_PATHWAYS: {"wren", "ash", "rowan", "sorrel"},
        Permission.READ_DIRECTORY: {"wren", "ash", "rowan", "sorrel"},
        Permission.ADD_PRACTITIONER: {"wren", "ash", "rowan", "sorrel"},
        Permission.READ_NETWORK: {"wren", "ash", "rowan", "sorrel"},
        Permission.ADD_CLIENT: {"wren", "ash", "rowan"},
    }[permission]
    assert {name for name, actor in actors(world).items() if allowed(actor, permission)} == expected


EXPECTED_ON_HAZEL = {
    "wren": {
        Permission.READ_CLIENT,
        Permission.EDIT_CLIENT,
        Permission.KEEP_CLIENT,
        Permission.UNLINK_PARTNER,
        Permission.READ_ACCESS_LOG,
        Permission.RECORD_CONSENT,
        Permission.READ_SAFETY_REASONS,
        Permission.EDIT_GOAL,
        Permission.ANSWER_SCREENING,
        Permission.EDIT_TEAM,
        Permission.EDIT_PLAN,
        Permission.ANSWER_PLAN,
    },
    "ash": {Permission.READ_CLIENT, Permission.ANSWER_PLAN},
    "rowan": set(),
    "sorrel": set(),
    "client": {
        Permission.READ_CLIENT,
        Permission.UNLINK_PARTNER,
        Permission.READ_ACCESS_LOG,
        Permission.RECORD_CONSENT,
        Permission.READ_SAFETY_REASONS,
        Permission.ANSWER_SCREENING,
        Permission.ANSWER_PLAN,
    },
    "nobody": set(),
    "system": set(),
    "entry": set(),
    "confirmed entry": set(),
    "link": set(),
    "confirmed link": {Permission.READ_CLIENT, Permission.ANSWER_PLAN},
}


def test_who_may_what_with_the_client(world: World) -> None:
    from careteam.features.clients.models import Client

    client = db.session.get_one(Client, world.client_id)
    asked = EXPECTED_ON_HAZEL["wren"]
    for name, actor in (actors(world) | linked_actors(world)).items():
        forget()
        held = {permission for permission in asked if allowed(actor, permission, client)}
        assert held == EXPECTED_ON_HAZEL[name], name


def test_whoever_stands_in_may_what_the_lead_may_but_not_give_the_client_away(
    world: World,
) -> None:
    from careteam.features.clients.models import Client

    client = db.session.scalars(select(Client).where(Client.name == "Linden Sample")).one()
    forget()
    asked = EXPECTED_ON_HAZEL["wren"]
    assert {each for each in asked if allowed(world.rowan, each, client)} == asked
    assert {each for each in asked if allowed(world.wren, each, client)} == asked - {
        Permission.KEEP_CLIENT,
        Permission.READ_ACCESS_LOG,
    }
    assert {each for each in asked if allowed(world.ash, each, client)} == set()


def test_link_reaches_its_own_referral_and_no_other(world: World) -> None:
    for name, readable in (("link", 0), ("confirmed link", 1)):
        actor = linked_actors(world)[name]
        forget()
        read = db.session.scalars(
            select(Referral.id).where(within(actor, Permission.READ_REFERRAL, Referral))
        ).all()
        acted = db.session.scalars(
            select(Referral.id).where(within(actor, Permission.ACT_ON_REFERRAL, Referral))
        ).all()
        assert len(read) == readable
        assert acted == [actor.referral_id]


def test_shared_step_opens_nothing_of_the_partners_plan(world: World) -> None:
    """Hazel's and Linden's plans share one; who is nothing to Linden reaches no step of hers."""
    shared = db.session.scalars(select(Milestone).where(Milestone.mirror_id.is_not(None))).all()
    assert mirrored_among(shared) == {row.id for row in shared}
    for name in ("client", "ash", "confirmed link"):
        actor = (actors(world) | linked_actors(world))[name]
        forget()
        for permission in (Permission.READ_RECORD, Permission.MOVE_MILESTONE):
            reached = select(Milestone.client_id).where(within(actor, permission, Milestone))
            assert set(db.session.scalars(reached)) == {world.client_id}, f"{name} {permission}"


def test_link_to_an_entry_opens_that_entry_and_nothing_else(world: World) -> None:
    before, after = {Permission.SAY_AVAILABILITY}, {world.juniper, ENTRY_LINK, SHARED_FACT}
    for name, permissions, expected in (
        ("entry", before, {world.juniper}),
        ("entry", set(Permission) - before, set()),
        ("confirmed entry", set(Permission), after),
    ):
        actor, found = actors(world)[name], set()
        for permission in permissions - ASKED_OF_THE_ACTOR_ALONE:
            for model in asked_of(permission):
                key = inspect(model).primary_key[0]
                found |= set(
                    db.session.scalars(select(key).where(within(actor, permission, model)))
                )
        assert found == expected


def test_link_acts_for_nobody_else_in_nothing_else(world: World) -> None:
    """What a practitioner may do signed in, the link that acts for them may not."""
    actor = linked_actors(world)["confirmed link"]
    forget()
    for permission in (
        Permission.WRITE_REFERRAL,
        Permission.KEEP_OWN_NOTES,
        Permission.READ_CONSENTS,
        Permission.EDIT_PRACTITIONER,
        Permission.SAY_AVAILABILITY,
        Permission.MANAGE_LINK,
        Permission.MAKE_CODE,
    ):
        for model in asked_of(permission):
            rows = db.session.scalars(
                select(inspect(model).primary_key[0]).where(within(actor, permission, model))
            ).all()
            assert rows == [], f"{permission} {model.__name__}"
