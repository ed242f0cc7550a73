from careteam.web.frame.room import Room

room = Room("accounts", __name__)
