"""The place on the team behind a link: what it opens, to whom, and for how long."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from careteam.audit.models import AccessRead, AuditEvent
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.links.models import Link
from careteam.features.measures.models import Measurement
from careteam.features.notes.models import Note
from careteam.features.plans.models import Milestone
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.features.plans.worlds import a_step, an_answer, commit, hazels_goal
from tests.personas import World, a_client, a_consent, a_goal, a_seat
from tests.support.linking import a_linked_referral, a_place, confirm, open_link, title_of

PAGES = ("plan", "plan.pdf", "value", "notes", "notes/new", "letter", "history", "stop")
HEALTH = ("Walk to the shop", "Eat breakfast", "Eats too little", "Could you look", "Hazel")


def own_step(world: World, referral_id: UUID, title: str = "Eat breakfast") -> Milestone:
    seat_id = db.session.get_one(Referral, referral_id).seat_id
    step = a_step(world, hazels_goal(world), title, owner=str(seat_id))
    commit(step)
    return step


def consents_to(world: World, *classes: str) -> None:
    """Hazel lets Juniper know more, and her goal is measured by pain."""
    consent = db.session.query(Consent).filter_by(practitioner_id=world.juniper).one()
    consent.classes = [*consent.classes, *classes]
    db.session.get_one(Goal, world.goal_id).measure = "pain_nrs"
    db.session.commit()


def link_of(referral_id: UUID) -> Link:
    db.session.expire_all()
    return db.session.query(Link).filter_by(referral_id=referral_id).one()


def test_every_page_leads_to_the_code_first(app: Flask, world: World) -> None:
    referral_id, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.post(f"{home}/accept", {"contact": "client"})
    step = own_step(world, referral_id)
    for page in (*PAGES, f"steps/{step.id}"):
        assert visitor.get(f"{home}/{page}").location == f"{home}/code", page
    note = {"body": "x", "audience": "team", "information_class": "safety_alerts"}
    assert visitor.post(f"{home}/notes/new", note).location == f"{home}/code"
    moved = visitor.post(f"{home}/steps/{step.id}", {"status": "done", "version": 1})
    assert moved.location == f"{home}/code"
    assert db.session.query(Note).count() == 0
    assert db.session.get_one(Milestone, step.id).status == "planned"


def test_before_acceptance_there_is_no_place(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    confirm(visitor, home)
    for page in PAGES:
        assert visitor.get(f"{home}/{page}").location == home, page


def test_home_says_what_is_next_and_lists_own_steps(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    own_step(world, referral_id)
    a_step(world, hazels_goal(world), "Walk to the corner")
    db.session.commit()
    shown = visitor.get(home).text
    assert "Hazel Sample makes contact with you." in shown
    assert shown.index("Book the appointment") < shown.index("Eat breakfast")
    assert "Walk to the corner" not in shown
    assert "2 steps" in shown
    assert "Nobody watches this page" in shown


def test_every_page_opens_and_says_nothing_of_health_in_its_title(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    consents_to(world, "functional_status")
    step = own_step(world, referral_id)
    visitor.post(f"{home}/start")
    for page in ("", *(f"/{page}" for page in (*PAGES, f"steps/{step.id}", "report"))):
        answer = visitor.get(home + page)
        assert answer.status_code == 200, page
        if not page.endswith(".pdf"):
            assert not any(word in title_of(answer.text) for word in HEALTH), page
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


def test_withdrawn_consent_closes_every_page_at_once(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    step = own_step(world, referral_id)
    visitor.get(home)
    token = {"csrf_token": visitor.token()}
    consent = db.session.query(Consent).filter_by(practitioner_id=world.juniper).one()
    consent.withdrawn_at = clock.now()
    db.session.commit()
    for page in (*PAGES, f"steps/{step.id}"):
        assert visitor.get(f"{home}/{page}").location == home, page
    shown = visitor.get(home).text
    assert "consent is not in force" in shown
    assert not any(word in shown for word in HEALTH)
    visitor.post_bare(f"{home}/steps/{step.id}", token | {"status": "done", "version": "1"})
    assert "This was not saved" in visitor.get(home).text
    visitor.post_bare(
        f"{home}/notes/new",
        token | {"body": "x", "audience": "all", "information_class": "safety_alerts"},
    )
    assert db.session.get_one(Milestone, step.id).status == "planned"
    assert db.session.query(Note).count() == 0


def test_another_clients_plan_is_not_reachable(app: Flask, world: World) -> None:
    """Juniper sits on Rowan's team too; the link about Hazel opens nothing of it."""
    _, visitor, home = a_place(app, world)
    assert world.rowan.practitioner_id is not None
    other = a_goal(a_client(world.rowan.practitioner_id, "Linden Sample"), "Sleep again")
    seat = a_seat(other, "dietitian", filled_by=world.juniper)
    a_consent(other, world.juniper, ["identity_contact", "goal_plan", "safety_alerts"])
    step = Milestone(
        id=uuid4(),
        client_id=other.client_id,
        goal_id=other.id,
        author_id=other.author_id,
        title="Sleep",
        due_on=clock.today(),
        owner_seat_id=seat.id,
    )
    note = Note(
        id=uuid4(),
        client_id=other.client_id,
        goal_id=other.id,
        author_id=world.juniper,
        information_class="goal_plan",
        audience="team",
        body="Linden sleeps",
    )
    db.session.add_all([step, note])
    commit(step, note)
    assert visitor.get(f"{home}/steps/{step.id}").status_code == 404
    assert visitor.post(f"{home}/steps/{step.id}", {"status": "done"}).status_code == 404
    assert visitor.post(f"{home}/notes/{note.id}/take-back").status_code == 404
    assert "Linden" not in visitor.get(f"{home}/notes").text
    assert db.session.get_one(Milestone, step.id).status == "planned"


def test_somebody_elses_step_is_read_and_not_moved(app: Flask, world: World) -> None:
    _, visitor, home = a_place(app, world)
    step = a_step(world, hazels_goal(world), "Walk to the corner")
    commit(step)
    assert "Walk to the corner" in visitor.get(f"{home}/plan").text
    assert visitor.get(f"{home}/steps/{step.id}").status_code == 403
    assert visitor.post(f"{home}/steps/{step.id}", {"status": "done"}).status_code == 403


def test_own_step_is_moved_by_the_link_and_turned_back(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    step = own_step(world, referral_id)
    with clock.stopped(NOW + timedelta(hours=1)):
        moved = visitor.post(
            f"{home}/steps/{step.id}",
            {"status": "done", "reached_on": "2026-03-03", "reason": "Food diary", "version": 1},
        )
    assert moved.location == f"{home}/plan"
    assert f"{home}/steps/{step.id}/undo" in visitor.get(f"{home}/plan").text
    row = db.session.get_one(Milestone, step.id)
    assert (row.status, str(row.reached_on), row.reason) == ("done", "2026-03-03", "Food diary")
    link = link_of(referral_id)
    assert link.last_used_at == NOW + timedelta(hours=1)
    event = db.session.query(AuditEvent).filter_by(action="milestone.moved").one()
    assert event.actor_key == f"link:{link.id}"
    visitor.post(f"{home}/steps/{step.id}/undo", {"version": 2})
    db.session.expire_all()
    assert db.session.get_one(Milestone, step.id).status == "planned"


def test_late_words_stand_beside_the_others_and_are_kept(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    step = own_step(world, referral_id)
    path = f"{home}/steps/{step.id}"
    visitor.post(path, {"status": "done", "reason": "Food diary", "version": 1})
    late = visitor.post(path, {"status": "unable", "reason": "Moved away", "version": 1})
    assert late.status_code == 409
    for words in ("Food diary", "Moved away", "Not possible", "Juniper Outside"):
        assert words in late.text
    assert db.session.get_one(Milestone, step.id).status == "done"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"status": "unable"}, "Please say why."),
        ({"status": ""}, "Choose how far this is."),
        ({"status": "done", "reached_on": "2026-03-05"}, "lies in the future"),
        ({"status": "in_progress", "reason": "Half way"}, "Write it as a note below."),
        ({"status": "in_progress", "body": "Half way"}, "Choose whom it is for."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(
    app: Flask, world: World, sent: dict[str, str], words: str
) -> None:
    referral_id, visitor, home = a_place(app, world)
    step = own_step(world, referral_id)
    answer = visitor.post(f"{home}/steps/{step.id}", sent | {"version": "1"})
    assert answer.status_code == 422
    assert words in answer.text
    for typed in ("reason", "body"):
        assert sent.get(typed, "") in answer.text
    assert db.session.get_one(Milestone, step.id).status == "planned"
    assert db.session.query(Note).count() == 0


def test_a_note_may_go_with_a_step(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    step = own_step(world, referral_id)
    sent = {
        "status": "in_progress",
        "version": 1,
        "body": "Half way there",
        "audience": "all",
        "information_class": "safety_alerts",
        "new_id": str(uuid4()),
    }
    visitor.post(f"{home}/steps/{step.id}", sent)
    visitor.post(f"{home}/steps/{step.id}", sent)
    note = db.session.query(Note).one()
    assert (note.milestone_id, note.body, note.author_id) == (
        step.id,
        "Half way there",
        world.juniper,
    )


def test_value_is_recorded_once_and_taken_back(app: Flask, world: World) -> None:
    _, visitor, home = a_place(app, world)
    assert visitor.get(f"{home}/value").status_code == 404
    consents_to(world, "functional_status")
    sent = {
        "measure": "pain_nrs",
        "value": "3,5",
        "taken_on": "2026-03-04",
        "how": "by phone",
        "new_id": str(uuid4()),
    }
    assert visitor.post(f"{home}/value", sent).location == home
    assert visitor.post(f"{home}/value", sent).location == home
    row = db.session.query(Measurement).one()
    assert (row.value, row.author_id, row.how) == (3.5, world.juniper, "by phone")
    assert visitor.post(f"{home}/value", sent | {"value": "11"}).status_code == 303
    wrong = visitor.post(f"{home}/value", sent | {"value": "11", "new_id": str(uuid4())})
    assert wrong.status_code == 422
    visitor.post(f"{home}/values/{row.id}/take-back")
    assert db.session.query(Measurement).count() == 0


def test_measure_hidden_by_the_answers_is_not_offered(app: Flask, world: World) -> None:
    _, visitor, home = a_place(app, world)
    consents_to(world, "functional_status")
    assert visitor.get(f"{home}/value").status_code == 200
    db.session.get_one(Client, world.client_id).hidden_measures = ["pain_nrs"]
    db.session.commit()
    assert visitor.get(f"{home}/value").status_code == 404


def test_reads_are_logged_under_the_link(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    own_step(world, referral_id)
    with clock.stopped(NOW + timedelta(hours=2)):
        visitor.get(f"{home}/plan")
        key = f"link:{link_of(referral_id).id}"
        rows = db.session.query(AccessRead).filter_by(actor_key=key, hour_at=_hour(2)).all()
    assert "goal_plan" in {row.information_class for row in rows}
    assert {row.client_id for row in rows} == {world.client_id}


def _hour(later: int) -> object:
    return (NOW + timedelta(hours=later)).replace(minute=0, second=0, microsecond=0)


def test_names_and_times_only_opens_no_plan(app: Flask, world: World) -> None:
    """The letter and the report stay; goal, plan and notes are not shared."""
    _, visitor, home = a_place(app, world)
    consent = db.session.query(Consent).filter_by(practitioner_id=world.juniper).one()
    consent.classes = ["identity_contact", "safety_alerts"]
    db.session.commit()
    shown = visitor.get(home)
    assert shown.status_code == 200
    assert "Walk to the shop" not in shown.text
    assert visitor.get(f"{home}/plan").location == home


def test_what_is_held_is_shown_as_effect_without_its_cause(app: Flask, world: World) -> None:
    _, visitor, home = a_place(app, world)
    goal = hazels_goal(world)
    goal.pathway = "achilles_rupture_nonoperative"
    an_answer(goal, "confirmed", "no")
    db.session.commit()
    for page in (home, f"{home}/plan"):
        shown = visitor.get(page).text
        assert "The plan is stopped for now: ask the lead." in shown
        assert "confirmed" not in shown
