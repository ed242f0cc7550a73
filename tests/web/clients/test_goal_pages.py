"""Goals in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

from careteam.audit.models import AuditEvent
from careteam.features.clients.models import Client, Goal, GoalWording
from careteam.features.plans.models import Milestone
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from careteam.web.frame.forms import shown
from tests.personas import World
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
WORDS = "Walk to the shop without pain"


def goal_of(world: World) -> Goal:
    return db.session.get_one(Goal, world.goal_id)


def add(wren: Visitor, world: World, **sent: str) -> tuple[int, str]:
    answer = wren.post(f"/clients/{world.client_id}/goals/new", sent)
    return answer.status_code, answer.text


def test_every_pathway_stands_with_an_example_and_its_status(
    world: World, signed_in: SignedIn
) -> None:
    page = signed_in("wren").get(f"/clients/{world.client_id}/goals/new").text
    assert page.count('name="pathway"') == 18
    assert "My Achilles is stiff every morning and I want to run 10 km again." in page
    assert "draft for clinical review" in page


def test_offered_pathway_is_chosen_beforehand(world: World, signed_in: SignedIn) -> None:
    page = signed_in("wren").get(f"/clients/{world.client_id}/goals/new?pathway=weight_loss").text
    radios = re.findall(r'<input[^>]*name="pathway"[^>]*>', page)
    assert ['value="weight_loss"' in each for each in radios if " checked" in each] == [True]


def test_pathway_chosen_beforehand_stands_above_the_fold(world: World, signed_in: SignedIn) -> None:
    address = f"/clients/{world.client_id}/goals/new"
    offered = signed_in("wren").get(f"{address}?pathway=weight_loss").text
    refused = add(signed_in("wren"), world, statement="", pathway="weight_loss")[1]
    for page in (offered, refused):
        above, _, folded = page.partition("Choose another, or none")
        assert above.count('name="pathway"') == 1
        assert 'value="weight_loss"' in above
        assert folded.count('name="pathway"') == 17
    assert "Choose another" not in signed_in("wren").get(address).text


def test_goal_is_added_once(world: World, signed_in: SignedIn) -> None:
    wren, key = signed_in("wren"), uuid4()
    sent = {
        "new_id": str(key),
        "statement": "Run again",
        "pathway": "achilles_rupture_nonoperative",
        "anchor_on": "2026-02-20",
        "measure": "own_activity",
        "baseline": "2",
        "target": "7.5",
        "target_on": "2026-09-01",
    }
    assert [add(wren, world, **sent)[0] for _ in range(2)] == [303, 303]
    goal = db.session.query(Goal).filter_by(statement="Run again").one()
    assert (goal.id, goal.anchor_on, goal.baseline, goal.target, goal.target_on) == (
        key,
        date(2026, 2, 20),
        2,
        7.5,
        date(2026, 9, 1),
    )


def test_new_goal_has_its_seats_and_the_leads_own_is_filled(
    world: World, signed_in: SignedIn
) -> None:
    add(signed_in("wren"), world, statement="Garden again", pathway="chronic_low_back_pain")
    goal = db.session.query(Goal).filter_by(statement="Garden again").one()
    seats = {seat.discipline: seat for seat in db.session.query(Seat).filter_by(goal_id=goal.id)}
    assert seats["physiotherapist"].state == "open"
    own = seats["massage_therapist"]
    assert (own.state, own.practitioner_id) == ("filled", world.wren.practitioner_id)


def test_missing_anchor_is_asked_for_and_what_was_typed_stays(
    world: World, signed_in: SignedIn
) -> None:
    status, text = add(
        signed_in("wren"), world, statement="Run again", pathway="achilles_rupture_nonoperative"
    )
    assert status == 422
    assert "Day 0 is the day of injury" in text
    assert "Run again</textarea>" in text
    assert 'checked id="pathway-' in text
    assert db.session.query(Goal).count() == 1


def test_wrong_goal_input_is_said(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    for sent, word in (
        ({}, "Write down what the client wants."),
        ({"statement": "x", "pathway": "made_up"}, "Not a valid choice."),
        ({"statement": "x", "measure": "made_up"}, "Not a valid choice."),
        ({"statement": "x", "measure": "pain_nrs", "target": "many"}, "Not a valid float value."),
        ({"statement": "x", "measure": "pain_nrs", "target": "1e400"}, "goes from 0 to 10"),
        ({"statement": "x", "target": "3"}, "Choose the measure"),
        ({"statement": "x", "anchor_on": "0001-01-01"}, "Give a year"),
        (
            {"statement": "x", "anchor_on": "1926-02-20"},
            "This is 100 years ago. Is the year right?",
        ),
    ):
        status, text = add(wren, world, **sent)
        assert status == 422, sent
        assert word in text, sent
    assert db.session.query(Goal).count() == 1


def test_measure_that_is_hidden_is_not_offered(world: World, signed_in: SignedIn) -> None:
    db.session.get_one(Client, world.client_id).hidden_measures = ["weight_kg"]
    db.session.commit()
    wren = signed_in("wren")
    page = wren.get(f"/clients/{world.client_id}/goals/new").text
    assert 'value="pain_nrs"' in page
    assert 'value="weight_kg"' not in page
    assert add(wren, world, statement="x", measure="weight_kg")[0] == 422


def test_new_goal_in_place_of_the_old(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    assert add(wren, world, statement="Dance", replaces=str(world.goal_id))[0] == 303
    old = goal_of(world)
    assert old.status == "replaced"
    assert db.session.get_one(Goal, old.replaced_by_id).statement == "Dance"
    assert "The goal in its place" in wren.get(f"/goals/{world.goal_id}").text


def test_goal_of_somebody_else_cannot_be_replaced(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    rowan.post("/clients/new", {"name": "Elm", "consent_to_keep": "y"})
    elm = db.session.query(Client).filter_by(name="Elm").one()
    answer = rowan.post(
        f"/clients/{elm.id}/goals/new", {"statement": "x", "replaces": str(world.goal_id)}
    )
    assert answer.status_code == 404
    assert goal_of(world).status == "active"
    assert db.session.query(Goal).count() == 1


BEFORE = {
    "statement": WORDS,
    "measure": None,
    "baseline": None,
    "target": None,
    "target_on": None,
    "anchor_on": None,
    "clinical_lead": None,
}


def reword(wren: Visitor, world: World, version: int = 1, **sent: str) -> tuple[int, str]:
    form = {"statement": WORDS, "anchor_on": "2026-03-01", "version": str(version), **sent}
    answer = wren.post(f"/goals/{world.goal_id}/edit", {"was": shown(BEFORE), **form})
    return answer.status_code, answer.text


def test_reworded_goal_keeps_the_old_words_for_the_lead(world: World, signed_in: SignedIn) -> None:
    wren, ash = signed_in("wren"), signed_in("ash")
    assert reword(wren, world, statement="Dance", reason="She changed her mind")[0] == 303
    page = wren.get(f"/goals/{world.goal_id}").text
    assert WORDS in page
    assert "She changed her mind" in page
    seen = ash.get(f"/goals/{world.goal_id}").text
    assert "Dance" in seen
    assert WORDS not in seen
    assert "She changed" not in seen


def test_new_day_takes_the_open_part_of_the_plan_along_without_new_words(
    world: World, signed_in: SignedIn
) -> None:
    goal = goal_of(world)
    goal.anchor_on = date(2026, 2, 22)
    for title, status in (("Boot on", "done"), ("Boot off", "planned")):
        db.session.add(
            Milestone(
                client_id=goal.client_id,
                goal_id=goal.id,
                author_id=goal.author_id,
                title=title,
                status=status,
                due_on=date(2026, 4, 1),
            )
        )
    db.session.flush()
    version = goal.version
    db.session.commit()
    sent = {"was": shown(BEFORE | {"anchor_on": date(2026, 2, 22)}), "clinical_lead": "Dr Finch"}
    assert reword(signed_in("wren"), world, version, **sent)[0] == 303
    goal = goal_of(world)
    assert (goal.anchor_on, goal.clinical_lead) == (date(2026, 3, 1), "Dr Finch")
    due = {row.title: row.due_on for row in db.session.query(Milestone)}
    assert due == {"Boot on": date(2026, 4, 1), "Boot off": date(2026, 4, 8)}
    assert db.session.query(GoalWording).count() == 0


def test_late_rewording_shows_both(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    reword(wren, world, statement="Dance")
    status, text = reword(wren, world, statement="Swim")
    assert status == 409
    assert "Dance" in text
    assert "Swim" in text
    assert goal_of(world).statement == "Dance"


def test_refused_day_writes_nothing_of_the_new_words(world: World, signed_in: SignedIn) -> None:
    goal_of(world).anchor_on = date(2026, 3, 1)
    db.session.add(
        Milestone(
            client_id=world.client_id,
            goal_id=world.goal_id,
            title="Look back",
            due_on=date(2199, 12, 1),
        )
    )
    db.session.commit()
    version = goal_of(world).version
    db.session.commit()
    wren = signed_in("wren")
    status, text = reword(wren, world, version, statement="Dance", anchor_on="2027-03-01")
    assert status == 422
    assert "Look back would lie outside the calendar." in text
    assert "Dance</textarea>" in text
    assert f'name="version" value="{version}"' in text
    assert "Walk to the shop without pain&#34;" in text
    assert (goal_of(world).statement, goal_of(world).anchor_on) == (WORDS, date(2026, 3, 1))
    assert db.session.query(GoalWording).count() == 0


def test_refused_turn_writes_nothing(world: World, signed_in: SignedIn) -> None:
    goal_of(world).status = "replaced"
    db.session.commit()
    version = goal_of(world).version
    db.session.commit()
    wren = signed_in("wren")
    for turn in ("pause", "resume", "end"):
        assert wren.post(f"/goals/{world.goal_id}/{turn}", {"reason": "x"}).status_code == 303
        assert "Another goal stands in place of this one." in wren.get("/clients").text
    goal = goal_of(world)
    assert (goal.status, goal.status_reason, goal.version) == ("replaced", None, version)
    assert db.session.query(AuditEvent).filter_by(client_id=goal.client_id).count() == 0


def test_goal_set_aside_gets_new_words(world: World, signed_in: SignedIn) -> None:
    goal_of(world).set_aside_at = clock.now()
    db.session.commit()
    wren = signed_in("wren")
    assert "The goal needs new words." in wren.get(f"/clients/{world.client_id}").text
    assert "Word the goal anew" in wren.get("/clients").text
    version = goal_of(world).version
    db.session.commit()
    assert reword(wren, world, version=version, statement="Feel at home")[0] == 303
    assert goal_of(world).set_aside_at is None
    assert db.session.query(GoalWording).one().statement == WORDS


def test_pause_end_and_their_undo(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    wren.post(f"/goals/{world.goal_id}/pause", {"reason": "Holiday"})
    assert (goal_of(world).status, goal_of(world).status_reason) == ("paused", "Holiday")
    db.session.commit()
    page = wren.get(f"/goals/{world.goal_id}").text
    assert f'action="/goals/{world.goal_id}/resume"' in page
    wren.post(f"/goals/{world.goal_id}/resume")
    wren.post(f"/goals/{world.goal_id}/end")
    assert goal_of(world).status == "ended"
    db.session.commit()
    wren.post(f"/goals/{world.goal_id}/pause")
    assert "This goal has ended." in wren.get(f"/goals/{world.goal_id}").text
    assert goal_of(world).status == "ended"


def test_seated_practitioner_cannot_change_the_goal(world: World, signed_in: SignedIn) -> None:
    ash = signed_in("ash")
    for ending in ("edit", "pause", "resume", "end"):
        assert ash.post(f"/goals/{world.goal_id}/{ending}").status_code == 404
    assert goal_of(world).status == "active"
