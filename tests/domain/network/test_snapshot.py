"""Figures of everybody from arrays are those of the graph."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from careteam.domain.network.figures import authority, strength_of
from careteam.domain.network.snapshot import authorities, snapshot_of, strengths


def test_figures_from_arrays_are_those_of_the_graph() -> None:
    rng = Random(7)
    pairs = {(f"p{rng.randrange(40)}", f"p{rng.randrange(40)}") for _ in range(150)}
    counts = ((one, other, rng.randint(1, 9)) for one, other in sorted(pairs))
    network = snapshot_of((one, other, n, rng.randint(0, n)) for one, other, n in counts)
    graph = network.graph()
    given, received = strengths(network)
    own = [strength_of(graph, person) for person in network.people]
    assert given.tolist() == [each.given for each in own]
    assert received.tolist() == [each.received for each in own]
    assert dict(zip(network.people, authorities(network), strict=True)) == pytest.approx(
        authority(graph), abs=1e-9
    )


def test_network_of_nobody_and_of_strangers_has_no_figures() -> None:
    network = snapshot_of([("a", "a", 3, 1), ("a", "b", 0, 0)])
    assert network.people == ()
    assert [len(figure) for figure in (*strengths(network), authorities(network))] == [0, 0, 0]
    assert np.isfinite(authorities(snapshot_of([("a", "b", 1, 0)]))).all()
