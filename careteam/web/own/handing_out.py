"""The lead's side: the client's page handed over by mail, link, QR and code, and ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Client
from careteam.features.clients.operations import note_no_screen
from careteam.features.clients.queries import get_led_client
from careteam.features.links.client_queries import find_address_writer, list_client_links
from careteam.features.links.clients import (
    ONLY_HERE,
    hand_over_page,
    links_leave,
    mail_is_safe,
    mail_page,
)
from careteam.kit import clock
from careteam.kit.drawings import qr_code
from careteam.kit.errors import Invalid
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.own.room import room


@room.get("/clients/<uuid:client_id>/own-page", access=SIGNED_IN)
def page_show(client_id: UUID) -> ResponseReturnValue:
    return _page(get_led_client(g.actor, client_id))


def _page(client: Client, **more: Any) -> ResponseReturnValue:
    return page(
        "own/page_show.html",
        client=client,
        lines=list_client_links(g.actor, client.id, clock.now()),
        can_mail=mail_is_safe(client),
        written_by=find_address_writer(client),
        only_here=None if links_leave() else ONLY_HERE,
        **more,
    )


@room.post("/clients/<uuid:client_id>/own-page", access=SIGNED_IN)
def page_hand_over(client_id: UUID) -> ResponseReturnValue:
    client = get_led_client(g.actor, client_id)
    try:
        address = hand_over_page(actor=g.actor, client=client)
    except Invalid as error:
        return done("own.page_show", error.message, kind="alert", client_id=client_id)
    return _page(client, address=address, qr=qr_code(address))


@room.post("/clients/<uuid:client_id>/own-page/mail", access=SIGNED_IN)
def page_mail(client_id: UUID) -> ResponseReturnValue:
    client = get_led_client(g.actor, client_id)
    try:
        mail_page(actor=g.actor, client=client)
    except Invalid as error:
        return done("own.page_show", error.message, kind="alert", client_id=client_id)
    return done("own.page_show", "The link is on its way by mail.", client_id=client_id)


@room.post("/clients/<uuid:client_id>/own-page/no-screen", access=SIGNED_IN)
def no_screen_note(client_id: UUID) -> ResponseReturnValue:
    """One press notes it and one takes it back; a link that is out goes on working."""
    client = get_led_client(g.actor, client_id)
    wants_none = request.form.get("wants_no_screen") == "yes"
    note_no_screen(actor=g.actor, client=client, wants_no_screen=wants_none)
    words = "Noted: paper and telephone." if wants_none else "Noted: a page is welcome."
    return done("own.page_show", words, client_id=client_id)
