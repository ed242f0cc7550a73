"""A long plan in folds: what is reached, then month after month; the first that count are open.

A fold that is closed lists its milestones in words alone: bars and ticks of hundreds of them would
weigh more than everything else on the page. The one whose `key` is asked for has them too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from careteam.features.plans.view import Line

LONG = 60
"""Up to so many lines a plan is shown whole."""
ENOUGH = 20
"""Open lines after which the months that follow are folded."""
FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines under one word; `is_open` where they are to be seen at once."""

    key: str
    label: str
    lines: tuple[Line, ...]
    is_open: bool


def folds_of(lines: Sequence[Line], asked: str = "") -> tuple[Fold, ...]:
    """None for a plan of usual length. `asked` is the key of a fold to open beside the first."""
    if len(lines) <= LONG:
        return ()
    months: dict[date, list[Line]] = {}
    for line in lines:
        if line.is_open:
            months.setdefault(line.row.due_on.replace(day=1), []).append(line)
    reached = tuple(line for line in lines if not line.is_open)
    folds = [Fold(FINISHED, "Finished", reached, is_open=asked == FINISHED)] if reached else []
    shown = 0
    for month, found in months.items():
        key = f"{month:%Y-%m}"
        is_open = shown < ENOUGH or key == asked
        folds.append(Fold(key, f"{month:%B %Y}", tuple(found), is_open))
        shown += len(found)
    return tuple(folds)
