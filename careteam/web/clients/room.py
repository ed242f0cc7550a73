from careteam.web.frame.room import Room

room = Room("clients", __name__)
