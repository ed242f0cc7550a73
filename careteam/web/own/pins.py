"""A PIN of one's own, for a phone that others use too: chosen, changed, left out again."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue

from careteam.features.links.pins import remove_pin, set_pin
from careteam.features.links.queries import own_link
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.linking import note_pin
from careteam.web.frame.room import CLIENT
from careteam.web.own.forms import PinForm
from careteam.web.own.place import Own, behind_the_code, said
from careteam.web.own.room import room


@room.get("/p/<uuid:link_id>/pin", access=CLIENT)
@behind_the_code
def pin_edit(place: Own) -> ResponseReturnValue:
    return _page(PinForm(formdata=None), place)


def _page(form: PinForm, place: Own) -> ResponseReturnValue:
    has_pin = own_link(g.actor).pin_hash is not None
    return page("own/pin_edit.html", form, own=place, has_pin=has_pin)


@room.post("/p/<uuid:link_id>/pin", access=CLIENT)
@behind_the_code
def pin_save(place: Own) -> ResponseReturnValue:
    form, link = PinForm(), own_link(g.actor)
    if attempt(form, lambda: set_pin(actor=g.actor, link=link, pin=form.pin.data)) is None:
        return _page(form, place)
    note_pin(g.actor.link_id)
    return said("own.home_show", "From now on your page asks for your PIN.")


@room.post("/p/<uuid:link_id>/pin/remove", access=CLIENT)
@behind_the_code
def pin_remove(_place: Own) -> ResponseReturnValue:
    remove_pin(actor=g.actor, link=own_link(g.actor))
    return said("own.home_show", "Your page asks for no PIN any more.")
