"""Standing teams: the list, one, its people."""

from careteam.web.standing import members, teams
from careteam.web.standing.room import room

__all__ = ["members", "room", "teams"]
