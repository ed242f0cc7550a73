"""Pages of the referral network: picture, list, one person."""

from careteam.web.network import listing, people, picture
from careteam.web.network.room import room

__all__ = ["listing", "people", "picture", "room"]
