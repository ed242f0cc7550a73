"""Somebody's own entry in the directory, without an account: everything behind `/e/<token>`."""

from careteam.web.entries import changing, opening, removing
from careteam.web.entries.room import room

__all__ = ["changing", "opening", "removing", "room"]
