"""Which engine works out a figure of the whole network; all give the same numbers.

scipy for what a sparse matrix answers, at any size. Betweenness and groups: networkx for a few
thousand people, igraph beyond where it is installed (an optional extra), else not at all.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any

import networkx as nx
import numpy as np

from careteam.domain.network import figures, springs
from careteam.domain.network.figures import EXACT_UP_TO, PIVOTS, SEED
from careteam.domain.network.snapshot import Floats, Snapshot
from careteam.domain.network.springs import Spring

NETWORKX_UP_TO = 2_000
"""People; beyond it betweenness and groups take longer than a worker should be at one thing."""
IGRAPH_UP_TO = 1_000_000
LAID_OUT_UP_TO = 20_000
"""People with ties; the forces between more of them keep a worker busy for longer than a picture
of a part of them is worth."""
_LOT = 8
"""Pivots between two words about how far it is."""
Report = Callable[[int], None]
"""Told now and then how many percent are done."""


class Engine(enum.Enum):
    SCIPY = "scipy"
    NETWORKX = "networkx"
    IGRAPH = "igraph"


class Figure(enum.Enum):
    STRENGTH = "strength"
    AUTHORITY = "authority"
    BRIDGING = "bridging"
    GROUPS = "groups"
    LAYOUT = "layout"


@dataclass(frozen=True, slots=True)
class Bridges:
    """Betweenness of each of `people`; `pivots` is None where every shortest path was followed."""

    values: Floats
    pivots: int | None
    engine: Engine


def choose(figure: Figure, people: int, *, has_igraph: bool | None = None) -> Engine | None:
    """The engine for a figure of so many people; None where it is not computed at this size."""
    if figure in (Figure.STRENGTH, Figure.AUTHORITY):
        return Engine.SCIPY
    if people <= NETWORKX_UP_TO:
        return Engine.NETWORKX
    if figure is Figure.LAYOUT and people > LAID_OUT_UP_TO:
        return None
    if has_igraph is None:
        has_igraph = find_spec("igraph") is not None
    return Engine.IGRAPH if has_igraph and people <= IGRAPH_UP_TO else None


def bridging(network: Snapshot, report: Report, engine: Engine | None) -> Bridges | None:
    """Through whom the shortest trusted ways run; see `figures.bridging`. None without engine."""
    if engine is None:
        return None
    if engine is Engine.IGRAPH:
        return _bridging_by_igraph(network, report)
    found = figures.bridging(network.graph())
    values = np.array([found.values[person] for person in network.people])
    return Bridges(values, PIVOTS if found.is_sampled else None, engine)


def _bridging_by_igraph(network: Snapshot, report: Report) -> Bridges:
    """The same pivots and the same share of ordered pairs as in networkx."""
    count = len(network.people)
    graph = _as_igraph(network)
    lengths = 1 / (1 + np.minimum(network.given, network.accepted))
    is_sampled = count > EXACT_UP_TO
    places = list(range(count))
    pivots = Random(SEED).sample(places, min(PIVOTS, count)) if is_sampled else places  # noqa: S311
    total = np.zeros(count)
    for first in range(0, len(pivots), _LOT):
        lot = pivots[first : first + _LOT]
        total += graph.betweenness(directed=True, weights=lengths.tolist(), sources=lot)
        report(100 * (first + len(lot)) // len(pivots))
    starts = np.full(count, float(len(pivots)))
    starts[pivots] -= 1
    pairs = starts * (count - 2)
    values = np.divide(total, pairs, out=np.zeros(count), where=pairs > 0)
    return Bridges(values, PIVOTS if is_sampled else None, Engine.IGRAPH)


def groups(
    network: Snapshot, before: Sequence[Collection[str]], engine: Engine | None
) -> list[frozenset[str]] | None:
    """Groups who refer among themselves; see `figures.communities`. None without engine.

    igraph finds them by Leiden (Traag et al., 2019), which is Louvain with groups that hold
    together; on the same graph both find groups of the same kind, not always the same ones.
    """
    if engine is None:
        return None
    if engine is Engine.NETWORKX:
        return figures.communities(network.graph(), before)
    igraph = import_module("igraph")
    igraph.set_random_number_generator(Random(SEED))  # noqa: S311
    both = _as_igraph(network, given=network.given.tolist()).as_undirected(combine_edges="sum")
    found = both.community_leiden("modularity", weights="given", n_iterations=10)
    named = [frozenset(network.people[at] for at in group) for group in found if len(group) > 1]
    named.sort(key=lambda group: (-len(group), min(group)))
    return figures.in_place_of(named, before) if before else named


def spring(engine: Engine) -> Spring:
    """The forces of the layout by ties. Both pull and push alike; their pictures differ."""
    return springs.spring_by_networkx if engine is Engine.NETWORKX else _spring_by_igraph


def _spring_by_igraph(
    graph: nx.Graph[str], start: Mapping[str, tuple[float, float]] | None, rounds: int
) -> springs.Places:
    igraph = import_module("igraph")
    igraph.set_random_number_generator(Random(SEED))  # noqa: S311
    people = sorted(graph)
    place = {one: at for at, one in enumerate(people)}
    ends = [(place[one], place[other]) for one, other in graph.edges]
    known: dict[str, Any] = {"niter": 10 * rounds}
    if start:
        known = {"niter": rounds, "seed": [start[one] for one in people], "start_temp": 0.05}
    drawn = igraph.Graph(len(people), ends).layout_fruchterman_reingold(
        weights=[graph.edges[pair]["weight"] for pair in graph.edges], **known
    )
    return {one: (float(x), float(y)) for one, (x, y) in zip(people, drawn, strict=True)}


def _as_igraph(network: Snapshot, **edges: Any) -> Any:
    ends = np.column_stack((network.sender, network.receiver))
    graph = import_module("igraph").Graph(len(network.people), ends.tolist(), directed=True)
    for name, values in edges.items():
        graph.es[name] = values
    return graph
