"""When milestones can be reached, how much room they have, and what a slip moves.

The critical path method (Kelley and Walker, 1959): one pass forward for the earliest day, one
back for the latest, the difference is the slack. A milestone's own time is what the plan gives
it: the days between the last date it waits for and its own date.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from careteam.domain.planning.graph import by_id, in_order, successors
from careteam.domain.planning.values import Milestone, MilestoneState


@dataclass(frozen=True, slots=True)
class Slot:
    """When one milestone can and must be reached.

    `slack_days` is how far it can slip before the end of the plan moves; negative when the end
    can no longer be kept.
    """

    earliest_on: date
    latest_on: date
    slack_days: int


def own_days(milestones: Iterable[Milestone]) -> dict[str, int]:
    """Days the plan gives to each dated milestone after the last one it waits for, 0 or more."""
    known = by_id(milestones)
    days: dict[str, int] = {}
    for milestone in known.values():
        before = [due for id_ in milestone.depends_on if (due := known[id_].due_on) is not None]
        if milestone.due_on is not None:
            gap = (milestone.due_on - max(before)).days if before else 0
            days[milestone.id] = max(gap, 0)
    return days


def earliest(milestones: Iterable[Milestone], today: date) -> dict[str, date]:
    """The earliest day each milestone can be reached, seen from `today`.

    Done ones stand on the day they were done, those set aside or impossible on their date: giving
    one up late moves nothing. An open one follows the last it waits for by its own days and lies
    neither before today nor before its own date: being early elsewhere does not bring forward
    what was agreed. Those that wait for nothing dated and have no date themselves are left out.
    Raises Circle or UnknownDependency.
    """
    ordered = in_order(milestones)
    days = own_days(ordered)
    result: dict[str, date] = {}
    for milestone in ordered:
        on = _earliest_of(milestone, result, days.get(milestone.id, 0), today)
        if on is not None:
            result[milestone.id] = on
    return result


def _earliest_of(
    milestone: Milestone, reached: Mapping[str, date], days: int, today: date
) -> date | None:
    if milestone.state is MilestoneState.DONE:
        return milestone.closed_on or milestone.due_on
    if not milestone.is_open:
        return milestone.due_on or milestone.closed_on
    before = [reached[id_] for id_ in milestone.depends_on if id_ in reached]
    candidates = [max(before) + timedelta(days=days)] if before else []
    if milestone.due_on is not None:
        candidates.append(milestone.due_on)
    return max([*candidates, today]) if candidates else None


def schedule(
    milestones: Iterable[Milestone], today: date, end_on: date | None = None
) -> dict[str, Slot]:
    """Earliest and latest day and slack of each open milestone that can be dated.

    The end of the plan is `end_on`, or the last date in it. Raises Circle or UnknownDependency.
    """
    ordered = in_order(milestones)
    first = earliest(ordered, today)
    dated = [milestone.due_on for milestone in ordered if milestone.due_on is not None]
    if not first:
        return {}
    end = end_on or max(dated, default=max(first.values()))
    waiting = successors(by_id(ordered))
    days = own_days(ordered)
    latest: dict[str, date] = {}
    for milestone in reversed(ordered):
        if milestone.id in first and milestone.is_open:
            bounds = [
                latest[id_] - timedelta(days=days.get(id_, 0))
                for id_ in waiting[milestone.id]
                if id_ in latest
            ]
            latest[milestone.id] = min([end, *bounds])
    return {
        id_: Slot(first[id_], latest[id_], (latest[id_] - first[id_]).days)
        for id_ in (milestone.id for milestone in ordered)
        if id_ in latest
    }


def critical_path(milestones: Iterable[Milestone], today: date) -> tuple[str, ...]:
    """The open milestones that decide when the plan ends, first to last.

    Walked back from the last to be reached through whichever each one follows most closely.
    """
    known = by_id(milestones)
    first = earliest(known.values(), today)
    open_ids = [id_ for id_ in first if known[id_].is_open]
    if not open_ids:
        return ()
    path = [max(open_ids, key=lambda id_: first[id_])]
    while True:
        before = [a for a in known[path[-1]].depends_on if a in first and known[a].is_open]
        if not before:
            return tuple(reversed(path))
        path.append(max(before, key=lambda id_: first[id_]))


def slip(milestones: Iterable[Milestone], moved: str, due_on: date) -> dict[str, date]:
    """The new dates when `moved` gets `due_on`: itself and the open ones it pushes along.

    A follower moves only when its own days no longer fit after what it waits for; one without a
    date, or set aside, passes the push on. Nothing is brought forward. Raises
    Circle, UnknownDependency, or KeyError for an unknown `moved`.
    """
    ordered = in_order(milestones)
    days = own_days(ordered)
    known = by_id(ordered)
    new = {known[moved].id: due_on}
    pushed_to = dict(new)
    for milestone in ordered:
        pushes = [pushed_to[id_] for id_ in milestone.depends_on if id_ in pushed_to]
        if milestone.id == moved or not pushes or milestone.state is MilestoneState.DONE:
            continue
        pushed_to[milestone.id] = max(pushes)
        if milestone.is_open and milestone.due_on is not None:
            on = max(pushes) + timedelta(days=days[milestone.id])
            pushed_to[milestone.id] = new[milestone.id] = max(on, milestone.due_on)
    return {id_: on for id_, on in new.items() if on != known[id_].due_on}


def move_anchor(
    milestones: Iterable[Milestone], old_on: date, new_on: date
) -> tuple[Milestone, ...]:
    """The milestones after the anchor moved: open ones move with it, finished ones stay."""
    shift = new_on - old_on
    return tuple(
        replace(milestone, due_on=milestone.due_on + shift)
        if milestone.is_open and milestone.due_on is not None
        else milestone
        for milestone in milestones
    )
