from careteam.web.frame.room import Room

room = Room("pathways", __name__)
