"""The network picture as flat arrays, ready for JSON.

`build_picture(...)` returns a dict of this shape (every `[...]` of `nodes` has one entry a person
in the same order, every `[...]` of `edges` one entry a tie):

    {
      "version": 1,
      "by": "discipline" | "place" | "groups" | "ties",   what the islands are; by "ties" there
                                             are none: x, y, r of each group are 0
      "me": 12 | null,                       index of the viewer in nodes
      "box": [left, top, right, bottom],     around all islands, units of the layout
      "labels": {"disciplines": ["Dietitian", ...], "places": ["Northgate", ...],
                 "short": [the disciplines, shortened], "colours": [3, ...] (0 to 11, one a
                                             discipline: whoever practises it has it, on whatever
                                             island they stand)},
      "groups": {
        "id": ["dietitian", ...], "label": ["Dietitian", ...] (shortened),
        "colour": [3, ...] (0 to 11; -1 where an island is no discipline),
        "x": [...], "y": [...], "r": [...], "count": [people of the island, shown or not]
      },
      "nodes": {
        "id": ["3f2a...", ...], "name": ["Ada Example", ...],
        "discipline_id": ["dietitian", ...],
        "discipline": [index in labels.disciplines], "place": [index in labels.places, -1 none],
        "group": [index in groups],
        "accepting": [1 yes, 0 no, -1 not known],
        "importance": [0 to 1], "is_me": [0 or 1],
        "x": [...], "y": [...]
      },
      "edges": {
        "from": [index], "to": [index], "weight": [drawn weight],
        "kind": [0 own tie, 1 somebody else's in a band, 2 own, remembered by hand],
        "outcome": [0 one or more accepted, 1 no answer or none yet, 2 all declined, -1 not told]
      },
      "left_out": {"ties": 0}                 ties dropped because an end is not shown
    }

`importance` is the size of the dot, not a figure: the drawn weights of the incoming ties that
this viewer may see, divided by the largest, square root taken. `weight` is the count of
one's own tie, else the lowest number of its band.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import networkx as nx

from careteam.domain.network.layout import Islands, Member, lay_out, lay_out_around
from careteam.domain.network.ties import SeenTie

COLOURS = 12
"""Colours of islands that the stylesheet knows."""
MOST_GROUPS = 60
"""More islands than this cannot be read: the smallest are drawn as one, "Others"."""
OTHERS = ("others", "Others")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_LONE_ADJECTIVE = re.compile(r"^\S*(?:ic|al)$")

Grouping = Literal["discipline", "place", "groups", "ties"]
UNGROUPED = ("", "In no group shown")
UNTIED = ("untied", "No ties that all may see")


@dataclass(frozen=True, slots=True)
class Person:
    """What the picture says of a practitioner. Nothing about clients or health belongs here.

    accepting: taking new clients: True, False, or None when nobody knows.
    """

    id: str
    name: str
    discipline_id: str
    discipline: str
    place: str | None = None
    accepting: bool | None = None


def build_picture(
    people: Iterable[Person],
    seen: nx.DiGraph[str],
    *,
    viewer: str | None = None,
    by: Grouping = "discipline",
    shown: Collection[str] | None = None,
    centre: str | None = None,
    whole: nx.DiGraph[str] | None = None,
    found: Mapping[str, int] | None = None,
    names: Mapping[int, str] | None = None,
    places: Mapping[str, tuple[float, float]] | None = None,
    colours: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Lay out `people` and return the picture in the shape above.

    people: everybody of the picture before filters, each id once (ValueError otherwise), in any
        order. Filters must not move anybody, so they are given as `shown`, the ids to keep
        (None keeps all).
    centre: the person whose island stands in the middle (for a neighbourhood: whose it is);
        without it the largest island does.
    seen: the graph of `ties.seen_by` for the same viewer; ties of people outside are left out.
    whole: where `seen` is only that of a period, the graph of all time: it says where people
        stand, so that time moves nobody.
    found: by "groups", the number of each person's group; `names` those of the groups.
    places: by "ties", where those with ties stand; the others stand together beside them.
    colours: of disciplines, by id; one that is not among them has one that follows from its id.
    """
    everybody = sorted(people, key=lambda person: person.id)
    present = {person.id for person in everybody}
    if len(present) != len(everybody):
        raise ValueError("somebody is in the picture twice")
    ties = _ties_among(seen, present)
    importance = _importance(ties)
    lasting = ties if whole is None else _ties_among(whole, present)
    standing = importance if whole is None else _importance(lasting)
    if by == "groups":
        group_of, label_of = _found_groups(everybody, found or {}, names or {}, standing)
    else:
        group_of, label_of = _grouping(everybody, by, places)
    members = [Member(one.id, group_of[one.id], standing.get(one.id, 0.0)) for one in everybody]
    if by == "ties":
        islands = lay_out_around(members, places or {}, UNTIED[0])
    else:
        islands = lay_out(
            members,
            ((tie.sender, tie.receiver, tie.weight) for tie in lasting),
            centre=group_of.get(centre) if centre is not None else None,
        )
    nodes = [one for one in everybody if shown is None or one.id in shown]
    index = {person.id: number for number, person in enumerate(nodes)}
    edges = [tie for tie in ties if tie.sender in index and tie.receiver in index]
    island_of = {disc.group: number for number, disc in enumerate(islands.discs)}
    disciplines = _numbered(one.discipline for one in nodes)
    colour_of = _colours(everybody, colours or {})
    painted = {one.discipline: colour_of[one.discipline_id] for one in nodes}
    towns = _numbered(one.place for one in nodes if one.place)
    return {
        "version": 1,
        "by": by,
        "me": index.get(viewer) if viewer is not None else None,
        "box": [round(side, 1) for side in islands.box],
        "labels": {
            "disciplines": list(disciplines),
            "places": list(towns),
            "short": _short(list(disciplines)),
            "colours": [painted[label] for label in disciplines],
        },
        "groups": _group_arrays(islands, label_of, colour_of),
        "nodes": {
            "id": [one.id for one in nodes],
            "name": [one.name for one in nodes],
            "discipline_id": [one.discipline_id for one in nodes],
            "discipline": [disciplines[one.discipline] for one in nodes],
            "place": [towns[one.place] if one.place else -1 for one in nodes],
            "group": [island_of[group_of[one.id]] for one in nodes],
            "accepting": [-1 if one.accepting is None else int(one.accepting) for one in nodes],
            "importance": [round(importance.get(one.id, 0.0), 4) for one in nodes],
            "is_me": [int(one.id == viewer) for one in nodes],
            "x": [round(islands.positions[one.id][0], 1) for one in nodes],
            "y": [round(islands.positions[one.id][1], 1) for one in nodes],
        },
        "edges": {
            "from": [index[tie.sender] for tie in edges],
            "to": [index[tie.receiver] for tie in edges],
            "weight": [tie.weight for tie in edges],
            "kind": [int(tie.kind) for tie in edges],
            "outcome": [tie.outcome for tie in edges],
        },
        "left_out": {"ties": len(ties) - len(edges)},
    }


@dataclass(frozen=True, slots=True)
class _Line:
    sender: str
    receiver: str
    weight: int
    kind: int
    outcome: int


def _ties_among(seen: nx.DiGraph[str], present: Collection[str]) -> list[_Line]:
    """The ties with both ends present, in an order of their own."""
    lines = []
    for sender, receiver in seen.edges:
        if sender in present and receiver in present:
            tie: SeenTie = seen.edges[sender, receiver]["tie"]
            outcome = -1 if tie.outcome is None else int(tie.outcome)
            lines.append(_Line(sender, receiver, tie.drawn_weight, int(tie.kind), outcome))
    return sorted(lines, key=lambda line: (line.sender, line.receiver))


def _importance(ties: Iterable[_Line]) -> dict[str, float]:
    received: dict[str, int] = {}
    for tie in ties:
        received[tie.receiver] = received.get(tie.receiver, 0) + tie.weight
    largest = max(received.values(), default=0)
    return {one: math.sqrt(weight / largest) for one, weight in received.items()}


def around(name: str) -> str:
    """What a group is called after one of its members."""
    return f"Around {name}"


def _found_groups(
    everybody: Sequence[Person],
    found: Mapping[str, int],
    names: Mapping[int, str],
    standing: Mapping[str, float],
) -> tuple[dict[str, str], dict[str, str]]:
    """A group without a name is called after the one of those in view who receives most."""
    chief: dict[int, Person] = {}
    for one in sorted(everybody, key=lambda one: (-standing.get(one.id, 0.0), one.name, one.id)):
        if one.id in found:
            chief.setdefault(found[one.id], one)
    named = {
        one.id: (
            f"group-{found[one.id]}",
            names.get(found[one.id]) or around(chief[found[one.id]].name),
        )
        if one.id in found
        else UNGROUPED
        for one in everybody
    }
    return _few_islands(named)


def _grouping(
    everybody: Sequence[Person], by: Grouping, places: Mapping[str, tuple[float, float]] | None
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the island of each person and the label of each island."""
    if by == "ties":
        named = {
            one.id: (one.discipline_id, one.discipline) if one.id in (places or {}) else UNTIED
            for one in everybody
        }
    elif by == "discipline":
        named = {one.id: (one.discipline_id, one.discipline) for one in everybody}
    else:
        named = {one.id: (one.place or "", one.place or "Place not known") for one in everybody}
    return _few_islands(named)


def _few_islands(named: dict[str, tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    sizes = Counter(group for group, _ in named.values())
    largest = sorted(sizes, key=lambda group: (-sizes[group], group))
    if len(largest) > MOST_GROUPS:
        kept = set(largest[: MOST_GROUPS - 1])
        named = {
            one: (group, label) if group in kept else OTHERS
            for one, (group, label) in named.items()
        }
    return {one: group for one, (group, _) in named.items()}, dict(named.values())


def _group_arrays(
    islands: Islands, label_of: Mapping[str, str], colour_of: Mapping[str, int]
) -> dict[str, list[Any]]:
    discs = islands.discs
    return {
        "id": [disc.group for disc in discs],
        "label": _short([label_of[disc.group] for disc in discs]),
        "colour": [colour_of.get(disc.group, -1) for disc in discs],
        "x": [round(disc.x, 1) for disc in discs],
        "y": [round(disc.y, 1) for disc in discs],
        "r": [round(disc.radius, 1) for disc in discs],
        "count": [disc.count for disc in discs],
    }


def _short(labels: Sequence[str]) -> list[str]:
    """Drop what stands in brackets or after a stroke, where the rest still tells them apart."""
    short = [_brief(label) for label in labels]
    times = Counter(short)
    return [
        brief if times[brief] == 1 else label for brief, label in zip(short, labels, strict=True)
    ]


def _brief(label: str) -> str:
    """The first name of a label: "Counsellor" of "Counsellor / psychotherapist (adults)".

    A lone adjective before the stroke ("Orthopaedic / trauma surgeon") is no name: kept whole.
    """
    plain = _IN_BRACKETS.sub("", label).strip()
    first = plain.partition(" / ")[0]
    return (plain if _LONE_ADJECTIVE.match(first) else first) or label


def _colours(people: Iterable[Person], known: Mapping[str, int]) -> dict[str, int]:
    """The colour of each discipline: the same in every picture, however its people are grouped.

    There are more disciplines than colours that can be told apart, so some share one; colour never
    is the only sign, for islands bear names and the others have a key.
    """
    ids = {one.discipline_id for one in people}
    return {id_: known.get(id_, zlib.crc32(id_.encode())) % COLOURS for id_ in ids}


def _numbered(labels: Iterable[str]) -> dict[str, int]:
    return {label: number for number, label in enumerate(sorted(set(labels)))}
