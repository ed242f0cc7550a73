"""Notes of the team around a goal, for those who are signed in."""

from careteam.web.notes import writing
from careteam.web.notes.room import room

__all__ = ["room", "writing"]
