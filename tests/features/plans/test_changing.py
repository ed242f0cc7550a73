"""Milestones added, changed by two people at once, moved, turned back, removed."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from careteam.access.reach import forget
from careteam.features.plans.checking import Progress, Structure
from careteam.features.plans.models import Milestone
from careteam.features.plans.operations import (
    add_milestone,
    change_milestone,
    move_milestone,
    remove_milestone,
    undo_change,
)
from careteam.features.plans.schedule import load_plan
from careteam.features.plans.view import view_plan
from careteam.features.teams.models import Seat, SeatHiding
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Forbidden, Invalid, NotFound
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World, a_seat


def changed(world: World, row: Milestone, version: int, **values: object) -> Milestone:
    given = {"title": row.title, "owner": "lead", "due_on": row.due_on} | values
    return change_milestone(
        actor=world.wren,
        milestone=row,
        version=version,
        structure=Structure(**given),  # type: ignore[arg-type]
    )


def test_different_fields_of_a_stale_form_merge(world: World) -> None:
    row = a_step(world, hazels_goal(world), "Walk ten minutes")
    changed(world, row, 1, title="Walk twenty minutes")
    changed(world, row, 1, title="Walk ten minutes", due_on=date(2026, 5, 1))
    assert (row.title, row.due_on, row.version) == ("Walk twenty minutes", date(2026, 5, 1), 3)


def test_same_field_of_a_stale_form_shows_both_texts(world: World) -> None:
    row = a_step(world, hazels_goal(world), "Walk ten minutes")
    changed(world, row, 1, title="Walk twenty minutes")
    db.session.commit()
    with pytest.raises(Conflict) as refused:
        changed(world, row, 1, title="Walk to the shop")
    assert refused.value.theirs == {"title": "Walk twenty minutes"}
    assert refused.value.yours == {"title": "Walk to the shop"}
    assert row.title == "Walk twenty minutes"


def test_form_without_a_version_overwrites_nothing(world: World) -> None:
    row = a_step(world, hazels_goal(world), "Walk ten minutes")
    with pytest.raises(Conflict):
        changed(world, row, 99, title="Other")


def test_circle_is_refused_by_the_names_of_its_milestones(world: World) -> None:
    goal = hazels_goal(world)
    first = a_step(world, goal, "Boot off")
    second = a_step(world, goal, "Walk", after=[first])
    db.session.commit()
    with pytest.raises(Invalid) as refused:
        changed(world, first, 1, depends_on=(second.id,))
    assert refused.value.field == "depends_on"
    assert "Boot off waits for Walk, Walk waits for Boot off" in refused.value.message
    with pytest.raises(Invalid, match="Walk cannot wait for itself"):
        changed(world, second, 1, depends_on=(second.id,))


def test_owner_and_awaited_milestone_of_another_goal_are_not_found(world: World) -> None:
    row = a_step(world, hazels_goal(world), "Walk")
    db.session.commit()
    for values in ({"owner": str(uuid4())}, {"owner": "ash"}, {"depends_on": (uuid4(),)}):
        with pytest.raises(NotFound):
            changed(world, row, 1, **values)


@pytest.mark.parametrize("day", [date(1800, 1, 1), date(2026, 2, 28), date(2300, 1, 1)])
def test_day_that_makes_no_sense_is_refused_beside_the_field(world: World, day: date) -> None:
    with pytest.raises(Invalid) as refused:
        a_step(world, hazels_goal(world), "Walk", day)
    assert refused.value.field == "due_on"


def test_removed_milestone_is_bridged_and_comes_back_as_it_was(world: World) -> None:
    goal = hazels_goal(world)
    first = a_step(world, goal, "Boot off")
    second = a_step(world, goal, "Walk", after=[first])
    third = a_step(world, goal, "Run", after=[second])
    remove_milestone(actor=world.wren, milestone=second, version=1)
    assert view_plan(world.wren, goal, "Hazel").line(third.id).blockers == ("Boot off",)
    undo_change(actor=world.wren, milestone=second, version=2)
    assert view_plan(world.wren, goal, "Hazel").line(third.id).blockers == ("Walk", "Boot off")[:1]
    assert load_plan(world.wren, goal).awaited[third.id] == (second.id,)


def test_undo_turns_back_every_field_of_the_last_change_only(world: World) -> None:
    row = a_step(world, hazels_goal(world), "Walk")
    changed(world, row, 1, title="Walk far", due_on=date(2026, 6, 1))
    changed(world, row, 2, title="Walk far", due_on=date(2026, 6, 1), criterion="An hour")
    undo_change(actor=world.wren, milestone=row, version=3)
    assert (row.title, row.due_on, row.criterion) == ("Walk far", date(2026, 6, 1), None)
    db.session.commit()
    with pytest.raises(Conflict):
        undo_change(actor=world.wren, milestone=row, version=3)
    undo_change(actor=world.wren, milestone=row, version=4)
    assert row.criterion == "An hour"


def test_undo_of_dependencies_that_became_a_circle_is_refused(world: World) -> None:
    goal = hazels_goal(world)
    first = a_step(world, goal, "Boot off")
    second = a_step(world, goal, "Walk", after=[first])
    changed(world, second, 1)
    assert load_plan(world.wren, goal).awaited[second.id] == ()
    changed(world, first, 1, depends_on=(second.id,))
    with pytest.raises(Invalid, match="circle"):
        undo_change(actor=world.wren, milestone=second, version=2)


def test_setting_aside_asks_for_a_reason_and_done_for_no_future(world: World) -> None:
    row = a_step(world, hazels_goal(world), "Walk")
    db.session.commit()
    with pytest.raises(Invalid, match="say why") as refused:
        move_milestone(actor=world.wren, milestone=row, version=1, progress=Progress("skipped"))
    assert refused.value.field == "reason"
    with pytest.raises(Invalid) as refused:
        move_milestone(
            actor=world.wren,
            milestone=row,
            version=1,
            progress=Progress("done", reached_on=date(2026, 3, 5)),
        )
    assert refused.value.field == "reached_on"
    move_milestone(actor=world.wren, milestone=row, version=1, progress=Progress("done"))
    assert (row.status, row.reached_on) == ("done", date(2026, 3, 4))


def test_ash_moves_her_own_milestone_and_no_other(world: World) -> None:
    goal = hazels_goal(world)
    hers = a_step(world, goal, "Heel raises", owner=str(world.seat_id))
    other = a_step(world, goal, "Eat well")
    move_milestone(actor=world.ash, milestone=hers, version=1, progress=Progress("in_progress"))
    assert hers.status == "in_progress"
    with pytest.raises(Forbidden):
        move_milestone(actor=world.ash, milestone=other, version=1, progress=Progress("done"))
    with pytest.raises(Forbidden):
        change_milestone(
            actor=world.ash,
            milestone=hers,
            version=2,
            structure=Structure("Mine", str(world.seat_id), date(2026, 4, 1)),
        )
    with pytest.raises(NotFound):
        move_milestone(actor=world.rowan, milestone=hers, version=2, progress=Progress("done"))
    undo_change(actor=world.ash, milestone=hers, version=2)
    with pytest.raises(Forbidden):
        add_milestone(
            actor=world.ash,
            goal=goal,
            milestone_id=uuid4(),
            structure=Structure("More", "lead", date(2026, 4, 1)),
        )


def test_ash_cannot_turn_back_what_the_lead_planned(world: World) -> None:
    hers = a_step(world, hazels_goal(world), "Heel raises", owner=str(world.seat_id))
    db.session.commit()
    with pytest.raises(Forbidden):
        undo_change(actor=world.ash, milestone=hers, version=1)
    assert hers.removed_at is None


def test_open_milestones_of_an_ended_seat_are_the_leads_and_say_so(world: World) -> None:
    goal = hazels_goal(world)
    row = a_step(world, goal, "Heel raises", owner=str(world.seat_id))
    done = a_step(world, goal, "First visit", owner=str(world.seat_id))
    move_milestone(actor=world.wren, milestone=done, version=1, progress=Progress("done"))
    db.session.get_one(Seat, world.seat_id).state = "ended"
    db.session.flush()
    view = view_plan(world.wren, goal, "Hazel")
    assert (view.line(row.id).owner, view.line(row.id).former) == (
        "You",
        "Physiotherapist has ended",
    )
    assert view.line(done.id).former is None


def test_milestones_of_a_hidden_seat_are_not_in_the_plan(world: World) -> None:
    goal = hazels_goal(world)
    secret = a_seat(goal, "psychologist")
    kept = a_step(world, goal, "Kept apart", owner=str(secret.id))
    follows = a_step(world, goal, "Next", after=[kept])
    db.session.add(
        SeatHiding(
            seat_id=secret.id, practitioner_id=world.ash.practitioner_id, client_id=world.client_id
        )
    )
    db.session.flush()
    forget()
    view = view_plan(world.ash, goal, "Hazel")
    assert [line.row.title for line in view.lines] == ["Next"]
    assert view.line(follows.id).blockers == ()
    assert "psychologist" not in " ".join(line.owner for line in view.lines).lower()
    assert len(view_plan(world.wren, goal, "Hazel").lines) == 2


def test_people_are_waited_for_with_what_nothing_holds_back(world: World) -> None:
    goal = hazels_goal(world)
    first = a_step(world, goal, "Heel raises", owner=str(world.seat_id))
    a_step(world, goal, "Run", after=[first])
    a_step(world, goal, "Sleep log", owner="client")
    waiting = view_plan(world.wren, goal, "Hazel").waiting
    assert [(who.owner, [line.row.title for line in who.lines]) for who in waiting] == [
        ("Ash Seated", ["Heel raises"]),
        ("Hazel", ["Sleep log"]),
    ]


def days_of(world: World, row: Milestone) -> dict[str, int]:
    value = load_plan(world.wren, hazels_goal(world)).value(row)
    return dict(value.lags)


def test_days_in_between_are_kept_changed_and_turned_back(world: World) -> None:
    goal = hazels_goal(world)
    scan = a_step(world, goal, "Scan")
    visit = a_step(world, goal, "Visit", after=[scan])
    changed(world, visit, 1, depends_on=(scan.id,), lags={scan.id: 3})
    assert days_of(world, visit) == {str(scan.id): 3}
    changed(world, visit, 2, title="Second visit", depends_on=(scan.id,))
    assert days_of(world, visit) == {str(scan.id): 3}
    changed(world, visit, 3, title="Second visit", depends_on=())
    assert days_of(world, visit) == {}
    undo_change(actor=world.wren, milestone=visit, version=4)
    assert days_of(world, visit) == {str(scan.id): 3}


def test_days_on_the_way_through_a_removed_milestone_add_up(world: World) -> None:
    goal = hazels_goal(world)
    scan = a_step(world, goal, "Scan")
    talk = a_step(world, goal, "Talk", after=[scan])
    changed(world, talk, 1, depends_on=(scan.id,), lags={scan.id: 3})
    visit = a_step(world, goal, "Visit", after=[talk])
    changed(world, visit, 1, depends_on=(talk.id,), lags={talk.id: 4})
    remove_milestone(actor=world.wren, milestone=talk, version=2)
    assert days_of(world, visit) == {str(scan.id): 7}
    seen = {"depends_on": (scan.id,), "lags": {scan.id: 7}}
    changed(world, visit, 2, title="Second visit", **seen)
    undo_change(actor=world.wren, milestone=talk, version=3)
    assert days_of(world, visit) == {str(talk.id): 4}


def test_new_days_in_between_merge_with_another_new_date(world: World) -> None:
    goal = hazels_goal(world)
    scan = a_step(world, goal, "Scan")
    visit = a_step(world, goal, "Visit", after=[scan])
    changed(world, visit, 1, depends_on=(scan.id,), lags={}, due_on=date(2026, 5, 5))
    shown = {"depends_on": (scan.id,), "due_on": date(2026, 4, 1)}
    changed(world, visit, 1, **shown, lags={scan.id: 7})
    assert (visit.due_on, days_of(world, visit)) == (date(2026, 5, 5), {str(scan.id): 7})
    with pytest.raises(Conflict) as refused:
        changed(world, visit, 1, **shown, lags={scan.id: 9})
    assert refused.value.theirs == {"lags": {str(scan.id): 7}}


def test_days_in_between_beyond_two_years_are_refused(world: World) -> None:
    goal = hazels_goal(world)
    scan = a_step(world, goal, "Scan")
    with pytest.raises(Invalid, match="Give whole days from 0 to 730"):
        changed(world, a_step(world, goal, "Visit"), 1, depends_on=(scan.id,), lags={scan.id: 731})
