"""A clearance that the plan waits for, given from behind a link."""

from __future__ import annotations

from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.features.teams.clearances.awaited import Asked, asked_of
from careteam.features.teams.clearances.operations import (
    GONE,
    restore_clearance,
    take_back_clearance,
)
from careteam.features.teams.clearances.queries import find_clearance, get_clearance
from careteam.kit.errors import Conflict
from careteam.web.frame.clearances import ClearanceForm, clearance_form, file_of_clearance, give
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import LINK
from careteam.web.frame.sending import done
from careteam.web.links.place import Place, on_the_team, said
from careteam.web.links.room import room


@room.get("/r/<uuid:link_id>/clearances/new", access=LINK)
@on_the_team
def clearance_new(place: Place) -> ResponseReturnValue:
    asked = _asked(place)
    if not asked.awaited:
        return done("links.link_show", GONE, kind="info", link_id=g.actor.link_id)
    return _page(clearance_form(g.actor, asked, formdata=None), place, asked)


def _asked(place: Place) -> Asked:
    require(g.actor, Permission.GIVE_CLEARANCE, place.goal)
    return asked_of(g.actor, place.goal)


def _page(form: ClearanceForm, place: Place, asked: Asked) -> ResponseReturnValue:
    return page("links/clearance_new.html", form, place=place, asked=asked, new_id=form.new_id)


@room.post("/r/<uuid:link_id>/clearances/new", access=LINK)
@on_the_team
def clearance_give(place: Place) -> ResponseReturnValue:
    asked = _asked(place)
    form = clearance_form(g.actor, asked)
    if find_clearance(g.actor, place.goal, form.new_id) is not None:
        return done("links.link_show", link_id=g.actor.link_id)
    try:
        given = attempt(form, lambda: give(form, g.actor, place.goal))
    except Conflict as error:
        return said("links.link_show", error.message, kind="alert")
    if given is None:
        return _page(form, place, asked)
    undo = _address("links.clearance_take_back", given.id)
    sender = place.shown.sender.name
    return said("links.link_show", f"Thank you. It is cleared, and {sender} is told.", undo=undo)


def _address(endpoint: str, clearance_id: UUID) -> str:
    return url_for(endpoint, link_id=g.actor.link_id, clearance_id=clearance_id)


@room.get("/r/<uuid:link_id>/clearances/<uuid:clearance_id>/file", access=LINK)
@on_the_team
def clearance_file(place: Place, clearance_id: UUID) -> ResponseReturnValue:
    return file_of_clearance(g.actor, place.goal, clearance_id)


@room.post("/r/<uuid:link_id>/clearances/<uuid:clearance_id>/take-back", access=LINK)
@on_the_team
def clearance_take_back(place: Place, clearance_id: UUID) -> ResponseReturnValue:
    row = get_clearance(g.actor, place.goal, clearance_id)
    take_back_clearance(actor=g.actor, clearance=row)
    undo = _address("links.clearance_restore", row.id)
    return said("links.link_show", "It is taken back. The plan waits for your word.", undo=undo)


@room.post("/r/<uuid:link_id>/clearances/<uuid:clearance_id>/restore", access=LINK)
@on_the_team
def clearance_restore(place: Place, clearance_id: UUID) -> ResponseReturnValue:
    row = get_clearance(g.actor, place.goal, clearance_id)
    restore_clearance(actor=g.actor, clearance=row)
    return said("links.link_show", "It counts again.")
