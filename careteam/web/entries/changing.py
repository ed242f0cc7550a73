"""The person corrects their entry, or says that it is right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.features.directory.details import details_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.own_entry import confirm_entry, correct_entry
from careteam.features.directory.queries import get_own_entry
from careteam.features.directory.saying import LABELS
from careteam.features.links.entries import follow_address
from careteam.kit.errors import Conflict
from careteam.web.directory.entries import details_sent
from careteam.web.directory.forms import PractitionerForm
from careteam.web.directory.saying import said_conflicts
from careteam.web.entries.room import room
from careteam.web.frame.forms import attempt, page, shown
from careteam.web.frame.room import OWN_ENTRY
from careteam.web.frame.sending import done


@room.get("/e/<uuid:link_id>/edit", access=OWN_ENTRY)
def entry_edit(link_id: UUID) -> ResponseReturnValue:
    entry = get_own_entry(g.actor)
    form = PractitionerForm(formdata=None)
    form.show(details_of(entry))
    return _edit_page(form, entry)


def _edit_page(
    form: PractitionerForm, entry: Practitioner, status: int = 200, **context: Any
) -> ResponseReturnValue:
    form.offer_another_workplace()
    was = shown(details_of(entry).values())
    return page("entries/entry_edit.html", form, status, entry=entry, was=was, **context)


@room.post("/e/<uuid:link_id>/edit", access=OWN_ENTRY)
def entry_save(link_id: UUID) -> ResponseReturnValue:
    entry, form = get_own_entry(g.actor), PractitionerForm()
    try:
        saved = attempt(form, lambda: _correct(form, entry))
    except Conflict as error:
        rows = said_conflicts(error, LABELS)
        return _edit_page(form, get_own_entry(g.actor), 409, conflicts=rows)
    if saved is None:
        return _edit_page(form, entry)
    words = "Thank you. Your entry is corrected, and marked as said by you."
    return done("entries.entry_show", words, link_id=link_id)


def _correct(form: PractitionerForm, entry: Practitioner) -> Practitioner:
    saved = correct_entry(actor=g.actor, practitioner=entry, details=details_sent(form, entry))
    follow_address(g.actor, saved.email)
    return saved


@room.post("/e/<uuid:link_id>/confirm", access=OWN_ENTRY)
def entry_confirm(link_id: UUID) -> ResponseReturnValue:
    confirm_entry(actor=g.actor, practitioner=get_own_entry(g.actor))
    return done("entries.entry_show", "Thank you. It is marked as right.", link_id=link_id)
