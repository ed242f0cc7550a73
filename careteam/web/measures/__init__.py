"""Measures: recorded, charted, read in words."""

from careteam.web.measures import recording
from careteam.web.measures.room import room

__all__ = ["recording", "room"]
