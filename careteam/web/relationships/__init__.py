"""Relationships: whom to keep up with, one person, one practice, one touch, outreach."""

from careteam.web.relationships import (
    checks,
    outreach,
    overview,
    panels,
    people,
    profile,
    taking,
    touches,
)
from careteam.web.relationships.room import room

__all__ = [
    "checks",
    "outreach",
    "overview",
    "panels",
    "people",
    "profile",
    "room",
    "taking",
    "touches",
]
