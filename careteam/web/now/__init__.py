"""Now: urgent signs and names to give, from every page, without a client."""

from careteam.web.now import names, signs
from careteam.web.now.room import room

__all__ = ["names", "room", "signs"]
