"""Changes to the directory: add, change, verify, take out and put back."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.orm.attributes import flag_modified

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.catalogue import country, discipline_labels, label_of
from careteam.features.directory.checking import checked
from careteam.features.directory.details import PLAIN_FIELDS, Details, Work, details_of
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    PractitionerLanguage,
    Workplace,
)
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid
from careteam.kit.places import resolve
from careteam.kit.text import folded


@operation(Permission.ADD_PRACTITIONER, action="practitioner.added")
def add_practitioner(
    *,
    actor: Actor,
    details: Details,
    practitioner_id: UUID | None = None,
    is_sample: bool = False,
) -> Practitioner:
    """A new entry. Raises `Invalid` naming the field that cannot be stored."""
    return new_entry(actor, details, practitioner_id, is_sample=is_sample)


def new_entry(
    actor: Actor, details: Details, practitioner_id: UUID | None = None, *, is_sample: bool = False
) -> Practitioner:
    """The row of a new entry, added to the session. For operations only."""
    row = Practitioner(
        id=practitioner_id or uuid4(),
        added_by_id=actor.practitioner_id,
        is_sample=is_sample,
        disciplines=[],
        workplaces=[],
        languages=[],
    )
    write_entry(row, details)
    db.session.add(row)
    return row


def write_entry(row: Practitioner, details: Details) -> None:
    """Make the row say `details`, whole. Raises `Invalid`. For operations only."""
    _write(row, checked(details, discipline_labels(), country()))


@operation(Permission.EDIT_PRACTITIONER, on="practitioner", action="practitioner.changed")
def change_practitioner(
    *, actor: Actor, practitioner: Practitioner, details: Details
) -> Practitioner:
    """Make the entry say `details`, whole. Raises `Invalid`."""
    _not_removed(practitioner)
    write_entry(practitioner, details)
    return practitioner


@operation(Permission.EDIT_PRACTITIONER, on="practitioner", action="practitioner.changed")
def say_accepting(
    *, actor: Actor, practitioner: Practitioner, accepting: str, away_until: date | None = None
) -> Practitioner:
    """Note today whether new clients are taken; saying the same again renews the day."""
    if accepting not in ("yes", "no", "unknown"):
        raise Invalid("Choose yes, no or not known.", field="accepting")
    practitioner.accepting = accepting
    practitioner.accepting_said_on = None if accepting == "unknown" else clock.today()
    practitioner.away_until = away_until
    return practitioner


@operation(Permission.VERIFY_PRACTITIONER, on="practitioner", action="practitioner.verified")
def verify_practitioner(
    *, actor: Actor, practitioner: Practitioner, on: date | None = None
) -> Practitioner:
    """A person has checked that the entry is right. The day is not in the future."""
    practitioner.verified_on = _past(on, "on")
    practitioner.verified_by = actor.name
    return practitioner


@operation(Permission.VERIFY_PRACTITIONER, on="practitioner", action="practitioner.verified")
def check_registration(
    *,
    actor: Actor,
    practitioner: Practitioner,
    body: str,
    number: str | None,
    on: date | None = None,
) -> Practitioner:
    """Somebody looked the registration up in the register."""
    if not body:
        raise Invalid("Say which register.", field="registration_body")
    practitioner.registration_body = body
    practitioner.registration_number = number
    practitioner.registration_checked_on = _past(on, "checked_on")
    practitioner.registration_checked_by = actor.name
    return practitioner


@operation(Permission.EDIT_PRACTITIONER, on="practitioner", action="practitioner.retired")
def retire_practitioner(
    *, actor: Actor, practitioner: Practitioner, reason: str | None = None
) -> Practitioner:
    """Take an entry out of lists and suggestions; what points at it keeps its name."""
    if practitioner.id == actor.practitioner_id:
        raise Conflict("This is your own entry: your clients and referrals stand on it.")
    if practitioner.retired_at is None:
        practitioner.retired_at = clock.now()
    practitioner.retired_reason = reason
    return practitioner


@operation(Permission.EDIT_PRACTITIONER, on="practitioner", action="practitioner.restored")
def restore_practitioner(*, actor: Actor, practitioner: Practitioner) -> Practitioner:
    """Raises `Conflict` where the person asked to be removed, or stays under another entry."""
    _not_removed(practitioner)
    practitioner.retired_at = None
    practitioner.retired_reason = None
    return practitioner


def _not_removed(practitioner: Practitioner) -> None:
    if practitioner.removal_asked_at is not None:
        raise Conflict("This person asked to be removed from the directory.")
    if practitioner.merged_into_id is not None:
        raise Conflict("This entry was merged into another one. Take the two apart first.")


def _past(on: date | None, field: str) -> date:
    if on is not None and on > clock.today():
        raise Invalid("This day has not come yet.", field=field)
    return on or clock.today()


def _write(row: Practitioner, details: Details) -> None:
    before = row.accepting
    registration = (row.registration_body, row.registration_number)
    for name in PLAIN_FIELDS:
        setattr(row, name, getattr(details, name))
    if details.accepting != before and (before or details.accepting != "unknown"):
        row.accepting_said_on = None if details.accepting == "unknown" else clock.today()
    if registration != (details.registration_body, details.registration_number):
        # What was looked up was another number.
        row.registration_checked_on = row.registration_checked_by = None
    _write_disciplines(row, details.disciplines)
    _write_languages(row, details.languages)
    _write_workplaces(row, details.workplaces)
    row.search_text = search_text(details)
    # Counts as a change of the entry even where only its disciplines or workplaces differ.
    flag_modified(row, "search_text")


def search_text(details: Details) -> str:
    """What a search looks in; the name stands first, so that it also gives the order."""
    places = (word for work in details.workplaces for word in (work.practice, work.place) if word)
    return folded(" ".join((details.name, *places, *map(label_of, details.disciplines))))


def recompute_search_text(practitioner: Practitioner) -> str:
    """What the stored column should be by the entry, which must be loaded whole."""
    return search_text(details_of(practitioner))


def _write_disciplines(row: Practitioner, ids: tuple[str, ...]) -> None:
    kept = {each.discipline: each for each in row.disciplines if each.discipline in ids}
    for position, id_ in enumerate(ids):
        kept.setdefault(id_, PractitionerDiscipline(discipline=id_)).position = position
    row.disciplines = [kept[id_] for id_ in ids]


def _write_languages(row: Practitioner, codes: tuple[str, ...]) -> None:
    kept = {each.code: each for each in row.languages}
    row.languages = [kept.get(code) or PractitionerLanguage(code=code) for code in codes]


def _write_workplaces(row: Practitioner, works: tuple[Work, ...]) -> None:
    places = list(row.workplaces[: len(works)])
    places += [Workplace() for _ in range(len(works) - len(places))]
    for position, (place, work) in enumerate(zip(places, works, strict=True)):
        place.position = position
        place.practice, place.days, place.phone = work.practice, work.days, work.phone
        if place.place != work.place or place.latitude is None:
            place.place = work.place
            town = resolve(work.place, country()) if work.place else None
            place.latitude = town.latitude if town else None
            place.longitude = town.longitude if town else None
    row.workplaces = places
