"""Keeping entries right: verified, looked up, taking clients, taken out, put back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.directory import operations
from careteam.features.directory.availability import say_availability
from careteam.features.directory.interests import say_interest
from careteam.features.directory.own_entry import confirm_entry
from careteam.features.directory.queries import get_practitioner, interests_of, trust_words_of
from careteam.features.directory.trust import say_trust
from careteam.features.relationships.yearly import want_yearly_mail
from careteam.kit.errors import Conflict, NotFound
from careteam.web.directory.entries import entry_page
from careteam.web.directory.forms import (
    AvailabilityForm,
    InterestForm,
    RegistrationForm,
    RetireForm,
    TrustForm,
)
from careteam.web.directory.room import room
from careteam.web.frame.forms import attempt
from careteam.web.frame.sending import done, safe_path

SAID = {
    "yes": "takes new clients",
    "no": "takes no new clients now",
    "unknown": "may or may not take new clients",
}


@room.post("/practitioners/<uuid:practitioner_id>/accepting", access=Permission.READ_DIRECTORY)
def accepting_say(practitioner_id: UUID) -> ResponseReturnValue:
    entry = get_practitioner(g.actor, practitioner_id)
    before = entry.accepting
    operations.say_accepting(
        actor=g.actor,
        practitioner=entry,
        accepting=request.form.get("accepting", ""),
        away_until=entry.away_until,
    )
    return done(
        "directory.practitioner_show",
        f"Noted today: {entry.name} {SAID[entry.accepting]}.",
        undo=safe_path(request.path),
        undo_fields={"accepting": before},
        practitioner_id=entry.id,
    )


@room.post("/practitioners/<uuid:practitioner_id>/availability", access=Permission.READ_DIRECTORY)
def availability_say(practitioner_id: UUID) -> ResponseReturnValue:
    entry, form = get_practitioner(g.actor, practitioner_id), AvailabilityForm()
    said = attempt(
        form,
        lambda: say_availability(actor=g.actor, practitioner=entry, availability=form.said),
    )
    if said is None:
        return entry_page(entry, availability=form)
    return done(
        "directory.practitioner_show",
        f"Noted as of today for {entry.name}.",
        practitioner_id=entry.id,
        anchor="accepting",
    )


@room.post(
    "/practitioners/<uuid:practitioner_id>/yearly-mail/<wanted>", access=Permission.READ_DIRECTORY
)
def yearly_mail(practitioner_id: UUID, wanted: str) -> ResponseReturnValue:
    if wanted not in ("on", "off"):
        raise NotFound
    entry = get_practitioner(g.actor, practitioner_id)
    want_yearly_mail(actor=g.actor, practitioner=entry, wants=wanted == "on")
    words = "You are asked once a year again." if wanted == "on" else "You are not asked again."
    return done("directory.practitioner_show", words, practitioner_id=entry.id, anchor="accepting")


@room.post("/practitioners/<uuid:practitioner_id>/interest", access=Permission.READ_DIRECTORY)
def interest_say(practitioner_id: UUID) -> ResponseReturnValue:
    entry, form = get_practitioner(g.actor, practitioner_id), InterestForm()
    before = interests_of(g.actor).get(entry.id, "")
    has_one = attempt(
        form, lambda: say_interest(actor=g.actor, practitioner=entry, kind=form.kind.data)
    )
    if has_one is None:
        return entry_page(entry, interest=form)
    noted = f"Noted for you alone. It stands beside {entry.name} where you name them to a client."
    return done(
        "directory.practitioner_show",
        noted if has_one else f"Noted: you have no interest in {entry.name}.",
        undo=safe_path(request.path),
        undo_fields={"kind": before},
        practitioner_id=entry.id,
    )


@room.post("/practitioners/<uuid:practitioner_id>/trust", access=Permission.READ_DIRECTORY)
def trust_say(practitioner_id: UUID) -> ResponseReturnValue:
    entry, form = get_practitioner(g.actor, practitioner_id), TrustForm()
    before = trust_words_of(g.actor, [entry.id]).get(entry.id, "")
    has_one = attempt(
        form, lambda: say_trust(actor=g.actor, practitioner=entry, sentence=form.sentence.data)
    )
    if has_one is None:
        return entry_page(entry, trust=form)
    return done(
        "directory.practitioner_show",
        "Kept for you alone. It can stand beside the name on a sheet of names."
        if has_one
        else "Your words are gone.",
        undo=safe_path(request.path),
        undo_fields={"sentence": before},
        practitioner_id=entry.id,
        anchor="trust",
    )


@room.post("/practitioners/<uuid:practitioner_id>/verify", access=Permission.READ_DIRECTORY)
def practitioner_verify(practitioner_id: UUID) -> ResponseReturnValue:
    entry = operations.verify_practitioner(
        actor=g.actor, practitioner=get_practitioner(g.actor, practitioner_id)
    )
    return done(
        "directory.practitioner_show",
        "Noted: you checked this entry today.",
        practitioner_id=entry.id,
    )


@room.post("/practitioners/<uuid:practitioner_id>/right", access=Permission.READ_DIRECTORY)
def own_entry_confirm(practitioner_id: UUID) -> ResponseReturnValue:
    if practitioner_id != g.actor.practitioner_id:
        raise NotFound
    entry = get_practitioner(g.actor, practitioner_id)
    confirm_entry(actor=g.actor, practitioner=entry)
    flash("Noted: your entry is right as of today.", "good")
    back = safe_path(request.form.get("back"))
    return redirect(
        back or url_for("directory.practitioner_show", practitioner_id=practitioner_id), 303
    )


@room.post("/practitioners/<uuid:practitioner_id>/registration", access=Permission.READ_DIRECTORY)
def registration_check(practitioner_id: UUID) -> ResponseReturnValue:
    entry, form = get_practitioner(g.actor, practitioner_id), RegistrationForm()
    saved = attempt(
        form,
        lambda: operations.check_registration(
            actor=g.actor,
            practitioner=entry,
            body=form.registration_body.data,
            number=form.registration_number.data,
            on=form.checked_on.data,
        ),
    )
    if saved is None:
        return entry_page(entry, registration=form)
    return done(
        "directory.practitioner_show",
        "Noted: you looked the registration up.",
        practitioner_id=entry.id,
    )


@room.post("/practitioners/<uuid:practitioner_id>/retire", access=Permission.READ_DIRECTORY)
def practitioner_retire(practitioner_id: UUID) -> ResponseReturnValue:
    entry, form = get_practitioner(g.actor, practitioner_id), RetireForm()
    try:
        operations.retire_practitioner(
            actor=g.actor, practitioner=entry, reason=(form.reason.data or "")[:200] or None
        )
    except Conflict as error:
        return done(
            "directory.practitioner_show",
            error.message,
            kind="alert",
            practitioner_id=practitioner_id,
        )
    return done(
        "directory.practitioner_show",
        f"{entry.name} is out of the directory.",
        undo=url_for("directory.practitioner_restore", practitioner_id=entry.id),
        practitioner_id=entry.id,
    )


@room.post("/practitioners/<uuid:practitioner_id>/restore", access=Permission.READ_DIRECTORY)
def practitioner_restore(practitioner_id: UUID) -> ResponseReturnValue:
    entry = operations.restore_practitioner(
        actor=g.actor, practitioner=get_practitioner(g.actor, practitioner_id)
    )
    return done(
        "directory.practitioner_show",
        f"{entry.name} is in the directory again.",
        practitioner_id=entry.id,
    )
