"""Asking out for somebody one does not know: when and where, and the names that came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.relationships.asking import read_reach
from careteam.features.directory.catalogue import discipline_labels
from careteam.features.directory.details import Details
from careteam.features.directory.models import Practitioner
from careteam.features.relationships.models import Ask, AskedName
from careteam.features.relationships.operations import NO_ENTRY
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What was asked for, and where. `asked_on` None is today."""

    discipline: str
    place: str | None = None
    where: str | None = None
    asked_on: date | None = None


def new_ask(actor: Actor, ask_id: UUID) -> Ask:
    """The unsaved row for `note_ask`. Raises `Forbidden` for somebody without an entry."""
    if actor.practitioner_id is None:
        raise Forbidden(NO_ENTRY)
    return Ask(id=ask_id, author_id=actor.practitioner_id)


@operation(Permission.KEEP_OWN_NOTES, on="ask", action="ask.noted")
def note_ask(*, actor: Actor, ask: Ask, asked: AskedFor) -> Ask:
    """`ask` is new and its author the actor. Raises `Invalid` beside the field."""
    if asked.discipline not in discipline_labels():
        raise Invalid("Choose a discipline of the list.", field="discipline")
    if not asked.where:
        raise Invalid("Say where you asked.", field="where")
    asked_on = asked.asked_on or clock.today()
    if asked_on > clock.today():
        raise Invalid("This day is still to come.", field="asked_on")
    ask.discipline, ask.place = asked.discipline, asked.place
    ask.asked_where, ask.asked_on = asked.where, asked_on
    db.session.add(ask)
    return ask


@operation(Permission.KEEP_OWN_NOTES, on="ask", action="ask.removed")
def remove_ask(*, actor: Actor, ask: Ask) -> Ask:
    """Entries that came of it stay; again changes nothing."""
    ask.removed_at = ask.removed_at or clock.now()
    return ask


@operation(Permission.KEEP_OWN_NOTES, on="ask", action="ask.restored")
def restore_ask(*, actor: Actor, ask: Ask) -> Ask:
    ask.removed_at = None
    return ask


def new_name(ask: Ask, name_id: UUID) -> AskedName:
    """The unsaved row for `note_name`, of the author of the ask."""
    return AskedName(id=name_id, ask_id=ask.id, author_id=ask.author_id)


@operation(Permission.KEEP_OWN_NOTES, on="named", action="ask.named")
def note_name(
    *, actor: Actor, named: AskedName, name: str | None, reach: str | None, said_by: str | None
) -> AskedName:
    """A name that came back, for oneself alone until it is put into the directory."""
    if not name:
        raise Invalid("Give the name.", field="name")
    named.name, named.reach, named.said_by = name, reach, said_by
    db.session.add(named)
    return named


@operation(Permission.KEEP_OWN_NOTES, on="named", action="ask.name_dropped")
def drop_name(*, actor: Actor, named: AskedName, is_dropped: bool) -> AskedName:
    """Nothing is made of it, or something may be after all."""
    named.dropped_at = clock.now() if is_dropped else None
    return named


@operation(Permission.KEEP_OWN_NOTES, on="named", action="ask.name_taken")
def take_name(*, actor: Actor, named: AskedName, entry: Practitioner) -> AskedName:
    """It is this entry of the directory."""
    named.practitioner_id, named.dropped_at = entry.id, None
    return named


def details_of_name(ask: Ask, named: AskedName) -> Details:
    """The draft of an entry: what was said, which nobody has checked."""
    reach = read_reach(named.reach or "")
    return Details(
        name=named.name,
        disciplines=(ask.discipline,),
        email=reach.get("email"),
        phone=reach.get("phone"),
        website=reach.get("website"),
    )
