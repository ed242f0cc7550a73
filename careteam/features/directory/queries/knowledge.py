"""What the directory already knows, for judging whether an imported row is somebody there."""

from __future__ import annotations

import re
from collections import defaultdict
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from careteam.access.actor import Actor, Kind
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.importing import Known
from careteam.domain.importing.likeness import plain_words
from careteam.features.directory.models import Practitioner, PractitionerDiscipline, Workplace
from careteam.kit.db import db


def list_perhaps_same(actor: Actor, entry: Practitioner) -> list[Known]:
    """As `list_known`, without whoever can by no rule of `domain/importing/twins` be this entry's
    person: who shares neither an e-mail nor a telephone, nor all words of the name, nor a
    discipline and the given or the last name. Four statements."""
    phones = [each for each in (entry.phone, *(w.phone for w in entry.workplaces)) if each]
    rung = select(Workplace.practitioner_id).where(Workplace.phone.in_(phones))
    practises = select(PractitionerDiscipline.practitioner_id).where(
        PractitionerDiscipline.discipline.in_([each.discipline for each in entry.disciplines])
    )
    may_be = [
        Practitioner.id == entry.id,
        func.lower(Practitioner.email) == (entry.email or "").lower(),
        Practitioner.phone.in_(phones),
        Practitioner.id.in_(rung),
    ]
    if words := [_called(word) for word in plain_words(entry.name)]:
        may_be += [
            and_(*words),
            and_(or_(words[0], words[-1]), Practitioner.id.in_(practises)),
        ]
    readable = within(actor, Permission.READ_DIRECTORY, Practitioner)
    ids = db.session.scalars(select(Practitioner.id).where(readable, or_(*may_be))).all()
    return list_known(actor, Practitioner.id.in_(ids))


def _called(word: str) -> ColumnElement[bool]:
    """Whether the name may have this word, also where it is spelt with "ae" for an "a"."""
    unquoted = func.replace(func.replace(Practitioner.search_text, "'", ""), "\u2019", "")
    found: ColumnElement[bool] = unquoted.like("%" + re.sub("([aou])", r"\1%", word) + "%")
    return found


def list_known(actor: Actor, *conditions: ColumnElement[bool]) -> list[Known]:
    """Names, contacts, places and disciplines of all entries that were not taken out, or of those
    that meet the conditions. Three statements.

    A command on the machine itself reads them as well.
    """
    own_machine = actor.kind is Kind.SYSTEM
    readable = (
        true() if own_machine else within(actor, Permission.READ_DIRECTORY, Practitioner),
        Practitioner.retired_at.is_(None),
        *conditions,
    )
    places: dict[UUID, list[str]] = defaultdict(list)
    phones: dict[UUID, list[str]] = defaultdict(list)
    practices: dict[UUID, list[str]] = defaultdict(list)
    for id_, place, phone, practice in db.session.execute(
        select(Workplace.practitioner_id, Workplace.place, Workplace.phone, Workplace.practice)
        .join(Practitioner, Practitioner.id == Workplace.practitioner_id)
        .where(*readable)
    ):
        places[id_] += [place] if place else []
        phones[id_] += [phone] if phone else []
        practices[id_] += [practice] if practice else []
    disciplines: dict[UUID, list[str]] = defaultdict(list)
    for id_, discipline in db.session.execute(
        select(PractitionerDiscipline.practitioner_id, PractitionerDiscipline.discipline)
        .join(Practitioner, Practitioner.id == PractitionerDiscipline.practitioner_id)
        .where(*readable)
    ):
        disciplines[id_].append(discipline)
    rows = db.session.execute(
        select(Practitioner.id, Practitioner.name, Practitioner.email, Practitioner.phone)
        .where(*readable)
        .order_by(Practitioner.created_at, Practitioner.id)
    )
    return [
        Known(
            id=str(row.id),
            name=row.name,
            emails=(row.email,) if row.email else (),
            phones=tuple(filter(None, (row.phone, *phones[row.id]))),
            places=tuple(places[row.id]),
            practices=tuple(practices[row.id]),
            disciplines=tuple(disciplines[row.id]),
        )
        for row in rows
    ]
