from careteam.web.frame.room import Room

room = Room("measures", __name__)
