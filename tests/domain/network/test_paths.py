"""Introductions and single points, against trying it out."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careteam.domain.network.paths import Introduction, gates, introductions, single_points
from tests.domain.network.test_figures import network, networks


def test_trusted_path_is_preferred_to_a_shorter_one() -> None:
    graph = network(
        ("me", "stranger", 1, 0),
        ("stranger", "skin", 1, 0),
        ("me", "ash", 9, 9),
        ("ash", "fern", 9, 9),
    )
    found = introductions(graph, "me", {"skin", "fern"})
    assert [each.names for each in found] == [("me", "ash", "fern"), ("me", "stranger", "skin")]
    assert [each.length for each in found] == pytest.approx([0.2, 2.0])


def test_nobody_is_introduced_over_more_than_four_names() -> None:
    chain = [("me", "a", 1, 1), ("a", "b", 1, 1), ("b", "c", 1, 1), ("c", "d", 1, 1)]
    assert introductions(network(*chain), "me", {"d"}) == []
    assert introductions(network(*chain), "me", {"c"}) == [Introduction(("me", "a", "b", "c"), 1.5)]
    assert introductions(network(*chain), "me", {"me", "unknown"}) == []
    assert introductions(network(*chain), "nobody", {"c"}) == []


def test_path_ends_at_the_first_holder() -> None:
    graph = network(("me", "near", 1, 1), ("near", "far", 1, 1))
    assert [each.names for each in introductions(graph, "me", {"near", "far"})] == [("me", "near")]


def test_everything_hangs_on_the_one_in_between_and_on_the_only_one() -> None:
    graph = network(("me", "gate", 3, 3), ("gate", "clinic", 1, 1), ("gate", "other", 1, 1))
    assert single_points(gates(graph, "me"), "me", {"clinic"}) == ["gate", "clinic"]
    assert single_points(gates(graph, "me"), "me", {"clinic", "other"}) == ["gate"]
    graph.add_edge("me", "other", **graph.edges["gate", "other"])
    assert single_points(gates(graph, "me"), "me", {"clinic", "other"}) == []
    assert single_points(gates(graph, "me"), "me", {"unknown"}) == []
    assert single_points(gates(graph, "nobody"), "nobody", {"clinic"}) == []


@settings(deadline=None, max_examples=100)
@given(networks(), st.sets(st.sampled_from([f"p{number}" for number in range(1, 9)]), max_size=4))
def test_single_points_are_those_whose_leaving_cuts_me_off(
    graph: nx.DiGraph[str], holders: set[str]
) -> None:
    def reaches(without: str | None = None) -> bool:
        ways = graph.to_undirected()
        if without:
            ways.remove_node(without)
        return any(h in ways and nx.has_path(ways, "p0", h) for h in holders)

    expected = {p for p in graph if p != "p0" and reaches() and not reaches(without=p)}
    assert set(single_points(gates(graph, "p0"), "p0", holders)) == expected
