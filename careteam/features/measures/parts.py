"""Progress on the client's page: the course of each measure and a line to record one more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import uuid4

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.measures.course import Course, course_of
from careteam.features.measures.models import Measurement
from careteam.features.measures.offered import Offered, offered_measures
from careteam.features.measures.operations import WAYS
from careteam.features.measures.queries import list_measurements
from careteam.kit import clock


@dataclass(frozen=True)
class Progress:
    """`courses` in the order of the measures, the goal's own first."""

    goal: Goal
    courses: tuple[Course, ...]
    can_record: bool
    new_id: str

    @property
    def offered(self) -> list[Offered]:
        return [course.offered for course in self.courses]

    @property
    def recorded(self) -> list[Course]:
        return [course for course in self.courses if course.values]

    @property
    def main(self) -> Course | None:
        """The course that the client's page shows in full."""
        if self.recorded:
            return self.recorded[0]
        return self.courses[0] if self.courses else None

    @property
    def ways(self) -> tuple[str, ...]:
        return WAYS


def progress_part(actor: Actor, client: Client, goal: Goal) -> Progress:
    """What the client's page shows of the measures."""
    return progress_of(actor, goal)


def progress_of(actor: Actor, goal: Goal) -> Progress:
    """The courses of all measures of a goal that the actor may see, from two statements."""
    offered = offered_measures(actor, goal)
    by_measure: dict[str, list[Measurement]] = defaultdict(list)
    if offered:
        for row in list_measurements(actor, goal, [each.id for each in offered]):
            by_measure[row.measure].append(row)
    return Progress(
        goal=goal,
        courses=tuple(_course(goal, each, by_measure[each.id]) for each in offered),
        can_record=bool(offered) and allowed(actor, Permission.RECORD_MEASUREMENT, goal),
        new_id=str(uuid4()),
    )


def _course(goal: Goal, offered: Offered, values: list[Measurement]) -> Course:
    if not offered.is_goals:
        return course_of(offered, values, clock.today())
    return course_of(offered, values, clock.today(), goal.baseline, goal.target, goal.target_on)
