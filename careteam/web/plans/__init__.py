"""The recovery plan: looked at, made, changed, moved on."""

from careteam.web.plans import changing, looking, making, moving, papers, showing, watching
from careteam.web.plans.room import room

__all__ = ["changing", "looking", "making", "moving", "papers", "room", "showing", "watching"]
