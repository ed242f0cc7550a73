"""The letter to take away: print, PDF and plain text. Names of files and pages say nothing."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.exports.letters import letter_pdf as pdf_of
from careteam.exports.letters import letter_text as text_of
from careteam.features.letters.sheet import letter_sheet
from careteam.features.referrals.handing_out import hand_over_link, links_leave
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import get_referral
from careteam.kit.drawings import qr_code
from careteam.web.frame.files import taken_away
from careteam.web.frame.forms import page
from careteam.web.referrals.room import room

WITHOUT_LINK = frozenset({"draft", "discarded"})
"""States without a link: nothing has left."""


@room.get("/referrals/<uuid:referral_id>/letter", access=Permission.READ_REFERRAL)
def letter_print(referral_id: UUID) -> ResponseReturnValue:
    return _printed(get_referral(g.actor, referral_id))


@room.post("/referrals/<uuid:referral_id>/letter", access=Permission.WRITE_REFERRAL)
def letter_print_with_link(referral_id: UUID) -> ResponseReturnValue:
    """A link of its own for this sheet: making one is a change, so it takes a press."""
    referral = get_referral(g.actor, referral_id)
    return _printed(referral, hand_over_link(actor=g.actor, referral=referral, purpose="print"))


@room.get("/referrals/<uuid:referral_id>/letter.pdf", access=Permission.READ_REFERRAL)
def letter_pdf(referral_id: UUID) -> ResponseReturnValue:
    return _as_pdf(get_referral(g.actor, referral_id))


@room.post("/referrals/<uuid:referral_id>/letter.pdf", access=Permission.WRITE_REFERRAL)
def letter_pdf_with_link(referral_id: UUID) -> ResponseReturnValue:
    """As `letter_print_with_link`: every sheet has a secret of its own."""
    referral = get_referral(g.actor, referral_id)
    return _as_pdf(referral, hand_over_link(actor=g.actor, referral=referral, purpose="print"))


@room.get("/referrals/<uuid:referral_id>/letter.txt", access=Permission.READ_REFERRAL)
def letter_text(referral_id: UUID) -> ResponseReturnValue:
    sheet = letter_sheet(g.actor, get_referral(g.actor, referral_id))
    return taken_away(text_of(sheet).encode(), f"{sheet.file_name}.txt", "text/plain")


def _as_pdf(referral: Referral, address: str = "") -> ResponseReturnValue:
    sheet = letter_sheet(g.actor, referral, address)
    return taken_away(pdf_of(sheet), f"{sheet.file_name}.pdf", "application/pdf")


def _printed(referral: Referral, address: str = "") -> ResponseReturnValue:
    is_mine = g.actor.practitioner_id == referral.sender_id
    return page(
        "referrals/letter_print.html",
        referral=referral,
        sheet=letter_sheet(g.actor, referral, address),
        qr=qr_code(address) if address else None,
        may_link=is_mine and links_leave() and referral.status not in WITHOUT_LINK,
    )
