"""The client's own pages, behind `/p/<token>`, and where the lead hands them out."""

from careteam.web.own import handing_out, helping, home, opening, plan
from careteam.web.own.room import room

__all__ = ["handing_out", "helping", "home", "opening", "plan", "room"]
