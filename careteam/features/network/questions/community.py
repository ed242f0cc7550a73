"""Who connects this community, and which groups hardly talk to each other: from what is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from careteam.access.actor import Actor
from careteam.domain.network.picture import Person
from careteam.domain.network.ties import band_of
from careteam.features.network.knowing.naming import group_names
from careteam.features.network.knowing.store import Known, known_of
from careteam.features.network.queries import list_people, private_ids

MOST_SHOWN = 5
MOST_GROUPS = 8
LOOKED_AT = 60
"""Members of a group by whom it is described."""
HARDLY = 0.25
"""Two groups hardly talk below a quarter of what their referrals would make likely."""


@dataclass(frozen=True, slots=True)
class Group:
    """`disciplines` and `places`: the most common among its named members.

    drawn: how many of `size` may be named, and so stand on its island in the picture.
    """

    number: int
    name: str
    size: int
    drawn: int
    disciplines: tuple[str, ...]
    places: tuple[str, ...]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Two groups and how much goes between them: a band, None below five."""

    one: Group
    other: Group
    words: str


@dataclass(frozen=True, slots=True)
class Community:
    """`connectors`: through whom most ways lead; `asked`: to whom those refer whom many trust."""

    known: dict[str, Known]
    connectors: Sequence[Person]
    asked: Sequence[Person]
    groups: Sequence[Group]
    gaps: Sequence[Gap]
    my_rank: int | None


def community_known(actor: Actor) -> Community:
    """Four statements at most, however large the community: figures are read, not computed."""
    known = known_of(actor, ("connectors", "authority", "groups"))
    private = private_ids(actor) - {str(actor.practitioner_id)}
    ranks = {
        kind: [id_ for id_ in (known[kind].value or {}).get("people", ()) if id_ not in private]
        for kind in ("connectors", "authority")
    }
    found: dict[str, Any] = known["groups"].value or {}
    largest = found.get("groups", [])[:MOST_GROUPS]
    members = [
        list(islice((id_ for id_ in group if id_ not in private), LOOKED_AT)) for group in largest
    ]
    there = [sum(id_ not in private for id_ in group) for group in largest]
    shown = {id_ for ids in ranks.values() for id_ in ids[: 2 * MOST_SHOWN]}
    shown.update(id_ for group in members for id_ in group)
    people = {person.id: person for person in list_people(actor, shown)}
    me = str(actor.practitioner_id)
    names = group_names(actor, found, private, MOST_GROUPS)
    groups = []
    for number, ids in enumerate(members):
        named = [people[id_] for id_ in ids if id_ in people]
        sizes = (found["sizes"][number], there[number])
        groups.append(_group(number, names[number], sizes, named, me in largest[number]))
    first = {
        kind: [people[id_] for id_ in ids if id_ in people][:MOST_SHOWN]
        for kind, ids in ranks.items()
    }
    mine = ranks["connectors"]
    return Community(
        known=known,
        connectors=first["connectors"],
        asked=first["authority"],
        groups=groups,
        gaps=_gaps(groups, found),
        my_rank=mine.index(me) + 1 if me in mine else None,
    )


def _group(
    number: int, name: str, sizes: tuple[int, int], people: list[Person], is_mine: bool
) -> Group:
    disciplines = _most_common(person.discipline for person in people)
    places = _most_common(person.place for person in people if person.place)
    return Group(number, name, *sizes, disciplines, places, is_mine)


def _most_common(words: Iterable[str]) -> tuple[str, ...]:
    """Up to three words of which there are two or more, the most common first."""
    return tuple(word for word, count in Counter(sorted(words)).most_common(3) if count > 1)


def _gaps(groups: Sequence[Group], found: dict[str, Any]) -> list[Gap]:
    """Pairs with far less between them than their own referrals make likely, the emptiest first.

    Likely is what two groups would have if referrals fell by chance (the null model of modularity,
    Newman 2006). Small groups are left out: of them too little is likely to miss it.
    """
    if not groups:
        return []
    total: Counter[int] = Counter()
    for number, count in enumerate(found["within"]):
        total[number] += 2 * count
    for one, other, count in found["between"]:
        total[one] += count
        total[other] += count
    everything = sum(total.values()) or 1
    gaps = []
    for one, other, count in found["between"]:
        likely = total[one] * total[other] / everything
        if max(one, other) < len(groups) and likely >= MOST_SHOWN and count < HARDLY * likely:
            band = band_of(count)
            words = band.value if band else "fewer than five"
            gaps.append((count / likely, Gap(groups[one], groups[other], words)))
    return [gap for _, gap in sorted(gaps, key=lambda each: (each[0], each[1].one.number))]
