"""Figures by their definitions, and equal to an independent implementation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careteam.domain.network.figures import (
    Largest,
    Strength,
    authority,
    between_groups,
    bridging,
    communities,
    constraint,
    ego_density,
    is_silent,
    largest_partner,
    length_of,
    mutual_share,
    strength_of,
    together,
)
from careteam.domain.network.graph import Recall, TieRow, build_graph

TODAY = date(2026, 3, 4)


def network(*ties: tuple[str, str, int, int]) -> nx.DiGraph[str]:
    return build_graph(TieRow(*tie) for tie in ties)


SMALL = network(
    ("wren", "ash", 6, 5), ("ash", "wren", 2, 2), ("wren", "rowan", 2, 0), ("ash", "rowan", 1, 1)
)


def test_strength_is_counted_in_both_directions() -> None:
    assert strength_of(SMALL, "wren") == Strength(8, 5, 2, 2, 2, 1)
    assert strength_of(SMALL, "wren").balance == 0.6
    assert strength_of(SMALL, "rowan") == Strength(0, 0, 0, 3, 1, 2)
    assert strength_of(SMALL, "nobody") == Strength()
    assert strength_of(SMALL, "nobody").balance is None


def test_what_is_only_remembered_counts_nowhere() -> None:
    remembered = TieRow("wren", "ash", recalled_by_sender=Recall.MORE)
    graph = build_graph([remembered])
    assert strength_of(graph, "wren") == Strength()
    assert mutual_share(graph) is None
    assert largest_partner(graph, "wren") is None
    assert together(graph).number_of_edges() == 0


def test_mutual_share_is_what_is_returned() -> None:
    assert mutual_share(SMALL) == pytest.approx(4 / 11)
    assert mutual_share(network(("a", "b", 3, 3), ("b", "a", 3, 0))) == 1
    assert mutual_share(network(("a", "b", 3, 3))) == 0


def test_largest_partner_says_of_how_many() -> None:
    assert largest_partner(SMALL, "wren") == Largest("ash", 0.75, 8)
    assert largest_partner(SMALL, "rowan", receiving=True) == Largest("wren", 2 / 3, 3)
    few = largest_partner(SMALL, "rowan", receiving=True)
    assert few is not None
    assert few.is_few
    assert largest_partner(SMALL, "rowan") is None


def test_density_and_constraint_of_a_closed_circle_and_a_star() -> None:
    circle = network(("a", "b", 1, 1), ("b", "c", 1, 1), ("c", "a", 1, 1))
    star = network(*(("hub", leaf, 1, 1) for leaf in "abcd"))
    assert ego_density(circle, "a") == 1
    assert ego_density(star, "hub") == 0
    assert ego_density(star, "a") is None
    assert constraint(circle, "a") == pytest.approx(1.125)
    assert constraint(star, "hub") == pytest.approx(0.25)
    assert constraint(star, "nobody") is None


def test_groups_keep_their_places() -> None:
    ties = [(one, other, 9, 9) for group in ("abcd", "wxyz") for one in group for other in group]
    graph = network(*(tie for tie in ties if tie[0] != tie[1]), ("a", "w", 1, 1))
    first, second = frozenset("abcd"), frozenset("wxyz")
    assert communities(graph) == [first, second]
    assert communities(graph, before=[second, first]) == [second, first]
    assert communities(graph, before=[{"w", "x", "q"}]) == [second, first]
    assert between_groups(graph, [first, second]) == {(0, 1): 1}


@pytest.mark.parametrize(
    ("gaps", "since", "silent"),
    [
        ([30, 30], 181, True),
        ([30, 30], 180, False),
        ([100, 100], 299, False),
        ([100, 100], 301, True),
        ([30], 1000, False),
        ([], 1000, False),
    ],
)
def test_tie_is_silent_by_its_own_rhythm(gaps: list[int], since: int, silent: bool) -> None:
    days = [TODAY - timedelta(days=since)]
    for gap in gaps:
        days.append(days[-1] - timedelta(days=gap))
    assert is_silent(days, TODAY) is silent


@st.composite
def networks(draw: st.DrawFn) -> nx.DiGraph[str]:
    people = [f"p{number}" for number in range(draw(st.integers(2, 9)))]
    person = st.sampled_from(people)
    rows = draw(st.lists(st.tuples(person, person, st.integers(1, 9), st.integers(0, 9))))
    graph = network(*((one, two, given, min(given, ok)) for one, two, given, ok in rows))
    graph.add_nodes_from(people)
    return graph


def as_igraph(graph: nx.DiGraph[str]) -> Any:
    """By its rows, past networkx."""
    people = sorted(graph)
    place = {person: at for at, person in enumerate(people)}
    rows: list[TieRow] = list(nx.get_edge_attributes(graph, "tie").values())
    found = igraph.Graph([(place[row.sender], place[row.receiver]) for row in rows], directed=True)
    found.add_vertices(len(people) - found.vcount())
    found.vs["name"] = people
    found.es["given"] = [row.given for row in rows]
    found.es["accepted"] = [row.accepted for row in rows]
    found.es["length"] = [length_of(row.given, row.accepted) for row in rows]
    return found


@settings(deadline=None, max_examples=60)
@given(networks())
def test_figures_are_those_of_an_independent_implementation(graph: nx.DiGraph[str]) -> None:
    other = as_igraph(graph)
    people = other.vs["name"]
    out = other.strength(mode="out", weights="given")
    back = other.strength(mode="in", weights="given")
    own = [strength_of(graph, person) for person in people]
    assert [each.given for each in own] == out
    assert [each.received for each in own] == back

    accepted = other.copy()
    accepted.delete_edges([edge.index for edge in accepted.es if not edge["accepted"]])
    ranks = accepted.pagerank(weights="accepted", damping=0.85)
    assert authority(graph) == pytest.approx(dict(zip(people, ranks, strict=True)), abs=1e-8)

    pairs = max(1, (len(people) - 1) * (len(people) - 2))
    between = [value / pairs for value in other.betweenness(weights="length")]
    found = bridging(graph)
    assert not found.is_sampled
    assert found.values == pytest.approx(dict(zip(people, between, strict=True)), abs=1e-9)

    both = other.as_undirected(combine_edges="sum")
    burt = both.constraint(weights="given")
    for person, value in zip(people, burt, strict=True):
        assert constraint(graph, person) == (
            None if value != value else pytest.approx(value, abs=1e-9)
        )
    density = both.transitivity_local_undirected(mode="nan")
    for person, value in zip(people, density, strict=True):
        assert ego_density(graph, person) == (None if value != value else pytest.approx(value))


@settings(deadline=None, max_examples=40)
@given(networks())
def test_groups_are_no_worse_than_one_group_and_none_is_left_alone(graph: nx.DiGraph[str]) -> None:
    groups = communities(graph)
    assert all(len(group) > 1 for group in groups)
    assert sum(map(len, groups)) == len({person for group in groups for person in group})
    assert communities(graph) == groups
    both = together(graph)
    if both.number_of_edges():
        placed = {person for group in groups for person in group}
        every = [set(group) for group in groups] + [{person} for person in set(both) - placed]
        modularity = nx.community.modularity(both, every, weight="weight")
        theirs = as_igraph(graph).as_undirected(combine_edges="sum")
        place = {person: at for at, group in enumerate(every) for person in group}
        same = theirs.modularity([place[name] for name in theirs.vs["name"]], weights="given")
        assert modularity == pytest.approx(same)
        assert modularity >= -1e-12
