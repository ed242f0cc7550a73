"""The fit of a name: parts that add up, the unknown in the middle and said, in plain words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from careteam.domain.suggestion.comparing import Difference, difference
from careteam.domain.suggestion.fit import (
    Facts,
    Matter,
    Part,
    Wish,
    fit_of,
    times_in_ten,
    weights_of,
)

POLISH = Wish(place_known=True, languages=("Polish",))
KNOWN = Facts(
    answers=0.8,
    acceptance=0.6,
    distance_km=10.0,
    fee=70.0,
    speaks=True,
    takes_new=True,
    wait_days=21,
)


def test_parts_of_a_known_name_add_up() -> None:
    fit = fit_of(KNOWN, POLISH, weights_of())
    assert fit.parts == (
        Part(
            Matter.ANSWER,
            90,  # half of 0.2 and 0.4 missed, of 300
            300,
            ("answers within 3 working days about 8 times in 10", "says yes about 6 times in 10"),
        ),
        Part(Matter.DISTANCE, 60, 300, ("10 km away",)),
        Part(Matter.FEE, 38, 150, ("fee from 70",)),  # 30 of 120, of 150, rounded
        Part(Matter.LANGUAGE, 0, 150, ("speaks Polish",)),
        Part(Matter.ROOM, 25, 100, ("takes new clients", "says that the wait is 21 days")),
    )
    assert (fit.cost, fit.unknown) == (213, ())


def test_usual_time_of_an_answer_is_said_and_costs_nothing() -> None:
    slow, quick = (
        fit_of(replace(KNOWN, answer_hours=hours), POLISH, weights_of()) for hours in (60.0, 5.0)
    )
    assert slow.cost == quick.cost == fit_of(KNOWN, POLISH, weights_of()).cost
    assert slow.parts[0].known[0] == "usually answers within 2.5 working days"
    assert quick.parts[0].known[0] == "usually answers within 5 hours"


def test_chance_is_said_in_tens() -> None:
    said = [times_in_ten(chance) for chance in (0.01, 0.1, 0.84, 0.99)]
    assert said == ["hardly ever", "about 1 time in 10", "about 8 times in 10", "nearly always"]


def test_what_is_not_known_costs_the_middle_and_is_said() -> None:
    fit = fit_of(Facts(), POLISH, weights_of())
    assert [part.cost for part in fit.parts] == [150, 150, 75, 75, 50]
    assert fit.unknown == (
        "how they answer is not known",
        "distance not known",
        "fee not known",
        "languages not known",
        "not known whether new clients are taken",
        "wait not known",
    )


def test_the_worst_costs_everything_and_no_more() -> None:
    worst = Facts(
        answers=0.0, acceptance=0.0, distance_km=900.0, fee=900.0, speaks=False, takes_new=False,
        wait_days=400,
    )  # fmt: skip
    assert fit_of(worst, POLISH, weights_of()).cost == 1000


def test_what_the_client_does_not_bring_counts_for_nobody() -> None:
    fit = fit_of(KNOWN, Wish(place_known=False), weights_of())
    assert [(part.cost, part.words) for part in fit.parts[1:4:2]] == [(0, ""), (0, "")]


@pytest.mark.parametrize(
    ("factors", "weights"),
    [
        ({}, [300, 300, 150, 150, 100]),
        ({Matter.DISTANCE: 0.0}, [429, 0, 214, 214, 143]),
        ({Matter.DISTANCE: 2.0, Matter.ANSWER: 0.5}, [131, 522, 130, 130, 87]),
    ],
)
def test_sliders_move_weights_whose_sum_stays(
    factors: dict[Matter, float], weights: list[int]
) -> None:
    found = weights_of(factors)
    assert [found[matter] for matter in Matter] == weights
    assert sum(found.values()) == 1000


def test_wait_is_told_as_what_they_say_or_as_what_was_counted() -> None:
    said, counted = (
        fit_of(replace(KNOWN, wait_days=17, wait_n=n), POLISH, weights_of()).parts[-1]
        for n in (0, 26)
    )
    assert said.known[-1] == "says that the wait is 17 days"
    assert counted.known[-1] == "usually sees people in 17 days (26 referrals counted)"
    assert said.cost == counted.cost


def test_a_wait_said_against_one_counted_is_no_like_figure() -> None:
    counted = replace(KNOWN, wait_days=17, wait_n=26)
    assert difference(counted, KNOWN, POLISH).lost == ("wait 4 days more by what they say",)
    assert difference(KNOWN, counted, POLISH).gained == ("wait 4 days less by what was counted",)


def test_a_change_is_told_by_what_is_gained_and_lost() -> None:
    other = Facts(answers=0.5, distance_km=22.0, fee=50.0, speaks=False, wait_days=20)
    assert difference(KNOWN, other, POLISH) == Difference(
        gained=("fee 20 less", "wait 1 day less"),
        lost=(
            "less likely to answer within 3 working days",
            "12 km further",
            "does not list Polish",
        ),
    )
    assert difference(Facts(), KNOWN, Wish()).gained[-2:] == ("takes new clients", "wait known")
