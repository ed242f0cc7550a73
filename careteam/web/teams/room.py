from careteam.web.frame.room import Room
from careteam.web.teams.forms import set_aside_form

room = Room("teams", __name__)
room.add_app_template_global(set_aside_form)
