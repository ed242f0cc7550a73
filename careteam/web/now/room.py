from careteam.web.frame.room import Room

room = Room("now", __name__)
