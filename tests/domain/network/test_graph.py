"""Rows of the referral aggregate become one graph, whatever their order."""

from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.network.graph import Recall, TieRow, build_graph, tie_between


def test_edge_points_from_sender_to_receiver_and_weighs_its_referrals():
    graph = build_graph([TieRow("ada", "bo", 4, 3, date(2026, 5, 2))])
    assert list(graph.edges) == [("ada", "bo")]
    assert graph.edges["ada", "bo"]["weight"] == 4
    assert tie_between(graph, "ada", "bo").accepted == 3


def test_rows_of_one_pair_are_joined():
    graph = build_graph(
        [
            TieRow("ada", "bo", 4, 3, date(2026, 5, 2)),
            TieRow("ada", "bo", 2, 0, date(2026, 7, 9)),
            TieRow("ada", "bo", recalled_by_sender=Recall.ONE_OR_TWO),
            TieRow("ada", "bo", recalled_by_sender=Recall.MORE),
        ]
    )
    assert tie_between(graph, "ada", "bo") == TieRow(
        "ada", "bo", 6, 3, date(2026, 7, 9), recalled_by_sender=Recall.MORE
    )


def test_remembered_referrals_add_no_weight():
    graph = build_graph([TieRow("ada", "bo", recalled_by_sender=Recall.MORE)])
    assert graph.edges["ada", "bo"]["weight"] == 0


def test_referral_to_oneself_is_left_out():
    assert len(build_graph([TieRow("ada", "ada", 3, 3)])) == 0


def test_unknown_direction_is_an_empty_row():
    graph = build_graph([TieRow("ada", "bo", 1, 0)])
    assert tie_between(graph, "bo", "ada") == TieRow("bo", "ada")
    assert tie_between(graph, "nobody", "ada") == TieRow("nobody", "ada")


@pytest.mark.parametrize(("count", "accepted"), [(-1, 0), (2, 3), (2, -1)])
def test_impossible_counts_are_refused(count, accepted):
    with pytest.raises(ValueError, match="is not within 0 to given"):
        TieRow("ada", "bo", count, accepted)


def test_recall_says_by_hand_in_words():
    assert [recall.words for recall in Recall] == [
        "none, by hand",
        "about 1 or 2, by hand",
        "about 3 to 5, by hand",
        "about 6 or more, by hand",
    ]


rows = st.builds(
    TieRow,
    st.sampled_from("abcd"),
    st.sampled_from("abcd"),
    given=st.integers(1, 9),
    accepted=st.integers(0, 1),
    last_on=st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    recalled_by_sender=st.none() | st.sampled_from(Recall),
)


@given(st.lists(rows, max_size=12), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(some, random):
    mixed = list(some)
    random.shuffle(mixed)
    one, other = build_graph(some), build_graph(mixed)
    assert list(one.edges(data=True)) == list(other.edges(data=True))
    assert sum(weight for weight in nx.get_edge_attributes(one, "weight").values()) == sum(
        row.given for row in some if row.sender != row.receiver
    )
