from careteam.features.responsiveness.seeing import NOT_KNOWN
from careteam.features.teams.labels import inside, seat_label
from careteam.web.frame.room import Room
from careteam.web.teams.forms import set_aside_form

room = Room("teams", __name__)
room.add_app_template_global(set_aside_form)
room.add_app_template_filter(seat_label, "place")
room.add_app_template_filter(inside)
room.add_app_template_global(lambda: NOT_KNOWN, "not_known_when")
