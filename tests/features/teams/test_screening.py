"""Answers are checked, kept, and act at once."""

from __future__ import annotations

import pytest

from careteam.domain.pathway import LeftTo
from careteam.features.clients.models import Client
from careteam.features.teams.effects import client_safety, folds_that_disagree, recompute_folds
from careteam.features.teams.parts import progress_of, safety_part
from careteam.features.teams.queries import answer_rows, list_answers
from careteam.features.teams.screening import answer_screening
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound
from tests.features.teams.making import answer, client_of, goal_on
from tests.personas import a_consent, a_seat


@pytest.fixture
def goal(world):
    made = goal_on(world, "weight_loss")
    db.session.commit()
    return made


def test_an_answer_carries_the_class_of_its_question(world, goal):
    answer(world, goal, ed_past="no", heart="unsure")

    rows = answer_rows(goal.id)
    assert rows["ed_past"].information_class == "mental_health"
    assert rows["heart"].information_class == "health_history"
    assert rows["heart"].author_id == world.wren.practitioner_id


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("ed_past", "perhaps"),
        ("age_18", "unsure"),
        ("heart", LeftTo("general_practitioner")),
        ("ed_past", LeftTo("fitness_instructor")),
        ("no_such_question", "yes"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_at_its_question(world, goal, name, given):
    with pytest.raises(Invalid) as refused:
        answer_screening(actor=world.wren, goal=goal, answers={name: given})
    assert refused.value.field == name
    assert answer_rows(goal.id) == {}


def test_a_question_left_to_a_role_stays_open_and_keeps_its_hold(world):
    goal = goal_on(world, "fertility_ttc")
    answer(world, goal, pregnant_now=LeftTo("gynaecologist"))

    row = answer_rows(goal.id)["pregnant_now"]
    assert (row.value, row.left_to) == (None, "gynaecologist")
    assert [scope.value for scope in client_safety(client_of(world)).held] == ["abdomen"]


def test_numbers_are_kept_as_they_were_said(world):
    goal = goal_on(world, "fertility_ttc")
    answer(world, goal, months_trying=7.5)

    assert answer_rows(goal.id)["months_trying"].value == "7.5"


def test_progress_counts_what_could_still_stop_hands_on_work(world, goal):
    answer(world, goal, unplanned_loss="no", ed_now="no", snore="no")

    progress = progress_of(goal)
    assert progress is not None
    assert (progress.asked, progress.answered, progress.today_open) == (13, 3, 3)


def test_restrictions_narrow_what_is_stored_on_the_client(world):
    goal = goal_on(world, "weight_loss_ed_history")
    answer(world, goal, share_ed="clinicians_only")

    client = client_of(world)
    assert client.restricted_classes == ["body_measures", "mental_health"]
    assert recompute_folds(client) == {
        "restricted_classes": ["body_measures", "mental_health"],
        "hidden_measures": ["waist_to_height", "weight_kg"],
    }


def test_a_stored_fold_that_disagrees_is_reported(world, goal):
    answer(world, goal, ed_past="yes")
    client = db.session.get_one(Client, world.client_id)
    client.hidden_measures = []
    db.session.flush()

    assert folds_that_disagree([client.id]) == [
        f"client {client.id}: hidden_measures is [], derived ['weight_kg']"
    ]


def test_a_colleague_sees_effects_and_no_reasons(world):
    goal = goal_on(world, "weight_loss")
    a_seat(goal, "physiotherapist", filled_by=world.ash.practitioner_id)
    a_consent(goal, world.ash.practitioner_id, ["identity_contact", "goal_plan", "safety_alerts"])
    answer(world, goal, ed_past="yes", heart="yes", low_weight="yes")
    part = safety_part(world.ash, client_of(world), goal)

    assert not part.with_reasons
    assert (part.alerts, part.limits, part.changes, part.set_aside, part.outcomes) == (
        (),
        (),
        (),
        (),
        (),
    )
    assert part.effects == (
        "The plan is stopped for now: ask the lead.",
        "Symptoms now: follow the cardiac red flag.",
        "A written clearance is awaited before the next phase: ask the lead.",
        "No weight talk.",
    )
    assert list_answers(world.ash, goal) == []


@pytest.mark.parametrize(("who", "error"), [("ash", Forbidden), ("rowan", NotFound)])
def test_others_answer_nothing(world, who, error):
    goal = goal_on(world, "weight_loss")
    a_seat(goal, "physiotherapist", filled_by=world.ash.practitioner_id)
    a_consent(goal, world.ash.practitioner_id, ["identity_contact", "goal_plan", "safety_alerts"])
    with pytest.raises(error):
        answer_screening(actor=world.cast[who], goal=goal, answers={"heart": "no"})


def test_a_goal_without_a_pathway_has_nothing_to_ask(world):
    goal = goal_on(world, None)

    assert progress_of(goal) is None
    with pytest.raises(Invalid):
        answer_screening(actor=world.wren, goal=goal, answers={"heart": "no"})
