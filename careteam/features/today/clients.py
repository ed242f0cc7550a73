"""What of one's own clients comes before everything else, and what is to be settled with them.

Lines tell the effect and never the cause: Today is open on a desk while others look on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from careteam.features.teams.led_queries import LedGoal
from careteam.features.teams.pressing import Led, Pressing


@dataclass(frozen=True, slots=True)
class UrgentLine:
    """A warning sign, or somebody to be seen first, that nobody has answered."""

    goal: LedGoal
    item: Pressing


class Matter(StrEnum):
    """What is to be settled, in the order in which it comes."""

    WORDS = "words"
    SWITCH = "switch"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class ToSettle:
    goal: LedGoal
    matter: Matter


def urgent_lines(led: Iterable[Led]) -> list[UrgentLine]:
    """All of them, the most urgent first, then the oldest goal."""
    lines = [UrgentLine(each.goal, item) for each in led for item in each.pressing]
    return sorted(lines, key=lambda line: -line.item.urgency.rank)


def to_settle(led: Iterable[Led]) -> list[ToSettle]:
    """New words for a goal whose pathway was left, a switch that waits, questions of today.

    A paused goal asks for nothing here.
    """
    lines = [
        ToSettle(each.goal, matter)
        for each in led
        if each.goal.is_active
        for matter in _matters(each)
    ]
    return sorted(lines, key=lambda line: list(Matter).index(line.matter))


def goals_for_telephone(led: Iterable[Led]) -> set[UUID]:
    """Goals for which somebody has to have spoken to somebody before any name is looked for."""
    return {each.goal.id for each in led if any(item.is_for_telephone for item in each.pressing)}


def _matters(led: Led) -> Iterator[Matter]:
    if led.goal.is_set_aside:
        yield Matter.WORDS
    if led.found is None:
        return
    if led.found.outcome.switches:
        yield Matter.SWITCH
    if any(
        question.keeps_hands_on_waiting and question.left_to is None
        for question in led.found.outcome.open_questions
    ):
        yield Matter.QUESTIONS
