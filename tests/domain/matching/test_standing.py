"""Who of a standing team comes first, who is missing, and what is amiss with somebody."""

from __future__ import annotations

from datetime import date

from careteam.domain.matching import (
    Accepting,
    Asked,
    Candidate,
    Wanted,
    gaps,
    order_candidates,
    standing_first,
    worries,
)

TODAY = date(2026, 3, 4)
WANTED = Wanted("dietitian", place_known=False)


def a_candidate(name: str, accepting: Accepting = Accepting.UNKNOWN) -> Candidate:
    return Candidate(name, name, ("dietitian",), accepting=accepting, said_on=TODAY)


def shortlist(*candidates: Candidate):
    return order_candidates(WANTED, candidates, TODAY)


def names(ranked) -> list[str]:
    return [each.candidate.name for each in ranked]


def test_people_of_the_standing_team_come_before_the_plain_order_which_keeps_a_name():
    offered = standing_first(shortlist(*map(a_candidate, "abcde")), {"c", "d", "e"}, 3)

    assert names(offered.own) == ["c", "d", "e"]
    assert names(offered.beside) == ["a"]
    assert names(offered.others) == ["b"]


def test_whoever_takes_nobody_does_not_come_first():
    found = shortlist(a_candidate("a"), a_candidate("b"), a_candidate("full", Accepting.NO))
    offered = standing_first(found, {"full"}, 1)

    assert names(offered.own) == []
    assert names(offered.beside) == ["a", "b"]
    assert names(offered.others) == ["full"]


def test_alternatives_fill_a_gap_and_what_nobody_does_is_one():
    asked = [Asked("dietitian", ("nutritionist",)), Asked("counsellor"), Asked("counsellor")]

    assert gaps(asked, {"nutritionist"}) == ("counsellor",)


def test_worries_are_told_in_the_order_in_which_they_count():
    full = Candidate("a", "a", (), accepting=Accepting.NO, last_verified_on=date(2025, 3, 3))
    checked = Candidate(
        "b", "b", (), accepting=Accepting.YES, said_on=TODAY, last_verified_on=TODAY
    )

    assert worries(full, TODAY) == ("takes no new clients", "details last checked 3 Mar 2025")
    assert worries(checked, TODAY) == ()
    assert worries(checked, TODAY, is_gone=True) == ("no longer in the directory",)
