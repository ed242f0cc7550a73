"""How far people are from each other in the network of those who work together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


class Distances(Protocol):
    """Distances between people, who are numbered from 0; whole numbers, symmetric."""

    def rows(self, people: Whole) -> Whole:
        """From each of these people to everybody: (people, everybody)."""

    def cheapest(self, people: Whole, charges: Real, weight: float) -> Real:
        """For everybody, the least of `charges[j] + weight * distance to people[j]`."""


@dataclass(frozen=True, slots=True)
class Network:
    """Shortest paths along ties; strangers, and whoever is further, are `cap` apart.

    `lengths` is a symmetric sparse matrix (CSR) of whole lengths of at least 1. The cap keeps one
    missing tie from deciding everything, and keeps the distance a metric. Ways lead through
    everybody; "everybody" of an answer is the first `shown` only, where that is given.
    """

    lengths: Any
    cap: int
    shown: int | None = None
    _rows: dict[int, Whole] = field(default_factory=dict, repr=False)

    def rows(self, people: Whole) -> Whole:
        """As in `Distances`; each person's row is computed once."""
        from scipy.sparse.csgraph import dijkstra

        missing = [one for one in dict.fromkeys(people.tolist()) if one not in self._rows]
        if missing:
            found = dijkstra(self.lengths, directed=True, indices=missing, limit=self.cap)
            for one, row in zip(missing, np.minimum(found[:, : self.shown], self.cap), strict=True):
                self._rows[one] = row.astype(np.int64)
        everybody: int = self.lengths.shape[0] if self.shown is None else self.shown
        rows = [self._rows[one] for one in people.tolist()]
        return np.stack(rows) if rows else np.empty((0, everybody), dtype=np.int64)

    def cheapest(self, people: Whole, charges: Real, weight: float) -> Real:
        """As in `Distances`, by one shortest-path run from a source tied to each by its charge.

        Source: design of the offset Dijkstra, ALGORITHMS.md section 3.2, step 1.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        least = float(charges.min())
        strangers = least + weight * self.cap
        count: int = self.lengths.shape[0]
        if weight == 0:
            return np.full(count, least)[: self.shown]
        nearest = np.full(count, np.inf)
        np.minimum.at(nearest, people, charges)
        (tied,) = np.nonzero(nearest < strangers)
        # a length of nothing would be no tie at all, so everything is one further off
        offsets = (nearest[tied] - least) / weight + 1.0
        lengths = csr_array(
            (
                np.concatenate([self.lengths.data, offsets]),
                np.concatenate([self.lengths.indices, tied]),
                np.concatenate([self.lengths.indptr, [len(self.lengths.data) + len(tied)]]),
            ),
            shape=(count + 1, count + 1),
        )
        found = dijkstra(lengths, directed=True, indices=count, limit=self.cap + 1.0)[:count]
        result: Real = np.minimum(least + weight * (found - 1.0), strangers)[: self.shown]
        return result


@dataclass(frozen=True, slots=True)
class Table:
    """Distances that are given pair by pair, which need not be a metric."""

    pairs: Whole

    def rows(self, people: Whole) -> Whole:
        found: Whole = self.pairs[people]
        return found

    def cheapest(self, people: Whole, charges: Real, weight: float) -> Real:
        found: Real = (charges + weight * self.pairs[:, people]).min(axis=1)
        return found
