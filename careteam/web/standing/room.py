from careteam.web.frame.room import Room

room = Room("standing", __name__)
