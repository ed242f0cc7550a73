"""Handing a client over: asked by whoever keeps the record, answered by whoever is to keep it."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client
from careteam.features.clients.queries import get_client
from careteam.features.directory.queries import names_of
from careteam.features.teams.covering.queries import list_colleagues
from careteam.features.teams.handing_over import operations
from careteam.features.teams.handing_over.queries import find_open, get_own, get_proposed
from careteam.features.teams.models import HandOver
from careteam.kit import clock
from careteam.kit.errors import Conflict, NotFound
from careteam.web.clients.forms import HOW_GIVEN, day, options
from careteam.web.clients.room import room
from careteam.web.frame.forms import Form, attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done


class HandOverForm(Form):
    practitioner = SelectField(
        "Who is to keep the record", validators=[InputRequired("Choose a colleague.")]
    )
    agreed_on = day("The client agreed on", InputRequired("Give the day."))
    agreed_how = RadioField("How they agreed", choices=options(HOW_GIVEN), default="spoken")

    def offer(self) -> None:
        pairs = [(str(key), name) for key, name in list_colleagues(g.actor)]
        self.practitioner.choices = options([("", "Choose a colleague"), *pairs])


def _kept(client_id: UUID) -> Client:
    client = get_client(g.actor, client_id)
    require(g.actor, Permission.KEEP_CLIENT, client)
    return client


@room.get("/clients/<uuid:client_id>/hand-over", access=SIGNED_IN)
def hand_over_new(client_id: UUID) -> ResponseReturnValue:
    form = HandOverForm(formdata=None)
    form.agreed_on.data = clock.today()
    return _page(form, _kept(client_id), uuid4())


def _page(form: HandOverForm, client: Client, new_id: UUID) -> ResponseReturnValue:
    form.offer()
    waiting = find_open(g.actor, client)
    return page("clients/hand_over_new.html", form, client=client, new_id=new_id, waiting=waiting)


@room.post("/clients/<uuid:client_id>/hand-over", access=SIGNED_IN)
def hand_over_propose(client_id: UUID) -> ResponseReturnValue:
    client, form = _kept(client_id), HandOverForm()
    form.offer()
    waiting = find_open(g.actor, client)
    if waiting is not None and waiting.id == form.new_id:
        return redirect(url_for("clients.client_show", client_id=client_id), 303)
    if attempt(form, lambda: _propose(form, client)) is None:
        return _page(form, client, form.new_id)
    words = "They are asked by mail. Nothing changes before their yes."
    return done("clients.client_show", words, client_id=client_id)


def _propose(form: HandOverForm, client: Client) -> HandOver:
    return operations.propose(
        actor=g.actor,
        client=client,
        hand_over_id=form.new_id,
        practitioner_id=UUID(form.practitioner.data),
        agreed_on=form.agreed_on.data,
        agreed_how=form.agreed_how.data,
    )


@room.post("/clients/<uuid:client_id>/hand-over/<uuid:hand_over_id>/withdraw", access=SIGNED_IN)
def hand_over_withdraw(client_id: UUID, hand_over_id: UUID) -> ResponseReturnValue:
    client, row = _kept(client_id), get_own(g.actor, hand_over_id)
    if row.client_id != client.id:
        raise NotFound
    try:
        operations.withdraw(actor=g.actor, hand_over=row)
    except Conflict as error:
        return done("clients.client_show", error.message, client_id=client_id, kind="alert")
    return done("clients.client_show", "It is taken back.", client_id=client_id)


@room.get("/clients/hand-overs/<uuid:hand_over_id>", access=Permission.ADD_CLIENT)
def hand_over_show(hand_over_id: UUID) -> ResponseReturnValue:
    row = get_proposed(g.actor, hand_over_id)
    lead = names_of([row.author_id]).get(row.author_id or row.id, "A colleague")
    is_open = row.state == "proposed"
    gone = operations.SETTLED.get(row.state)
    return page("clients/hand_over_show.html", asked=row, lead=lead, is_open=is_open, gone=gone)


@room.post("/clients/hand-overs/<uuid:hand_over_id>/accept", access=Permission.ADD_CLIENT)
def hand_over_accept(hand_over_id: UUID) -> ResponseReturnValue:
    row = get_proposed(g.actor, hand_over_id)
    client_id = row.client_id
    try:
        operations.accept(actor=g.actor, hand_over=row)
    except Conflict as error:
        return done("today.today", error.message, kind="alert")
    words = "You keep this record from now on. Look at the team first: who still sees what?"
    return done("clients.client_show", words, client_id=client_id)


@room.post("/clients/hand-overs/<uuid:hand_over_id>/decline", access=Permission.ADD_CLIENT)
def hand_over_decline(hand_over_id: UUID) -> ResponseReturnValue:
    try:
        operations.decline(actor=g.actor, hand_over=get_proposed(g.actor, hand_over_id))
    except Conflict as error:
        return done("today.today", error.message, kind="alert")
    return done("today.today", "You said no. They are told by mail.")
