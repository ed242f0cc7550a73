"""Who works together, as columns: of a large community they are cut out of what is gathered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from careteam.domain.suggestion.distances import Network

Flags = NDArray[np.bool_]
Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Together:
    """`at` numbers people; the columns hold one entry for a pair and direction, `weight` what it
    counts, more than nothing."""

    at: Mapping[str, int]
    one: NDArray[np.int64]
    other: NDArray[np.int64]
    weight: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.weight)

    @classmethod
    def of(cls, weights: Mapping[Pair, int]) -> Together:
        at = {
            who: number
            for number, who in enumerate(dict.fromkeys(end for p in weights for end in p))
        }
        rows = [(at[one], at[other], weight) for (one, other), weight in weights.items() if weight]
        one, other, weight = np.array(rows, np.int64).reshape(-1, 3).T
        return cls(at, one, other, weight)

    @cached_property
    def people(self) -> list[str]:
        return list(self.at)

    @cached_property
    def tied(self) -> Flags:
        """By number, whether they work together with anybody."""
        found = np.zeros(len(self.at), np.bool_)
        found[self.one] = found[self.other] = True
        return found

    def is_tied(self, who: str) -> bool:
        number = self.at.get(who)
        return number is not None and bool(self.tied[number])

    def flags(self, people: Iterable[str]) -> Flags:
        found = np.zeros(len(self.at), np.bool_)
        found[[self.at[who] for who in people if who in self.at]] = True
        return found

    def without(self, people: Collection[str]) -> Together:
        if not people:
            return self
        hidden = self.flags(people)
        kept = ~hidden[self.one] & ~hidden[self.other]
        return Together(self.at, self.one[kept], self.other[kept], self.weight[kept])

    def among(self, people: Iterable[str]) -> dict[Pair, int]:
        """The stronger direction of each pair of these people, by the pair in order."""
        theirs = self.flags(people)
        kept = theirs[self.one] & theirs[self.other]
        found: dict[Pair, int] = {}
        columns = (self.one[kept].tolist(), self.other[kept].tolist(), self.weight[kept].tolist())
        for one, other, weight in zip(*columns, strict=True):
            ends = (self.people[one], self.people[other])
            pair = (min(ends), max(ends))
            found[pair] = max(weight, found.get(pair, 0))
        return found

    def bonds(self, people: Iterable[str]) -> dict[str, int]:
        """What everybody's ties with these people weigh together; without those who have none."""
        theirs = self.flags(people)
        found = np.zeros(len(self.at), np.int64)
        for here, there in ((self.one, self.other), (self.other, self.one)):
            np.add.at(found, here[theirs[there]], self.weight[theirs[there]])
        return {self.people[at]: int(found[at]) for at in np.nonzero(found)[0].tolist()}

    def partners(self, most: int) -> list[tuple[str, int]]:
        """Those who work together with most people, and with how many."""
        ends = np.stack([self.one, self.other])
        pairs = np.unique(np.sort(ends, axis=0), axis=1)
        counts = np.bincount(pairs.ravel(), minlength=len(self.at))
        many = np.argsort(-counts, kind="stable")[: 10 * most].tolist()
        found = [(self.people[at], int(counts[at])) for at in many if counts[at]]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]

    def network(self, people: Sequence[str], cap: int) -> Network:
        """Shortest ways between these people, numbered in their order, through everybody."""
        from scipy.sparse import csr_array

        numbers = np.full(len(self.at), -1, np.int64)
        for number, who in enumerate(people):
            if who in self.at:
                numbers[self.at[who]] = number
        others = self.tied & (numbers < 0)
        count = len(people) + int(others.sum())
        numbers[others] = np.arange(len(people), count)
        one, other = numbers[self.one], numbers[self.other]
        low, high = np.minimum(one, other), np.maximum(one, other)
        apart = low != high
        ends = (low[apart], high[apart])
        both = csr_array((self.weight[apart], ends), shape=(count, count))
        both.sum_duplicates()
        both.data = lengths_of(both.data)
        whole: Any = (both + both.T).tocsr()
        return Network(whole, cap, shown=len(people))


def lengths_of(weight: NDArray[Any]) -> NDArray[np.float64]:
    """Length of ties that weigh so much in both directions together.

    max(1, round(1000 / (1 + accepted))), ALGORITHMS.md section 3.6.
    """
    found: NDArray[np.float64] = np.maximum(1.0, np.rint(1000 / (1.0 + weight)))
    return found
