"""One-tap answers: how a call went, whether somebody was seen."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.relationships.calls import log_call, new_call
from careteam.features.today.operations import follow_up_urgent_matter
from careteam.features.today.queries import get_matter
from careteam.kit.errors import NotFound
from careteam.web.frame.sending import done, safe_path
from careteam.web.today.room import room

SAID = {
    "spoke": "Noted: you spoke.",
    "voicemail": "Noted: voicemail left.",
    "no_answer": "Noted: no answer.",
}
SEEN = {
    "seen": "Noted: was seen.",
    "not_seen": "Ring again today. It is asked again on the next working day.",
    "unknown": "Noted: not known.",
    "": "Taken back.",
}


@room.post("/calls/<uuid:practitioner_id>", access=Permission.KEEP_OWN_NOTES)
def call_log(practitioner_id: UUID) -> ResponseReturnValue:
    outcome = request.form.get("outcome", "")
    call = new_call(
        g.actor,
        uuid4(),
        practitioner_id=practitioner_id,
        outcome=outcome,
        referral_id=_referral_id(request.form.get("referral_id")),
    )
    log_call(actor=g.actor, call=call)
    flash(SAID[outcome], "good")
    return redirect(safe_path(request.form.get("back")) or url_for("today.today"), 303)


def _referral_id(text: str | None) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


@room.post("/urgent/<uuid:matter_id>/seen", access=Permission.KEEP_OWN_NOTES)
def urgent_seen(matter_id: UUID) -> ResponseReturnValue:
    outcome = request.form.get("outcome", "")
    matter = get_matter(g.actor, matter_id)
    follow_up_urgent_matter(actor=g.actor, matter=matter, outcome=outcome)
    undo = (
        url_for("today.urgent_seen", matter_id=matter_id)
        if outcome in ("seen", "unknown")
        else None
    )
    return done("today.today", SEEN[outcome], undo=undo, undo_fields={"outcome": ""})
