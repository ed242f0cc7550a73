"""From a goal to its team: safety questions, what they bring, seats and who could fill them."""

from careteam.web.teams import effects, flags, pathway, screening, seat_actions, seats, team
from careteam.web.teams.room import room

__all__ = ["effects", "flags", "pathway", "room", "screening", "seat_actions", "seats", "team"]
