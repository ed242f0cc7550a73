"""Today: what needs me, in order, with the action on the line."""

from careteam.web.today import answers, today
from careteam.web.today.room import room

__all__ = ["answers", "room", "today"]
