"""Today: what needs me, in order, with the action on the line."""

from careteam.web.today import added, answers, mails, today
from careteam.web.today.room import room

__all__ = ["added", "answers", "mails", "room", "today"]
