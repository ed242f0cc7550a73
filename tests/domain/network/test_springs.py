"""The layout by ties: deterministic, of ties that all may see, and people stay put."""

from itertools import combinations
from math import hypot
from random import Random

import pytest

from careteam.domain.network.springs import (
    DRIFT,
    NEAREST,
    lay_out_by_ties,
    spring_by_networkx,
    ties_that_all_may_see,
)


def circles(seed=3):
    """Three circles of eight who refer among themselves, and two people apart."""
    chance = Random(seed)
    ties = [("lone-a", "lone-b", 6)]
    for circle in "xyz":
        for one, other in combinations(range(8), 2):
            if chance.random() < 0.6:
                ties.append((f"{circle}{one}", f"{circle}{other}", chance.randrange(5, 30)))
    return [*ties, ("x0", "y0", 5), ("y1", "z1", 5)]


def placed(ties, before=None):
    return lay_out_by_ties(ties_that_all_may_see(ties), before, spring_by_networkx)


def test_only_ties_of_five_and_their_bands_take_part():
    assert placed([("a", "b", 4)]).places == {}
    assert placed([("a", "b", 5), ("b", "c", 19)]) == placed([("a", "b", 9), ("b", "c", 10)])


def test_same_ties_in_any_order_give_the_same_picture():
    ties = circles()
    mixed = sorted(ties, key=lambda tie: tie[::-1])
    assert placed(ties) == placed(mixed)


def test_people_and_ties_are_drawn_in_the_same_order_in_each_process():
    """Of words, a set has another order in each: the layout would begin elsewhere."""
    asked = []

    def spring(graph, start, rounds):
        asked.append((list(graph.nodes), list(graph.edges)))
        return spring_by_networkx(graph, start, rounds)

    lay_out_by_ties(ties_that_all_may_see(circles()), None, spring)
    assert len(asked) > 1
    assert all(nodes == sorted(nodes) and edges == sorted(edges) for nodes, edges in asked)


def test_those_who_work_together_stand_together_and_nobody_on_another():
    places = placed(circles()).places
    away = {
        pair: hypot(*(a - b for a, b in zip(places[pair[0]], places[pair[1]], strict=True)))
        for pair in combinations(sorted(places), 2)
    }
    assert min(away.values()) > NEAREST * 0.9
    within = [each for (one, other), each in away.items() if one[0] == other[0] and one[0] in "xyz"]
    between = [each for (one, other), each in away.items() if {one[0], other[0]} == {"x", "z"}]
    assert sum(within) / len(within) < sum(between) / len(between) / 2


def test_people_stay_where_they_were_when_little_has_changed():
    before = placed(circles())
    assert placed(circles(), before) is before
    after = placed([*circles(), ("x0", "new", 7)], before)
    moved = [
        hypot(*(a - b for a, b in zip(after.places[one], before.places[one], strict=True)))
        for one in before.places
    ]
    assert max(moved) <= DRIFT + 0.2
    assert "new" in after.places


@pytest.mark.parametrize("ties", [[], [("a", "a", 9)]])
def test_without_ties_there_is_nothing_to_place(ties):
    assert placed(ties).places == {}
