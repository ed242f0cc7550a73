"""Which parts of a letter a reader is shown, and in which order."""

from __future__ import annotations

from careteam.domain.letter import Group, Part, left_out, readable, sections

GOAL = Part("goal", Group.GOAL, "goal_plan", "Run again")
PAIN = Part("measure:pain_nrs", Group.MEASURES, "functional_status", "Pain: 4", measure="pain_nrs")
MOOD = Part("measure:phq9", Group.MEASURES, "mental_health", "PHQ-9: 12", measure="phq9")
SEAT = Part("seat:1", Group.TEAM, "goal_plan", "Physiotherapist: Ash", seat="1")
ALL = (SEAT, MOOD, PAIN, GOAL)


def test_only_parts_of_the_opened_classes_are_readable() -> None:
    assert readable(ALL, {"goal_plan"}) == (SEAT, GOAL)
    assert readable(ALL, set()) == ()


def test_hidden_measures_and_seats_are_not_readable_whatever_the_class() -> None:
    every = {"goal_plan", "functional_status", "mental_health"}
    shown = readable(ALL, every, hidden_measures={"pain_nrs"}, hidden_seats={"1"})
    assert shown == (MOOD, GOAL)


def test_sections_stand_in_the_order_of_a_letter_and_empty_ones_not_at_all() -> None:
    found = [(section.heading, section.lines) for section in sections(ALL)]
    assert found == [
        ("The client's goal", ("Run again",)),
        ("Findings and measures", ("PHQ-9: 12", "Pain: 4")),
        ("Others who care for the client", ("Physiotherapist: Ash",)),
    ]


def test_what_lies_outside_the_classes_is_told() -> None:
    assert left_out(ALL, {"goal_plan", "functional_status"}) == (MOOD,)
