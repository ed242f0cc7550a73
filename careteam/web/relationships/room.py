from careteam.web.frame.room import Room

room = Room("relationships", __name__)
