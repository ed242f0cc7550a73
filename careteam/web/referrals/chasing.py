"""The clock of a referral: paused, run again, with steps of its own, and over to the next one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor
from careteam.access.permissions import Permission
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Action, Party, State, may
from careteam.features.directory.queries import party_contacts
from careteam.features.referrals.chasing.changing import (
    NAMES,
    Steps,
    choose_steps,
    follow_community,
    pause,
    resume,
)
from careteam.features.referrals.chasing.planning import (
    community_policies,
    is_editable,
    steps_of,
)
from careteam.features.referrals.chasing.queries import find_policy
from careteam.features.referrals.chasing.shown import shown_chase
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act
from careteam.features.referrals.queries import get_referral
from careteam.kit.errors import Conflict, NotFound
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, shown
from careteam.web.frame.panels import REFERRAL, fill
from careteam.web.frame.sending import done
from careteam.web.referrals.chase_forms import LABELS, OwnStepsForm, PauseForm
from careteam.web.referrals.room import room


def _own(referral_id: UUID) -> Referral:
    """A referral the actor sent, or might have: to everybody else it does not exist."""
    referral = get_referral(g.actor, referral_id)
    if referral.sender_id != g.actor.practitioner_id or referral.is_past:
        raise NotFound
    return referral


@room.get("/referrals/<uuid:referral_id>/pause", access=Permission.WRITE_REFERRAL)
def pause_new(referral_id: UUID) -> ResponseReturnValue:
    return _pause_page(PauseForm(formdata=None), _own(referral_id))


def _pause_page(form: PauseForm, referral: Referral) -> ResponseReturnValue:
    return page(
        "referrals/pause_new.html",
        form,
        referral=referral,
        receiver=_receiver(referral),
        new_id=form.new_id,
    )


@room.post("/referrals/<uuid:referral_id>/pause", access=Permission.WRITE_REFERRAL)
def pause_create(referral_id: UUID) -> ResponseReturnValue:
    referral, form = _own(referral_id), PauseForm()
    saved = attempt(
        form,
        lambda: pause(
            actor=g.actor,
            referral=referral,
            pause_id=form.new_id,
            reason=form.reason.data or "",
            until_on=form.until_on.data,
        ),
    )
    if saved is None:
        return _pause_page(form, referral)
    undo = url_for("referrals.pause_end", referral_id=referral_id)
    return done(
        "referrals.referral_show", "The clock stands still.", undo=undo, referral_id=referral_id
    )


@room.post("/referrals/<uuid:referral_id>/resume", access=Permission.WRITE_REFERRAL)
def pause_end(referral_id: UUID) -> ResponseReturnValue:
    resume(actor=g.actor, referral=_own(referral_id))
    return done("referrals.referral_show", "The clock runs again.", referral_id=referral_id)


@room.get("/referrals/<uuid:referral_id>/steps", access=Permission.WRITE_REFERRAL)
def steps_edit(referral_id: UUID) -> ResponseReturnValue:
    referral = _with_steps(referral_id)
    return _steps_page(OwnStepsForm(formdata=None, data=_values(referral)), referral)


def _with_steps(referral_id: UUID) -> Referral:
    referral = _own(referral_id)
    if not is_editable(Urgency(referral.urgency)):
        raise NotFound
    return referral


def _values(referral: Referral) -> dict[str, Any]:
    row = find_policy(referral.id)
    policy = steps_of(row) if row else community_policies()[Urgency(referral.urgency)]
    steps = Steps.of(policy)
    values: dict[str, Any] = {name: getattr(steps, name) for name in NAMES}
    return values | {"may_mail": bool(row and row.may_mail)}


def _steps_page(
    form: OwnStepsForm, referral: Referral, status: int = 200, **context: object
) -> ResponseReturnValue:
    row = find_policy(referral.id)
    return page(
        "referrals/steps_edit.html",
        form,
        status,
        referral=referral,
        receiver=_receiver(referral),
        version=row.version if row else 0,
        is_own=row is not None,
        was=shown(_values(referral)),
        community=Steps.of(community_policies()[Urgency(referral.urgency)]),
        is_link=referral.sent_by == "link",
        **context,
    )


@room.post("/referrals/<uuid:referral_id>/steps", access=Permission.WRITE_REFERRAL)
def steps_save(referral_id: UUID) -> ResponseReturnValue:
    referral, form = _with_steps(referral_id), OwnStepsForm()
    try:
        saved = attempt(form, lambda: _save(form, referral))
    except Conflict as error:
        return _steps_page(form, referral, 409, conflicts=conflict_rows(error, LABELS))
    if saved is None:
        return _steps_page(form, referral)
    return done("referrals.referral_show", "The steps are saved.", referral_id=referral_id)


def _save(form: OwnStepsForm, referral: Referral) -> Any:
    row, stored = find_policy(referral.id), _values(referral)
    sent = {name: form[name].data for name in (*NAMES, "may_mail")}
    values = stored | merged(form.version, row.version if row else 0, stored, sent)
    may_mail = bool(values.pop("may_mail"))
    return choose_steps(actor=g.actor, referral=referral, steps=Steps(**values), may_mail=may_mail)


@room.post("/referrals/<uuid:referral_id>/steps/usual", access=Permission.WRITE_REFERRAL)
def steps_usual(referral_id: UUID) -> ResponseReturnValue:
    follow_community(actor=g.actor, referral=_with_steps(referral_id))
    return done(
        "referrals.referral_show", "The community's steps hold again.", referral_id=referral_id
    )


@room.get("/referrals/<uuid:referral_id>/next", access=Permission.WRITE_REFERRAL)
def next_ask(referral_id: UUID) -> ResponseReturnValue:
    referral = _own(referral_id)
    if not may(State(referral.status), Action.WITHDRAW, Party.SENDER):
        return redirect(url_for("referrals.referral_show", referral_id=referral_id), 303)
    return page("referrals/next_ask.html", referral=referral, receiver=_receiver(referral))


@room.post("/referrals/<uuid:referral_id>/next", access=Permission.WRITE_REFERRAL)
def next_begin(referral_id: UUID) -> ResponseReturnValue:
    """Two people are never asked for one place: the first is let go before the letter goes on."""
    act(actor=g.actor, referral=_own(referral_id), action=Action.WITHDRAW)
    return done("referrals.referral_new", "Withdrawn. Whom do you ask next?", after=referral_id)


def _receiver(referral: Referral) -> Any:
    return party_contacts([referral.receiver_id])[referral.receiver_id]


def _clock_of(actor: Actor, referral: Referral) -> dict[str, Any] | None:
    """What the page of a referral shows its sender of the clock."""
    found = shown_chase(actor, referral)
    if found is None:
        return None
    return {"chase": found, "referral": referral, "receiver": _receiver(referral)}


fill(room, REFERRAL, "referrals/_clock.html", _clock_of)
