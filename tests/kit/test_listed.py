"""A list sent as one value finds what naming each of its values finds."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from careteam.features.clients.models import Client
from careteam.kit.db import db
from careteam.kit.listed import among, among_bound, listed
from tests.personas import World, a_client


@pytest.mark.parametrize("column", [Client.id, Client.name], ids=["keys", "words"])
def test_list_finds_its_own(world: World, column: Any) -> None:
    lead_id = world.wren.practitioner_id
    assert lead_id is not None
    first, second = (a_client(lead_id, name) for name in ("Ida \"O'Sample", "Elder, Sample"))
    name = column.key
    wanted: list[Any] = [getattr(each, name) for each in (first, second)]
    other: Any = uuid4() if name == "id" else "Nobody"

    def found(condition: Any, **given: str) -> set[str]:
        return set(db.session.scalars(select(Client.name).where(condition), given))

    both = {first.name, second.name}
    assert found(among(column, [*wanted, other])) == both
    assert found(among_bound(column, "wanted"), wanted=listed(wanted)) == both
    assert found(among(column, [other])) == found(among(column, [])) == set()
