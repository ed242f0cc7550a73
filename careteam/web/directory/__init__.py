"""Pages of the directory: search, entries, import, quick history."""

from careteam.web.directory import (
    claims,
    entries,
    importing,
    listing,
    merging,
    quick_history,
    responsiveness,
    taking,
    upkeep,
)
from careteam.web.directory.room import room

__all__ = [
    "claims",
    "entries",
    "importing",
    "listing",
    "merging",
    "quick_history",
    "responsiveness",
    "room",
    "taking",
    "upkeep",
]
