"""The room; every answer of it keeps its address to itself."""

from careteam.web.frame.linking import private
from careteam.web.frame.room import Room

room = Room("entries", __name__)
room.after_request(private)
