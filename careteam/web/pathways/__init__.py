"""The pathways, each shown whole: nothing that the rules do is hidden from who relies on them."""

from careteam.web.pathways import pages
from careteam.web.pathways.room import room

__all__ = ["pages", "room"]
