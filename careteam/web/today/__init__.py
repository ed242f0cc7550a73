"""Today: what needs me, in order, with the action on the line."""

from careteam.web.today import answers, mails, today
from careteam.web.today.room import room

__all__ = ["answers", "mails", "room", "today"]
