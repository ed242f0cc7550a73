"""Who may be somebody's twin is found in the database: nobody of a large directory is missed."""

from __future__ import annotations

from uuid import UUID

import pytest

from careteam.domain.importing.twins import likely_twins_of
from careteam.features.directory.queries import get_practitioner, list_known, list_perhaps_same
from careteam.kit.db import db
from careteam.kit.text import folded
from tests.personas import World, a_practitioner

PAIRS = [
    ("Ann M\u00fcller", "Mueller, Ann"),
    ("Pat O'Brien", "Pat O\u2019Brien"),
    ("Jon Smithson", "John Smithson"),
    ("Dr. Eva-Maria Kern", "Eva Maria Kern"),
    ("T. Hollow", "Thea Hollow"),
    ("Old Post Jr", "Old Post Junior"),
]


@pytest.fixture
def crowd(world: World) -> list[str]:
    ids = []
    for number, name in enumerate([name for pair in PAIRS for name in pair] + ["Quite Other"]):
        row = a_practitioner(name, "podiatrist")
        row.search_text = folded(f"{name} Quay Rooms Bristol")
        row.email, row.phone = f"p{number}@example.org", None
        row.workplaces[0].practice = None
        ids.append(str(row.id))
    shared = "+441174960999"
    for name, discipline in (("Una Vale", "osteopath"), ("U. Vale", "dietitian")):
        row = a_practitioner(name, discipline, place="Bath")
        row.email, row.workplaces[0].phone = None, shared
        ids.append(str(row.id))
    db.session.commit()
    return ids


def test_twins_are_those_of_the_whole_directory(world: World, crowd: list[str]) -> None:
    everybody = list_known(world.wren)
    found = 0
    for entry in everybody:
        whole = get_practitioner(world.wren, UUID(entry.id))
        few = list_perhaps_same(world.wren, whole)
        twins = likely_twins_of(entry.id, few)
        assert twins == likely_twins_of(entry.id, everybody)
        assert len(few) < len(everybody)
        found += len(twins)
    assert found >= 2 * len(PAIRS)
