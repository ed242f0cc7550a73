"""Pages for people without an account: everything behind `/r/<token>`."""

from careteam.web.links import (
    agreeing,
    answering,
    calendar,
    clearances,
    confirming,
    handing_out,
    home,
    leaving,
    notes,
    opening,
    papers,
    plan,
    precautions,
    values,
)
from careteam.web.links.room import room

__all__ = [
    "agreeing",
    "answering",
    "calendar",
    "clearances",
    "confirming",
    "handing_out",
    "home",
    "leaving",
    "notes",
    "opening",
    "papers",
    "plan",
    "precautions",
    "room",
    "values",
]
