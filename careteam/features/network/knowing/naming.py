"""What a group that was found is called, the same wherever it is spoken of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from careteam.access.actor import Actor
from careteam.domain.network.picture import around
from careteam.features.network.queries import list_people

NOBODY = "A group in which nobody is named"


def group_names(
    actor: Actor, kept: Mapping[str, Any], private: Collection[str], most: int | None = None
) -> Mapping[int, str]:
    """By number, of all or of the first: after whoever receives most of it and may be named. One
    statement."""
    groups: list[list[str]] = kept.get("groups", [])
    # what was kept by an earlier version has no chiefs yet
    chiefs: list[list[str]] = (kept.get("chiefs") or [group[:1] for group in groups])[:most]
    shown = {who for ids in chiefs for who in ids if who not in private}
    names = {person.id: person.name for person in list_people(actor, shown)}
    return {
        number: next((around(names[who]) for who in ids if who in names), NOBODY)
        for number, ids in enumerate(chiefs)
    }
