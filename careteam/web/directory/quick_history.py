"""Quick history: from memory, two taps a person, one save."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask import current_app, g, request
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import list_contacts
from careteam.features.network.models import RememberedTie
from careteam.features.network.operations import remember_ties
from careteam.features.network.remembered_queries import remembered_of
from careteam.kit.paging import Page, page_number
from careteam.web.directory.forms import history_form
from careteam.web.directory.room import room
from careteam.web.frame.filters import plural
from careteam.web.frame.forms import Form, attempt, page
from careteam.web.frame.sending import done

PEOPLE_A_PAGE = 100


@room.get("/practitioners/quick-history", access=Permission.READ_NETWORK)
def quick_history() -> ResponseReturnValue:
    ties = remembered_of(g.actor)
    people = _people(ties)
    return _page(_form(people, ties), people)


def _people(known: Iterable[UUID]) -> Page[Practitioner]:
    """Those I added or remember; with `who=all`, and for somebody who added nobody, everybody."""
    return list_contacts(
        g.actor,
        known,
        everybody=request.args.get("who") == "all",
        page=page_number(request.args.get("page")),
        size=PEOPLE_A_PAGE,
    )


def _form(people: Page[Practitioner], ties: dict[UUID, RememberedTie]) -> Form:
    form: Any = history_form(each.id for each in people.items)()
    if not form.is_submitted():
        for each in people.items:
            tie = ties.get(each.id)
            form[f"sent-{each.id}"].data = tie.sent if tie else "none"
            form[f"received-{each.id}"].data = tie.received if tie else "none"
    return form


def _page(form: Form, people: Page[Practitioner]) -> ResponseReturnValue:
    return page(
        "directory/quick_history.html",
        form,
        people=people,
        may_save=g.actor.practitioner_id is not None,
        who=request.args.get("who"),
    )


@room.post("/practitioners/quick-history", access=Permission.READ_NETWORK)
def quick_history_save() -> ResponseReturnValue:
    ties = remembered_of(g.actor)
    people = _people(ties)
    form = _form(people, ties)
    count = attempt(form, lambda: remember_ties(actor=g.actor, ties=_ties(form, people.items)))
    if count is None:
        return _page(form, people)
    words = f"Noted from memory for {plural(count, 'person', 'people')}." if count else "Saved."
    if "network.network_show" in current_app.view_functions:
        return done("network.network_show", words)
    return done("directory.practitioner_list", words)


def _ties(form: Any, people: Sequence[Practitioner]) -> dict[UUID, tuple[str, str]]:
    return {
        each.id: (form[f"sent-{each.id}"].data, form[f"received-{each.id}"].data)
        for each in people
        if f"sent-{each.id}" in request.form and f"received-{each.id}" in request.form
    }
