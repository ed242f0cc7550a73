"""One's own profile: to look at, to print, and to show by an address to whoever holds the sheet."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, g, redirect, url_for
from flask.typing import ResponseReturnValue

from careteam.exports.profiles import profile_pdf as pdf_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import find_practitioner
from careteam.features.referrals.handing_out import links_leave
from careteam.features.relationships.models import ProfileCard
from careteam.features.relationships.profile import (
    hide_profile,
    new_card,
    profile_of,
    show_profile,
)
from careteam.features.relationships.profile_queries import entry_shown_by, find_card
from careteam.kit.drawings import qr_code
from careteam.kit.errors import Conflict, NotFound
from careteam.web.frame.files import taken_away
from careteam.web.frame.forms import page, proposed_id
from careteam.web.frame.room import PUBLIC, SIGNED_IN
from careteam.web.relationships.room import room
from careteam.web.relationships.saying import answered

PROFILE = "/relationships/profile"


@room.get(PROFILE, access=SIGNED_IN)
def profile_show() -> ResponseReturnValue:
    address = _address_of(find_card(g.actor))
    return page(
        "relationships/profile_show.html",
        profile=profile_of(_own_entry()),
        links_leave=links_leave(),
        address=address,
        qr=qr_code(address) if address else None,
        new_id=proposed_id(),
    )


@room.get(PROFILE + ".pdf", access=SIGNED_IN)
def profile_pdf() -> ResponseReturnValue:
    sheet = pdf_of(profile_of(_own_entry()), _address_of(find_card(g.actor)))
    return taken_away(sheet, "profile.pdf", "application/pdf")


def _own_entry() -> Practitioner:
    """Raises `NotFound` for somebody without one."""
    entry = find_practitioner(g.actor, g.actor.practitioner_id)
    if entry is None:
        raise NotFound
    return entry


def _address_of(card: ProfileCard | None) -> str:
    """Empty while it is not shown, or would open on this computer only."""
    if card is None or not links_leave():
        return ""
    settings = current_app.extensions["careteam_settings"]
    return f"{settings.public_url}{url_for('relationships.card_show', card_id=card.id)}"


@room.post(PROFILE + "/show", access=SIGNED_IN)
def profile_open() -> ResponseReturnValue:
    if not links_leave():
        raise Conflict("Nobody elsewhere could open it yet: Careteam has no https address.")
    if find_card(g.actor) is None:
        show_profile(actor=g.actor, card=new_card(g.actor, proposed_id()))
    return answered(
        "Whoever holds the address reads your entry now.", url_for("relationships.profile_show")
    )


@room.post(PROFILE + "/hide", access=SIGNED_IN)
def profile_close() -> ResponseReturnValue:
    card = find_card(g.actor)
    to = url_for("relationships.profile_show")
    if card is None:
        return redirect(to, 303)
    hide_profile(actor=g.actor, card=card)
    return answered("The address opens nothing any more.", to)


@room.get("/card/<uuid:card_id>", access=PUBLIC)
def card_show(card_id: UUID) -> ResponseReturnValue:
    """For whoever holds a sheet: what its author says of themself, and nothing else."""
    return page("relationships/card_show.html", profile=profile_of(entry_shown_by(card_id)))
