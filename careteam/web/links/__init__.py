"""Pages for people without an account: everything behind `/r/<token>`."""

from careteam.web.links import answering, confirming, handing_out, opening
from careteam.web.links.room import room

__all__ = ["answering", "confirming", "handing_out", "opening", "room"]
