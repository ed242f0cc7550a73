"""The recovery plan: looked at, made, changed, moved on."""

from careteam.web.plans import changing, making, moving, showing
from careteam.web.plans.room import room

__all__ = ["changing", "making", "moving", "room", "showing"]
