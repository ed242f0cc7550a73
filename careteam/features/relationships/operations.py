"""Touches noted, changed, taken back; rhythms wished for, and nudges put off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.relationships.tending import RHYTHMS
from careteam.domain.relationships.touches import Kind, gives_money, names_somebody
from careteam.features.directory.queries import names_of
from careteam.features.relationships.models import GroupTending, PracticeTending, Tending, Touch
from careteam.features.relationships.queries import (
    Tellable,
    find_practice_tending,
    find_tending,
    list_tellable,
    tending_of_group,
)
from careteam.features.standing.models import StandingTeam
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound

Rhythm = TypeVar("Rhythm", Tending, PracticeTending)
NO_ENTRY = "Add your own entry to the directory first."
KICKBACK = (
    "This speaks of money or a gift. In many professions nothing may be given or taken for a "
    "referral. Think again before you note it."
)
LONGEST_SNOOZE_DAYS = 366


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a touch. `happened_on` None is today.

    has_thought: asked once more about money or a gift, whoever wrote it stands by it.
    """

    kind: str
    happened_on: date | None = None
    note: str | None = None
    next_step: str | None = None
    next_on: date | None = None
    has_thought: bool = False


def new_touch(
    actor: Actor,
    touch_id: UUID,
    *,
    practitioner_id: UUID | None = None,
    practice: str | None = None,
) -> Touch:
    """The unsaved row for `log_touch`, with a person or a practice. Raises `NotFound` for an entry
    that is not there, `Forbidden` for somebody without one, `Invalid` for oneself and for nobody.
    """
    if actor.practitioner_id is None:
        raise Forbidden(NO_ENTRY)
    if practitioner_id is None and not practice:
        raise Invalid("Name the practice.", field="practice")
    if practitioner_id is not None:
        _check_person(actor, practitioner_id)
    return Touch(
        id=touch_id,
        author_id=actor.practitioner_id,
        practitioner_id=practitioner_id,
        practice=practice if practitioner_id is None else None,
    )


@operation(Permission.KEEP_OWN_NOTES, on="touch", action="touch.logged")
def log_touch(*, actor: Actor, touch: Touch, said: Said, client_id: UUID | None = None) -> Touch:
    """Note a contact; `touch` is new and its author the actor. Raises `Invalid` beside the field.

    An update about a client needs the client, and their consent that names whoever was told. Both
    are looked at now and not kept.
    """
    if said.kind == Kind.CLIENT_UPDATE:
        _check_consent(actor, touch, said, client_id)
    _write(touch, said)
    db.session.add(touch)
    return touch


@operation(Permission.KEEP_OWN_NOTES, on="touch", action="touch.changed")
def change_touch(*, actor: Actor, touch: Touch, said: Said) -> Touch:
    """Say something else of a touch. What was a client update stays one, and nothing becomes one:
    that asks for a client. Raises `Invalid`.
    """
    if (said.kind == Kind.CLIENT_UPDATE) is not (touch.kind == Kind.CLIENT_UPDATE):
        raise Invalid("An update about a client is noted on a page of its own.", field="kind")
    if said.kind == Kind.CLIENT_UPDATE and touch.practitioner_id is not None:
        told_of = list_tellable(actor, touch.practitioner_id, clock.today())
        _refuse_names(said, touch, told_of)
    if said.next_on != touch.next_on:
        touch.next_done_on = None
    _write(touch, said)
    return touch


@operation(Permission.KEEP_OWN_NOTES, on="touch", action="touch.removed")
def remove_touch(*, actor: Actor, touch: Touch) -> Touch:
    """It counts no more; again changes nothing."""
    touch.removed_at = touch.removed_at or clock.now()
    return touch


@operation(Permission.KEEP_OWN_NOTES, on="touch", action="touch.restored")
def restore_touch(*, actor: Actor, touch: Touch) -> Touch:
    touch.removed_at = None
    return touch


@operation(Permission.KEEP_OWN_NOTES, on="touch", action="touch.step_done")
def finish_step(*, actor: Actor, touch: Touch) -> Touch:
    """The next step is done."""
    touch.next_done_on = clock.today()
    return touch


@operation(Permission.KEEP_OWN_NOTES, on="touch", action="touch.step_opened")
def reopen_step(*, actor: Actor, touch: Touch) -> Touch:
    touch.next_done_on = None
    return touch


def tending_with(actor: Actor, practitioner_id: UUID) -> Tending:
    """The row for the two operations below, new where there is none. Raises as `new_touch`."""
    if actor.practitioner_id is None:
        raise Forbidden(NO_ENTRY)
    _check_person(actor, practitioner_id)
    return find_tending(actor, practitioner_id) or Tending(
        author_id=actor.practitioner_id, practitioner_id=practitioner_id
    )


def tending_at(actor: Actor, practice: str | None) -> PracticeTending:
    """As `tending_with`, for a practice."""
    if actor.practitioner_id is None:
        raise Forbidden(NO_ENTRY)
    if not practice:
        raise Invalid("Name the practice.", field="practice")
    return find_practice_tending(actor, practice) or PracticeTending(
        author_id=actor.practitioner_id, folded=practice.casefold(), practice=practice
    )


@operation(Permission.KEEP_OWN_NOTES, on="tending", action="tending.wished")
def wish_rhythm(*, actor: Actor, tending: Rhythm, every_months: int | None) -> Rhythm:
    """Be reminded so many months after the last real contact; None is never. Raises `Invalid`."""
    _check_rhythm(every_months)
    if every_months != tending.every_months:
        tending.wished_on = clock.today() if every_months else None
    tending.every_months = every_months
    db.session.add(tending)
    return tending


@operation(Permission.KEEP_OWN_NOTES, on="tending", action="tending.snoozed")
def snooze(*, actor: Actor, tending: Rhythm, until: date | None) -> Rhythm:
    """Say nothing about them before that day; None takes it back. Raises `Invalid`."""
    if until is not None and not 0 < (until - clock.today()).days <= LONGEST_SNOOZE_DAYS:
        raise Invalid("Choose a day within a year.", field="until")
    tending.snoozed_until = until
    db.session.add(tending)
    return tending


@operation(Permission.KEEP_OWN_NOTES, on="team", action="tending.group_wished")
def wish_group_rhythm(
    *, actor: Actor, team: StandingTeam, every_months: int | None
) -> StandingTeam:
    """The same rhythm for each person on a standing team; a rhythm of their own comes first."""
    _check_rhythm(every_months)
    kept = tending_of_group(team)
    if every_months is None:
        if kept is not None:
            db.session.delete(kept)
        return team
    if kept is None:
        kept = GroupTending(team_id=team.id, author_id=team.author_id, wished_on=clock.today())
        db.session.add(kept)
    kept.every_months = every_months
    return team


def _check_person(actor: Actor, practitioner_id: UUID) -> None:
    if practitioner_id == actor.practitioner_id:
        raise Invalid("This is your own entry.")
    if not names_of([practitioner_id]):
        raise NotFound


def _check_rhythm(every_months: int | None) -> None:
    if every_months is not None and every_months not in RHYTHMS:
        raise Invalid("Choose one of the rhythms offered.", field="every_months")


def _check_consent(actor: Actor, touch: Touch, said: Said, client_id: UUID | None) -> None:
    if touch.practitioner_id is None:
        raise Invalid("A practice is told nothing of a client; a person may be.", field="kind")
    tellable = list_tellable(actor, touch.practitioner_id, clock.today())
    told_of = [each for each in tellable if each.id == client_id]
    if not told_of:
        raise Invalid("No consent of this client names them.", field="client")
    _refuse_names(said, touch, told_of)


def _refuse_names(said: Said, touch: Touch, clients: Iterable[Tellable]) -> None:
    """A first name that the practitioner has as well is let pass: it may be theirs."""
    own = " ".join(names_of([touch.practitioner_id]).values()).casefold().split()
    for client in clients:
        first = client.name.split()[0]
        names = [client.name, client.preferred_name or "", "" if first.casefold() in own else first]
        for name, text in (("note", said.note), ("next_step", said.next_step)):
            if text and names_somebody(text, names):
                raise Invalid("Leave the client's name out; nobody needs it here.", field=name)


def _write(touch: Touch, said: Said) -> None:
    for name, value in _checked(said).items():
        setattr(touch, name, value)


def _checked(said: Said) -> dict[str, Any]:
    if said.kind not in set(Kind):
        raise Invalid("Choose what it was.", field="kind")
    day = said.happened_on or clock.today()
    if day > clock.today():
        raise Invalid("This day is still to come. Note it as a next step.", field="happened_on")
    if said.next_step and said.next_on is None:
        raise Invalid("Give the day of the next step.", field="next_on")
    if gives_money(Kind(said.kind), said.note, said.next_step) and not said.has_thought:
        raise Invalid(KICKBACK, field="has_thought")
    return {
        "kind": said.kind,
        "happened_on": day,
        "note": said.note,
        "next_step": said.next_step,
        "next_on": said.next_on,
    }
