"""The whole network as arrays: what figures of everybody are worked out from, at any size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import scipy  # loads its parts when they are first used
from numpy.typing import NDArray

from careteam.domain.network.figures import DAMPING
from careteam.domain.network.graph import TieRow, build_graph

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_CLOSE = 1e-12
_MOST_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Counted ties, one a pair and direction; `sender` and `receiver` are places in `people`."""

    people: tuple[str, ...]
    sender: Ints
    receiver: Ints
    given: Ints
    accepted: Ints

    def graph(self) -> nx.DiGraph[str]:
        """The same as the graph that the figures of a few people take."""
        columns = (self.sender, self.receiver, self.given, self.accepted)
        return build_graph(
            TieRow(self.people[sender], self.people[receiver], given, accepted)
            for sender, receiver, given, accepted in zip(
                *(column.tolist() for column in columns), strict=True
            )
        )


def snapshot_of(ties: Iterable[tuple[str, str, int, int]]) -> Snapshot:
    """From sender, receiver, given and accepted of each pair. Ties to oneself are left out."""
    rows = [tie for tie in ties if tie[0] != tie[1] and tie[2]]
    people = tuple(sorted({tie[0] for tie in rows} | {tie[1] for tie in rows}))
    place = {person: at for at, person in enumerate(people)}
    columns = [[place[one], place[other], *counts] for one, other, *counts in rows]
    arrays = np.array(columns, np.int64).reshape(-1, 4).T
    return Snapshot(people, *arrays)


def strengths(network: Snapshot) -> tuple[Ints, Ints]:
    """Referrals given and received by each of `people`; see `figures.strength_of`."""
    count = len(network.people)
    return (
        np.bincount(network.sender, network.given, count).astype(np.int64),
        np.bincount(network.receiver, network.given, count).astype(np.int64),
    )


def authorities(network: Snapshot) -> Floats:
    """PageRank on accepted referrals of each of `people`; see `figures.authority`.

    Power iteration on a sparse matrix, to the tolerance of networkx.
    """
    count = len(network.people)
    if not count:
        return np.zeros(0)
    kept = network.accepted > 0
    ends = (network.receiver[kept], network.sender[kept])
    matrix: Any = scipy.sparse.csr_array(
        (network.accepted[kept].astype(float), ends), shape=(count, count)
    )
    out = np.asarray(matrix.sum(axis=0)).ravel()
    leads_nowhere = out == 0
    matrix = matrix.multiply(1 / np.where(leads_nowhere, 1, out)).tocsr()
    rank = np.full(count, 1 / count)
    for _ in range(_MOST_ROUNDS):
        before = rank
        spread = DAMPING * rank[leads_nowhere].sum() + 1 - DAMPING
        rank = DAMPING * (matrix @ rank) + spread / count
        if np.abs(rank - before).sum() < count * _CLOSE:
            break
    return rank
