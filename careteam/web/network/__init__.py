"""Pages of the referral network: picture, list, one person, one tie; files, and questions."""

from careteam.web.network import importing, listing, pairs, people, picture, questions, taking
from careteam.web.network.room import room

__all__ = ["importing", "listing", "pairs", "people", "picture", "questions", "room", "taking"]
