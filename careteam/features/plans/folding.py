"""A long plan in folds: what is reached, then month after month; the first that count are open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careteam.features.plans.view import Line

LONG = 60
"""Up to so many lines a plan is shown whole."""
ENOUGH = 20
"""Open lines after which the months that follow are folded."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines under one word; `is_open` where they are to be seen at once."""

    label: str
    lines: tuple[Line, ...]
    is_open: bool


def folds_of(lines: Sequence[Line]) -> tuple[Fold, ...]:
    """None for a plan of usual length."""
    if len(lines) <= LONG:
        return ()
    months: dict[str, list[Line]] = {}
    for line in lines:
        if line.is_open:
            months.setdefault(f"{line.row.due_on:%B %Y}", []).append(line)
    reached = tuple(line for line in lines if not line.is_open)
    folds = [Fold("Finished", reached, is_open=False)] if reached else []
    shown = 0
    for label, found in months.items():
        folds.append(Fold(label, tuple(found), is_open=shown < ENOUGH))
        shown += len(found)
    return tuple(folds)
