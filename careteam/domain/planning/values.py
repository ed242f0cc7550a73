"""Milestones of a plan as values. Overdue and blocked are derived elsewhere, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from careteam.domain.pathway.values import MeasureTarget

CLIENT = "client"
LEAD = "lead"


class MilestoneState(StrEnum):
    """How far a milestone is."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    SKIPPED = "skipped"
    UNABLE = "unable"


OPEN = frozenset({MilestoneState.PLANNED, MilestoneState.IN_PROGRESS})
NEEDS_REASON = frozenset({MilestoneState.SKIPPED, MilestoneState.UNABLE})

STATE_LABELS = {
    MilestoneState.PLANNED: "Planned",
    MilestoneState.IN_PROGRESS: "Under way",
    MilestoneState.DONE: "Done",
    MilestoneState.SKIPPED: "Set aside",
    MilestoneState.UNABLE: "Not possible",
}
"""Screen words; setting aside is not a failure and is not worded so."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One milestone.

    `owner` is a discipline, CLIENT or LEAD; `meant_for` is the discipline it was written for when
    nobody of that discipline is on the team. `due_on` is a target, never a clearance; None means
    no date. `closed_on` is the day it was done, set aside or found impossible. `depends_on` holds
    ids of milestones of the same plan, `lags` the days that must go by after some of them.
    """

    id: str
    title: str
    owner: str
    due_on: date | None = None
    depends_on: tuple[str, ...] = ()
    state: MilestoneState = MilestoneState.PLANNED
    reason: str = ""
    closed_on: date | None = None
    phase: str = ""
    criterion: str = ""
    measure: MeasureTarget | None = None
    meant_for: str | None = None
    lags: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be reached."""
        return self.state in OPEN

    def lag(self, awaited: str) -> int:
        """Days that must go by after one it waits for."""
        return self.lags.get(awaited, 0)
