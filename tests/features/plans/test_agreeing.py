"""Versions published, answered by everybody, entered by hand, and two at once."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from careteam.features.accounts.models import Account
from careteam.features.outbox.models import Message
from careteam.features.plans.agreeing import (
    Entered,
    Said,
    answer_version,
    publish_version,
    record_answer,
)
from careteam.features.plans.checking import Progress
from careteam.features.plans.models import PlanAgreement
from careteam.features.plans.operations import move_milestone
from careteam.features.teams.models import Seat
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Forbidden, Invalid, NotFound
from tests.features.plans.agreeing import a_plan, hazel, moved, published, seen_by, states, subjects
from tests.features.plans.worlds import a_pathway_goal, a_step, an_answer, hazels_goal
from tests.personas import World

TODAY = date(2026, 3, 4)
BY_PHONE = Entered("phone", TODAY)


def test_published_version_waits_for_client_and_team_and_runs_once_the_client_agrees(
    world: World,
) -> None:
    goal, *_ = a_plan(world)
    version = published(world, goal)
    assert (version.number, version.published_by) == (1, "Wren Lead")
    view = seen_by(world.wren, goal)
    assert states(view) == {"You": "agreed", "Hazel Sample": "waiting", "Ash Seated": "waiting"}
    assert view.running is None
    answer_version(actor=hazel(world), version=version, said=Said("agreed"))
    view = seen_by(world.wren, goal)
    assert view.running is version
    assert states(view)["Ash Seated"] == "waiting"


def test_each_answers_for_themself_from_account_and_page(world: World) -> None:
    goal, *_ = a_plan(world)
    version = published(world, goal)
    first = answer_version(actor=world.ash, version=version, said=Said("agreed"))
    second = answer_version(actor=hazel(world), version=version, said=Said("agreed", "Good"))
    assert (first.party, first.way, first.person_id) == (
        str(world.seat_id),
        "account",
        world.ash.practitioner_id,
    )
    assert (second.party, second.way, second.author_id) == ("client", "page", None)
    db.session.commit()
    for actor in (world.rowan, world.sorrel):
        with pytest.raises(NotFound):
            answer_version(actor=actor, version=version, said=Said("agreed"))
    with pytest.raises(Forbidden):
        answer_version(actor=world.wren, version=version, said=Said("objects", "No"))


def test_an_objection_needs_words_and_is_mailed_to_the_lead_without_them(world: World) -> None:
    goal, *_ = a_plan(world)
    version = published(world, goal)
    db.session.commit()
    with pytest.raises(Invalid) as refused:
        answer_version(actor=world.ash, version=version, said=Said("objects"))
    assert refused.value.field == "comment"
    answer_version(actor=world.ash, version=version, said=Said("objects", "Too early"))
    assert subjects() == ["A plan waits for your answer", "Somebody objects to a plan"]
    told = db.session.query(Message).filter_by(subject="Somebody objects to a plan").one()
    assert told.recipient == "wren@example.org"
    assert f"/goals/{goal.id}/plan" in told.body
    for word in ("Hazel", "Too early", "Heel", "Ash"):
        assert word not in told.body


@pytest.mark.parametrize(
    ("often", "told"),
    [
        ("at_once", ["Somebody agrees to a plan", "Somebody objects to a plan"]),
        ("daily", ["Somebody objects to a plan"]),
        ("never", []),
    ],
)
def test_lead_is_mailed_answers_as_often_as_she_wants(
    world: World, often: str, told: list[str]
) -> None:
    goal, *_ = a_plan(world)
    version = published(world, goal)
    account = db.session.query(Account).filter_by(practitioner_id=world.wren.practitioner_id).one()
    account.news_mail = often
    answer_version(actor=world.ash, version=version, said=Said("objects", "Too early"))
    answer_version(actor=hazel(world), version=version, said=Said("agreed"))
    mails = db.session.query(Message).filter_by(recipient="wren@example.org").all()
    assert sorted(mail.subject for mail in mails) == told


def test_comment_is_for_the_lead_and_for_whoever_wrote_it(world: World) -> None:
    goal, *_ = a_plan(world)
    version = published(world, goal)
    answer_version(actor=hazel(world), version=version, said=Said("objects", "Too much"))
    for actor, comment in {world.wren: "Too much", hazel(world): "Too much", world.ash: ""}.items():
        found = next(line for line in seen_by(actor, goal).lines if line.party.key == "client")
        assert (found.state, found.comment) == ("objects", comment)


def test_a_later_answer_replaces_the_first_and_history_is_kept(world: World) -> None:
    goal, *_ = a_plan(world)
    version = published(world, goal)
    answer_version(actor=world.ash, version=version, said=Said("objects", "Too early"))
    answer_version(actor=world.ash, version=version, said=Said("agreed", seen=1))
    assert states(seen_by(world.ash, goal))["You"] == "agreed"
    rows = db.session.query(PlanAgreement).filter_by(party=str(world.seat_id))
    assert sorted((row.number, row.answer) for row in rows) == [(1, "objects"), (2, "agreed")]


def test_same_answer_twice_is_one_and_another_meanwhile_is_a_conflict(world: World) -> None:
    goal, *_ = a_plan(world)
    version = published(world, goal)
    first = answer_version(actor=world.ash, version=version, said=Said("agreed"))
    assert answer_version(actor=world.ash, version=version, said=Said("agreed")) is first
    with pytest.raises(Conflict, match="Another answer was kept meanwhile"):
        record_answer(
            actor=world.wren,
            version=version,
            party=str(world.seat_id),
            said=Said("objects", "Rang: too early"),
            entered=BY_PHONE,
        )


def test_two_who_publish_at_once_make_one_version(world: World) -> None:
    goal, raises, _ = a_plan(world)
    published(world, goal)
    moved(world, raises, date(2026, 4, 10))
    db.session.commit()
    with pytest.raises(Conflict, match="Version 1 was published meanwhile"):
        published(world, goal, after=0)
    assert published(world, goal, after=1).number == 2


def test_an_old_version_is_not_answered_any_more(world: World) -> None:
    goal, raises, _ = a_plan(world)
    first = published(world, goal)
    moved(world, raises, date(2026, 4, 10))
    published(world, goal, after=1)
    with pytest.raises(Conflict, match="Version 2 is published meanwhile"):
        answer_version(actor=world.ash, version=first, said=Said("agreed"))


def test_nothing_new_and_nothing_at_all_are_not_published(world: World) -> None:
    goal = hazels_goal(world)
    with pytest.raises(Invalid, match="make the plan first"):
        published(world, goal)
    goal, raises, _ = a_plan(world)
    published(world, goal)
    db.session.commit()
    with pytest.raises(Invalid, match="Nothing has changed since version 1"):
        published(world, goal, after=1)
    move_milestone(
        actor=world.ash, milestone=raises, version=1, progress=Progress("done", None, TODAY)
    )
    db.session.commit()
    with pytest.raises(Invalid, match="Nothing has changed since version 1"):
        published(world, goal, after=1)


def test_answers_that_block_or_lead_elsewhere_keep_it_from_being_published(world: World) -> None:
    goal = a_pathway_goal(world, "weight_loss", ())
    a_step(world, goal, "Eat breakfast")
    an_answer(goal, "ed_past", "yes")
    with pytest.raises(Invalid, match="The plan cannot start yet"):
        published(world, goal)


def test_a_goal_without_words_is_not_put_before_anybody(world: World) -> None:
    goal, *_ = a_plan(world)
    goal.set_aside_at = goal.created_at
    with pytest.raises(Invalid, match="The goal needs new words first"):
        published(world, goal)


def test_lead_enters_what_was_said_on_the_telephone(world: World) -> None:
    goal, *_ = a_plan(world)
    version = published(world, goal)
    row = record_answer(
        actor=world.wren,
        version=version,
        party="client",
        said=Said("agreed", "Read out to her"),
        entered=Entered("phone", date(2026, 3, 2)),
    )
    assert (row.way, row.given_on, row.by_name) == ("phone", date(2026, 3, 2), "Wren Lead")
    line = next(line for line in seen_by(world.wren, goal).lines if line.party.key == "client")
    assert (line.state, line.by_hand) == ("agreed", "by telephone")
    record_answer(
        actor=world.wren,
        version=version,
        party=str(world.seat_id),
        said=Said("copied"),
        entered=Entered("letter", TODAY),
    )
    assert states(seen_by(world.wren, goal))["Ash Seated"] == "copied"


@pytest.mark.parametrize(
    ("party", "way", "given_on", "field"),
    [
        ("", "phone", TODAY, "party"),
        ("client", "", TODAY, "way"),
        ("client", "account", TODAY, "way"),
        ("client", "phone", None, "given_on"),
        ("client", "phone", date(2026, 3, 5), "given_on"),
    ],
)
def test_what_lacks_of_an_entered_answer_is_said_beside_it(
    world: World, party: str, way: str, given_on: date | None, field: str
) -> None:
    goal, *_ = a_plan(world)
    version = published(world, goal)
    with pytest.raises(Invalid) as refused:
        record_answer(
            actor=world.wren,
            version=version,
            party=party,
            said=Said("agreed"),
            entered=Entered(way, given_on),
        )
    assert refused.value.field == field


def test_only_the_lead_publishes_and_enters(world: World) -> None:
    goal, *_ = a_plan(world)
    with pytest.raises(Forbidden):
        publish_version(actor=world.ash, goal=goal, after=0)
    version = published(world, goal)
    db.session.commit()
    for party in ("lead", "nobody"):
        with pytest.raises(NotFound):
            record_answer(
                actor=world.wren,
                version=version,
                party=party,
                said=Said("agreed"),
                entered=BY_PHONE,
            )
    with pytest.raises(Forbidden):
        record_answer(
            actor=world.ash, version=version, party="client", said=Said("agreed"), entered=BY_PHONE
        )


def test_who_fills_a_seat_later_has_not_said_what_the_one_before_them_said(world: World) -> None:
    goal, *_ = a_plan(world)
    version = published(world, goal)
    answer_version(actor=world.ash, version=version, said=Said("agreed"))
    db.session.get_one(Seat, world.seat_id).practitioner_id = world.rowan.practitioner_id
    db.session.flush()
    assert states(seen_by(world.wren, goal))["Rowan Member"] == "waiting"


def test_nobody_is_mailed_of_what_by_name(app: Flask, world: World) -> None:
    goal, *_ = a_plan(world)
    published(world, goal)
    told = db.session.query(Message).one()
    assert (told.recipient, told.subject) == ("ash@example.org", "A plan waits for your answer")
    for word in ("Hazel", "Heel", "Walk to the shop", "version 1"):
        assert word not in told.body
