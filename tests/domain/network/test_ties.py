"""Own ties are seen in full, those of others in bands, private ones not at all."""

from datetime import date

import pytest

from careteam.domain.network.ego import neighbourhood
from careteam.domain.network.graph import Recall, TieRow, build_graph
from careteam.domain.network.ties import (
    Band,
    SeenTie,
    TieKind,
    band_of,
    half_year_of,
    links_of,
    pair_figures,
    seen_by,
)

MAY = date(2026, 5, 2)
JULY = date(2026, 7, 9)


def tie(seen, sender, receiver):
    return seen.edges[sender, receiver]["tie"]


@pytest.mark.parametrize(
    ("count", "band"),
    [
        (0, None),
        (4, None),
        (5, Band.FEW),
        (9, Band.FEW),
        (10, Band.SOME),
        (19, Band.SOME),
        (20, Band.MANY),
        (500, Band.MANY),
    ],
)
def test_bands_begin_at_five_ten_and_twenty(count, band):
    assert band_of(count) is band


def test_own_tie_is_seen_in_full_even_when_small():
    seen = seen_by(build_graph([TieRow("bo", "ada", 2, 1, MAY)]), "ada")
    assert tie(seen, "bo", "ada") == SeenTie("bo", "ada", TieKind.OWN, 2, 1, MAY, declined=0)
    assert tie(seen, "bo", "ada").words == "2"


def test_tie_of_others_is_a_band_and_a_half_year():
    seen = seen_by(build_graph([TieRow("bo", "cy", 12, 7, JULY)]), "ada")
    assert tie(seen, "bo", "cy") == SeenTie(
        "bo", "cy", TieKind.BAND, band=Band.SOME, half_year="July to December 2026"
    )
    assert tie(seen, "bo", "cy").words == "some"
    assert seen.edges["bo", "cy"]["weight"] == 10


def test_tie_of_others_below_five_is_not_seen():
    assert len(seen_by(build_graph([TieRow("bo", "cy", 4, 4, MAY)]), "ada").edges) == 0


def test_private_ties_are_seen_by_their_ends_alone():
    graph = build_graph([TieRow("bo", "cy", 30, 7, MAY), TieRow("cy", "dee", 8, 8, MAY)])
    assert list(seen_by(graph, "ada", private={"bo"}).edges) == [("cy", "dee")]
    assert list(seen_by(graph, "ada", private={"cy"}).edges) == []
    assert tie(seen_by(graph, "cy", private={"bo"}), "bo", "cy").given == 30


def test_somebody_without_a_practice_sees_bands_only():
    seen = seen_by(build_graph([TieRow("bo", "cy", 30, 7, MAY)]), None)
    assert tie(seen, "bo", "cy").band is Band.MANY
    assert tie(seen, "bo", "cy").given is None


def test_remembered_tie_is_seen_by_who_remembers_it():
    graph = build_graph([TieRow("ada", "bo", recalled_by_sender=Recall.THREE_TO_FIVE)])
    assert tie(seen_by(graph, "ada"), "ada", "bo").words == "about 3 to 5, by hand"
    assert len(seen_by(graph, "bo").edges) == 0
    assert len(seen_by(graph, "cy").edges) == 0


def test_remembered_none_draws_no_tie():
    graph = build_graph([TieRow("ada", "bo", recalled_by_sender=Recall.NONE)])
    assert len(seen_by(graph, "ada").edges) == 0


def test_recorded_referrals_are_said_before_remembered_ones():
    graph = build_graph([TieRow("ada", "bo", 2, 1, MAY, recalled_by_sender=Recall.MORE)])
    assert tie(seen_by(graph, "ada"), "ada", "bo").words == "2"
    assert seen_by(graph, "ada").edges["ada", "bo"]["weight"] == 2


def test_pair_figures_count_both_directions_and_leave_memories_aside():
    graph = build_graph(
        [
            TieRow("ada", "bo", 6, 4, MAY, recalled_by_sender=Recall.MORE),
            TieRow("bo", "ada", 2, 2, JULY, recalled_by_receiver=Recall.ONE_OR_TWO),
        ]
    )
    figures = pair_figures(graph, "ada", "bo")
    assert (figures.given, figures.given_accepted, figures.last_given_on) == (6, 4, MAY)
    assert (figures.received, figures.received_accepted) == (2, 2)
    assert figures.last_on == JULY
    assert figures.balance == 0.5
    assert figures.recalled_given is Recall.MORE
    assert figures.recalled_received is Recall.ONE_OR_TWO
    assert pair_figures(graph, "bo", "ada").balance == -0.5
    assert pair_figures(graph, "bo", "ada").recalled_given is None


def test_balance_of_strangers_is_not_known():
    figures = pair_figures(build_graph([]), "ada", "bo")
    assert figures.balance is None
    assert figures.last_on is None


def test_links_are_ordered_by_strength_then_id():
    graph = build_graph([TieRow("ada", "bo", 2), TieRow("ada", "dee", 7), TieRow("ada", "cy", 2)])
    links = links_of(seen_by(graph, "ada"), "ada")
    assert [one.receiver for one in links.refers_to] == ["dee", "bo", "cy"]
    assert links.receives_from == ()
    assert links_of(seen_by(graph, "ada"), "zoe").refers_to == ()


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 6, 30), "January to June 2026"), (date(2026, 7, 1), "July to December 2026")],
)
def test_half_years_change_in_july(day, words):
    assert half_year_of(day) == words


def test_neighbourhood_follows_ties_both_ways_one_or_two_steps():
    seen = seen_by(
        build_graph(
            [TieRow("ada", "bo", 9), TieRow("cy", "ada", 9), TieRow("cy", "dee", 9),
             TieRow("dee", "eve", 9)]
        ),
        "ada",
    )  # fmt: skip
    assert neighbourhood(seen, "ada") == {"ada", "bo", "cy"}
    assert neighbourhood(seen, "ada", 2) == {"ada", "bo", "cy", "dee"}
    assert neighbourhood(seen, "zoe") == {"zoe"}
    with pytest.raises(ValueError, match="one or two steps"):
        neighbourhood(seen, "ada", 3)  # type: ignore[arg-type]
