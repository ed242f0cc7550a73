"""From a goal to its team: safety questions, what they bring, seats and who could fill them."""

from careteam.web.teams import (
    effects,
    flags,
    pathway,
    precautions,
    screening,
    seat_actions,
    seats,
    team,
)
from careteam.web.teams.room import room

__all__ = [
    "effects",
    "flags",
    "pathway",
    "precautions",
    "room",
    "screening",
    "seat_actions",
    "seats",
    "team",
]
