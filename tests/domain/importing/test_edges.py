"""A list of who referred to whom: who is meant, when, and what is wrong with a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from careteam.domain.importing import Known, Outcome
from careteam.domain.importing.days import read_day
from careteam.domain.importing.edges import (
    Edge,
    EdgeField,
    Meant,
    People,
    Wishes,
    guess_edge_columns,
    judge_edges,
    positional,
    read_edges,
    unclear_words,
)

TODAY = date(2026, 3, 4)
WREN, ASH, SAM, SAMUEL = "wren-id", "ash-id", "sam-1", "sam-2"
KNOWN = (
    Known(WREN, "Dr Wren Lead", ("wren@example.org",)),
    Known(ASH, "Ash Seated"),
    Known(SAM, "Sam Example"),
    Known(SAMUEL, "Sam Example"),
)


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[str, ...]


def judge(*edges: Edge, wishes: Wishes | None = None, most: int = 100) -> list[Meant]:
    wishes = wishes or Wishes(answer="accepted")
    return judge_edges(
        edges,
        People(KNOWN, wishes.people),
        wishes,
        today=TODAY,
        is_allowed=lambda sender, receiver: WREN in (sender, receiver),
        there={(WREN, ASH, date(2025, 1, 1))},
        most=most,
    )


def test_day_that_could_be_two_is_not_guessed_beside_one_with_the_month_first() -> None:
    either, plain = Edge(2, WREN, ASH, "03/02/2025"), Edge(3, WREN, ASH, "5/5/2025")
    assert judge(either)[0].happened_on == date(2025, 2, 3)
    judged = judge(either, plain, Edge(4, WREN, ASH, "03/25/2025"))
    assert [row.outcome for row in judged] == [Outcome.REFUSED, Outcome.NEW, Outcome.REFUSED]
    assert (judged[0].happened_on, "could be two days" in judged[0].why) == (None, True)


def test_people_are_known_by_id_mail_name_and_name_turned_round() -> None:
    people = People(KNOWN, {})
    for typed in ("wren-id", "WREN@example.org", "wren  lead", "Lead, Wren", "Dr. Wren Lead"):
        assert list(people.fitting(typed)) == [WREN], typed
    assert set(people.fitting("sam example")) == {SAM, SAMUEL}
    assert not people.fitting("Wren")
    assert [one.id for one in people.similar("Wren Leed")] == [WREN]
    assert not people.similar("p-40031")
    ada = People([Known("0", "Edda Fair")], {})
    assert [one.name for one in ada.similar("Edda")] == ["Edda Fair"]
    assert not ada.similar("6c7efe04-edda-4717-bd94-c8744e379d24")


@pytest.mark.parametrize(
    ("edge", "why"),
    [
        (Edge(2, "Wren Lead", "", "2025-03-01"), "It does not say to whom."),
        (Edge(2, "x9", "Ash Seated", "2025-03-01"), "“x9” is not in the directory."),
        (Edge(2, "Wren Lead", "Sam Example"), "2 people are called “Sam Example”."),
        (Edge(2, ASH, "Ash Seated"), "Sender and receiver are the same person."),
        (Edge(2, WREN, ASH, "2026-03-05"), "This day is still to come."),
        (Edge(2, WREN, ASH, "03/25/2025"),
         "“03/25/2025” is not a day. Write 2026-03-25 or 25 March 2026."),
        (Edge(2, WREN, ASH, "1850-01-01"), "This day lies before 1950."),
        (Edge(2, WREN, ASH), "It says no day."),
        (Edge(2, WREN, ASH, times=""), "It says neither a day nor a number."),
        (Edge(2, WREN, ASH, "2025-03-01", "0"), "“0” is no number from 1 to 1,000."),
        (Edge(2, WREN, ASH, "2025-03-01", "1", "perhaps"), "“perhaps” is no answer we know."),
        (Edge(2, ASH, SAM, "2025-03-01"),
         "Neither of the two is you. A steward imports for others."),
        (Edge(2, WREN, ASH, "1/1/2025"), "Is here already."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_said(edge: Edge, why: str) -> None:
    assert judge(edge)[0].why == why
    assert judge(edge)[0].outcome is not Outcome.NEW


def test_what_the_list_leaves_open_is_said_once_for_all_rows() -> None:
    rows = (Edge(2, WREN, "Sam Example", times="12"), Edge(3, "Sem", WREN, "2025-03-01", "", "no"))
    assert unclear_words(judge(*rows)) == [("Sam Example", 1), ("Sem", 1)]
    wishes = Wishes(date(2025, 12, 31), "accepted", {"sam example": SAM, "sem": SAMUEL})
    first, second = judge(*rows, wishes=wishes)
    assert (first.key, first.count, first.answer) == (
        (WREN, SAM, date(2025, 12, 31)), 12, "accepted",
    )  # fmt: skip
    assert (second.key, second.count, second.answer) == (
        (SAMUEL, WREN, date(2025, 3, 1)), 1, "declined",
    )  # fmt: skip


def test_a_repeated_row_and_one_beyond_the_limit_are_left_out() -> None:
    rows = (
        Edge(2, WREN, ASH, "2025-03-01", "3"),
        Edge(3, "Wren Lead", ASH, "01.03.2025"),
        Edge(4, WREN, ASH, "2025-03-02", "2"),
    )
    assert [row.why for row in judge(*rows, most=4)] == [
        "", "The same as row 2.", "The limit of 4 referrals is reached.",
    ]  # fmt: skip


def test_columns_by_their_headings_and_by_their_place() -> None:
    exported = guess_edge_columns(("from", "to", "kind", "referrals", "last", "from_id", "to_id"))
    assert exported is not None
    row = Row(2, ("Sam Example", "Ash Seated", "own", "7", "2026-01-10", SAM, ASH))
    assert read_edges([row], exported) == [Edge(2, SAM, ASH, "2026-01-10", "7")]
    assert guess_edge_columns(("Zuweiser", "Empfänger", "Datum")) == (
        EdgeField.FROM, EdgeField.TO, EdgeField.DAY,
    )  # fmt: skip
    assert guess_edge_columns(("Wren Lead", "Ash Seated", "3")) is None
    assert positional(("Wren Lead", "Ash Seated", "3"))[2] is EdgeField.COUNT
    assert positional(("Wren Lead", "Ash Seated", "3.2.2025"))[2] is EdgeField.DAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-03-25", date(2025, 3, 25)),
        ("2025-03-25T10:00:00Z", date(2025, 3, 25)),
        ("25/3/2025", date(2025, 3, 25)),
        ("25.03.2025", date(2025, 3, 25)),
        ("25 March 2025", date(2025, 3, 25)),
        ("March 25th, 2025", date(2025, 3, 25)),
        ("25. März 2025", date(2025, 3, 25)),
        ("le 1er août 2025", date(2025, 8, 1)),
        ("3 de enero de 2025", date(2025, 1, 3)),
        ("30 February 2025", None),
        ("March 2025", None),
        ("25 26 March 2025", None),
        ("0225-03-25", None),
        ("March", None),
    ],
)
def test_days(typed: str, day: date | None) -> None:
    assert read_day(typed) == day
