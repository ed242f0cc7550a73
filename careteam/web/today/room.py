from careteam.web.frame.room import Room

room = Room("today", __name__)
