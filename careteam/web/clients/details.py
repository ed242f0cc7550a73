"""Starting a record, and changing what is known of the person."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.clients import operations
from careteam.features.clients.details import Details, check_details, shown_language
from careteam.features.clients.models import Client
from careteam.features.clients.queries import find_client, get_led_client
from careteam.features.links.client_queries import find_address_writer
from careteam.kit.errors import Conflict
from careteam.web.clients.forms import DETAILS, DetailsForm, NewClientForm
from careteam.web.clients.room import room
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, shown
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done, safe_path


@room.get("/clients/new", access=Permission.ADD_CLIENT)
def client_new() -> ResponseReturnValue:
    return page("clients/client_new.html", NewClientForm(), new_id=uuid4())


@room.post("/clients/new", access=Permission.ADD_CLIENT)
def client_create() -> ResponseReturnValue:
    form = NewClientForm()
    new_id = form.new_id
    if find_client(g.actor, new_id) is not None:
        return redirect(url_for("clients.client_show", client_id=new_id), 303)
    client = attempt(form, lambda: _add(form, new_id))
    if client is None:
        return page("clients/client_new.html", form, new_id=new_id)
    return done(
        "clients.goal_new",
        f"The record of {client.called} is started. What is the goal?",
        client_id=client.id,
    )


def _add(form: NewClientForm, new_id: UUID) -> Client:
    return operations.add_client(
        actor=g.actor,
        client_id=new_id,
        details=Details(**_sent(form)),
        keep_consent_how=form.keep_consent_how.data,
    )


def _sent(form: DetailsForm) -> dict[str, Any]:
    return {name: form[name].data for name in DETAILS}


def _stored(client: Client) -> dict[str, Any]:
    """As the form shows them: a language by its name."""
    stored = {name: getattr(client, name) for name in DETAILS}
    return stored | {"language": shown_language(client.language)}


@room.get("/clients/<uuid:client_id>/edit", access=SIGNED_IN)
def client_edit(client_id: UUID) -> ResponseReturnValue:
    client = get_led_client(g.actor, client_id)
    return _edit_page(DetailsForm(data=_stored(client)), client)


def _edit_page(
    form: DetailsForm, client: Client, status: int = 200, **context: object
) -> ResponseReturnValue:
    was = shown(_stored(client))
    return page(
        "clients/client_edit.html",
        form,
        status,
        client=client,
        was=was,
        back=safe_path(request.values.get("back")),
        written_by=find_address_writer(client),
        **context,
    )


@room.post("/clients/<uuid:client_id>/edit", access=SIGNED_IN)
def client_save(client_id: UUID) -> ResponseReturnValue:
    client, form = get_led_client(g.actor, client_id), DetailsForm()
    try:
        saved = attempt(form, lambda: _save(form, client))
    except Conflict as error:
        labels = {name: form[name].label.text for name in DETAILS}
        return _edit_page(form, client, 409, conflicts=conflict_rows(error, labels))
    if saved is None:
        return _edit_page(form, client)
    flash("The details are saved.", "good")
    show = url_for("clients.client_show", client_id=client_id)
    return redirect(safe_path(request.form.get("back")) or show, 303)


def _save(form: DetailsForm, client: Client) -> Client:
    stored = _stored(client)
    checked = check_details(Details(**_sent(form)))
    sent = {name: checked[name] for name in DETAILS}
    sent["language"] = shown_language(str(checked["language"] or ""))
    changes = merged(form.version, client.version, stored, sent)
    return operations.change_client(
        actor=g.actor, client=client, details=Details(**(stored | changes))
    )
