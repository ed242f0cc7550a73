"""A version that waits for the client is told by the mail about news, as often as they chose."""

from __future__ import annotations

from datetime import timedelta

from careteam.access.actor import Actor, Kind
from careteam.access.reach import forget
from careteam.features.links.models import Link
from careteam.features.notes.news import choose_news_by_link
from careteam.features.plans.agreed import agreement_of
from careteam.features.plans.agreeing import Said, answer_version, publish_version
from careteam.features.plans.models import PlanVersion
from careteam.features.plans.telling import Told, ways_of_telling
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World
from tests.support.news import at_once, body_to, carried, clients_link, daily, note_by, told

HERS = "hazel@example.org"


def hazel_by(world: World) -> Actor:
    """Hazel, once a code has shown who she is, on a page of her own."""
    link = clients_link(world)
    return Actor(
        Kind.CLIENT,
        name="Hazel",
        client_id=world.client_id,
        link_id=link.id,
        is_confirmed=True,
    )


def published(world: World, title: str = "Walk", after: int = 0) -> PlanVersion:
    forget()
    a_step(world, hazels_goal(world), title, owner="client")
    version = publish_version(actor=world.wren, goal=hazels_goal(world), after=after)
    db.session.commit()
    return version


def wants(hazel: Actor, world: World, how_often: str) -> None:
    link = db.session.get_one(Link, hazel.link_id)
    choose_news_by_link(actor=hazel, link=link, how_often=how_often)
    db.session.commit()


def test_version_is_told_at_once_and_once(world: World) -> None:
    wants(hazel_by(world), world, "at_once")
    published(world)
    assert at_once() == "Word of notes queued at once: 1."
    assert told() == [HERS]
    body = body_to(HERS)
    for word in ("Hazel", "Wren", "plan", "Walk"):
        assert word not in body
    for _ in range(2):
        assert at_once(timedelta(hours=2)) is None
        daily()
    assert told() == [HERS]


def test_version_and_note_are_one_mail_in_the_morning(world: World) -> None:
    hazel_by(world)
    published(world)
    note_by(world.wren, world.goal_id, audience="all")
    assert at_once() is None
    daily()
    assert told().count(HERS) == 1


def test_answer_given_before_the_mail_leaves_takes_it_back(world: World) -> None:
    hazel = hazel_by(world)
    wants(hazel, world, "at_once")
    version = published(world)
    at_once()
    forget()
    with clock.stopped(clock.now() + timedelta(minutes=1)):
        answer_version(actor=hazel, version=version, said=Said("agreed"))
        db.session.commit()
    assert carried().taken_back == 1
    with clock.stopped(clock.now() + timedelta(hours=2)):
        published(world, "Swim", after=1)
        at_once()
    assert told().count(HERS) == 2


def test_whoever_wants_no_mail_is_told_by_the_lead(world: World) -> None:
    hazel = hazel_by(world)
    published(world)
    lines = agreement_of(world.wren, hazels_goal(world)).lines
    [client] = [line.party for line in lines if line.party.key == "client"]
    assert ways_of_telling(world.client_id, [client]) == {"client": Told.PAGE}
    wants(hazel, world, "never")
    assert ways_of_telling(world.client_id, [client]) == {"client": Told.BY_YOU}
    at_once()
    daily()
    assert told() == []
