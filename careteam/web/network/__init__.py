"""Pages of the referral network: picture, list, one person, one tie; and the network as files."""

from careteam.web.network import importing, listing, pairs, people, picture, taking
from careteam.web.network.room import room

__all__ = ["importing", "listing", "pairs", "people", "picture", "room", "taking"]
