"""Calendar feeds: what programs fetch, and where an account makes and ends its own."""

from careteam.web.calendars import feed, own
from careteam.web.calendars.room import room

__all__ = ["feed", "own", "room"]
