"""A version of the plan behind a link: read, agreed to, objected to."""

from __future__ import annotations

import re
from uuid import UUID

from flask import Flask

from careteam.access.actor import Actor, Kind
from careteam.features.links.models import Link
from careteam.features.links.operations import end_link
from careteam.features.outbox.models import Message
from careteam.features.plans.agreeing import publish_version
from careteam.features.plans.models import PlanAgreement
from careteam.features.referrals.models import Referral
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World
from tests.support.linking import a_place


def publish(world: World, referral_id: UUID) -> None:
    seat_id = db.session.get_one(Referral, referral_id).seat_id
    a_step(world, hazels_goal(world), "Eat breakfast", owner=str(seat_id))
    publish_version(actor=world.wren, goal=hazels_goal(world), after=0)
    db.session.commit()


def said() -> list[tuple[str, str, str | None]]:
    db.session.expire_all()
    rows = db.session.query(PlanAgreement).filter_by(way="link").order_by(PlanAgreement.number)
    return [(row.answer, row.by_name, row.comment) for row in rows]


def test_version_waits_on_the_first_page_and_is_agreed_to_on_the_plan(
    app: Flask, world: World
) -> None:
    referral_id, visitor, home = a_place(app, world)
    publish(world, referral_id)
    assert "Version 1 of the plan waits for your answer" in visitor.get(home).text
    shown = visitor.get(f"{home}/plan").text
    assert "I agree" in shown
    answer = f"{home}/plan/versions/1/answer"
    assert visitor.post(answer, {"answer": "agreed", "version": 0}).status_code == 303
    assert said() == [("agreed", "Juniper Outside", None)]
    assert "You agree to version 1" in visitor.get(f"{home}/plan").text
    assert "waits for your answer" not in visitor.get(home).text


def test_objection_behind_a_link_needs_words_and_keeps_them(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    publish(world, referral_id)
    answer = f"{home}/plan/versions/1/answer"
    refused = visitor.post(answer, {"answer": "objects", "version": 0})
    assert refused.status_code == 422
    assert "Say what worries you" in refused.text
    fields = {"answer": "objects", "comment": "Too strict", "version": 0}
    assert visitor.post(answer, fields).status_code == 303
    assert said() == [("objects", "Juniper Outside", "Too strict")]
    assert visitor.post(answer, {"answer": "shouts", "version": 1}).status_code == 422
    assert visitor.post(f"{home}/plan/versions/7/answer", fields).status_code == 404


def test_version_is_read_behind_a_link(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    publish(world, referral_id)
    shown = visitor.get(f"{home}/plan/versions/1").text
    assert "Eat breakfast" in shown
    assert "<title>A version of the plan · Careteam</title>" in shown
    assert visitor.get(f"{home}/plan/versions/2").status_code == 404


def test_holder_of_a_link_is_mailed_a_link_of_its_own_and_no_health(
    app: Flask, world: World
) -> None:
    referral_id, visitor, home = a_place(app, world)
    publish(world, referral_id)
    told = db.session.query(Message).filter_by(purpose="plan_version").one()
    assert (told.recipient, told.subject) == (
        "juniper@example.org",
        "Wren Lead asks you to look at a plan",
    )
    assert "https://team.example.org/r/" in told.body
    for word in ("Hazel", "breakfast", "version 1"):
        assert word not in told.body
    found = re.search(r"https://team.example.org(/r/\S+)", told.body)
    db.session.rollback()
    assert found
    assert visitor.get(found.group(1)).location == f"{home}/plan"


def test_nobody_is_mailed_a_new_link_where_the_client_ended_theirs(
    app: Flask, world: World
) -> None:
    referral_id, _, _ = a_place(app, world)
    link = db.session.query(Link).filter_by(referral_id=referral_id).one()
    end_link(actor=Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id), link=link)
    db.session.commit()
    publish(world, referral_id)
    assert db.session.query(Message).filter_by(purpose="plan_version").count() == 0
    assert db.session.query(Link).filter_by(referral_id=referral_id).count() == 1
