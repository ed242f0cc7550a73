"""The layout by ties: who really works with whom stands near each other.

Ties pull and people push, by T. Fruchterman and E. Reingold ("Graph drawing by force-directed
placement", Software: Practice and Experience 21, 1991). Only ties from five referrals on take
part, each with the lowest number of its band, both directions added: what nobody else may see
cannot be read off a place. Each part that hangs together is laid out for itself in a disc, the
discs are packed. Started from where people stood, a little changed network changes little.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import scipy  # loads its parts when they are first used
from numpy.typing import NDArray

from careteam.domain.network.layout import SPACING, pack
from careteam.domain.network.ties import band_of

SEED = 7
COLD, WARM = 60, 8
"""Rounds from nowhere, and from where people stood."""
NEAREST = 17.0
"""Between two people at the least, in units of the picture."""
ROOM = 1.9
"""Radius of a part of n people: so many spacings times the root of n."""
DRIFT = 0.5 * SPACING
"""How far somebody moves at the most when ties have changed: the eye finds them again."""
_PUSHES = 60

Places = dict[str, tuple[float, float]]
Spring = Callable[["nx.Graph[str]", Mapping[str, tuple[float, float]] | None, int], Places]
"""A graph, where to start (within -1 to 1) or None, and rounds: places in any scale."""


@dataclass(frozen=True, slots=True)
class Springs:
    """`mark` is that of the ties: with the same mark nothing has to be drawn anew."""

    places: Places
    mark: int


def ties_that_all_may_see(ties: Iterable[tuple[str, str, int]]) -> nx.Graph[str]:
    """From sender, receiver and count of each pair: an undirected graph with weights."""
    graph: nx.Graph[str] = nx.Graph()
    for sender, receiver, given in sorted(ties):
        band = band_of(given)
        if band is not None and sender != receiver:
            before = (
                graph.edges[sender, receiver]["pull"] if graph.has_edge(sender, receiver) else 0
            )
            graph.add_edge(sender, receiver, pull=before + band.drawn_weight)
    for _, _, data in graph.edges(data=True):
        data["weight"] = math.sqrt(data["pull"])
    return graph


def mark_of(graph: nx.Graph[str]) -> int:
    ties = sorted((min(pair), max(pair), graph.edges[pair]["pull"]) for pair in graph.edges)
    return zlib.crc32(repr(ties).encode())


def lay_out_by_ties(
    graph: nx.Graph[str],
    before: Springs | None,
    spring: Spring,
    report: Callable[[int], None] = lambda _: None,
) -> Springs:
    """Place everybody with a tie. Deterministic; the same ties as before answer `before`."""
    mark = mark_of(graph)
    if before is not None and before.mark == mark:
        return before
    parts = sorted(map(sorted, nx.connected_components(graph)), key=lambda part: (-len(part), part))
    radii = [ROOM * SPACING * math.sqrt(len(part)) for part in parts]
    places: Places = {}
    for part, radius, (x, y) in zip(parts, radii, pack(radii), strict=True):
        own = _in_order(graph, part)
        start = _start(own, before)
        found = spring(own, start, WARM if start else COLD)
        spread = _apart(_scaled(np.array([found[one] for one in part]), radius))
        stood = before.places if before is not None and start else {}
        for one, (left, top) in zip(part, spread.tolist(), strict=True):
            left, top = _near(stood.get(one), x + left, y + top)
            places[one] = (round(left, 1), round(top, 1))
        report(100 * len(places) // max(1, graph.number_of_nodes()))
    return Springs(places, mark)


def _in_order(graph: nx.Graph[str], part: Sequence[str]) -> nx.Graph[str]:
    """A part with its people in this order: that of a subgraph is another in each process, and
    where a layout begins follows from it."""
    own: nx.Graph[str] = nx.Graph()
    own.add_nodes_from(part)
    own.add_edges_from(
        (one, other, graph.edges[one, other])
        for one in part
        for other in sorted(graph[one])
        if one < other
    )
    return own


def spring_by_networkx(
    graph: nx.Graph[str], start: Mapping[str, tuple[float, float]] | None, rounds: int
) -> Places:
    found = nx.spring_layout(graph, pos=start, iterations=rounds, seed=SEED, weight="weight")
    return {one: (float(x), float(y)) for one, (x, y) in found.items()}


def _start(part: nx.Graph[str], before: Springs | None) -> Places | None:
    """Where those of a part stood, within -1 to 1; newcomers in the middle of whom they know.

    None where most of them are new.
    """
    if before is None:
        return None
    known = [one for one in part if one in before.places]
    if len(known) * 2 < part.number_of_nodes() or len(known) < 2:
        return None
    stood = np.array([before.places[one] for one in known])
    stood = stood - stood.mean(axis=0)
    stood = stood / max(float(np.abs(stood).max()), 1.0)
    start = {one: (float(x), float(y)) for one, (x, y) in zip(known, stood, strict=True)}
    for one in sorted(set(part) - set(known)):
        near = [start[other] for other in sorted(part[one]) if other in start] or [(0.0, 0.0)]
        turn = zlib.crc32(one.encode()) % 360
        start[one] = (
            sum(x for x, _ in near) / len(near) + 0.05 * math.cos(math.radians(turn)),
            sum(y for _, y in near) / len(near) + 0.05 * math.sin(math.radians(turn)),
        )
    return start


def _near(stood: tuple[float, float] | None, x: float, y: float) -> tuple[float, float]:
    """At most `DRIFT` from where somebody stood."""
    if stood is None:
        return x, y
    right, down = x - stood[0], y - stood[1]
    part = min(1.0, DRIFT / max(math.hypot(right, down), 1e-9))
    return stood[0] + part * right, stood[1] + part * down


def _scaled(points: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """Around the middle, within `radius`; the crowd in the middle gets more room than it took."""
    points = points - points.mean(axis=0)
    away = np.hypot(points[:, 0], points[:, 1])
    furthest = max(float(away.max()), 1e-9)
    return points * (radius / furthest * (np.maximum(away, 1e-9) / furthest) ** -0.3)[:, None]


def _apart(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Push those apart who stand too near to be told apart."""
    points = points.copy()
    for _ in range(_PUSHES):
        pairs = scipy.spatial.cKDTree(points).query_pairs(NEAREST, output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        away = points[pairs[:, 0]] - points[pairs[:, 1]]
        length = np.hypot(away[:, 0], away[:, 1])
        # Two on one spot are parted along a line that follows from their numbers.
        away[length < 1e-6] = (1.0, 0.5)
        length = np.maximum(length, 1.0)
        push = away * ((NEAREST + 0.5 - length) / (2 * length))[:, None]
        np.add.at(points, pairs[:, 0], push)
        np.subtract.at(points, pairs[:, 1], push)
    return points
