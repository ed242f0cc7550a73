"""Which referral counts for what, and what is said of somebody."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from careteam.domain.responsiveness import (
    Calls,
    Figures,
    Moment,
    Referrals,
    count,
    learn_priors,
    measure,
)

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)  # a Wednesday
MOMENT = Moment(NOW.timestamp(), UTC)
FLAGS = ("refused", "closed", "seen", "reported", "by_hand")


def ago(days: float) -> float:
    return (NOW - timedelta(days=days)).timestamp()


def referrals(*rows: dict[str, Any]) -> Referrals:
    """Rows by days ago; what is left out has not happened."""
    columns: dict[str, Any] = {"receiver": np.array([row.get("receiver", 0) for row in rows], int)}
    for field in fields(Referrals)[1:]:
        if field.name in FLAGS:
            columns[field.name] = np.array([row.get(field.name, False) for row in rows], bool)
        else:
            given = [row.get(field.name, row["sent"] if field.name == "delivered" else None)
                     for row in rows]  # fmt: skip
            columns[field.name] = np.array(
                [np.nan if days is None else ago(days) for days in given], float
            )
    return Referrals(**columns)


def calls(*rows: tuple[float, float, bool]) -> Calls:
    given, told, reached = zip(*rows, strict=True) if rows else ((), (), ())
    return Calls(
        np.zeros(len(rows), int),
        np.array([ago(each) for each in given]),
        np.array([ago(each) for each in told]),
        np.array(reached, bool),
    )


def figures(rows: Referrals, told: Calls | None = None, people: int = 1) -> Figures:
    counted = count(rows, told or calls(), MOMENT, people)
    disciplines = np.zeros(people, int)
    return measure(counted, disciplines, learn_priors(counted, disciplines))


def counted(*rows: dict[str, Any], told: Calls | None = None, name: str = "answers") -> tuple:
    cases = count(referrals(*rows), told or calls(), MOMENT, 1).cases[name]
    return int(cases.hits[0]), int(cases.n[0])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"sent": 10, "answered": 9}, (1, 1)),
        ({"sent": 10, "answered": 2}, (0, 1)),
        ({"sent": 10}, (0, 1)),
        ({"sent": 2}, (0, 0)),
        ({"sent": 2, "answered": 1}, (0, 0)),
        # Friday to Wednesday: three working days, five days
        ({"sent": 5}, (0, 0)),
        ({"sent": 5.01}, (0, 1)),
        ({"sent": 20, "answered": 15.1}, (1, 1)),
        ({"sent": 20, "withdrawn": 19}, (0, 0)),
        ({"sent": 20, "withdrawn": 12}, (0, 1)),
        ({"sent": 20, "answered": 19, "withdrawn": 18}, (1, 1)),
        ({"sent": 20, "delivered": None}, (0, 0)),
        ({"sent": 20, "delivered": 10, "answered": 9}, (1, 1)),
        ({"sent": 20, "delivered": 10, "answered": 12}, (1, 1)),
    ],
)
def test_answer_counts_once_three_working_days_have_passed(row, expected):
    assert counted(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"sent": 20, "accepted": 18}, (1, 1)),
        ({"sent": 20, "answered": 18, "refused": True}, (0, 1)),
        ({"sent": 20, "answered": 18}, (0, 0)),
        ({"sent": 20}, (0, 0)),
        ({"sent": 20, "accepted": 18, "withdrawn": 10}, (1, 1)),
    ],
)
def test_acceptance_counts_decisions_only(row, expected):
    assert counted(row, name="acceptance") == expected


@pytest.mark.parametrize(
    ("row", "closing", "reporting"),
    [
        ({"sent": 60, "accepted": 50}, (0, 0), (0, 0)),
        ({"sent": 99, "accepted": 91}, (0, 1), (0, 0)),
        ({"sent": 99, "accepted": 91, "seen": True}, (0, 1), (0, 1)),
        ({"sent": 60, "accepted": 50, "seen": True, "closed": True, "ended": 5}, (1, 1), (0, 1)),
        ({"sent": 60, "accepted": 50, "seen": True, "reported": True}, (0, 0), (1, 1)),
        ({"sent": 60, "accepted": 50, "closed": True, "ended": 5}, (1, 1), (0, 0)),
        ({"sent": 99, "accepted": 95, "seen": True, "withdrawn": 9, "ended": 9}, (0, 0), (0, 0)),
        ({"sent": 99}, (0, 0), (0, 0)),
    ],
)
def test_loop_and_report_count_once_they_are_due(row, closing, reporting):
    assert counted(row, name="closing") == closing
    assert counted(row, name="reporting") == reporting


def test_what_clients_told_counts_and_is_marked():
    told = calls((20, 10, True), (20, 10, True), (20, 10, False), (3, 2, False))
    said = figures(referrals({"sent": 30, "answered": 29}, {"sent": 30}), told).of(0)

    assert said.answers is not None
    assert (said.answers.hits, said.answers.n, said.n) == (3, 5, 5)
    assert (said.told, said.no_call_back) == (3, 1)


def test_nothing_is_said_below_five():
    said = figures(referrals(*[{"sent": 30, "answered": 29, "accepted": 29}] * 4)).of(0)
    assert said.is_empty
    assert (said.n, said.by_hand, said.told) == (4, None, 0)


def test_five_are_said_with_interval_hours_days_and_share_by_hand():
    # sent on Monday 2 February, answered the next day
    row = {"sent": 30, "answered": 29, "accepted": 28, "appointment": 20}
    said = figures(
        referrals(*[row] * 3, {**row, "by_hand": True, "answered": 28}, {"sent": 30})
    ).of(0)

    assert said.answers is not None
    assert (said.answers.hits, said.answers.n, said.answers.level) == (4, 5, 0.9)
    assert 0 < said.answers.low < said.answers.share < said.answers.high < 1
    assert said.median_hours == pytest.approx(24)
    assert said.by_hand == 0.25
    assert said.median_days is None  # four acceptances


def test_days_to_the_first_appointment_count_those_still_without_one():
    row = {"sent": 30, "answered": 29, "accepted": 28}
    with_one = [{**row, "appointment": days} for days in (25, 22, 18)]
    assert figures(referrals(*with_one, row, row)).of(0).median_days == pytest.approx(12)
    assert figures(referrals(*with_one, *[row] * 4)).of(0).median_days is None


def test_each_practitioner_has_her_own_figures():
    good = [{"receiver": 0, "sent": 30, "answered": 29}] * 8
    bad = [{"receiver": 2, "sent": 30}] * 8
    found = figures(referrals(*good, *bad), people=3)

    first, second, third = (found.of(person).answers for person in range(3))

    assert second is None
    assert first is not None
    assert third is not None
    assert first.share > 0.8
    assert third.share < 0.2


def test_nobody_and_nothing_are_no_error():
    assert figures(referrals(), people=2).of(1).is_empty
