"""Many new entries at once, in a few statements: an import of thousands holds nobody up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from careteam.access.actor import Actor
from careteam.features.directory.catalogue import country, discipline_labels
from careteam.features.directory.checking import checked
from careteam.features.directory.details import PLAIN_FIELDS, Details
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    PractitionerLanguage,
    Workplace,
)
from careteam.features.directory.operations import search_text
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.places import resolve

CHUNK = 2_000
"""Entries in one statement."""
Rows = dict[Any, list[dict[str, Any]]]


def new_entries(actor: Actor, every: Iterable[Details]) -> list[UUID]:
    """Write what `new_entry` would write of each, in this order. Raises `Invalid`. For operations
    only."""
    labels, home = discipline_labels(), country()
    ids: list[UUID] = []
    rows = _nothing()
    for details in every:
        id_ = uuid4()
        ids.append(id_)
        _add(rows, id_, actor, checked(details, labels, home))
        if len(rows[Practitioner]) >= CHUNK:
            _write(rows)
            rows = _nothing()
    _write(rows)
    return ids


def _nothing() -> Rows:
    models = (Practitioner, PractitionerDiscipline, PractitionerLanguage, Workplace)
    return {model: [] for model in models}


def _add(rows: Rows, id_: UUID, actor: Actor, details: Details) -> None:
    says = details.accepting != "unknown"
    rows[Practitioner].append(
        {name: getattr(details, name) for name in PLAIN_FIELDS}
        | {
            "id": id_,
            "version": 1,
            "added_by_id": actor.practitioner_id,
            "accepting_said_on": clock.today() if says else None,
            "search_text": search_text(details),
        }
    )
    rows[PractitionerDiscipline] += (
        {"practitioner_id": id_, "discipline": each, "position": at}
        for at, each in enumerate(details.disciplines)
    )
    rows[PractitionerLanguage] += ({"practitioner_id": id_, "code": c} for c in details.languages)
    for at, work in enumerate(details.workplaces):
        town = resolve(work.place, country()) if work.place else None
        rows[Workplace].append(
            {
                "practitioner_id": id_,
                "position": at,
                "practice": work.practice,
                "place": work.place,
                "days": work.days,
                "phone": work.phone,
                "latitude": town.latitude if town else None,
                "longitude": town.longitude if town else None,
            }
        )


def _write(rows: Rows) -> None:
    for model, values in rows.items():
        if values:
            # without it rows go apart by which of their values are empty
            db.session.execute(insert(model), values, execution_options={"render_nulls": True})
