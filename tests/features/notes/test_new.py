"""Notes of others are new until they are opened: for whoever may read them, and no longer."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from careteam.access.actor import Actor, Kind
from careteam.access.reach import forget
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.notes.new_queries import list_new_notes
from careteam.features.notes.news_queries import has_news
from careteam.features.notes.operations import open_notes, write_note
from careteam.features.notes.parts import notes_part
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import NotFound
from tests.personas import World, a_goal
from tests.support.statements import statements


def goal_of(world: World) -> Goal:
    return db.session.get_one(Goal, world.goal_id)


def written(actor: Actor, goal: Goal, kind: str = "safety_alerts", audience: str = "team") -> None:
    write_note(
        actor=actor,
        goal=goal,
        note_id=uuid4(),
        body="Walks better.",
        audience=audience,
        information_class=kind,
    )
    db.session.commit()


def new(actor: Actor) -> list[int]:
    forget()
    return [each.count for each in list_new_notes(actor)]


def test_note_is_new_to_the_others_of_the_team_and_not_to_its_writer(world: World) -> None:
    written(world.ash, goal_of(world))
    written(world.ash, goal_of(world))
    assert new(world.wren) == [2]
    [line] = list_new_notes(world.wren)
    assert (line.called, line.goal_id, line.since_at) == (
        "Hazel Sample",
        world.goal_id,
        clock.now(),
    )
    for other in (world.ash, world.rowan, world.sorrel):
        assert new(other) == []


def test_client_is_somebody_else_too(world: World) -> None:
    hazel = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    written(hazel, goal_of(world), audience="all")
    assert (new(world.wren), new(world.ash)) == ([1], [1])


def test_client_has_read_what_was_opened_and_is_not_told_of_it(world: World) -> None:
    hazel = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    since = clock.now()
    written(world.ash, goal_of(world), audience="all")
    written(world.ash, goal_of(world), audience="team")
    written(hazel, goal_of(world), audience="all")
    assert (new(hazel), has_news(hazel, world.goal_id, since)) == ([1], True)
    open_notes(actor=hazel, goal=goal_of(world))
    db.session.commit()
    assert (new(hazel), has_news(hazel, world.goal_id, since)) == ([], False)


def test_class_that_one_does_not_read_is_not_new(world: World) -> None:
    written(world.wren, goal_of(world), kind="mental_health")
    assert new(world.ash) == []
    written(world.wren, goal_of(world))
    assert new(world.ash) == [1]
    db.session.get_one(Consent, world.consent_id).withdrawn_at = clock.now()
    db.session.commit()
    assert new(world.ash) == []


def test_goal_that_one_does_not_see_has_no_page_of_notes_to_open(world: World) -> None:
    written(world.wren, goal_of(world))
    db.session.get_one(Consent, world.consent_id).classes = ["identity_contact", "safety_alerts"]
    db.session.commit()
    assert new(world.ash) == []


def test_opened_notes_are_new_no_more_until_somebody_writes(world: World) -> None:
    written(world.ash, goal_of(world))
    open_notes(actor=world.wren, goal=goal_of(world))
    open_notes(actor=world.wren, goal=goal_of(world))
    db.session.commit()
    assert new(world.wren) == []
    with clock.stopped(clock.now() + timedelta(minutes=1)):
        written(world.ash, goal_of(world))
        assert new(world.wren) == [1]


def test_each_goal_is_opened_by_itself(world: World) -> None:
    goal = goal_of(world)
    other = a_goal(db.session.get_one(Client, world.client_id), "Sleep through the night")
    for each in (goal, other):
        hazel = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
        written(hazel, each, audience="all")
    open_notes(actor=world.wren, goal=goal)
    db.session.commit()
    forget()
    assert [line.goal_id for line in list_new_notes(world.wren)] == [other.id]
    assert notes_part(world.wren, goal, "Hazel").new == ()
    [line] = notes_part(world.wren, other, "Hazel").new
    assert (line.goal_id, line.count) == (other.id, 1)


def test_outsider_opens_nothing(world: World) -> None:
    with pytest.raises(NotFound):
        open_notes(actor=world.rowan, goal=goal_of(world))


def test_they_cost_one_statement_however_many(world: World) -> None:
    def cost() -> int:
        list_new_notes(world.wren)
        with statements() as seen:
            list_new_notes(world.wren)
        return len(seen)

    written(world.ash, goal_of(world))
    assert cost() == 1
    for _ in range(4):
        written(world.ash, goal_of(world))
    assert cost() == 1
