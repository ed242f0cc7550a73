"""What the directory already knows, for judging whether an imported row is somebody there."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select, true

from careteam.access.actor import Actor, Kind
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.importing import Known
from careteam.features.directory.models import Practitioner, PractitionerDiscipline, Workplace
from careteam.kit.db import db


def list_known(actor: Actor) -> list[Known]:
    """Names, contacts, places and disciplines of all entries that were not taken out. Three
    statements.

    A command on the machine itself reads them as well.
    """
    own_machine = actor.kind is Kind.SYSTEM
    readable = (
        true() if own_machine else within(actor, Permission.READ_DIRECTORY, Practitioner),
        Practitioner.retired_at.is_(None),
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
