"""When milestones can be reached, how much room they have, and what a slip moves.

The critical path method (Kelley and Walker, 1959): one pass forward for the earliest day, one
back for the latest, the difference is the slack. A dependency is finish to start and may carry a
lag: days that must go by in between. A milestone's own time is what the plan gives it beyond that:
the days between the last date it waits for, lag included, and its own date.
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
    """Days the plan gives to each dated milestone after the last one it waits for and its lag."""
    known = by_id(milestones)
    targets = {id_: each.due_on for id_, each in known.items() if each.due_on is not None}
    days: dict[str, int] = {}
    for id_, due_on in targets.items():
        ready_on = _free_on(known[id_], targets)
        days[id_] = max((due_on - ready_on).days, 0) if ready_on else 0
    return days


def too_early(milestones: Iterable[Milestone]) -> dict[str, date]:
    """Open milestones whose date lies before what they wait for allows, and the first day that
    would not. A date is a target, so this is said and not refused."""
    known = by_id(milestones)
    targets = {
        id_: on for id_, each in known.items() if (on := each.closed_on or each.due_on) is not None
    }
    found: dict[str, date] = {}
    for milestone in known.values():
        ready_on = _free_on(milestone, targets) if milestone.is_open else None
        if ready_on and milestone.due_on and milestone.due_on < ready_on:
            found[milestone.id] = ready_on
    return found


def _free_on(milestone: Milestone, reached: Mapping[str, date]) -> date | None:
    """The first day on which nothing it waits for holds it back, None where nothing is dated."""
    days = [
        _later(reached[id_], milestone.lag(id_)) for id_ in milestone.depends_on if id_ in reached
    ]
    return max(days) if days else None


def _later(on: date, days: int) -> date:
    """At the end of the calendar the last day of it."""
    return on + timedelta(days=min(days, (date.max - on).days))


def earliest(milestones: Iterable[Milestone], today: date) -> dict[str, date]:
    """The earliest day each milestone can be reached, seen from `today`.

    Done ones stand on the day they were done, those set aside or impossible on their date: giving
    one up late moves nothing. An open one follows the last it waits for by lag and own days; it
    lies neither before today nor before its own date: being early elsewhere does not bring forward
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
    ready_on = _free_on(milestone, reached)
    candidates = [_later(ready_on, days)] if ready_on else []
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
    known = by_id(ordered)
    waiting = successors(known)
    days = own_days(ordered)
    latest: dict[str, date] = {}
    for milestone in reversed(ordered):
        if milestone.id in first and milestone.is_open:
            bounds = [
                latest[id_] - timedelta(days=days.get(id_, 0) + known[id_].lag(milestone.id))
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
    """The open milestones that decide when the plan ends, first to last: the longest path.

    Walked back from the last to be reached, through whichever holds each one up, to the first that
    only its own date, today or something finished holds up.
    """
    known = by_id(milestones)
    first = earliest(known.values(), today)
    days = own_days(known.values())
    open_ids = [id_ for id_ in first if known[id_].is_open]
    path = [max(open_ids, key=lambda id_: first[id_])] if open_ids else []
    while path:
        last = known[path[-1]]
        holding = [
            id_
            for id_ in last.depends_on
            if id_ in first
            and known[id_].is_open
            and _later(first[id_], last.lag(id_) + days.get(last.id, 0)) == first[last.id]
        ]
        if not holding:
            break
        path.append(max(holding, key=lambda id_: first[id_]))
    return tuple(reversed(path))


def slip(milestones: Iterable[Milestone], moved: str, due_on: date) -> dict[str, date]:
    """The new dates when `moved` gets `due_on`: itself and the open ones it pushes along.

    A follower moves only when its own days no longer fit after what it waits for and the lag; one
    without a date, or set aside, passes the push on. Nothing is brought forward. Raises
    Circle, UnknownDependency, or KeyError for an unknown `moved`.
    """
    ordered = in_order(milestones)
    days = own_days(ordered)
    known = by_id(ordered)
    new = {known[moved].id: due_on}
    pushed_to = dict(new)
    for milestone in ordered:
        pushed_on = None if milestone.id == moved else _free_on(milestone, pushed_to)
        if pushed_on is None or milestone.state is MilestoneState.DONE:
            continue
        pushed_to[milestone.id] = pushed_on
        if milestone.is_open and milestone.due_on is not None:
            on = _later(pushed_on, days[milestone.id])
            pushed_to[milestone.id] = new[milestone.id] = max(on, milestone.due_on)
    return {id_: on for id_, on in new.items() if on != known[id_].due_on}


def pull(milestones: Iterable[Milestone], moved: str, due_on: date, today: date) -> dict[str, date]:
    """The dates that could come forward when `moved` gets the earlier `due_on`: nobody has to.

    A follower can come as early as what it waits for, the lag and its own days allow, and no
    earlier than today. Raises Circle, UnknownDependency, or KeyError for an unknown `moved`.
    """
    ordered = in_order(milestones)
    days, known = own_days(ordered), by_id(ordered)
    reached = {id_: on for id_, m in known.items() if (on := m.closed_on or m.due_on) is not None}
    new = {known[moved].id: due_on}
    reached[moved] = due_on
    for milestone in ordered:
        ready_on = _free_on(milestone, reached)
        is_behind = milestone.id != moved and not new.keys().isdisjoint(milestone.depends_on)
        if not is_behind or not milestone.is_open or milestone.due_on is None or ready_on is None:
            continue
        on = max(_later(ready_on, days[milestone.id]), today)
        if on < milestone.due_on:
            reached[milestone.id] = new[milestone.id] = on
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
