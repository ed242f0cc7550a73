"""The pathways, each shown whole: nothing that the rules do is hidden from who relies on them."""

from careteam.web.pathways import drafts, own, pages, parts
from careteam.web.pathways.room import room

__all__ = ["drafts", "own", "pages", "parts", "room"]
