"""Many entries written at once are what each would have been alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from careteam.features.directory.details import Details, Work
from careteam.features.directory.many import CHUNK, new_entries
from careteam.features.directory.operations import new_entry
from careteam.features.directory.queries import get_practitioner
from careteam.kit.db import db
from careteam.kit.errors import Invalid
from tests.personas import World
from tests.support.statements import statements

WHOLE = Details(
    name="Ida  Fern",
    disciplines=("podiatrist", "osteopath", "podiatrist"),
    email="Ida@Example.org",
    phone="0117 496 0101",
    website="example.org",
    fee_from=Decimal(45),
    fee_to=Decimal(60),
    accepting="yes",
    registration_body="HCPC",
    registration_number="1",
    bio="Mornings",
    languages=("pl", "en"),
    workplaces=(Work("Quay Rooms", "Bath"), Work(), Work("Mill", "Nowhereville", phone="1234")),
)


def said(world: World, id_: UUID) -> dict[str, Any]:
    """Every column but the keys and the instant."""
    row = get_practitioner(world.rowan, id_)
    left_out = {"id", "practitioner_id", "created_at"}
    parts = [row, *row.disciplines, *row.languages, *row.workplaces]
    return {
        f"{number} {column.key}": getattr(part, column.key)
        for number, part in enumerate(parts)
        for column in part.__table__.columns
        if column.key not in left_out
    }


@pytest.mark.parametrize("details", [WHOLE, Details(name="Otto", disciplines=("osteopath",))])
def test_entry_is_the_same_alone_and_among_many(world: World, details: Details) -> None:
    alone = new_entry(world.rowan, details).id
    (among,) = new_entries(world.rowan, [details])
    db.session.commit()
    assert said(world, among) == said(world, alone)


def test_many_take_few_statements(world: World) -> None:
    with statements() as seen:
        ids = new_entries(world.rowan, [WHOLE] * 300)
    assert len(seen) < 40, "one for each table, or some on PostgreSQL: never one for each entry"
    assert len(set(ids)) == 300 < CHUNK


def test_one_that_cannot_be_kept_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="discipline"):
        new_entries(world.rowan, [WHOLE, Details(name="Otto", disciplines=())])
