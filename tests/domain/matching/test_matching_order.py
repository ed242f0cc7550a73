"""The plain order of candidates and the words that explain it."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from careteam.domain.matching import (
    Accepting,
    Candidate,
    Filter,
    Shortlist,
    Wanted,
    WorkingWay,
    explain_order,
    order_candidates,
)

TODAY = date(2026, 11, 24)
YES, NO, UNKNOWN = Accepting.YES, Accepting.NO, Accepting.UNKNOWN
PERSON, ONLINE = WorkingWay.IN_PERSON, WorkingWay.ONLINE
DIETITIAN = Wanted("dietitian")


def someone(name: str, **more: Any) -> Candidate:
    values: dict[str, Any] = {
        "disciplines": ("dietitian",),
        "distance_km": 4.0,
        "accepting": YES,
        "said_on": date(2026, 11, 20),
        "usual_wait_days": 10,
        **more,
    }
    return Candidate(practitioner_id=name.lower(), name=name, **values)


def names(shortlist: Shortlist) -> list[str]:
    return [ranked.candidate.name for ranked in shortlist.ranked]


def test_everything_known_is_said_in_words() -> None:
    wanted = Wanted("dietitian", languages=("Polish", "English"), ways=frozenset({PERSON, ONLINE}))
    ana = someone(
        "Ana",
        languages=("English", "polish"),
        ways=frozenset({PERSON, ONLINE}),
        last_verified_on=date(2025, 3, 1),
    )
    ranked = order_candidates(wanted, [ana], TODAY).ranked[0]
    assert ranked.reasons == (
        "takes new clients (said 20 Nov)",
        "speaks Polish and English",
        "sees clients in person or online",
        "4 km away",
        "says that the wait is 10 days",
        "details checked 1 Mar 2025",
    )
    assert ranked.drawbacks == ()


def test_everything_unknown_is_said_too() -> None:
    wanted = Wanted("dietitian", languages=("Polish",), ways=frozenset({ONLINE}))
    ranked = order_candidates(wanted, [Candidate("b", "Bo", ("dietitian",))], TODAY).ranked[0]
    assert ranked.reasons == ()
    assert ranked.drawbacks == (
        "not known whether new clients are taken",
        "languages not known",
        "ways of working not known",
        "distance not known",
        "wait not known",
    )


def test_entry_that_nobody_confirmed_for_six_months_says_so_and_stands_where_it_stood() -> None:
    old = someone("Ana", confirmed_on=date(2026, 5, 24))
    held = someone("Bo", confirmed_on=date(2026, 5, 25))
    shortlist = order_candidates(Wanted("dietitian"), [held, old], TODAY)
    assert names(shortlist) == ["Ana", "Bo"]
    assert shortlist.ranked[0].drawbacks == ("not confirmed for six months (last 24 May)",)
    assert shortlist.ranked[1].drawbacks == ()


def test_drawbacks_are_said_in_words() -> None:
    wanted = Wanted("dietitian", ("nutritionist",), languages=("Polish",), ways=frozenset({ONLINE}))
    bo = someone(
        "Bo",
        disciplines=("nutritionist",),
        languages=("English",),
        ways=frozenset({PERSON}),
        distance_km=31.6,
        usual_wait_days=60,
        accepting=NO,
    )
    assert order_candidates(wanted, [bo], TODAY).ranked[0].drawbacks == (
        "takes no new clients (said 20 Nov)",
        "of a discipline that may stand in, not the one asked for",
        "does not list Polish",
        "does not offer online",
        "32 km away",
        "says that the wait is 60 days",
    )


def test_who_takes_no_new_clients_stands_last_and_is_marked() -> None:
    full = someone("Ana", accepting=NO, said_on=None, distance_km=1.0)
    far = someone("Bo", accepting=UNKNOWN, said_on=None, distance_km=90.0)
    shortlist = order_candidates(DIETITIAN, [full, far], TODAY)
    assert names(shortlist) == ["Bo", "Ana"]
    assert shortlist.ranked[1].accepting is NO
    assert shortlist.ranked[1].drawbacks == ("takes no new clients",)


def test_old_yes_is_no_longer_relied_on() -> None:
    old = someone("Ana", said_on=date(2026, 5, 1))
    just = someone("Cy", said_on=date(2026, 5, 28))
    assert order_candidates(DIETITIAN, [just], TODAY).ranked[0].accepting is YES
    shortlist = order_candidates(DIETITIAN, [old, someone("Bo")], TODAY)
    assert names(shortlist) == ["Bo", "Ana"]
    assert shortlist.ranked[1].drawbacks == (
        "not known whether new clients are taken (yes was said 1 May)",
    )


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, {"disciplines": ("nutritionist",), "distance_km": 1.0}),
        ({"languages": ("Polish",), "accepting": UNKNOWN}, {}),
        ({"ways": frozenset({ONLINE}), "accepting": UNKNOWN}, {"ways": frozenset({PERSON})}),
        ({"distance_km": 90.0}, {"accepting": UNKNOWN}),
        ({"distance_km": 5.0, "usual_wait_days": 99}, {"distance_km": 5.1}),
        ({"distance_km": 29.0, "usual_wait_days": None}, {"distance_km": 31.0}),
        ({"distance_km": 99.0}, {"distance_km": None}),
        ({"distance_km": 4.9, "usual_wait_days": 7}, {"distance_km": 0.2, "usual_wait_days": 8}),
        ({"usual_wait_days": 99}, {"usual_wait_days": None}),
        ({"distance_km": 3.9, "usual_wait_days": 21}, {"usual_wait_days": 8}),
        ({"last_verified_on": date(2026, 1, 2)}, {"last_verified_on": date(2026, 1, 1)}),
        ({"last_verified_on": date(2020, 1, 1)}, {}),
    ],
)
def test_order_compares_one_thing_after_the_other(
    better: dict[str, Any], worse: dict[str, Any]
) -> None:
    wanted = Wanted(
        "dietitian", ("nutritionist",), languages=("Polish",), ways=frozenset({ONLINE, PERSON})
    )
    if "ways" in better:
        wanted = Wanted("dietitian", ways=frozenset({ONLINE}))
    first, second = someone("Zoe", **better), someone("Abe", **worse)
    assert names(order_candidates(wanted, [second, first], TODAY)) == ["Zoe", "Abe"]


def test_equal_people_stand_by_name_then_id() -> None:
    twins = [Candidate(id_, "ana", ("dietitian",)) for id_ in ("2", "1")]
    shortlist = order_candidates(DIETITIAN, [*twins, Candidate("0", "Bo", ("dietitian",))], TODAY)
    assert [r.candidate.practitioner_id for r in shortlist.ranked] == ["1", "2", "0"]


def test_distance_plays_no_part_online_or_without_a_place() -> None:
    near = someone("Zoe", ways=frozenset({ONLINE}))
    far = someone("Abe", ways=frozenset({ONLINE}), distance_km=400.0)
    online = Wanted("dietitian", ways=frozenset({ONLINE}), within_km=10)
    nowhere = Wanted("dietitian", place_known=False, within_km=10)
    for wanted in (online, nowhere):
        shortlist = order_candidates(wanted, [near, far], TODAY)
        assert names(shortlist) == ["Abe", "Zoe"]
        assert shortlist.ranked[0].drawbacks == ()


def test_excluded_are_listed_with_every_filter_and_why() -> None:
    wanted = Wanted("dietitian", within_km=10, languages=("Polish",), only_language=True)
    shortlist = order_candidates(
        wanted,
        [
            someone("Cy", disciplines=("physiotherapist",), languages=("Polish",)),
            someone("Bo", distance_km=12.0),
            someone("Ana", languages=("Polish",), ruled_out="declined this on 3 Nov"),
            someone("Dot", distance_km=None, languages=("Polish",)),
        ],
        TODAY,
    )
    assert names(shortlist) == ["Dot"]
    assert shortlist.empty_because == ""
    assert [(off.candidate.name, off.by, off.why) for off in shortlist.excluded] == [
        ("Ana", (Filter.RULED_OUT,), "declined this on 3 Nov"),
        ("Bo", (Filter.DISTANCE, Filter.LANGUAGE), "12 km away"),
        ("Cy", (Filter.DISCIPLINE,), "another discipline"),
    ]


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([], "Nobody of this discipline is in the directory yet."),
        ([{"disciplines": ("coach",)}], "Nobody of this discipline is in the directory yet."),
        (
            [{"ruled_out": "is the client's partner"}],
            "All of this discipline are ruled out for this seat (1 person).",
        ),
        (
            [{"distance_km": 12.0}, {"distance_km": 12.0, "ways": frozenset({PERSON})},
             {"distance_km": 50.0, "ways": frozenset({ONLINE})},
             {"distance_km": 60.0, "ways": frozenset({ONLINE})}],
            "To see 2 people, look further away.",
        ),
        (
            [{"distance_km": 12.0, "ways": frozenset({ONLINE})},
             {"ways": frozenset({PERSON})}, {"ways": frozenset()}],
            "To see 2 people, allow every way of working.",
        ),
        ([{"ways": frozenset({PERSON})}], "To see 1 person, allow every way of working."),
        (
            [{"ways": frozenset({ONLINE}), "accepting": NO}],
            "To see 1 person, include those not known to take new clients.",
        ),
        (
            [{"distance_km": 12.0, "accepting": UNKNOWN}],
            "To see 1 person, look further away, allow every way of working "
            "and include those not known to take new clients.",
        ),
    ],
)  # fmt: skip
def test_empty_list_says_what_to_drop(people: list[dict[str, Any]], sentence: str) -> None:
    home = frozenset({ONLINE, WorkingWay.HOME_VISIT})
    wanted = Wanted("dietitian", within_km=10, ways=home, only_way=True, only_accepting=True)
    candidates = [someone(f"P{n}", **person) for n, person in enumerate(people)]
    shortlist = order_candidates(wanted, candidates, TODAY)
    assert shortlist.ranked == ()
    assert shortlist.empty_because == sentence


def test_at_least_two_names_are_offered_where_there_are_two() -> None:
    shortlist = order_candidates(DIETITIAN, [someone(n) for n in ("A", "B", "C", "D")], TODAY)
    assert len(shortlist.offered()) == 3
    assert len(shortlist.offered(1)) == 2
    alone = order_candidates(DIETITIAN, [someone("A")], TODAY)
    assert len(alone.offered()) == 1


def test_short_distances_and_waits_read_well() -> None:
    ranked = order_candidates(
        DIETITIAN, [someone("A", distance_km=0.3, usual_wait_days=1)], TODAY
    ).ranked[0]
    assert ranked.reasons[1:] == ("less than 1 km away", "says that the wait is 1 day")
    now = order_candidates(DIETITIAN, [someone("A", usual_wait_days=0)], TODAY).ranked[0]
    assert now.reasons[-1] == "says no wait"


def test_referrals_to_the_lead_have_no_place_in_a_candidate() -> None:
    assert {field.name for field in fields(Candidate)} == {
        "practitioner_id", "name", "disciplines", "distance_km", "languages", "accepting",
        "said_on", "usual_wait_days", "ways", "last_verified_on", "ruled_out",
        "confirmed_on", "fee", "practices",
    }  # fmt: skip
    assert "Who refers to whom does not count." in explain_order()
