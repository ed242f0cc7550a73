"""The exact team beside the published heuristics, on the reference instances, in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from careteam.domain.suggestion import Network, Problem, suggest
from tools.benching.heuristics import HEURISTICS
from tools.reference.teams import Known, known_teams

AIMS = {(5, 100): 0.15, (8, 100): 1.5, (5, 1000): 2.0, (8, 1000): 25.0}
"""Seconds to proof of the median instance, by seats and candidates."""
COMPARED_UP_TO = 1000
"""Seats times candidates; beyond, the heuristics take minutes."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One instance: whether its known optimum was found and proven, in how many seconds.

    `gaps` and `times` are those of the heuristics, gaps as a share of the optimum.
    """

    known: Known
    is_right: bool
    seconds: float
    left: int
    nodes: int
    gaps: Mapping[str, float]
    times: Mapping[str, float]


def proofs() -> Iterator[Proof]:
    for known in known_teams():
        problem = known.problem()
        fresh = _without_rows(problem)
        began = time.perf_counter()
        answer = suggest(fresh)
        seconds = time.perf_counter() - began
        is_right = answer.is_proven and answer.teams[0].cost == known.cost
        gaps: dict[str, float] = {}
        times: dict[str, float] = {}
        if known.seats * known.candidates <= COMPARED_UP_TO:
            problem.distances.rows(np.concatenate(problem.people))
            for name, heuristic in HEURISTICS.items():
                began = time.perf_counter()
                picks = heuristic(problem)
                times[name] = time.perf_counter() - began
                gaps[name] = problem.team(picks).cost / known.cost - 1
        yield Proof(known, is_right, seconds, answer.left, answer.nodes, gaps, times)


def _without_rows(problem: Problem) -> Problem:
    """The same problem with nothing looked up yet."""
    network = problem.distances
    assert isinstance(network, Network)
    fresh = Network(network.lengths, network.cap)
    return Problem(problem.fits, problem.people, fresh, problem.weight)


def _kind(proof: Proof) -> tuple[str, int, int]:
    return proof.known.family, proof.known.seats, proof.known.candidates


def lines(found: Iterable[Proof]) -> Iterator[str]:
    yield "the best team, with every shortest path (median of seeds; heuristics: % above, median)"
    heads = "".join(f"{name:>18}" for name in HEURISTICS)
    yield f"{'family seats x names':<22}{'s to proof':>11}{'left':>6}{'nodes':>7}{heads}"
    for (family, seats, candidates), group in groupby(sorted(found, key=_kind), key=_kind):
        of_kind = list(group)
        gaps = (
            f"{100 * statistics.median(each.gaps[name] for each in of_kind):>17.1f}%"
            for name in HEURISTICS
            if of_kind[0].gaps
        )
        yield (
            f"{f'{family} {seats} x {candidates}':<22}"
            f"{statistics.median(each.seconds for each in of_kind):>11.3f}"
            f"{max(each.left for each in of_kind):>6}{max(each.nodes for each in of_kind):>7}"
            f"{''.join(gaps)}"
        )
    compared = [each for each in found if each.times]
    slowest = {name: sum(each.times[name] for each in compared) for name in HEURISTICS}
    ours = sum(each.seconds for each in compared)
    said = ", ".join(f"{name} {seconds:.1f}" for name, seconds in slowest.items())
    yield f"seconds for these {len(compared)} together: exact {ours:.1f}; given distances: {said}"


def verdicts(found: Iterable[Proof]) -> Iterator[tuple[bool, str]]:
    proofs_found = list(found)
    right = sum(each.is_right for each in proofs_found)
    yield (
        right == len(proofs_found),
        f"{right} of {len(proofs_found)} reference teams found and proven",
    )
    for (seats, candidates), aim in AIMS.items():
        times = [
            each.seconds
            for each in proofs_found
            if (each.known.seats, each.known.candidates) == (seats, candidates)
        ]
        if times:
            median = statistics.median(times)
            words = f"{seats} seats x {candidates} names proven in {median:.2f} s, aim {aim:g}"
            yield median <= aim, words
