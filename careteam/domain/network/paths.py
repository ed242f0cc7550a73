"""Ways through the network: who could introduce me, and on whom everything hangs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice

import networkx as nx

from careteam.domain.network.figures import length_of

MOST_NAMES = 4
"""Names in an introduction, oneself and the one looked for included."""
TRIED = 50
"""Paths looked at before giving up on more introductions that are short enough."""
_ANYBODY = "\0anybody"


@dataclass(frozen=True, slots=True)
class Introduction:
    """From oneself to somebody of the discipline; `length` is that of the trusted path."""

    names: tuple[str, ...]
    length: float


def trusted_both_ways(graph: nx.DiGraph[str]) -> nx.Graph[str]:
    """Ties of both directions with length 1 / (1 + accepted); remembered ones have length 1."""
    found: nx.Graph[str] = nx.Graph()
    found.add_nodes_from(sorted(graph))
    for one, other in sorted({(min(edge), max(edge)) for edge in graph.edges}):
        ties = [
            graph.edges[pair]["tie"] for pair in ((one, other), (other, one)) if pair in graph.edges
        ]
        given, accepted = sum(tie.given for tie in ties), sum(tie.accepted for tie in ties)
        found.add_edge(one, other, length=length_of(given, accepted))
    return found


def introductions(
    graph: nx.DiGraph[str], me: str, holders: Collection[str], most: int = 3
) -> list[Introduction]:
    """The shortest paths of trust from me to any of `holders`, the shortest first.

    Each has two to `MOST_NAMES` names and ends at its first holder; no two end at the same one.
    Dijkstra to a common end, alternatives after Yen (1971).
    """
    trusted = trusted_both_ways(graph)
    reached = sorted(set(holders) & set(trusted) - {me})
    if me not in trusted or not reached:
        return []
    trusted.add_edges_from((holder, _ANYBODY, {"length": 0.0}) for holder in reached)
    found: list[Introduction] = []
    ends: set[str] = set()
    try:
        paths = islice(nx.shortest_simple_paths(trusted, me, _ANYBODY, weight="length"), TRIED)
        for path in paths:
            names = tuple(path[:-1])
            is_first_holder = not set(names[1:-1]) & set(reached)
            if len(names) <= MOST_NAMES and is_first_holder and names[-1] not in ends:
                ends.add(names[-1])
                length = nx.path_weight(trusted, path, "length")
                found.append(Introduction(names, length))
            if len(found) == most:
                break
    except nx.NetworkXNoPath:
        return []
    return found


def gates(graph: nx.DiGraph[str], me: str) -> dict[str, str | None]:
    """For everybody within my reach, the last person through whom every way to them leads.

    Immediate dominators (Lengauer and Tarjan, 1979; here the method of Cooper, Harvey and Kennedy,
    as in networkx), reckoned once for all disciplines.
    """
    ways: nx.DiGraph[str] = nx.DiGraph(trusted_both_ways(graph))
    return dict(nx.immediate_dominators(ways, me)) if me in ways else {}


def single_points(before: Mapping[str, str | None], me: str, holders: Collection[str]) -> list[str]:
    """The people through whom every way from me to all of `holders` leads, nearest to me first.

    `before` are the `gates` of me. The only holder within reach is one of them. Empty where nobody
    of the discipline can be reached, or where no single person cuts me off: what dominates a common
    end of all ways is what dominates every holder, themselves included.
    """
    ways = [_way_back(before, each, me) for each in holders if each in before and each != me]
    if not ways:
        return []
    common = set(ways[0]).intersection(*ways[1:])
    return [each for each in reversed(ways[0]) if each in common]


def _way_back(before: Mapping[str, str | None], end: str, me: str) -> list[str]:
    found: list[str] = []
    at: str | None = end
    while at is not None and at != me:
        found.append(at)
        at = before[at]
    return found
