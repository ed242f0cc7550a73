"""The neighbourhood of one person."""

from __future__ import annotations

from typing import Literal

import networkx as nx


def neighbourhood(seen: nx.DiGraph[str], person: str, steps: Literal[1, 2] = 1) -> frozenset[str]:
    """Return the person and everybody at most `steps` ties away, whichever way the ties point.

    One step: those one refers to or receives from. Two steps: also those they exchange referrals
    with. Give it the graph of `ties.seen_by`, so that no hidden tie is followed. Breadth-first;
    the cost is that of the ties met, whatever the size of the community. A person without ties
    is alone in the answer. ValueError for other numbers of steps.
    """
    if steps not in (1, 2):
        raise ValueError(f"a neighbourhood has one or two steps, not {steps}")
    found = {person}
    edge_of_found = {person}
    for _ in range(steps):
        edge_of_found = {
            other
            for somebody in edge_of_found
            if somebody in seen
            for other in (*seen.successors(somebody), *seen.predecessors(somebody))
        } - found
        found |= edge_of_found
    return frozenset(found)
