"""Two of the lead's clients linked with the consent of both, and unlinked in one tap."""

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
from careteam.features.teams.models import Partner
from careteam.features.teams.partners import operations
from careteam.features.teams.partners.operations import Given
from careteam.features.teams.partners.queries import find_linked, get_side, list_choices
from careteam.kit import clock
from careteam.web.clients.forms import HOW_GIVEN, day, options
from careteam.web.clients.room import room
from careteam.web.frame.forms import Form, attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done


class PartnerForm(Form):
    partner = SelectField("Link with", validators=[InputRequired("Choose one of your clients.")])
    agreed_on = day("Agreed on", InputRequired("Give the day."))
    agreed_how = RadioField("How they agreed", choices=options(HOW_GIVEN), default="spoken")
    partner_agreed_on = day("The partner agreed on", InputRequired("Give the day."))
    partner_agreed_how = RadioField(
        "How the partner agreed", choices=options(HOW_GIVEN), default="spoken"
    )

    def offer(self, client: Client) -> None:
        pairs = [(str(key), name) for key, name in list_choices(g.actor, client)]
        self.partner.choices = options([("", "Choose a client"), *pairs])
        self.agreed_on.label.text = f"{client.called} agreed on"
        self.agreed_how.label.text = f"How {client.called} agreed"


def _kept(client_id: UUID) -> Client:
    client = get_client(g.actor, client_id)
    require(g.actor, Permission.KEEP_CLIENT, client)
    return client


@room.get("/clients/<uuid:client_id>/partner", access=SIGNED_IN)
def partner_new(client_id: UUID) -> ResponseReturnValue:
    form = PartnerForm(formdata=None)
    form.agreed_on.data = form.partner_agreed_on.data = clock.today()
    return _page(form, _kept(client_id), uuid4())


def _page(form: PartnerForm, client: Client, new_id: UUID) -> ResponseReturnValue:
    form.offer(client)
    linked = find_linked(g.actor, client.id)
    return page("clients/partner_new.html", form, client=client, new_id=new_id, linked=linked)


@room.post("/clients/<uuid:client_id>/partner", access=SIGNED_IN)
def partner_link(client_id: UUID) -> ResponseReturnValue:
    client, form = _kept(client_id), PartnerForm()
    form.offer(client)
    linked = find_linked(g.actor, client.id)
    if linked is not None and linked.pair_id == form.new_id:
        return redirect(url_for("clients.client_show", client_id=client_id), 303)
    if attempt(form, lambda: _link(form, client)) is None:
        return _page(form, client, form.new_id)
    words = "They are linked. Nothing is shared yet: open a milestone to share it."
    return done("clients.client_show", words, client_id=client_id, anchor="partner")


def _link(form: PartnerForm, client: Client) -> Partner:
    return operations.link(
        actor=g.actor,
        client=client,
        partner=_kept(UUID(form.partner.data)),
        pair_id=form.new_id,
        given=Given(form.agreed_on.data, form.agreed_how.data),
        partners=Given(form.partner_agreed_on.data, form.partner_agreed_how.data),
    )


@room.post("/clients/<uuid:client_id>/partner/<uuid:side_id>/end", access=SIGNED_IN)
def partner_unlink(client_id: UUID, side_id: UUID) -> ResponseReturnValue:
    operations.unlink(actor=g.actor, side=get_side(g.actor, client_id, side_id))
    words = "The link has ended. Nothing passes between the two plans any more."
    return done("clients.client_show", words, client_id=client_id)
