"""Pages of the referral network: picture, list, one person; and the network as files."""

from careteam.web.network import importing, listing, people, picture, taking
from careteam.web.network.room import room

__all__ = ["importing", "listing", "people", "picture", "room", "taking"]
