"""Writing a letter: to whom, about whom, one question; kept as a draft or sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from careteam.access.permissions import Permission
from careteam.domain.referral import Action, Route
from careteam.domain.wording import list_words
from careteam.features.directory.interests import disclosure
from careteam.features.referrals.leaving import words_missing
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import Letter, act, change_draft, write_referral
from careteam.features.referrals.queries import find_referral, get_own_draft, get_referral
from careteam.features.teams.wishing.queries import list_refused
from careteam.kit.errors import Conflict, Invalid, check_all
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, proposed_id, shown
from careteam.web.frame.sending import done
from careteam.web.referrals.desk import Desk, desk_for, desk_of_draft, own_clients
from careteam.web.referrals.enclosing import (
    ComposedForm,
    enclosing,
    keep_parts,
    send_with_parts,
    stays_line,
)
from careteam.web.referrals.forms import is_sending
from careteam.web.referrals.offering import keep_choice
from careteam.web.referrals.room import room

LABELS = {"urgency": "How urgent", "reason": "Reason", "question": "Question"}
_LEFT: Mapping[str, str] = {
    Route.LINK: "Ready. Hand the link over now.",
    Route.PHONE: "Noted: handed over by telephone.",
    Route.PAPER: "Noted: handed over on paper.",
    Route.IN_PERSON: "Noted: handed over in person.",
}
_STILL = {"reason": "the reason in one sentence", "question": "your one question"}


@room.get("/referrals/new", access=Permission.READ_DIRECTORY)
def referral_new() -> ResponseReturnValue:
    desk = desk_for(g.actor, request.args)
    if desk.receiver is None:
        return page("referrals/receiver_choose.html", desk=desk)
    if desk.client is not None and desk.goal is None:
        return page("referrals/goal_choose.html", desk=desk)
    form = ComposedForm(formdata=None, data=desk.prefilled(request.args))
    return _letter_page(form, desk, new_id=proposed_id())


@room.post("/referrals/new", access=Permission.READ_DIRECTORY)
def referral_create() -> ResponseReturnValue:
    form, new_id = ComposedForm(), proposed_id()
    there = find_referral(g.actor, new_id)
    if there is not None:
        return redirect(url_for("referrals.referral_show", referral_id=there.id), 303)
    desk = desk_for(g.actor, request.form)
    if desk.receiver is None:
        raise Invalid("Choose somebody from the directory first.")
    desk.prepare(form)
    try:
        referral = attempt(form, lambda: _write(form, desk, new_id))
    except Conflict as error:
        form.refuse(Invalid(error.message))
        referral = None
    if referral is None:
        return _letter_page(form, desk_for(g.actor, request.form), new_id=new_id)
    return _answer(form, referral)


@room.get("/referrals/<uuid:referral_id>/edit", access=Permission.WRITE_REFERRAL)
def draft_edit(referral_id: UUID) -> ResponseReturnValue:
    draft = get_own_draft(g.actor, referral_id)
    desk = desk_of_draft(g.actor, draft)
    return _letter_page(ComposedForm(formdata=None, data=desk.of_draft(draft)), desk, draft=draft)


@room.post("/referrals/<uuid:referral_id>/edit", access=Permission.WRITE_REFERRAL)
def draft_save(referral_id: UUID) -> ResponseReturnValue:
    draft, form = get_own_draft(g.actor, referral_id), ComposedForm()
    desk = desk_of_draft(g.actor, draft)
    desk.prepare(form)
    try:
        saved = attempt(form, lambda: _save(form, desk, draft))
    except Conflict as error:
        return _draft_page(form, referral_id, 409, error)
    if saved is None:
        return _draft_page(form, referral_id)
    return _answer(form, saved)


def missing_line(names: tuple[str, ...]) -> str | None:
    """What a kept draft still needs, in one sentence."""
    words = list_words([_STILL[name] for name in names])
    return f"Before this can leave it still needs {words}." if words else None


def _draft_page(
    form: ComposedForm, referral_id: UUID, status: int = 200, conflict: Conflict | None = None
) -> ResponseReturnValue:
    """The draft as it is stored, under what was typed."""
    draft = get_own_draft(g.actor, referral_id)
    desk = desk_of_draft(g.actor, draft)
    return _letter_page(form, desk, draft=draft, status=status, conflict=conflict)


@room.post("/referrals/<uuid:referral_id>/remind", access=Permission.WRITE_REFERRAL)
def referral_remind(referral_id: UUID) -> ResponseReturnValue:
    act(actor=g.actor, referral=get_referral(g.actor, referral_id), action=Action.REMIND)
    return done("referrals.referral_show", "Reminder noted.", referral_id=referral_id)


def _write(form: ComposedForm, desk: Desk, new_id: UUID) -> Referral:
    """The letter and, with it, the consent and the sending, all or nothing."""
    assert desk.receiver is not None
    letter = Letter(
        sender_id=g.actor.practitioner_id,
        receiver_id=desk.receiver.id,
        urgency=form.urgency.data or "",
        reason=form.reason.data,
        question=form.question.data,
        client_id=desk.client.id if desk.client else None,
        goal_id=desk.goal.id if desk.goal else None,
        seat_id=desk.seat.id if desk.seat else None,
        previous_id=desk.after.id if desk.after else None,
    )
    referral = write_referral(actor=g.actor, letter=letter, referral_id=new_id)
    return _kept_or_sent(form, desk, referral)


def _save(form: ComposedForm, desk: Desk, draft: Referral) -> Referral:
    stored = {name: getattr(draft, name) for name in LABELS}
    changes = merged(
        form.version, draft.version, stored, {name: form[name].data for name in LABELS}
    )
    change_draft(actor=g.actor, referral=draft, **(stored | changes))
    return _kept_or_sent(form, desk, draft)


def _kept_or_sent(form: ComposedForm, desk: Desk, referral: Referral) -> Referral:
    """Raises one `Invalid` that names everything that is missing."""
    keep_choice(g.actor, form, desk.seat, referral)
    check_all(
        lambda: desk.check_chosen(request.form.get("urgency")),
        lambda: _send(form, desk, referral) if is_sending() else keep_parts(form, referral),
    )
    return referral


def _send(form: ComposedForm, desk: Desk, referral: Referral) -> None:
    desk.record_consent(form)
    send_with_parts(form, referral)


def _answer(form: ComposedForm, referral: Referral) -> ResponseReturnValue:
    if is_sending():
        words = _LEFT.get(referral.sent_by or "", "The referral is sent.") + stays_line(form)
        return done("referrals.referral_show", words, referral_id=referral.id)
    return done(
        "referrals.draft_edit", "Kept as a draft. Nothing has left.", referral_id=referral.id
    )


def _between(desk: Desk) -> dict[str, Any]:
    """What the client said of this receiver, and what the client is to be told of them."""
    if desk.client is None or desk.receiver is None:
        return {}
    who = desk.receiver.id
    return {
        "is_refused": who in list_refused(g.actor, desk.client.id),
        "interest": disclosure(g.actor, (desk.client.lead_id, g.actor.practitioner_id), who),
    }


def _letter_page(
    form: ComposedForm,
    desk: Desk,
    *,
    new_id: UUID | None = None,
    draft: Referral | None = None,
    status: int = 200,
    conflict: Conflict | None = None,
) -> ResponseReturnValue:
    desk.prepare(form)
    return page(
        "referrals/letter_edit.html",
        form,
        status,
        desk=desk,
        clients=own_clients(g.actor) if draft is None and desk.client is None else (),
        new_id=new_id,
        draft=draft,
        enclosing=enclosing(form, desk, draft),
        **_between(desk),
        missing=missing_line(words_missing(draft)) if draft else None,
        was=shown({name: getattr(draft, name) for name in LABELS}) if draft else None,
        conflicts=conflict_rows(conflict, LABELS) if conflict and conflict.theirs else None,
        refusal=conflict.message if conflict and not conflict.theirs else None,
    )
