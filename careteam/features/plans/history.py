"""The history of a milestone in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from careteam.domain.planning import STATE_LABELS, MilestoneState
from careteam.domain.wording import count_words, day_words, list_words
from careteam.features.plans.changes import ADDED
from careteam.features.plans.models import PlanChange
from careteam.features.teams.clearances.lines import WAYS
from careteam.kit import clock

LABELS = {
    "title": "What",
    "phase": "Phase",
    "owner": "Who",
    "due_on": "Target date",
    "criterion": "How one can tell",
    "depends_on": "Waits for",
    "lags": "Days in between",
    "status": "How far",
    "reason": "Reason",
    "reached_on": "Reached on",
}
SOMEBODY = "Somebody else"
ENOUGH = 80
"""Characters of a longer text that a line of history quotes."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change: every field of it in a sentence."""

    version: int
    at: datetime
    by: str
    title: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """How keys are named to this reader: owners, and milestones by id as text.

    `kept` are people whose place the client keeps from the reader, who then learns of nobody who
    told of something.
    """

    owner: Callable[[str], str]
    titles: Mapping[str, str]
    kept: frozenset[UUID] = frozenset()

    def changed_by(self, row: PlanChange) -> str:
        by = SOMEBODY if row.by_id in self.kept else row.by_name
        if row.way not in WAYS:
            return by
        teller = SOMEBODY if self.kept else row.told_by
        return f"{teller}, {WAYS[row.way]}. Entered by hand by {by}"


def steps(changes: Iterable[PlanChange], naming: Naming) -> list[Step]:
    """The changes of one milestone, in the order given, a step for each version."""
    return [
        _step(version, list(rows), naming)
        for version, rows in groupby(changes, key=lambda change: change.row_version)
    ]


def _step(version: int, rows: list[PlanChange], naming: Naming) -> Step:
    sentences = [sentence for row in rows if (sentence := _sentence(row, naming))]
    first = rows[0]
    title = sentences[0] if sentences else "Changed"
    return Step(version, first.at, naming.changed_by(first), title, tuple(sentences[1:]))


def _sentence(row: PlanChange, naming: Naming) -> str:
    if row.field == ADDED:
        return "Added to the plan"
    new, old = row.new.get("value"), row.old.get("value")
    match row.field:
        case "removed":
            return "Removed from the plan" if new else "Put back into the plan"
        case "template":
            return "Kept as an own milestone" if new is None else "Back in the pathway's plan"
        case "status":
            return in_words("status", new, naming)
        case "reason":
            return f"Reason: {_short(new)}" if new else ""
        case "reached_on":
            return f"On {in_words('due_on', new, naming)}" if new else ""
    was = in_words(row.field, old, naming)
    return f"{LABELS.get(row.field, row.field)}: {in_words(row.field, new, naming)} (was {was})"


def in_words(field: str, value: Any, naming: Naming) -> str:
    """A value as people read it."""
    if field == "depends_on":
        titles = [naming.titles.get(key, "another milestone") for key in value or ()]
        return list_words(titles) or "nothing"
    if not value:
        return "nothing"
    if field == "lags":
        return list_words(
            [
                f"{count_words(days, 'day')} after {naming.titles.get(key, 'another milestone')}"
                for key, days in value.items()
            ]
        )
    if field == "owner":
        return naming.owner(value)
    if field in ("due_on", "reached_on"):
        return day_words(date.fromisoformat(value), clock.today())
    if field == "status":
        return STATE_LABELS[MilestoneState(value)]
    return _short(str(value))


def _short(words: str) -> str:
    return words if len(words) <= ENOUGH else f"{words[:ENOUGH].rstrip()}…"
