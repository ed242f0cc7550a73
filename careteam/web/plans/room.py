from careteam.web.frame.room import Room

room = Room("plans", __name__)
