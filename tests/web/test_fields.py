"""The names of fields on which scripts rely: a plain POST with these alone does the work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import Practitioner
from careteam.features.plans.models import Milestone
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Answer, Seat
from careteam.kit.db import db
from tests.personas import World
from tests.support.letters import an_open_seat
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def posted(visitor: Visitor, path: str, fields: dict[str, Any]) -> None:
    answer = visitor.post(path, fields)
    assert answer.status_code == 303, answer.text
    db.session.expire_all()


def test_sign_in(world: World, visitor: Visitor) -> None:
    posted(visitor, "/sign-in", {"email": "wren@example.org", "password": "quiet river stones"})
    assert visitor.get("/account").status_code == 200


PRACTITIONER: dict[str, Any] = {
    "name": "Clover Example",
    "disciplines": ["dietitian", "counsellor"],
    "practice": "Mill Lane rooms",
    "place": "Bristol",
    "languages": ["English", "pl"],
    "email": "clover@example.org",
    "phone": "0117 496 0123",
    "accepting": "yes",
}


def clover() -> Practitioner:
    return db.session.query(Practitioner).filter(Practitioner.name.startswith("Clover")).one()


def test_practitioner_is_added(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    posted(wren, "/practitioners/new", PRACTITIONER)
    page = wren.get(f"/practitioners/{clover().id}").text
    for words in ("Clover Example", "Dietitian", "Counsellor", "Mill Lane rooms", "Bristol"):
        assert words in page
    for words in ("English", "Polish", "clover@example.org", "0117 496 0123", "Takes new clients"):
        assert words in page


def test_practitioner_is_changed(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    posted(wren, "/practitioners/new", PRACTITIONER)
    row = clover()
    changed = PRACTITIONER | {"accepting": "no", "version": row.version}
    posted(wren, f"/practitioners/{row.id}/edit", changed)
    assert (clover().accepting, clover().email) == ("no", "clover@example.org")


CLIENT = {
    "name": "Fern Sample",
    "date_of_birth": "1984-05-17",
    "email": "fern@example.org",
    "phone": "0117 496 0188",
    "place": "Bath",
    "language": "English",
    "consent_to_keep": "yes",
}


def fern() -> Client:
    return db.session.query(Client).filter_by(name="Fern Sample").one()


def test_client_is_added_and_changed(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    posted(wren, "/clients/new", CLIENT)
    row = fern()
    assert (row.date_of_birth, row.email, row.place) == (
        date(1984, 5, 17),
        "fern@example.org",
        "Bath",
    )
    changed = {name: value for name, value in CLIENT.items() if name != "consent_to_keep"}
    changed |= {"place": "Wells", "version": str(row.version)}
    posted(wren, f"/clients/{row.id}/edit", changed)
    assert fern().place == "Wells"


def test_client_needs_a_name_and_the_consent_alone(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    posted(wren, "/clients/new", {"name": "Fern Sample", "consent_to_keep": "yes"})
    assert fern().date_of_birth is None
    assert wren.post("/clients/new", {"name": "Moss Sample"}).status_code == 422


GOAL = {
    "statement": "Run ten kilometres again",
    "pathway": "achilles_tendinopathy",
    "anchor_on": "2026-03-02",
    "measure": "visa_a",
    "baseline": "45",
    "target": "80",
    "target_on": "2026-08-30",
}


def new_goal(world: World, wren: Visitor) -> Goal:
    posted(wren, f"/clients/{world.client_id}/goals/new", GOAL)
    return db.session.query(Goal).filter_by(statement=GOAL["statement"]).one()


def test_goal_is_added_with_its_pathway_and_measure(world: World, signed_in: SignedIn) -> None:
    goal = new_goal(world, signed_in("wren"))
    assert (goal.pathway, goal.anchor_on) == ("achilles_tendinopathy", date(2026, 3, 2))
    assert (goal.measure, goal.baseline, goal.target) == ("visa_a", 45, 80)
    assert goal.target_on == date(2026, 8, 30)


def test_goal_is_reworded(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    goal = new_goal(world, wren)
    changed = {name: value for name, value in GOAL.items() if name != "pathway"}
    changed |= {"target": "90", "version": str(goal.version)}
    goal_id = goal.id
    posted(wren, f"/goals/{goal_id}/edit", changed)
    assert db.session.get_one(Goal, goal_id).target == 90


def test_screening_takes_the_ids_of_its_questions(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    goal_id = new_goal(world, wren).id
    posted(
        wren, f"/goals/{goal_id}/screening", {"energy": "no", "sudden_pop": "no", "version": "0"}
    )
    given = {row.question: row.value for row in db.session.query(Answer).filter_by(goal_id=goal_id)}
    assert given == {"energy": "no", "sudden_pop": "no"}


def referral_fields(world: World, seat: Seat) -> dict[str, str]:
    return {
        "to": str(world.rowan.practitioner_id),
        "seat": str(seat.id),
        "client": str(world.client_id),
        "urgency": "soon",
        "reason": "Stiff lower back",
        "question": "Is manual therapy useful now?",
    }


def test_referral_is_sent_to_a_member(world: World, signed_in: SignedIn) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    seat_id, fields = seat.id, referral_fields(world, seat)
    posted(signed_in("wren"), "/referrals/new", fields)
    row = db.session.query(Referral).one()
    assert (row.status, row.urgency, row.seat_id) == ("sent", "soon", seat_id)
    assert row.receiver_id == world.rowan.practitioner_id
    assert row.question == "Is manual therapy useful now?"


def test_referral_without_consent_does_not_leave(world: World, signed_in: SignedIn) -> None:
    fields = referral_fields(world, an_open_seat(world))
    answer = signed_in("wren").post("/referrals/new", fields)
    assert answer.status_code == 422
    assert "Is manual therapy useful now?" in answer.text
    assert db.session.query(Referral).count() == 0


def test_referral_without_client_and_seat(world: World, signed_in: SignedIn) -> None:
    fields = {
        "to": str(world.juniper),
        "urgency": "routine",
        "reason": "Diet advice",
        "question": "Do you see athletes?",
    }
    posted(signed_in("wren"), "/referrals/new", fields)
    assert db.session.query(Referral).one().client_id is None


def steps(world: World) -> dict[str, Milestone]:
    rows = db.session.query(Milestone).filter_by(goal_id=world.goal_id)
    return {row.title: row for row in rows}


def a_step(wren: Visitor, world: World, title: str, waits_for: UUID | None = None) -> Milestone:
    fields: dict[str, Any] = {
        "title": title,
        "owner": "lead",
        "due_on": "2026-04-10",
        "criterion": "Ten minutes without stopping",
    }
    if waits_for:
        fields["depends_on"] = [str(waits_for)]
    posted(wren, f"/goals/{world.goal_id}/plan/milestones/new", fields)
    return steps(world)[title]


def test_milestone_is_added_changed_and_moved(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    first = a_step(wren, world, "Walk to the corner").id
    second = a_step(wren, world, "Walk to the shop", waits_for=first)
    path, version = f"/goals/{world.goal_id}/plan/milestones/{second.id}", str(second.version)
    changed = {
        "title": "Walk to the shop and back",
        "owner": str(world.seat_id),
        "due_on": "2026-04-20",
        "depends_on": [str(first)],
        "criterion": "Without a rest",
        "version": version,
    }
    posted(wren, f"{path}/edit", changed)
    row = steps(world)["Walk to the shop and back"]
    assert (row.due_on, row.criterion) == (date(2026, 4, 20), "Without a rest")
    assert row.owner_seat_id == world.seat_id
    moved = {"status": "unable", "reason": "The path is closed", "version": str(row.version)}
    posted(wren, f"{path}/move", moved)
    row = steps(world)["Walk to the shop and back"]
    assert (row.status, row.reason) == ("unable", "The path is closed")
