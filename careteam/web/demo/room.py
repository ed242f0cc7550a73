from careteam.web.frame.room import Room

room = Room("demo", __name__)
