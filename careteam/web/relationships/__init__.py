"""Relationships: whom to keep up with, one person, one practice, one touch, outreach, asking
out."""

from careteam.web.relationships import (
    asking,
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
    "asking",
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
