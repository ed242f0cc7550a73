"""Somebody's own entry in the directory, without an account: everything behind `/e/<token>`."""

from careteam.web.entries import answering, changing, keeping, opening, removing
from careteam.web.entries.room import room

__all__ = ["answering", "changing", "keeping", "opening", "removing", "room"]
