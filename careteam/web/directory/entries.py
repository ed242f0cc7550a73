"""One entry: show, add, change."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.access.guard import allowed, require
from careteam.access.permissions import Permission
from careteam.features.accounts.queries import get_account
from careteam.features.directory import claiming, operations
from careteam.features.directory.catalogue import country, discipline_labels
from careteam.features.directory.checking import checked
from careteam.features.directory.details import Details, details_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import (
    find_account_of,
    find_own_looking_entry,
    find_practitioner,
    get_practitioner,
    interests_of,
    names_of,
    trust_words_of,
)
from careteam.features.directory.saying import LABELS
from careteam.features.relationships.yearly_queries import is_asked_yearly
from careteam.kit.errors import Conflict
from careteam.kit.text import clean
from careteam.web.directory.forms import (
    AvailabilityForm,
    InterestForm,
    PractitionerForm,
    RegistrationForm,
    RetireForm,
    TrustForm,
)
from careteam.web.directory.room import room
from careteam.web.directory.saying import said_conflicts
from careteam.web.frame.forms import SHORT, attempt, merged, page, shown
from careteam.web.frame.panels import PRACTITIONER, panels_for
from careteam.web.frame.sending import done


@room.get("/practitioners/<uuid:practitioner_id>", access=Permission.READ_DIRECTORY)
def practitioner_show(practitioner_id: UUID) -> ResponseReturnValue:
    return entry_page(get_practitioner(g.actor, practitioner_id))


def entry_page(
    entry: Practitioner,
    *,
    registration: RegistrationForm | None = None,
    interest: InterestForm | None = None,
    availability: AvailabilityForm | None = None,
    trust: TrustForm | None = None,
) -> ResponseReturnValue:
    """The page of an entry; a form of it that was refused is shown in it."""
    noted = interests_of(g.actor).get(entry.id, "")
    written = trust_words_of(g.actor, [entry.id]).get(entry.id)
    return page(
        "directory/practitioner_show.html",
        registration or interest or availability or trust,
        entry=entry,
        registration=registration or RegistrationForm(None, obj=entry),
        retiring=RetireForm(None),
        interest=interest or InterestForm(None, data={"kind": noted}),
        has_interest=bool(noted),
        trust=trust or TrustForm(None, data={"sentence": written}),
        written=written,
        may_note=g.actor.practitioner_id not in (None, entry.id),
        may_edit=allowed(g.actor, Permission.EDIT_PRACTITIONER, entry)
        and entry.removal_asked_at is None
        and entry.merged_into_id is None,
        may_remove=allowed(g.actor, Permission.REMOVE_PRACTITIONER, entry)
        and entry.merged_into_id is None,
        may_merge=allowed(g.actor, Permission.MERGE_PRACTITIONER, entry),
        merged_into=names_of([entry.merged_into_id]).get(entry.merged_into_id)
        if entry.merged_into_id
        else None,
        may_verify=allowed(g.actor, Permission.VERIFY_PRACTITIONER, entry),
        is_own=entry.id == g.actor.practitioner_id,
        added_by=names_of([entry.added_by_id]).get(entry.added_by_id)
        if entry.added_by_id
        else None,
        account=find_account_of(entry.id) if g.actor.is_steward else None,
        is_asked=is_asked_yearly(entry.id) if entry.id == g.actor.practitioner_id else None,
        availability=availability or AvailabilityForm.of(entry),
        panels=panels_for(PRACTITIONER, entry),
    )


@room.get("/practitioners/new", access=Permission.ADD_PRACTITIONER)
def practitioner_new() -> ResponseReturnValue:
    form = PractitionerForm()
    if _is_mine():
        account = get_account(g.actor, g.actor.account_id)
        form.name.data, form.email.data = account.name, account.email
    else:
        form.disciplines.data = request.args.get("discipline", "")
        form.name.data = clean(request.args.get("name", "")[:SHORT])
    return _new_page(form, uuid4())


def _is_mine() -> bool:
    """Whether the entry is to be that of the person who is signed in, who has none yet."""
    return request.values.get("mine") == "1" and g.actor.practitioner_id is None


def _new_page(form: PractitionerForm, new_id: UUID, status: int = 200) -> ResponseReturnValue:
    form.offer_another_workplace()
    return page(
        "directory/practitioner_new.html",
        form,
        status,
        new_id=new_id,
        mine=_is_mine(),
        looks_like_me=find_own_looking_entry(g.actor) if _is_mine() else None,
    )


@room.post("/practitioners/new", access=Permission.ADD_PRACTITIONER)
def practitioner_create() -> ResponseReturnValue:
    form = PractitionerForm()
    if find_practitioner(g.actor, form.new_id) is not None:
        return done("directory.practitioner_show", practitioner_id=form.new_id)
    entry = attempt(form, lambda: _add(form))
    if entry is None:
        return _new_page(form, form.new_id)
    return _shown(entry, f"{entry.name} is in the directory.")


def _shown(entry: Practitioner, words: str) -> ResponseReturnValue:
    """To the entry. Towns that are not known have no distance; that is said once, here."""
    towns = [each.place for each in entry.workplaces if each.place and each.latitude is None]
    if towns:
        words += f" We do not know the town “{towns[0]}”, so it has no distance."
    return done(
        "directory.practitioner_show",
        words,
        kind="wait" if towns else "good",
        practitioner_id=entry.id,
    )


def _add(form: PractitionerForm) -> Practitioner:
    details = form.details()
    if not _is_mine():
        return operations.add_practitioner(
            actor=g.actor, details=details, practitioner_id=form.new_id
        )
    return claiming.add_own_entry(
        actor=g.actor,
        account=get_account(g.actor, g.actor.account_id),
        details=details,
        practitioner_id=form.new_id,
    )


@room.get("/practitioners/<uuid:practitioner_id>/edit", access=Permission.READ_DIRECTORY)
def practitioner_edit(practitioner_id: UUID) -> ResponseReturnValue:
    entry = editable(practitioner_id)
    form = PractitionerForm()
    form.show(details_of(entry))
    return _edit_page(form, entry)


def editable(practitioner_id: UUID) -> Practitioner:
    """The entry, for somebody who may change it. Raises `NotFound`, `Forbidden`."""
    entry = get_practitioner(g.actor, practitioner_id)
    require(g.actor, Permission.EDIT_PRACTITIONER, entry)
    return entry


def _edit_page(
    form: PractitionerForm, entry: Practitioner, status: int = 200, **context: Any
) -> ResponseReturnValue:
    form.offer_another_workplace()
    return page(
        "directory/practitioner_edit.html",
        form,
        status,
        entry=entry,
        was=shown(details_of(entry).values()),
        **context,
    )


@room.post("/practitioners/<uuid:practitioner_id>/edit", access=Permission.READ_DIRECTORY)
def practitioner_save(practitioner_id: UUID) -> ResponseReturnValue:
    entry, form = editable(practitioner_id), PractitionerForm()
    try:
        saved = attempt(form, lambda: _save(form, entry))
    except Conflict as error:
        entry = editable(practitioner_id)
        return _edit_page(form, entry, 409, conflicts=said_conflicts(error, LABELS))
    if saved is None:
        return _edit_page(form, entry)
    return _shown(saved, "The entry is saved.")


def _save(form: PractitionerForm, entry: Practitioner) -> Practitioner:
    return operations.change_practitioner(
        actor=g.actor, practitioner=entry, details=details_sent(form, entry)
    )


def details_sent(form: PractitionerForm, entry: Practitioner) -> Details:
    """What the entry is to say by a form that may be late. Raises `Conflict`, `Invalid`."""
    stored = details_of(entry).values()
    first_phone = entry.workplaces[0].phone if entry.workplaces else None
    sent = checked_as_stored(form.details(first_phone))
    changes = merged(form.version, entry.version, stored, sent.values())
    return Details(**(stored | changes))


def checked_as_stored(details: Details) -> Details:
    """In the form that is stored, so that only real differences count as changes."""
    return checked(details, discipline_labels(), country())
