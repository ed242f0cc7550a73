"""Somebody's own entry in the directory, without an account: everything behind `/e/<token>`."""

from careteam.web.entries import answering, changing, opening, removing
from careteam.web.entries.room import room

__all__ = ["answering", "changing", "opening", "removing", "room"]
