"""The address in a mail, the door behind it, and the entry once a code was shown."""

from __future__ import annotations

from uuid import UUID

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.relationships.observing import FACT_LABELS, RESULTS
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import get_entry_of_link, get_own_entry, names_of
from careteam.features.links.entries import entry_link_of_token
from careteam.features.links.operations import forget_browser, note_use
from careteam.features.links.queries import find_browser, own_link
from careteam.features.referrals.removal.queries import use_of
from careteam.features.relationships.observation_queries import list_about_oneself
from careteam.features.relationships.yearly_queries import is_asked_yearly
from careteam.kit.errors import CareteamError
from careteam.web.directory.forms import AvailabilityForm
from careteam.web.entries.room import room
from careteam.web.frame import confirming
from careteam.web.frame.confirming import CodeForm
from careteam.web.frame.devices import masked
from careteam.web.frame.forms import page
from careteam.web.frame.linking import browser_hash, closed_page, note_opened
from careteam.web.frame.room import OWN_ENTRY, PUBLIC


@room.get("/e/<path:token>", access=PUBLIC)
def entry_open(token: str) -> ResponseReturnValue:
    """Also for whatever a mail program made of the address: it opens nothing, like all others."""
    link_id = entry_link_of_token(token)
    if link_id is None:
        return closed_page()
    note_opened(link_id)
    return redirect(url_for("entries.entry_show", link_id=link_id), 303)


@room.get("/e/<uuid:link_id>", access=OWN_ENTRY)
def entry_show(link_id: UUID) -> ResponseReturnValue:
    return front()


def front(
    availability: AvailabilityForm | None = None, problem: CareteamError | None = None
) -> ResponseReturnValue:
    """The entry, or the door to it before a code; an availability that was refused is shown."""
    if not g.actor.is_confirmed:
        return door(problem=problem, availability=availability)
    entry = get_own_entry(g.actor)
    form = _availability(entry, availability, problem)
    return page(
        "entries/entry_show.html",
        form,
        problem.status if problem else 200,
        entry=entry,
        added_by=names_of([entry.added_by_id]).get(entry.added_by_id)
        if entry.added_by_id
        else None,
        use=use_of(entry.id),
        observed=list_about_oneself(g.actor),
        fact_labels=FACT_LABELS,
        results=RESULTS,
        availability=form,
        is_asked=is_asked_yearly(entry.id),
    )


def _availability(
    entry: Practitioner, form: AvailabilityForm | None, problem: CareteamError | None = None
) -> AvailabilityForm:
    shown = form or AvailabilityForm.of(entry)
    if problem is not None:
        shown.refuse(problem)
    return shown


def door(
    form: CodeForm | None = None,
    problem: CareteamError | None = None,
    availability: AvailabilityForm | None = None,
) -> ResponseReturnValue:
    """What everybody sees who holds the address: where a code goes, whether clients are taken, and
    not whose entry it is.
    """
    entry, form = get_entry_of_link(g.actor), form or CodeForm.empty()
    if problem is not None:
        form.refuse(problem)
    said = _availability(entry, availability)
    return page(
        "entries/door_show.html",
        said if said.errors else form,
        problem.status if problem else 200,
        code_form=form,
        entry=entry,
        availability=said,
        is_asked=is_asked_yearly(entry.id),
        masked_email=masked(g.visit.email),
    )


@room.post("/e/<uuid:link_id>/code/send", access=OWN_ENTRY)
def code_send(link_id: UUID) -> ResponseReturnValue:
    words = f"A code is on its way to {masked(g.visit.email)}."
    return confirming.send(g.visit.email, ask=door, endpoint="entries.entry_show", words=words)


@room.post("/e/<uuid:link_id>/code", access=OWN_ENTRY)
def code_check(link_id: UUID) -> ResponseReturnValue:
    return confirming.check(
        ask=door,
        endpoint="entries.entry_show",
        words="Thank you. This browser is remembered.",
        then=lambda: note_use(own_link(g.actor)),
    )


@room.post("/e/<uuid:link_id>/leave", access=OWN_ENTRY)
def browser_leave(link_id: UUID) -> ResponseReturnValue:
    """On a computer that others use too: it has to show a code again."""
    browser = find_browser(link_id, browser_hash())
    if browser is not None:
        forget_browser(actor=g.actor, link=own_link(g.actor), browser=browser)
    return door()
