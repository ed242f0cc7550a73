"""Stop something, from behind a link: a hold or a caution laid, ended, and let act again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.features.teams.models import Precaution
from careteam.features.teams.precautions import operations
from careteam.features.teams.precautions.queries import find_precaution, get_precaution
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.precautions import EndPrecautionForm, PrecautionForm, precaution_form
from careteam.web.frame.room import LINK
from careteam.web.frame.sending import done
from careteam.web.links.place import Place, on_the_team, said
from careteam.web.links.room import room


@room.get("/r/<uuid:link_id>/precautions/new", access=LINK)
@on_the_team
def precaution_new(place: Place) -> ResponseReturnValue:
    return _page(_form(place, formdata=None), place)


def _form(place: Place, **options: Any) -> PrecautionForm:
    require(g.actor, Permission.LAY_PRECAUTION, place.goal)
    return precaution_form(g.actor, place.goal, **options)


def _page(form: PrecautionForm, place: Place) -> ResponseReturnValue:
    return page("links/precaution_new.html", form, place=place, new_id=form.new_id)


@room.post("/r/<uuid:link_id>/precautions/new", access=LINK)
@on_the_team
def precaution_lay(place: Place) -> ResponseReturnValue:
    form = _form(place)
    if find_precaution(g.actor, place.goal, form.new_id) is not None:
        return done("links.link_show", link_id=g.actor.link_id)
    laid = attempt(form, lambda: _lay(form, place))
    if laid is None:
        return _page(form, place)
    undo = _address("links.precaution_end", laid)
    fields = {"ended_why": operations.MISTAKE}
    return said("links.link_show", "It acts from now on.", undo=undo, undo_fields=fields)


def _lay(form: PrecautionForm, place: Place) -> Precaution:
    return operations.lay_precaution(
        actor=g.actor, goal=place.goal, precaution_id=form.new_id, new=form.new
    )


def _address(endpoint: str, row: Precaution) -> str:
    return url_for(endpoint, link_id=g.actor.link_id, precaution_id=row.id)


@room.post("/r/<uuid:link_id>/precautions/<uuid:precaution_id>/end", access=LINK)
@on_the_team
def precaution_end(place: Place, precaution_id: UUID) -> ResponseReturnValue:
    form, row = EndPrecautionForm(), get_precaution(g.actor, place.goal, precaution_id)
    try:
        ended = attempt(form, lambda: _end(row, form))
    except Conflict as error:
        return said("links.link_show", error.message, kind="alert")
    if ended is None:
        return page("links/precaution_end.html", form, place=place, precaution=row)
    undo = _address("links.precaution_resume", row)
    return said("links.link_show", "It is ended and no longer told.", undo=undo)


def _end(row: Precaution, form: EndPrecautionForm) -> Precaution:
    return operations.end_precaution(actor=g.actor, precaution=row, why=form.ended_why.data)


@room.post("/r/<uuid:link_id>/precautions/<uuid:precaution_id>/resume", access=LINK)
@on_the_team
def precaution_resume(place: Place, precaution_id: UUID) -> ResponseReturnValue:
    row = get_precaution(g.actor, place.goal, precaution_id)
    operations.resume_precaution(actor=g.actor, precaution=row)
    return said("links.link_show", "It acts again.")
