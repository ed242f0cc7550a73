"""What changed since a version, for whom, and who is asked again."""

from __future__ import annotations

from datetime import date

from careteam.features.plans.agreeing import (
    Said,
    answer_version,
)
from careteam.features.plans.checking import Structure
from careteam.features.plans.operations import change_milestone, remove_milestone
from careteam.features.teams.models import SeatHiding
from careteam.kit.db import db
from tests.features.plans.agreeing import a_plan, hazel, moved, published, seen_by, states, subjects
from tests.features.plans.worlds import a_step
from tests.personas import World, a_seat


def test_change_says_what_it_is_and_whom_it_concerns_and_asks_only_them(world: World) -> None:
    goal, raises, _ = a_plan(world)
    a_step(world, goal, "Sleep well")
    version = published(world, goal)
    for actor in (world.ash, hazel(world)):
        answer_version(actor=actor, version=version, said=Said("agreed"))
    moved(world, raises, date(2026, 4, 10))
    found = seen_by(world.wren, goal).changes
    assert [(each.title, each.words) for each in found] == [
        ("Heel raises", "Moved by 9 days, to 10 Apr.")
    ]
    assert found[0].concerns_words == "Concerns Ash Seated and Hazel Sample."
    assert seen_by(world.ash, goal).changes[0].concerns_words == "Concerns Hazel Sample and you."
    published(world, goal, after=1)
    assert states(seen_by(world.wren, goal)) == {
        "You": "agreed",
        "Hazel Sample": "waiting",
        "Ash Seated": "waiting",
    }


def test_whom_a_change_does_not_concern_stays_agreed_and_gets_no_mail(world: World) -> None:
    goal, *_ = a_plan(world)
    sleep = a_step(world, goal, "Sleep well")
    version = published(world, goal)
    for actor in (world.ash, hazel(world)):
        answer_version(actor=actor, version=version, said=Said("agreed"))
    moved(world, sleep, date(2026, 5, 1), "lead")
    before = list(subjects())
    latest = published(world, goal, after=1)
    assert subjects() == before
    view = seen_by(world.wren, goal)
    assert set(states(view).values()) == {"agreed"}
    assert view.running is latest


def test_removed_added_and_handed_over_are_told_in_words(world: World) -> None:
    goal, raises, walk = a_plan(world)
    published(world, goal)
    remove_milestone(actor=world.wren, milestone=walk, version=1)
    moved(world, raises, raises.due_on, "lead")
    a_step(world, goal, "Swim", date(2026, 5, 1), "client")
    found = seen_by(world.wren, goal).changes
    assert [(each.title, each.kind, each.words) for each in found] == [
        ("Swim", "added", "New: Hazel Sample, by 1 May."),
        ("Heel raises", "changed", "From Ash Seated to you."),
        ("Walk to the shop", "removed", "Taken out."),
    ]


def test_days_in_between_are_part_of_what_is_agreed(world: World) -> None:
    goal, raises, walk = a_plan(world)
    published(world, goal)
    change_milestone(
        actor=world.wren,
        milestone=walk,
        version=1,
        structure=Structure(walk.title, "client", walk.due_on, (raises.id,), lags={raises.id: 14}),
    )
    assert [each.words for each in seen_by(world.wren, goal).changes] == [
        "Waits 14 days after Heel raises now."
    ]


def test_what_is_kept_from_somebody_is_in_no_version_of_theirs(world: World) -> None:
    goal, raises, _ = a_plan(world)
    seat = a_seat(goal, "counsellor", filled_by=world.juniper)
    talk = a_step(world, goal, "Talk it over", date(2026, 4, 2), str(seat.id), [raises])
    a_step(world, goal, "Go back to work", date(2026, 5, 2), "client", [talk])
    db.session.add(
        SeatHiding(
            seat_id=seat.id, practitioner_id=world.ash.practitioner_id, client_id=world.client_id
        )
    )
    published(world, goal)
    moved(world, talk, date(2026, 4, 20), str(seat.id), [raises])
    view = seen_by(world.ash, goal)
    assert [step.title for step in view.shots[1].steps] == [
        "Heel raises",
        "Walk to the shop",
        "Go back to work",
    ]
    assert view.changes == ()
    assert "Juniper Outside" not in states(view)
    assert [each.title for each in seen_by(world.wren, goal).changes] == ["Talk it over"]


def test_marks_compare_with_what_runs_not_with_what_is_only_published(world: World) -> None:
    goal, raises, _ = a_plan(world)
    version = published(world, goal)
    answer_version(actor=hazel(world), version=version, said=Said("agreed"))
    moved(world, raises, date(2026, 4, 10))
    published(world, goal, after=1)
    view = seen_by(world.wren, goal)
    assert view.changes == ()
    assert view.unagreed == {str(raises.id): "Moved by 9 days, to 10 Apr."}
    assert view.running is version


def test_whoever_is_asked_again_reads_what_changed_since_their_own_answer(world: World) -> None:
    goal, raises, _ = a_plan(world)
    version = published(world, goal)
    assert seen_by(world.ash, goal).news == ()
    answer_version(actor=world.ash, version=version, said=Said("agreed"))
    a_step(world, goal, "Sleep well", date(2026, 5, 1))
    published(world, goal, after=1)
    assert seen_by(world.ash, goal).news == ()
    moved(world, raises, date(2026, 4, 10))
    latest = published(world, goal, after=2)
    assert [each.title for each in seen_by(world.ash, goal).news] == ["Sleep well", "Heel raises"]
    answer_version(actor=world.ash, version=latest, said=Said("agreed"))
    assert seen_by(world.ash, goal).news == ()
