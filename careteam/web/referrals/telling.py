"""After an acceptance the client is told who makes contact next: noted in one tap."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.referral import Action
from careteam.features.referrals.operations import act
from careteam.features.referrals.queries import get_referral
from careteam.kit.errors import Conflict
from careteam.web.frame.sending import safe_path
from careteam.web.referrals.room import room


@room.post("/referrals/<uuid:referral_id>/client-told", access=Permission.ACT_ON_REFERRAL)
def client_tell(referral_id: UUID) -> ResponseReturnValue:
    referral = get_referral(g.actor, referral_id)
    try:
        act(actor=g.actor, referral=referral, action=Action.TELL_CLIENT)
        flash("Noted: the client is told.", "good")
    except Conflict as error:
        flash(error.message, "info")
    show = url_for("referrals.referral_show", referral_id=referral_id)
    return redirect(safe_path(request.form.get("back")) or show, 303)
