"""The benchmark's community is sound, and its verdicts say what the figures say."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from careteam.cli.check import problems
from careteam.features.clients.models import Client
from careteam.features.demo.keys import practitioner_id
from careteam.features.directory.models import Practitioner
from careteam.features.plans.models import Milestone
from careteam.features.referrals.models import Referral
from careteam.kit.db import db
from tools.benching.community import Size, fill
from tools.benching.pages import Page
from tools.benching.report import Measured, Result, table, verdicts
from tools.benching.watch import Timing


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_community_has_its_size_and_agrees_with_itself(app: Flask):
    fill(Size(70, 720))

    lead = select(func.count()).where(Client.lead_id == practitioner_id("linnet"))
    assert (count(Practitioner), count(Referral)) == (70, 720)
    assert db.session.scalar(lead) == 40
    assert count(Milestone) > 400
    assert list(problems()) == []


def result(size: int, times: float, statements: int, picture: float) -> Result:
    def one(name: str, path: str, aim: float | None, times_empty: float, sql: int) -> Measured:
        timing = Timing(median=12.0, p95=20.0, times_empty=times_empty, size=8000)
        return Measured(Page(name, path, aim), timing, sql)

    return Result(
        Size(size, size * 10),
        one("Empty page", "/empty", None, 1.0, 4),
        [
            one("Clients", "/clients", 4.0, times, statements),
            one("Network, picture", "/network.json", None, picture, 5),
        ],
    )


def test_aims_that_are_met_are_said_to_be():
    found = list(verdicts([result(60, 3.9, 8, 2.0), result(1000, 4.0, 8, 2.9)]))

    assert [is_met for is_met, _ in found] == [True, True, True, True]


def test_each_aim_that_is_missed_is_named():
    found = list(verdicts([result(60, 3.9, 8, 2.0), result(1000, 4.1, 9, 3.1)]))

    assert found == [
        (True, "pages within their multiples of the empty page at 60"),
        (False, "pages within their multiples of the empty page at 1,000: not Clients 4.1 of 4"),
        (False, "the same number of statements at every size: not Clients [8, 9]"),
        (
            False,
            "own neighbourhood independent of the size: 1.6 times as long, 1.0 times as large",
        ),
    ]


def test_table_marks_what_is_over():
    lines = list(table(result(1000, 4.1, 8, 2.0)))

    assert lines[0] == "1,000 practitioners, 10,000 referrals"
    assert lines[3].split() == ["Clients", "12.0", "20.0", "4.1", "4", "8", "8.0", "over"]
    assert not lines[4].endswith("over")
