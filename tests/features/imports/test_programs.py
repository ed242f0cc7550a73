"""Address books and spreadsheets in the styles of common programs come in with nothing lost."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careteam.domain.importing import Known, Outcome
from careteam.domain.importing.edges import People, Wishes, judge_edges
from careteam.features.directory.catalogue import discipline_labels
from careteam.features.directory.checking import checked
from careteam.features.imports.contents import details_of_draft, judged, understand
from careteam.features.imports.edges import understand_edges
from careteam.kit import clock
from careteam.kit.errors import Invalid
from careteam.kit.tables import read_file
from tests.support import address_books as people
from tests.support.address_books import BOOKS

pytestmark = pytest.mark.either_database
PHONES = {"+441174960101", "+447700900101"}


def test_there_are_nineteen() -> None:
    assert len(BOOKS) == 19


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_is_lost(app: Flask, name: str) -> None:
    ida, otto = map(details_of_draft, judged(understand(read_file(BOOKS[name])), ()))
    (work,) = ida.workplaces
    said = {
        "name": ida.name,
        "disciplines": ida.disciplines,
        "practice": work.practice,
        "place": work.place,
        "phones": {ida.phone, work.phone},
        "emails": all(each in f"{ida.email} {ida.bio}" for each in (people.EMAIL, people.SECOND)),
        "website": ida.website,
        "note": all(line in (ida.bio or "") for line in people.NOTE.split("\n")),
    }
    assert said == {
        "name": people.NAME,
        "disciplines": ("physiotherapist",),
        "practice": people.PRACTICE,
        "place": people.TOWN,
        "phones": PHONES,
        "emails": True,
        "website": people.WEB,
        "note": True,
    }
    assert (otto.name, otto.disciplines, otto.phone) == (
        people.OTHER, ("dietitian",), "+4930901820",
    )  # fmt: skip


DAMAGED = st.builds(
    lambda name, place, damage, cut: (
        (whole := BOOKS[name])[: (at := place % len(whole))] + damage + whole[at + cut :]
    ),
    st.sampled_from(sorted(BOOKS)),
    st.integers(0, 100_000),
    st.one_of(
        st.binary(max_size=12), st.sampled_from([b'"', b"\n", b"\xff\xfe", b";;;", b"=\r\n"])
    ),
    st.sampled_from([0, 1, 7, 100_000]),
)
FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FEW
@given(data=DAMAGED)
def test_damaged_file_gives_an_answer_for_each_row_or_is_refused(app: Flask, data: bytes) -> None:
    try:
        brought = understand(read_file(data))
    except Invalid:
        return  # refused whole, in words
    rows = judged(brought, ())
    assert [row.row for row in rows] == sorted(
        [row.number for row in brought.rows] + [number for number, _ in brought.problems]
    )
    for row in rows:
        if row.outcome is Outcome.NEW:
            checked(details_of_draft(row), discipline_labels(), "GB")
        else:
            assert row.why


@FEW
@given(data=DAMAGED)
def test_damaged_list_of_referrals_is_answered_too(app: Flask, data: bytes) -> None:
    everybody = People([Known("1", people.NAME), Known("2", people.OTHER)], {})
    try:
        brought = understand_edges(read_file(data), everybody)
    except Invalid:
        return  # refused whole, in words
    judge_edges(
        brought.edges, everybody, Wishes(), today=clock.today(),
        is_allowed=lambda _sender, _receiver: True, there=set(), most=100,
    )  # fmt: skip
