from careteam.web.frame.room import Room

room = Room("notes", __name__)
