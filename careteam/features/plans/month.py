"""One month of a plan: milestones on their days, and the appointments the reader may know of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from careteam.access.actor import Actor
from careteam.domain.planning import MilestoneState, Month, month_of
from careteam.features.plans.view import Line, PlanView
from careteam.features.referrals.queries import Booked, list_appointments
from careteam.kit import clock


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A day of the sheet with what is on it; a milestone that is reached stands on that day."""

    on: date
    is_in_month: bool
    is_weekend: bool
    lines: tuple[Line, ...]
    appointments: tuple[Booked, ...]

    @property
    def is_busy(self) -> bool:
        return bool(self.lines or self.appointments)


@dataclass(frozen=True, slots=True)
class PlanMonth:
    month: Month
    weeks: tuple[tuple[PlanDay, ...], ...]

    @property
    def busy(self) -> tuple[PlanDay, ...]:
        """The days of the month itself that hold something, for a list."""
        days = (day for week in self.weeks for day in week)
        return tuple(day for day in days if day.is_busy and day.is_in_month)


def plan_month(actor: Actor, view: PlanView, day: date) -> PlanMonth:
    """The month that `day` lies in; three statements beyond those of `view`."""
    month = month_of(day)
    lines: dict[date, list[Line]] = defaultdict(list)
    for line in view.lines:
        lines[day_on_sheet(line)].append(line)
    booked: dict[date, list[Booked]] = defaultdict(list)
    a_day = timedelta(days=1)  # the community's midnight is never further from that of UTC
    for each in list_appointments(
        actor,
        goal_id=view.goal.id,
        from_at=datetime.combine(month.from_on, time(), UTC) - a_day,
        to_at=datetime.combine(month.to_on, time(), UTC) + 2 * a_day,
    ):
        booked[clock.day_of(each.start_at)].append(each)
    return PlanMonth(
        month,
        tuple(
            tuple(
                PlanDay(
                    square.on,
                    square.is_in_month,
                    square.is_weekend,
                    tuple(lines.get(square.on, ())),
                    tuple(booked.get(square.on, ())),
                )
                for square in week
            )
            for week in month.weeks
        ),
    )


def day_on_sheet(line: Line) -> date:
    """The day it was reached, else its target."""
    is_done = line.value.state is MilestoneState.DONE
    return line.row.reached_on if is_done and line.row.reached_on else line.row.due_on
