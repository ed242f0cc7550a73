"""Names to give: near ones first, further ones only for want of two, and the sentence says so."""

from typing import Any

import pytest

from careteam.domain.matching import Accepting, Candidate, Ranked, near_first, nearness_words


def ranked(name: str, km: float | None, accepting: Accepting = Accepting.YES) -> Ranked:
    return Ranked(Candidate(name.lower(), name, ("dietitian",), distance_km=km), (), (), accepting)


def names(found: tuple[Ranked, ...]) -> list[str]:
    return [each.candidate.name for each in found]


def test_near_ones_come_first_in_the_order_they_had() -> None:
    given = [ranked("Far", 190.0), ranked("Ana", 49.9), ranked("Unknown", None), ranked("Bo", 2.0)]
    assert names(near_first(given)) == ["Ana", "Bo", "Far", "Unknown"]


def test_fifty_kilometres_are_near_and_a_step_more_is_not() -> None:
    assert names(near_first([ranked("Over", 50.1), ranked("On", 50.0)])) == ["On", "Over"]


def test_who_is_full_stays_behind_whoever_is_far() -> None:
    given = [ranked("Far", 190.0), ranked("Near full", 1.0, Accepting.NO)]
    assert names(near_first(given)) == ["Far", "Near full"]


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ([], "190 km away, as nobody within 50 km can be named"),
        ([ranked("Unknown", None)], "190 km away, as nobody within 50 km can be named"),
        (
            [ranked("Full", 1.0, Accepting.NO)],
            "190 km away, as nobody within 50 km can be named",
        ),
        ([ranked("Ana", 1.0)], "190 km away, as only one person within 50 km can be named"),
        ([ranked("Ana", 1.0), ranked("Bo", 50.0, Accepting.UNKNOWN)], "190 km away"),
    ],
)
def test_a_far_name_says_why_it_is_given(others: list[Any], words: str) -> None:
    far = ranked("Far", 190.2)
    assert nearness_words(far, [*others, far]) == words


def test_a_near_name_says_its_distance_and_an_unknown_one_nothing() -> None:
    near, unknown = ranked("Ana", 0.4), ranked("Unknown", None)
    assert nearness_words(near, [near]) == "less than 1 km away"
    assert nearness_words(ranked("Bo", 42.3), [near]) == "42 km away"
    assert nearness_words(unknown, [unknown]) == ""
