"""A place the client keeps from a member leaves all that this member can open, and comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from careteam.access.actor import Actor
from careteam.access.reach import forget
from careteam.features.accounts.queries import actor_of
from careteam.features.notes.operations import write_note
from careteam.features.plans.agreeing import Said, answer_version, publish_version
from careteam.features.plans.checking import Progress, Structure
from careteam.features.plans.models import Milestone
from careteam.features.plans.operations import change_milestone, move_milestone
from careteam.features.teams.models import Seat
from careteam.features.teams.precautions.operations import NewPrecaution, lay_precaution
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World, a_consent, a_practitioner, a_seat, an_account
from tests.support.files import pdf_text
from tests.support.linking import CLASSES, a_place
from tests.support.own_page import inside
from tests.support.visitor import Visitor

TELLS = ("Sparrow", "Talk it over", "Psychologist")


@pytest.fixture
def sparrow(world: World) -> Actor:
    """A psychologist on Hazel's team who says and does what can be said and done there."""
    goal, row = hazels_goal(world), a_practitioner("Sparrow Secret", "psychologist")
    seat = a_seat(goal, "psychologist", filled_by=row.id)
    a_consent(goal, row.id, [*CLASSES, "functional_status"])
    actor = actor_of(an_account("Sparrow Secret", row))
    a_step(world, goal, "Talk it over", owner=str(seat.id))
    passed_on = a_step(world, goal, "Breathe out", owner=str(seat.id))
    version = publish_version(actor=world.wren, goal=goal, after=0)
    forget()
    answer_version(actor=actor, version=version, said=Said("objects", "Too much of Sparrow"))
    write_note(
        actor=actor,
        goal=goal,
        note_id=uuid4(),
        body="Sparrow listens",
        audience="all",
        information_class="functional_status",
    )
    lay_precaution(
        actor=actor,
        goal=goal,
        precaution_id=uuid4(),
        new=NewPrecaution("caution", None, "Go slowly", "Sparrow knows", row.id, shares_why=True),
    )
    move_milestone(
        actor=actor, milestone=passed_on, version=1, progress=Progress("in_progress", None, None)
    )
    db.session.commit()
    mine = Structure("Breathe out", str(world.seat_id), passed_on.due_on)
    change_milestone(
        actor=world.wren, milestone=passed_on, version=passed_on.version, structure=mine
    )
    db.session.commit()
    forget()
    return actor


def pages_of(app: Flask, visitor: Visitor, ids: dict[str, object]) -> str:
    """All that the visitor may open with these ids, in one text."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= ids.keys() and rule.arguments:
            path = rule.rule
            for name in rule.arguments:
                path = re.sub(rf"<(\w+:)?{name}>", str(ids[name]), path)
            answer = visitor.get(path)
            if answer.mimetype == "application/pdf":
                found.append(pdf_text(answer.data))
            elif answer.status_code == 200 and (answer.mimetype or "").startswith("text/"):
                found.append(answer.text)
    return "\n".join(found)


def told(text: str) -> list[str]:
    return [word for word in TELLS if word in text]


@pytest.mark.either_database
def test_kept_place_leaves_every_page_of_that_member_and_comes_back(
    app: Flask, world: World, signed_in: Callable[[str], Visitor], sparrow: Actor
) -> None:
    _, juniper, behind = a_place(app, world)
    step = db.session.query(Milestone).filter_by(title="Breathe out").one().id
    seat = db.session.query(Seat).filter_by(discipline="psychologist").one().id
    ids = {
        "client_id": world.client_id,
        "goal_id": world.goal_id,
        "milestone_id": step,
        "number": 1,
    }
    held = {"link_id": behind.removeprefix("/r/"), "milestone_id": step, "number": 1}
    hazel, home = inside(app, world)
    ash = signed_in("ash")

    def shown() -> tuple[list[str], list[str]]:
        return told(pages_of(app, ash, ids)), told(pages_of(app, juniper, held))

    assert shown() == (list(TELLS), list(TELLS))
    members = {"ash": world.ash.practitioner_id, "juniper": world.juniper}
    for member in members.values():
        sent = {"practitioner": str(member)}
        assert hazel.post(f"{home}/places/{seat}/hide", sent).status_code == 303
    assert shown() == ([], [])
    page = hazel.get(f"{home}/places").text
    assert "Kept from Ash Seated, Juniper" in page
    for member in members.values():
        sent = {"practitioner": str(member)}
        assert hazel.post(f"{home}/places/{seat}/show", sent).status_code == 303
    assert shown() == (list(TELLS), list(TELLS))


def test_only_a_place_and_a_member_of_her_own_team_can_be_named(app: Flask, world: World) -> None:
    hazel, home = inside(app, world)
    hide = f"{home}/places/{world.seat_id}/hide"
    assert hazel.post(hide, {"practitioner": "nobody"}).status_code == 404
    assert hazel.post(hide, {"practitioner": str(uuid4())}).status_code == 303
    assert "Choose somebody of this team." in hazel.get(home).text
    sent = {"practitioner": str(world.ash.practitioner_id)}
    assert hazel.post(f"{home}/places/{uuid4()}/hide", sent).status_code == 404
