"""Relationships: whom to keep up with, one person, one practice, one touch."""

from careteam.web.relationships import overview, panels, people, touches
from careteam.web.relationships.room import room

__all__ = ["overview", "panels", "people", "room", "touches"]
