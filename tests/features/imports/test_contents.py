"""What a brought table becomes, and what is kept of it between the two steps."""

from __future__ import annotations

import pytest
from flask import Flask

from careteam.domain.importing import Known, Outcome
from careteam.features.imports.contents import (
    Brought,
    details_of_draft,
    judged,
    lacks_discipline,
    understand,
)
from careteam.kit.errors import Invalid
from careteam.kit.tables import read_csv, read_pasted

PASTED = """Ida Example, physio, 0117 496 0101, ida@example.org, Bristol
Noor Alder, Reiki healer, Bath
Arlo Marsh
0117 496 0199"""


def test_pasted_row_gives_name_discipline_contact_and_town(app: Flask) -> None:
    ida = judged(understand(read_pasted(PASTED)), ())[0]
    assert (ida.name, ida.disciplines) == ("Ida Example", ("physiotherapist",))
    assert (ida.phones, ida.emails) == (("+441174960101",), ("ida@example.org",))
    assert (ida.place, ida.bio) == ("Bristol", "")


def test_every_row_is_answered_in_order(app: Flask) -> None:
    rows = judged(understand(read_pasted(PASTED)), ())
    assert [(row.row, row.outcome) for row in rows] == [
        (1, Outcome.NEW),
        (2, Outcome.REFUSED),
        (3, Outcome.REFUSED),
        (4, Outcome.REFUSED),
    ]
    assert [lacks_discipline(row) for row in rows] == [False, True, True, False]


def test_choice_for_a_row_goes_before_the_choice_for_all(app: Flask) -> None:
    kept = understand(read_pasted(PASTED)).as_json()
    kept |= {"default": "counsellor", "by_row": {"2": "massage_therapist"}}
    rows = judged(Brought.from_json(kept), ())
    assert [row.disciplines for row in rows] == [
        ("physiotherapist",),
        ("massage_therapist",),
        ("counsellor",),
        (),
    ]
    assert (rows[1].place, rows[1].bio) == ("Bath", "Reiki healer")


def test_what_is_kept_comes_back_the_same(app: Flask) -> None:
    brought = understand(read_csv(b"Name,Beruf\nIda,physio\nOtto,1,2,3\n"))
    assert Brought.from_json(brought.as_json()) == brought
    assert [problem[0] for problem in brought.problems] == [3]


def test_row_of_somebody_who_is_there_is_the_same(app: Flask) -> None:
    known = [Known("k1", "Ida Example", emails=("ida@example.org",))]
    ida = judged(understand(read_pasted(PASTED)), known)[0]
    assert (ida.outcome, ida.same_as) == (Outcome.SAME, "k1")


def test_more_numbers_and_addresses_are_kept(app: Flask) -> None:
    table = read_csv(
        b"name,discipline,practice,phone,mobile,email\n"
        b"Ida,physio,Quay,0117 496 0101,0117 496 0102,a@example.org b@example.org\n"
    )
    details = details_of_draft(judged(understand(table), ())[0])
    assert (details.phone, details.email) == ("+441174960101", "a@example.org")
    assert details.workplaces[0].phone == "+441174960102"
    assert details.bio == "Also: b@example.org"


def test_row_the_directory_cannot_store_is_refused_not_raised(app: Flask) -> None:
    table = read_csv(b"name,discipline,website\nIda,physio,http://?.x\nOtto,physio,\n")
    outcomes = {row.name: row.outcome for row in judged(understand(table), ())}
    assert outcomes["Otto"] is Outcome.NEW


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_nothing_is_refused_in_words(app: Flask, text: str) -> None:
    with pytest.raises(Invalid, match="nothing in it"):
        understand(read_pasted(text))


def test_too_many_rows_are_refused_with_the_number(app: Flask) -> None:
    with pytest.raises(Invalid, match="10,001 rows"):
        understand(read_pasted("\n".join(f"Ida {n}, physio" for n in range(10_001))))
