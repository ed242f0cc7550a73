from careteam.web.frame.room import Room

room = Room("calendars", __name__)
