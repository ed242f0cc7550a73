"""The person keeps their entry true in one tap, by the link in a mail; a code is not asked for.

What is said can be seen and set right by every member, and a scanner that opens addresses posts
nothing.
"""

from __future__ import annotations

from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.features.directory.availability import availability_of, say_availability
from careteam.features.directory.queries import get_entry_of_link
from careteam.features.relationships.yearly import want_yearly_mail
from careteam.kit.errors import CareteamError, NotFound
from careteam.web.directory.forms import AvailabilityForm
from careteam.web.entries.opening import front
from careteam.web.entries.room import room
from careteam.web.frame.forms import attempt
from careteam.web.frame.room import OWN_ENTRY
from careteam.web.frame.sending import done

SAID = {"yes": "you take new clients", "no": "you take no new clients now"}


@room.post("/e/<uuid:link_id>/accepting", access=OWN_ENTRY)
def accepting_say(link_id: UUID) -> ResponseReturnValue:
    """One tap; wait and absence stay as they are."""
    entry = get_entry_of_link(g.actor)
    said = availability_of(entry, request.form.get("accepting", ""))
    try:
        say_availability(actor=g.actor, practitioner=entry, availability=said)
    except CareteamError as error:
        return front(problem=error)
    words = f"Thank you. Noted today: {SAID[said.accepting]}."
    return done("entries.entry_show", words, link_id=link_id)


@room.post("/e/<uuid:link_id>/availability", access=OWN_ENTRY)
def availability_save(link_id: UUID) -> ResponseReturnValue:
    entry, form = get_entry_of_link(g.actor), AvailabilityForm()
    said = attempt(
        form,
        lambda: say_availability(actor=g.actor, practitioner=entry, availability=form.said),
    )
    if said is None:
        return front(availability=form)
    return done("entries.entry_show", "Thank you. Noted as of today.", link_id=link_id)


@room.post("/e/<uuid:link_id>/yearly-mail/<wanted>", access=OWN_ENTRY)
def yearly_mail(link_id: UUID, wanted: str) -> ResponseReturnValue:
    if wanted not in ("on", "off"):
        raise NotFound
    entry = get_entry_of_link(g.actor)
    want_yearly_mail(actor=g.actor, practitioner=entry, wants=wanted == "on")
    words = "You are asked once a year again." if wanted == "on" else "You are not asked again."
    return done("entries.entry_show", words, link_id=link_id, anchor="accepting")
