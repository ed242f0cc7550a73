"""One's own asks, the names that came back, and entries that may be meant by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.directory.models import Practitioner, TrustWords
from careteam.features.relationships.models import Ask, AskedName
from careteam.kit.db import db
from careteam.kit.errors import NotFound

Note = AskedName | TrustWords
"""Something private that names a person."""


@dataclass(frozen=True, slots=True)
class Came:
    """A name that came back; `same` is an entry of that name, where there is one."""

    row: AskedName
    same: UUID | None


@dataclass(frozen=True, slots=True)
class Asked:
    row: Ask
    names: tuple[Came, ...]


def list_asks(actor: Actor) -> list[Asked]:
    """The latest first, each with its names. Three statements."""
    asks = db.session.scalars(
        select(Ask)
        .where(within(actor, Permission.KEEP_OWN_NOTES, Ask), Ask.removed_at.is_(None))
        .order_by(Ask.asked_on.desc(), Ask.created_at.desc(), Ask.id)
    ).all()
    rows = db.session.scalars(
        select(AskedName)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, AskedName),
            AskedName.ask_id.in_([each.id for each in asks]),
        )
        .order_by(AskedName.created_at, AskedName.id)
    ).all()
    same = _entries_called(actor, [each.name for each in rows if each.practitioner_id is None])
    names: defaultdict[UUID, list[Came]] = defaultdict(list)
    for row in rows:
        names[row.ask_id].append(Came(row, same.get(row.name.lower())))
    return [Asked(each, tuple(names[each.id])) for each in asks]


def _entries_called(actor: Actor, names: Iterable[str]) -> dict[str, UUID]:
    wanted = {name.lower() for name in names}
    if not wanted:
        return {}
    called = func.lower(Practitioner.name)
    rows = db.session.execute(
        select(called, Practitioner.id).where(
            within(actor, Permission.READ_DIRECTORY, Practitioner),
            Practitioner.retired_at.is_(None),
            called.in_(wanted),
        )
    )
    return {row[0]: row.id for row in rows}


def find_ask(actor: Actor, ask_id: UUID) -> Ask | None:
    """One of the actor's, removed or not."""
    return db.session.scalars(
        select(Ask).where(Ask.id == ask_id, within(actor, Permission.KEEP_OWN_NOTES, Ask))
    ).one_or_none()


def get_ask(actor: Actor, ask_id: UUID) -> Ask:
    """As `find_ask`. Raises `NotFound`."""
    found = find_ask(actor, ask_id)
    if found is None:
        raise NotFound
    return found


def find_name(actor: Actor, name_id: UUID) -> AskedName | None:
    return db.session.scalars(
        select(AskedName).where(
            AskedName.id == name_id, within(actor, Permission.KEEP_OWN_NOTES, AskedName)
        )
    ).one_or_none()


def get_name(actor: Actor, name_id: UUID) -> AskedName:
    """Raises `NotFound`."""
    found = find_name(actor, name_id)
    if found is None:
        raise NotFound
    return found


def list_notes_about_removed() -> list[Note]:
    """For the application: names that came back and sentences, about people who asked to go."""
    removed = select(Practitioner.id).where(Practitioner.removal_asked_at.is_not(None))
    names = select(AskedName).where(AskedName.practitioner_id.in_(removed))
    sentences = select(TrustWords).where(TrustWords.practitioner_id.in_(removed))
    return [*db.session.scalars(names), *db.session.scalars(sentences)]
