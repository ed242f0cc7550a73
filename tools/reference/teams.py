"""Teams to be chosen on made-up networks, with the cost of the best one, which is known.

`teams.jsonl` has a line for each: how it is drawn (`R` seats, `n` candidates each, `lam`, `seed`,
`family`), the proven optimum `value`, one team that has it (`pick`), and `sumF`, the sum of all
fits, which tells whether numpy still draws the same numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from careteam.domain.suggestion import Network, Problem
from tools.reference.networks import STRANGERS, Whole, made_up_network

FAMILIES = {"care": 0, "flat": 1, "rand": 2, "solo": 3}
"""What a fit rests on: distance, answer, fee, language and room in `care`; next to nothing in
`flat`. In `solo` everybody has one discipline, elsewhere one in ten holds the next as well."""
KM = 6.0
"""Between neighbouring localities, which lie on a square grid."""


@dataclass(frozen=True)
class Known:
    """A line of the file."""

    seats: int
    candidates: int
    weight: int
    seed: int
    family: str
    cost: int
    picks: tuple[int, ...]
    sum_of_fits: int

    @property
    def name(self) -> str:
        return f"{self.family} {self.seats} x {self.candidates}, {self.weight}, seed {self.seed}"

    def problem(self) -> Problem:
        fits, people, lengths = _drawn(self)
        return Problem(fits, people, Network(lengths, STRANGERS), self.weight)


def known_teams() -> Iterator[Known]:
    lines = Path(__file__).with_name("teams.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        yield Known(
            row["R"],
            row["n"],
            row["lam"],
            row["seed"],
            row["family"],
            row["value"],
            tuple(row["pick"]),
            row["sumF"],
        )


@lru_cache(maxsize=2)
def _network(people: int, seed: int) -> tuple[Whole, csr_array]:
    found = made_up_network(people, seed)
    return found.locality, found.lengths()


def _drawn(known: Known) -> tuple[tuple[Whole, ...], tuple[Whole, ...], Any]:
    """Fits and people of every seat, and the lengths of ties. The order of draws is fixed."""
    seats, candidates = known.seats, known.candidates
    rng = np.random.default_rng(
        [known.seed, seats, candidates, known.weight, FAMILIES[known.family]]
    )
    people = max(1000, 2 * seats * candidates)
    locality, lengths = _network(people, known.seed)
    holders = rng.permutation(people)[: seats * candidates].reshape(seats, candidates).copy()
    if known.family != "solo":
        both = max(1, candidates // 10)
        for seat in range(seats):
            holders[seat, :both] = holders[(seat + 1) % seats, -both:]
    side = int(np.ceil(np.sqrt(int(locality.max()) + 1)))
    grid = np.stack([locality % side, locality // side], 1) * KM
    places = grid + rng.normal(0, 1.5, (people, 2))
    home = int(rng.integers(int(locality.max()) + 1))
    km = np.hypot(*(places - np.array([home % side, home // side]) * KM).T)
    hours, fee = rng.gamma(1.5, 24.0, people), rng.normal(80, 25, people)
    other_language, room = rng.random(people) < 0.3, rng.integers(0, 6, people)
    fit = (
        0.30 * np.minimum(1, hours / 72)
        + 0.30 * np.minimum(1, km / 50)
        + 0.15 * np.clip((fee - 40) / 120, 0, 1)
        + 0.15 * other_language
        + 0.10 / (1 + room)
    )
    if known.family == "flat":
        fit = 0.45 + 0.10 * rng.random(people)
    costs = np.round(1000 * fit).astype(np.int64)
    return tuple(costs[each] for each in holders), tuple(holders), lengths
