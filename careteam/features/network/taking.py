"""What is on the screen, cut out of a sight to be taken away; with numbers for names."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

import networkx as nx

from careteam.domain.network.ties import SeenTie, half_year_of
from careteam.features.network.graph import Filters, Sight, fitting, sight_of


def on_screen(sight: Sight, filters: Filters) -> Sight:
    """Only those who fit, and the ties among them: what the picture shows, and no more."""
    shown = fitting(sight, filters)
    people = tuple(one for one in sight.people if shown is None or one.id in shown)
    among = nx.DiGraph(sight.seen.subgraph(person.id for person in people))
    return sight_of(people, among, sight.me, is_community=sight.is_community)


def numbered(sight: Sight, key: bytes) -> Sight:
    """The same people as "Practitioner 1, 2, ...", without places, days or who it was taken by.

    The order of the numbers follows from `key`, which must be secret: whoever knows the directory
    could number it in any order that follows from names or ids. With the same key and people the
    numbers are the same, so that two tables fit together.
    """
    order = sorted(sight.people, key=lambda person: _keyed(key, person.id))
    numbers = {person.id: str(number) for number, person in enumerate(order, start=1)}
    people = tuple(
        replace(
            person, id=numbers[person.id], name=f"Practitioner {numbers[person.id]}", place=None
        )
        for person in order
    )
    seen: nx.DiGraph[str] = nx.DiGraph()
    for sender, receiver in sight.seen.edges:
        if sender in numbers and receiver in numbers:
            tie = _without_day(sight.seen.edges[sender, receiver]["tie"])
            ends = numbers[sender], numbers[receiver]
            tie = replace(tie, sender=ends[0], receiver=ends[1])
            seen.add_edge(*ends, tie=tie, weight=tie.drawn_weight)
    return sight_of(people, seen, None, is_community=sight.is_community)


def _without_day(tie: SeenTie) -> SeenTie:
    if tie.last_on is None:
        return tie
    return replace(tie, last_on=None, half_year=half_year_of(tie.last_on))


def _keyed(key: bytes, id_: str) -> bytes:
    return hmac.digest(key, id_.encode(), hashlib.sha256)
