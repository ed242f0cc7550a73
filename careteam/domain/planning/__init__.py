"""Plans: milestones with owners, dates and dependencies, and all that is derived from them."""

from careteam.domain.planning.graph import Circle, UnknownDependency, in_order, would_circle
from careteam.domain.planning.picture import Bar, Picture, Tick, draw
from careteam.domain.planning.progress import (
    ChangeRefused,
    NextAction,
    Progress,
    blocked_by,
    change_state,
    is_overdue,
    next_actions,
    progress,
)
from careteam.domain.planning.schedule import (
    Slot,
    critical_path,
    earliest,
    move_anchor,
    own_days,
    schedule,
    slip,
)
from careteam.domain.planning.template import Draft, LeftOut, instantiate
from careteam.domain.planning.values import (
    CLIENT,
    LEAD,
    STATE_LABELS,
    Milestone,
    MilestoneState,
)

__all__ = [
    "CLIENT",
    "LEAD",
    "STATE_LABELS",
    "Bar",
    "ChangeRefused",
    "Circle",
    "Draft",
    "LeftOut",
    "Milestone",
    "MilestoneState",
    "NextAction",
    "Picture",
    "Progress",
    "Slot",
    "Tick",
    "UnknownDependency",
    "blocked_by",
    "change_state",
    "critical_path",
    "draw",
    "earliest",
    "in_order",
    "instantiate",
    "is_overdue",
    "move_anchor",
    "next_actions",
    "own_days",
    "progress",
    "schedule",
    "slip",
    "would_circle",
]
