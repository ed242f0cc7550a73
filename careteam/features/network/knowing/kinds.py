"""The figures that are worked out of the whole network. A new one is a function and a line here.

Who stands where is kept for those with a tie from five referrals on, in a group for those with
such a tie within it, so that no smaller one can be read off a place or a group. No value names a
count: pages say ranks and bands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from careteam.domain.network.figures import FEW
from careteam.domain.network.snapshot import Floats, Snapshot, authorities, strengths
from careteam.domain.network.springs import Springs, lay_out_by_ties, ties_that_all_may_see
from careteam.domain.network.ties import SMALLEST_SHOWN, band_of
from careteam.features.network.knowing.crowd import gather
from careteam.features.network.knowing.engines import (
    Figure,
    Report,
    bridging,
    choose,
    groups,
    spring,
)

Value = dict[str, Any]
CHIEFS = 5
"""A group is called after the first of so many who keeps no ties private."""
MOST_NAMED = 100
"""So many of those who come first are kept by name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`work_out` is given the network, what was found last and whom to tell how far it is.

    It answers a value for JSON, or None where this is not computed at this size.
    """

    name: str
    work_out: Callable[[Snapshot, Value | None, Report], Value | None]


def _authority(network: Snapshot, _before: Value | None, _report: Report) -> Value | None:
    return {"people": _first(network, authorities(network)), "of": len(network.people)}


def _connectors(network: Snapshot, _before: Value | None, report: Report) -> Value | None:
    found = bridging(network, report, choose(Figure.BRIDGING, len(network.people)))
    if found is None:
        return None
    return {
        "people": _first(network, found.values),
        "of": len(network.people),
        "pivots": found.pivots,
        "engine": found.engine.value,
    }


def _groups(network: Snapshot, before: Value | None, _report: Report) -> Value | None:
    """Members by group, after whom each may be called, and referrals within and between them."""
    earlier = before["groups"] if before else []
    engine = choose(Figure.GROUPS, len(network.people))
    found = groups(network, earlier, engine)
    if found is None or engine is None:
        return None
    place = {person: at for at, group in enumerate(found) for person in group}
    at = np.array([place.get(person, -1) for person in network.people], np.int64)
    count = len(found)
    between = np.zeros((count + 1, count + 1), np.int64)
    np.add.at(between, (at[network.sender], at[network.receiver]), network.given)
    both = between + between.T
    shown = (at[network.sender] == at[network.receiver]) & (network.given >= SMALLEST_SHOWN)
    ends = np.union1d(network.sender[shown], network.receiver[shown])
    named = {network.people[end] for end in ends.tolist()}
    received = _received(network)
    return {
        "groups": [sorted(group & named) for group in found],
        "chiefs": [
            sorted(group & named, key=lambda who: (-received.get(who, 0), who))[:CHIEFS]
            for group in found
        ],
        "sizes": [len(group) for group in found],
        "within": [int(between[one, one]) for one in range(count)],
        "between": [
            [one, other, int(both[one, other])]
            for one in range(count)
            for other in range(one + 1, count)
        ],
        "engine": engine.value,
    }


def _received(network: Snapshot) -> dict[str, int]:
    """What everybody receives, of ties from five on and by their bands."""
    found: Counter[str] = Counter()
    columns = (network.receiver.tolist(), network.given.tolist())
    for receiver, given in zip(*columns, strict=True):
        if (band := band_of(given)) is not None:
            found[network.people[receiver]] += band.drawn_weight
    return found


def _layout(network: Snapshot, before: Value | None, report: Report) -> Value | None:
    """Where people stand by their ties, of those that all may see."""
    columns = (network.sender.tolist(), network.receiver.tolist(), network.given.tolist())
    graph = ties_that_all_may_see(
        (network.people[sender], network.people[receiver], given)
        for sender, receiver, given in zip(*columns, strict=True)
    )
    engine = choose(Figure.LAYOUT, graph.number_of_nodes())
    if engine is None:
        return None
    earlier = None
    if before is not None:
        stood = zip(before["people"], before["x"], before["y"], strict=True)
        earlier = Springs({one: (x, y) for one, x, y in stood}, before["mark"])
    found = lay_out_by_ties(graph, earlier, spring(engine), report)
    people = sorted(found.places)
    return {
        "people": people,
        "x": [found.places[one][0] for one in people],
        "y": [found.places[one][1] for one in people],
        "mark": found.mark,
        "engine": engine.value,
    }


def _first(network: Snapshot, values: Floats) -> list[str]:
    """Those with the highest values above nought, the highest first."""
    out, back = strengths(network)
    eligible = (out + back >= FEW) & (values > 0)
    order = np.argsort(-values, kind="stable")
    return [network.people[at] for at in order[eligible[order]][:MOST_NAMED]]


KINDS = (
    Kind("crowd", gather),
    Kind("authority", _authority),
    Kind("connectors", _connectors),
    Kind("groups", _groups),
    Kind("layout", _layout),
)
