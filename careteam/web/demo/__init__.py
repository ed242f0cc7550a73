"""The sample data: what they are, and starting for real."""

from careteam.web.demo import sample
from careteam.web.demo.room import room

__all__ = ["room", "sample"]
