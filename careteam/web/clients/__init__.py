"""The record of a client: who they are, what they want, who may know what, who looked."""

from careteam.web.clients import (
    client_list,
    client_page,
    consents,
    covering,
    details,
    goal_changes,
    goals,
    handing_over,
    partners,
    trail,
)
from careteam.web.clients.room import room

__all__ = [
    "client_list",
    "client_page",
    "consents",
    "covering",
    "details",
    "goal_changes",
    "goals",
    "handing_over",
    "partners",
    "room",
    "trail",
]
