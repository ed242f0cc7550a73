"""Pages of the referral network: picture, list, one person; and the network as files."""

from careteam.web.network import listing, people, picture, taking
from careteam.web.network.room import room

__all__ = ["listing", "people", "picture", "room", "taking"]
