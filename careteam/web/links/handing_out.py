"""The sender's side: the link to hand over, a code to read out, and ending both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.features.directory.queries import Contact, names_of, party_contacts
from careteam.features.links.codes import new_code
from careteam.features.links.models import Link
from careteam.features.links.operations import (
    code_to_read_out,
    end_link,
    forget_browser,
    move_codes,
    where_codes_go,
)
from careteam.features.links.queries import acting_cover, get_browser, get_link, list_links
from careteam.features.referrals.handing_out import ONLY_HERE, hand_over_link, links_leave
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import get_referral
from careteam.kit import clock
from careteam.kit.drawings import qr_code
from careteam.kit.errors import Conflict, NotFound
from careteam.web.frame.forms import page
from careteam.web.frame.panels import REFERRAL, fill
from careteam.web.frame.sending import done
from careteam.web.links.room import room


@room.post("/referrals/<uuid:referral_id>/link", access=Permission.WRITE_REFERRAL)
def link_hand_over(referral_id: UUID) -> ResponseReturnValue:
    referral = get_referral(g.actor, referral_id)
    address = hand_over_link(actor=g.actor, referral=referral)
    receiver = party_contacts([referral.receiver_id])[referral.receiver_id]
    links = (line.link for line in list_links(g.actor, referral.id, clock.now()))
    return page(
        "links/link_hand_over.html",
        referral=referral,
        receiver=receiver.name,
        to_read_out=next((each for each in links if _must_read_out(each, receiver)), None),
        address=address,
        qr=qr_code(address),
    )


def _must_read_out(link: Link, receiver: Contact) -> bool:
    """Whether no code can be mailed for this link of a referral, and the actor may make one."""
    lives = link.kind == "referral" and link.revoked_at is None
    is_unmailed = lives and where_codes_go(link, receiver.email) is None
    return is_unmailed and allowed(g.actor, Permission.MAKE_CODE, link)


@room.post("/links/<uuid:link_id>/code", access=Permission.MAKE_CODE)
def code_make(link_id: UUID) -> ResponseReturnValue:
    link, code = get_link(g.actor, link_id), new_code()
    code_to_read_out(actor=g.actor, link=link, code=code)
    back = url_for("own.page_show", client_id=link.client_id) if link.kind == "client" else None
    return page(
        "links/code_read_out.html",
        link=link,
        code=code,
        receiver=_name(link.practitioner_id) if back is None else "the client",
        back=back,
        stands_in=back is not None and acting_cover(g.actor, link.client_id) is not None,
    )


@room.post("/links/<uuid:link_id>/codes", access=Permission.MAKE_CODE)
def codes_move(link_id: UUID) -> ResponseReturnValue:
    link = get_link(g.actor, link_id)
    if link.kind != "referral" or link.practitioner_id is None:
        raise NotFound
    email = party_contacts([link.practitioner_id])[link.practitioner_id].email
    if email != request.form.get("email"):
        raise Conflict("The entry says another address by now. Please look at it once more.")
    move_codes(actor=g.actor, link=link, email=email)
    return _back(link, "Codes and reminders go to the address in the entry from now on.")


@room.post("/links/<uuid:link_id>/end", access=Permission.MANAGE_LINK)
def link_end(link_id: UUID) -> ResponseReturnValue:
    link = get_link(g.actor, link_id)
    end_link(actor=g.actor, link=link)
    return _back(link, "The link is ended. Nobody gets in by it any more.")


@room.post("/links/browsers/<uuid:browser_id>/forget", access=Permission.MANAGE_LINK)
def browser_forget(browser_id: UUID) -> ResponseReturnValue:
    link, browser = get_browser(g.actor, browser_id)
    forget_browser(actor=g.actor, link=link, browser=browser)
    return _back(link, "This browser has to show a code again.")


def _back(link: Link, words: str) -> ResponseReturnValue:
    if link.kind == "client":
        return done("own.page_show", words, client_id=link.client_id)
    return done("referrals.referral_show", words, referral_id=link.referral_id)


def _name(practitioner_id: UUID | None) -> str:
    return names_of([practitioner_id]).get(practitioner_id, "them")  # type: ignore[arg-type]


def _links_of(actor: Actor, referral: Referral) -> dict[str, Any] | None:
    """What the page of a referral shows its sender of the links that were handed out."""
    if referral.is_past or actor.practitioner_id != referral.sender_id:
        return None
    lines = list_links(actor, referral.id, clock.now())
    receiver = party_contacts([referral.receiver_id])[referral.receiver_id]
    return {
        "lines": lines,
        "with_code": {
            line.link.id for line in lines if allowed(actor, Permission.MAKE_CODE, line.link)
        },
        "referral": referral,
        "receiver": receiver,
        "only_here": None if links_leave() else ONLY_HERE,
    }


fill(room, REFERRAL, "links/_of_referral.html", _links_of)
