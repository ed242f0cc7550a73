"""Plans out of pathways: the three stories, what blocks them, and the day they count from."""

from __future__ import annotations

from datetime import date

import pytest

from careteam.features.clients.models import Client
from careteam.features.plans.checking import Progress
from careteam.features.plans.making import make_plan, missing, move_plan, preview_anchor
from careteam.features.plans.operations import move_milestone, remove_milestone
from careteam.features.plans.schedule import load_plan
from careteam.features.plans.view import view_plan
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound
from tests.features.plans.worlds import a_pathway_goal, an_answer
from tests.personas import World, a_seat

RUPTURE = ("orthopaedic_surgeon", "physiotherapist", "massage_therapist", "general_practitioner")


def titles(world: World, goal: object) -> list[str]:
    return [row.title for row in load_plan(world.wren, goal).rows]  # type: ignore[arg-type]


def test_rupture_plan_counts_from_the_injury_with_its_owners(world: World) -> None:
    goal = a_pathway_goal(world, "achilles_rupture_nonoperative", RUPTURE, date(2026, 3, 1))
    made = make_plan(actor=world.wren, goal=goal)
    view = view_plan(world.wren, goal, "Hazel")
    assert len(made) == len(view.lines)
    dx, programme = view.lines[0], view.lines[1]
    assert (dx.row.title, dx.row.due_on) == (
        "Diagnosis and non-surgical plan confirmed",
        date(2026, 3, 8),
    )
    assert dx.owner == "Orthopaedic surgeon (nobody yet)"
    assert programme.blockers == ("Diagnosis and non-surgical plan confirmed",)
    walk = next(line for line in view.lines if line.row.title == "Walks without limp or aid")
    assert (walk.row.measure, walk.row.comparator, walk.row.threshold) == ("pain_nrs", "<=", 3)
    assert walk.row.due_on == date(2026, 5, 24)


def test_milestone_without_its_discipline_is_the_leads_and_says_for_whom(world: World) -> None:
    goal = a_pathway_goal(world, "achilles_rupture_nonoperative", ["physiotherapist"])
    make_plan(actor=world.wren, goal=goal)
    dx = view_plan(world.wren, goal, "Hazel").lines[0]
    assert (dx.owner, dx.meant_for) == ("You", "Orthopaedic surgeon")


def test_day_of_injury_is_asked_for_never_assumed(world: World) -> None:
    goal = a_pathway_goal(world, "achilles_rupture_nonoperative", RUPTURE, anchor_on=None)
    db.session.commit()
    with pytest.raises(Invalid, match="Day 0 is the day of injury") as refused:
        make_plan(actor=world.wren, goal=goal)
    assert refused.value.field == "anchor_on"
    assert goal.anchor_on is None
    make_plan(actor=world.wren, goal=goal, anchor_on=date(2026, 2, 20))
    assert goal.anchor_on == date(2026, 2, 20)


def test_plan_that_counts_from_its_own_start_begins_today(world: World) -> None:
    goal = a_pathway_goal(world, "fertility_ttc", ["mld_therapist"], anchor_on=None)
    make_plan(actor=world.wren, goal=goal)
    assert goal.anchor_on == date(2026, 3, 4)
    assert load_plan(world.wren, goal).rows[0].due_on == date(2026, 3, 11)


def test_eating_disorder_plan_leaves_out_movement_until_its_seat_has_come(world: World) -> None:
    team = ("general_practitioner", "psychologist", "counsellor", "dietitian", "massage_therapist")
    goal = a_pathway_goal(world, "weight_loss_ed_history", team)
    make_plan(actor=world.wren, goal=goal)
    assert "Enjoyable movement twice a week" not in titles(world, goal)
    assert missing(load_plan(world.wren, goal)) == 0

    a_seat(goal, "clinical_exercise_professional")
    assert missing(load_plan(world.wren, goal)) == 1
    made = make_plan(actor=world.wren, goal=goal)
    assert [row.title for row in made] == ["Enjoyable movement twice a week"]
    line = view_plan(world.wren, goal, "Hazel").line(made[0].id)
    assert line.blockers == ("Movement cleared or deferred",)


def test_making_again_touches_nothing_and_brings_back_nothing_removed(world: World) -> None:
    goal = a_pathway_goal(world, "fertility_ttc", ["mld_therapist", "counsellor"])
    first = make_plan(actor=world.wren, goal=goal)
    remove_milestone(actor=world.wren, milestone=first[1], version=1)
    assert make_plan(actor=world.wren, goal=goal) == []
    assert len(titles(world, goal)) == len(first) - 1


def test_milestones_of_a_hidden_measure_are_not_made(world: World) -> None:
    goal = a_pathway_goal(world, "achilles_rupture_nonoperative", RUPTURE)
    db.session.get_one(Client, world.client_id).hidden_measures = ["heel_raise_lsi"]
    make_plan(actor=world.wren, goal=goal)
    assert "Walk-run programme starts" not in titles(world, goal)
    sport = next(
        line
        for line in view_plan(world.wren, goal, "Hazel").lines
        if line.row.title == "Sport-specific training"
    )
    assert sport.blockers == ("Single-leg heel raise",)


def test_measure_hidden_later_takes_its_milestone_out_of_the_plan(world: World) -> None:
    goal = a_pathway_goal(world, "achilles_rupture_nonoperative", RUPTURE)
    make_plan(actor=world.wren, goal=goal)
    db.session.get_one(Client, world.client_id).hidden_measures = ["heel_raise_lsi"]
    db.session.flush()
    view = view_plan(world.wren, goal, "Hazel")
    assert "Walk-run programme starts" not in [line.row.title for line in view.lines]
    assert [row.title for row, _ in view.aside] == [
        "Walk-run programme starts",
        "Return to sport decision",
    ]


def test_pathway_that_was_left_leaves_the_plan(world: World) -> None:
    goal = a_pathway_goal(world, "fertility_ttc", ["mld_therapist"])
    made = make_plan(actor=world.wren, goal=goal)
    goal.pathway = "weight_loss_ed_history"
    db.session.flush()
    view = view_plan(world.wren, goal, "Hazel")
    assert view.lines == ()
    assert {why for _, why in view.aside} == {"It belongs to the pathway that was left."}
    assert len(view.aside) == len(made)


def test_answers_that_block_the_plan_say_what_comes_first(world: World) -> None:
    goal = a_pathway_goal(world, "achilles_rupture_nonoperative", RUPTURE)
    an_answer(goal, "confirmed", "no")
    db.session.commit()
    with pytest.raises(Invalid, match="The plan cannot start yet"):
        make_plan(actor=world.wren, goal=goal)
    safety = view_plan(world.wren, goal, "Hazel").safety
    assert safety.is_blocked
    assert safety.blocks
    assert safety.first[0].startswith("First: ")


def test_phase_waits_for_a_clearance_until_it_is_there(world: World) -> None:
    goal = a_pathway_goal(world, "weight_loss_ed_history", ["psychologist", "dietitian"])
    make_plan(actor=world.wren, goal=goal)
    an_answer(goal, "exercise_urge", "yes")
    lines = {line.row.title: line for line in view_plan(world.wren, goal, "Hazel").lines}
    assert lines["Joint decision on body goals"].waits == (
        "Waits for a written clearance: Psychologist",
    )
    assert lines["Medical safety confirmed"].waits == ()


def test_moving_the_day_takes_open_milestones_along(world: World) -> None:
    goal = a_pathway_goal(world, "fertility_ttc", ["mld_therapist", "counsellor"])
    made = make_plan(actor=world.wren, goal=goal)
    move_milestone(actor=world.wren, milestone=made[0], version=1, progress=Progress("done"))
    preview = preview_anchor(load_plan(world.wren, goal), date(2026, 3, 15))
    assert (preview.moving, preview.staying, preview.days) == (len(made) - 1, 1, 14)
    assert "by 14 days later; 1 that are finished stay." in preview.words
    move_plan(actor=world.wren, goal=goal, anchor_on=date(2026, 3, 15))
    rows = {row.id: row for row in load_plan(world.wren, goal).rows}
    assert rows[made[0].id].due_on == date(2026, 3, 8)
    assert rows[made[1].id].due_on == date(2026, 4, 12)
    assert rows[made[1].id].version == 2


def test_only_the_lead_makes_the_plan(world: World) -> None:
    goal = a_pathway_goal(world, "fertility_ttc", ["mld_therapist"])
    with pytest.raises((NotFound, Forbidden)):
        make_plan(actor=world.ash, goal=goal)
    with pytest.raises(NotFound):
        make_plan(actor=world.rowan, goal=goal)


def test_move_outside_the_calendar_moves_nothing(world: World) -> None:
    goal = a_pathway_goal(world, "achilles_rupture_nonoperative", RUPTURE, date(2026, 3, 1))
    made = make_plan(actor=world.wren, goal=goal)
    last = made[-1]
    last.due_on = date(2199, 12, 1)
    db.session.commit()
    before = {row.id: row.due_on for row in load_plan(world.wren, goal).rows}
    with pytest.raises(Invalid, match="outside the calendar"):
        move_plan(actor=world.wren, goal=goal, anchor_on=date(2027, 3, 1))
    assert not db.session.dirty
    assert not db.session.new
    assert goal.anchor_on == date(2026, 3, 1)
    assert {row.id: row.due_on for row in load_plan(world.wren, goal).rows} == before
