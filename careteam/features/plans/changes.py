"""The changes of a milestone: written field by field, laid over each other, and turned back.

A value in a change is plain JSON: a day in ISO form, an owner as its key (`client`, `lead` or the
id of a seat), what a milestone waits for as a sorted list of ids, and of those that ask for days in
between the days by id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from careteam.access.actor import Actor
from careteam.domain.planning import CLIENT, LEAD
from careteam.features.plans.models import Milestone, MilestoneDependency, PlanChange
from careteam.features.plans.queries import changes_after, dependency_rows
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict
from careteam.kit.merge import merge

ADDED = "added"
"""The field of the change that made a milestone; its `new` holds every value."""
PROGRESS = ("status", "reason", "reached_on")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """Who told whoever keeps the record, and how: phone, letter or in_person."""

    by: str
    way: str


def owner_key(milestone: Milestone) -> str:
    if milestone.owner_is_client:
        return CLIENT
    return str(milestone.owner_seat_id) if milestone.owner_seat_id else LEAD


def values_of(milestone: Milestone, awaited: Iterable[UUID]) -> Values:
    """Every value of a milestone as changes hold them.

    `awaited` are the ids it waits for; a mapping of them gives the days in between.
    """
    days = awaited if isinstance(awaited, Mapping) else {}
    return {
        "title": milestone.title,
        "phase": milestone.phase,
        "owner": owner_key(milestone),
        "due_on": milestone.due_on.isoformat(),
        "criterion": milestone.criterion,
        "depends_on": sorted(map(str, awaited)),
        "lags": {str(key): days[key] for key in sorted(days) if days[key]},
        "template": milestone.template,
        "removed": milestone.removed_at is not None,
        "status": milestone.status,
        "reason": milestone.reason,
        "reached_on": milestone.reached_on.isoformat() if milestone.reached_on else None,
    }


def note_added(actor: Actor, made: Iterable[tuple[Milestone, Iterable[UUID]]]) -> None:
    """Add new milestones, each with what it waits for, and write down that they were made."""
    pairs = [(row, each if isinstance(each, Mapping) else tuple(each)) for row, each in made]
    db.session.add_all(milestone for milestone, _ in pairs)
    db.session.flush()
    for milestone, awaited in pairs:
        for key in awaited:
            db.session.add(_dependency(milestone, key, awaited))
        _write(actor, milestone, 1, ADDED, {}, values_of(milestone, awaited))


def _dependency(milestone: Milestone, on: UUID, days: Iterable[UUID] = ()) -> MilestoneDependency:
    lag = days[on] if isinstance(days, Mapping) else 0
    return MilestoneDependency(milestone_id=milestone.id, depends_on_id=on, lag_days=lag)


def give(
    actor: Actor,
    milestone: Milestone,
    awaited: Iterable[UUID],
    new: Mapping[str, Any],
    told: Told | None = None,
) -> frozenset[str]:
    """Give a milestone new values, once an operation; the fields that differ.

    The row's version rises with every change, also where only the dependencies differ.
    """
    old = values_of(milestone, awaited)
    differing = {name: value for name, value in _with_lags(old, new).items() if old[name] != value}
    for name, value in differing.items():
        _apply(milestone, name, value)
        change = ({"value": old[name]}, {"value": value})
        _write(actor, milestone, milestone.version + 1, name, *change, told)
    if differing:
        flag_modified(milestone, "created_at")
    return frozenset(differing)


def _with_lags(old: Values, new: Mapping[str, Any]) -> Values:
    """Days in between are kept for what is waited for only; they come last, when it is stored."""
    wanted = dict(new)
    if not {"depends_on", "lags"} & wanted.keys():
        return wanted
    lags = wanted.pop("lags", old["lags"]) or {}
    awaited = wanted.get("depends_on", old["depends_on"]) or ()
    return {**wanted, "lags": {key: days for key, days in lags.items() if key in awaited}}


def _write(
    actor: Actor,
    milestone: Milestone,
    version: int,
    field: str,
    old: Values,
    new: Values,
    told: Told | None = None,
) -> None:
    db.session.add(
        PlanChange(
            client_id=milestone.client_id,
            milestone_id=milestone.id,
            row_version=version,
            field=field,
            old=old,
            new=new,
            at=clock.now(),
            by_id=actor.practitioner_id,
            by_name=actor.name,
            told_by=told.by if told else None,
            way=told.way if told else None,
        )
    )


def _apply(milestone: Milestone, name: str, value: Any) -> None:
    match name:
        case "owner":
            milestone.owner_is_client = value == CLIENT
            milestone.owner_seat_id = None if value in (CLIENT, LEAD) else UUID(value)
        case "due_on" | "reached_on":
            setattr(milestone, name, date.fromisoformat(value) if value else None)
        case "removed":
            milestone.removed_at = clock.now() if value else None
        case "depends_on":
            _wait_for(milestone, {UUID(key) for key in value})
        case "lags":
            for row in dependency_rows(milestone):
                row.lag_days = value.get(str(row.depends_on_id), 0)
        case _:
            setattr(milestone, name, value)


def _wait_for(milestone: Milestone, awaited: set[UUID]) -> None:
    rows = {row.depends_on_id: row for row in dependency_rows(milestone)}
    for key in rows.keys() - awaited:
        db.session.delete(rows[key])
    for key in awaited - rows.keys():
        db.session.add(_dependency(milestone, key))


def laid_over(
    milestone: Milestone,
    version: int | None,
    current: Mapping[str, Any],
    sent: Mapping[str, Any],
    seen: Callable[[Values], Values] = dict,
) -> Values:
    """What of `sent` is to be changed, judged by what the page with `version` showed.

    The changes since then are turned back to find it; `seen` gives values the look they have on a
    page. Fields that only the sender changed are taken. Raises `Conflict` with both values where
    both changed the same field, or where the version is none this milestone ever had.
    """
    base = _shown_at(milestone, version, current)
    result = merge(seen(base) if base else {}, seen(dict(current)), sent)
    if result.clashes:
        raise Conflict(
            theirs={name: pair[0] for name, pair in result.clashes.items()},
            yours={name: pair[1] for name, pair in result.clashes.items()},
        )
    return dict(result.changes)


def _shown_at(milestone: Milestone, version: int | None, current: Mapping[str, Any]) -> Values:
    """The values this milestone had at `version`; nothing where it never had it."""
    if version is None or not 1 <= version <= milestone.version:
        return {}
    base = dict(current)
    if version < milestone.version:
        for later in reversed(changes_after(milestone, version)):
            if later.field in base:
                base[later.field] = later.old.get("value")
    return base


def last_change(milestone: Milestone) -> list[PlanChange]:
    """The rows of the latest change."""
    return list(changes_after(milestone, milestone.version - 1))


def turned_back(rows: Iterable[PlanChange]) -> Values:
    """The values before a change; of the one that made the milestone: removed."""
    return {
        "removed" if row.field == ADDED else row.field: True
        if row.field == ADDED
        else row.old.get("value")
        for row in rows
    }
