"""What is said about the days of a milestone: what it waits for, and what its date runs into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from careteam.domain import planning
from careteam.domain.planning import Circle, schedule
from careteam.domain.wording import count_words, day_words, weekend_word
from careteam.features.plans.owners import Owners
from careteam.features.plans.schedule import Plan
from careteam.kit import clock


def awaiting_words(
    waiter: planning.Milestone, awaited: Iterable[planning.Milestone]
) -> tuple[str, ...]:
    """'after Boot off, Diet agreed', '3 days after Scan': those with the same days together."""
    by_lag: dict[int, list[str]] = {}
    for each in awaited:
        by_lag.setdefault(waiter.lag(each.id), []).append(each.title)
    return tuple(
        f"{count_words(lag, 'day')} after {', '.join(titles)}"
        if lag
        else f"after {', '.join(titles)}"
        for lag, titles in by_lag.items()
    )


def rest_words(
    value: planning.Milestone, rests: Mapping[str, tuple[date, planning.Milestone]]
) -> str:
    if value.id not in rests:
        return ""
    free_on, awaited = rests[value.id]
    return f"From {day_words(free_on, clock.today())}, {awaiting_words(value, [awaited])[0]}"


def early_words(ready_on: date | None) -> str:
    if ready_on is None:
        return ""
    return f"What it waits for allows it from {day_words(ready_on, clock.today())} on"


def room_words(plan: Plan, milestone_id: str) -> str:
    """How far an open milestone can slip before the end of the plan moves, as it stands today."""
    try:
        slot = schedule(plan.values, clock.today()).get(milestone_id)
    except Circle:
        return ""
    if slot is None:
        return ""
    if slot.slack_days < 0:
        words = f"None: as it stands the plan ends {count_words(-slot.slack_days, 'day')} later"
    elif slot.slack_days == 0:
        words = "None: it decides when the plan ends"
    else:
        words = f"{count_words(slot.slack_days, 'day')} before the end of the plan moves"
    earliest = day_words(slot.earliest_on, clock.today())
    return f"{words}. Earliest {earliest}, latest {day_words(slot.latest_on, clock.today())}"


def day_notes(value: planning.Milestone, owners: Owners) -> tuple[str, ...]:
    """Said, never acted on: nobody's date is moved because of a weekend or an absence."""
    day = value.due_on
    if day is None or not value.is_open:
        return ()
    notes = [f"{day_words(day, clock.today())} is {weekend_word(day)}"] if weekend_word(day) else []
    away = owners.away_until(value.owner)
    if away is not None and clock.today() <= day <= away:
        notes.append(f"{owners.label(value.owner)}: away until {day_words(away, clock.today())}")
    return tuple(notes)
