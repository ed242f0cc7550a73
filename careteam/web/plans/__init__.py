"""The recovery plan: looked at, made, changed, moved on."""

from careteam.web.plans import (
    agreeing,
    changing,
    looking,
    making,
    mirroring,
    moving,
    papers,
    renewing,
    showing,
    versions,
    watching,
)
from careteam.web.plans.room import room

__all__ = [
    "agreeing",
    "changing",
    "looking",
    "making",
    "mirroring",
    "moving",
    "papers",
    "renewing",
    "room",
    "showing",
    "versions",
    "watching",
]
