"""Logging a referral of the past, without a client."""

from __future__ import annotations

from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from careteam.access.permissions import Permission
from careteam.domain.referral import PastAnswer
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import get_practitioner
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import Past, log_past_referral
from careteam.features.referrals.queries import find_referral
from careteam.kit.errors import Invalid, NotFound
from careteam.web.frame.forms import attempt, page, proposed_id
from careteam.web.frame.sending import done
from careteam.web.referrals.desk import desk_for
from careteam.web.referrals.forms import PastForm
from careteam.web.referrals.room import room


@room.get("/referrals/past/new", access=Permission.READ_DIRECTORY)
def past_new() -> ResponseReturnValue:
    if not request.args.get("with"):
        desk = desk_for(g.actor, {"q": request.args.get("q", "")})
        return page("referrals/past_choose.html", desk=desk)
    return _past_page(PastForm(formdata=None), _other(request.args.get("with", "")), proposed_id())


@room.post("/referrals/past/new", access=Permission.READ_DIRECTORY)
def past_create() -> ResponseReturnValue:
    form, new_id = PastForm(), proposed_id()
    other = _other(form.with_id.data or "")
    if find_referral(g.actor, new_id) is not None:
        return redirect(url_for("referrals.referral_show", referral_id=new_id), 303)
    logged = attempt(form, lambda: _log(form, other, new_id))
    if logged is None:
        return _past_page(form, other, new_id)
    return done("referrals.referral_show", "Logged.", referral_id=logged.id)


def _other(text: str) -> Practitioner:
    try:
        return get_practitioner(g.actor, UUID(text))
    except ValueError:
        raise NotFound from None


def _log(form: PastForm, other: Practitioner, new_id: UUID) -> Referral:
    me = g.actor.practitioner_id
    if me is None:
        raise Invalid("Add your own entry to the directory first.")
    sender, receiver = (me, other.id) if form.direction.data == "to" else (other.id, me)
    past = Past(sender, receiver, form.happened_on.data, PastAnswer(form.answer.data))
    return log_past_referral(actor=g.actor, past=past, referral_id=new_id)


def _past_page(form: PastForm, other: Practitioner, new_id: UUID) -> ResponseReturnValue:
    return page("referrals/past_new.html", form, other=other, new_id=new_id)
