from careteam.web.frame.room import Room

room = Room("network", __name__)
