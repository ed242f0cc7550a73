"""Mail that did not arrive, or waits to be sent by hand: seen to by whoever wrote it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor
from careteam.access.permissions import Permission
from careteam.features.outbox.operations import (
    discard_message,
    mark_bounced,
    mark_sent_by_hand,
    take_back_bounce,
    try_again,
)
from careteam.features.outbox.queries import MailLine, get_mail, get_message, list_mail_about
from careteam.features.referrals.chasing.planning import plan_as_arrived, plan_as_mail_fared
from careteam.features.referrals.delivering import HAND_OVER, note_delivery
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import find_referral
from careteam.features.today.desk import mail_leaves
from careteam.web.frame.forms import page
from careteam.web.frame.panels import REFERRAL, fill
from careteam.web.frame.sending import done, safe_path
from careteam.web.today.room import room


@room.get("/mail/<uuid:message_id>", access=Permission.KEEP_OWN_NOTES)
def mail_show(message_id: UUID) -> ResponseReturnValue:
    mail = get_mail(g.actor, message_id)
    return page("today/mail_show.html", mail=mail, leaves=mail_leaves(), about=_about(mail))


def _about(mail: MailLine) -> str | None:
    """Where what the mail tells of can be seen and sent anew."""
    if mail.purpose != HAND_OVER or mail.about_id is None:
        return None
    if find_referral(g.actor, mail.about_id) is None:
        return None
    return url_for("referrals.referral_show", referral_id=mail.about_id)


@room.post("/mail/<uuid:message_id>/sent", access=Permission.KEEP_OWN_NOTES)
def mail_sent(message_id: UUID) -> ResponseReturnValue:
    message = mark_sent_by_hand(actor=g.actor, message=get_message(g.actor, message_id))
    note_delivery(actor=g.actor, about_id=message.about_id, purpose=message.purpose)
    plan_as_mail_fared(message.about_id)
    return done("today.today", "Noted: you sent it.")


@room.post("/mail/<uuid:message_id>/again", access=Permission.KEEP_OWN_NOTES)
def mail_try_again(message_id: UUID) -> ResponseReturnValue:
    message = try_again(actor=g.actor, message=get_message(g.actor, message_id))
    plan_as_mail_fared(message.about_id)
    return done("today.today", "It is sent again within a minute.")


@room.post("/mail/<uuid:message_id>/discard", access=Permission.KEEP_OWN_NOTES)
def mail_discard(message_id: UUID) -> ResponseReturnValue:
    message = discard_message(actor=g.actor, message=get_message(g.actor, message_id))
    plan_as_mail_fared(message.about_id, is_known=True)
    return done("today.today", "Noted. The text of the mail is gone.")


@room.post("/mail/<uuid:message_id>/back", access=Permission.KEEP_OWN_NOTES)
def mail_back(message_id: UUID) -> ResponseReturnValue:
    message = mark_bounced(actor=g.actor, message=get_message(g.actor, message_id))
    plan_as_mail_fared(message.about_id, is_known=True)
    back = safe_path(request.form.get("back"))
    words = {
        "text": "Noted: it came back.",
        "undo": url_for("today.mail_not_back", message_id=message_id),
        "fields": {"back": back} if back else {},
    }
    flash(words, "wait")  # type: ignore[arg-type]  # any JSON value travels in the cookie
    return redirect(back or url_for("today.mail_show", message_id=message_id), 303)


@room.post("/mail/<uuid:message_id>/not-back", access=Permission.KEEP_OWN_NOTES)
def mail_not_back(message_id: UUID) -> ResponseReturnValue:
    message = take_back_bounce(actor=g.actor, message=get_message(g.actor, message_id))
    plan_as_arrived(message.about_id)
    flash("Taken back: it arrived.", "good")
    back = safe_path(request.form.get("back"))
    return redirect(back or url_for("today.mail_show", message_id=message_id), 303)


def _of_referral(actor: Actor, referral: Referral) -> dict[str, Any] | None:
    """The mails of a referral on its page, for the sender who wrote them."""
    if referral.sender_id != actor.practitioner_id:
        return None
    mails = list_mail_about(actor, referral.id)
    if not mails:
        return None
    back = url_for("referrals.referral_show", referral_id=referral.id, _anchor="mails")
    return {"mails": mails, "leaves": mail_leaves(), "back": back}


fill(room, REFERRAL, "today/_mails_of_referral.html", _of_referral)
