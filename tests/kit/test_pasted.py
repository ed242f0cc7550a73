"""Contacts pasted on a phone. Names and numbers are made up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careteam.kit.tables import RowProblem, read_pasted


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (
            "Anna Example, physiotherapist, 01632 960123",
            ("Anna Example", "physiotherapist", "01632 960123", "", "", ""),
        ),
        (
            "Ben Sample; osteopath; ben@example.org; York",
            ("Ben Sample", "osteopath", "", "ben@example.org", "", "York"),
        ),
        (
            "Carla Muster - Hebamme - 0049 30 123456",
            ("Carla Muster", "Hebamme", "0049 30 123456", "", "", ""),
        ),
        ("07700 900123 Dan Invented", ("Dan Invented", "", "07700 900123", "", "", "")),
        (
            "Eve Made-Up (dietitian) eve@example.org, Tel: (01632) 960 124",
            ("Eve Made-Up", "dietitian", "(01632) 960 124", "eve@example.org", "", ""),
        ),
        ("1. Finn O'Sample: massage", ("Finn O'Sample", "massage", "", "", "", "")),
        (
            "- Gwen Ex, podiatrist, +44 1632 960125 ext 12, https://example.org/gwen.",
            ("Gwen Ex", "podiatrist", "+44 1632 960125 ext 12", "", "https://example.org/gwen", ""),
        ),
        (
            "Jo Sample Mobile: 07700900125 Email: jo@example.org",
            ("Jo Sample", "", "07700900125", "jo@example.org", "", ""),
        ),
        (
            "Kit Probe | yoga | 01632 960126 / 07700 900126 | Tuesdays | ring after six",
            (
                "Kit Probe",
                "yoga",
                "01632 960126, 07700 900126",
                "",
                "",
                "Tuesdays, ring after six",
            ),
        ),
        ("Lee Specimen\tchiropodist\t01632960127", ("Lee Specimen", "chiropodist", "01632960127")),
    ],
)
def test_line_is_read(line, cells):
    table = read_pasted(line)
    assert table.problems == ()
    assert table.rows[0].cells[: len(cells)] == cells


def test_lines_keep_their_numbers_and_nameless_ones_are_answered():
    table = read_pasted("Anna Example, physio\r\n\r\n01632 960123\r\nBen Sample")
    assert [(row.number, row.cells[0]) for row in table.rows] == [
        (1, "Anna Example"),
        (4, "Ben Sample"),
    ]
    assert table.problems == (RowProblem(3, "has no name: 01632 960123"),)


def test_cells_copied_from_a_sheet_keep_their_headings():
    table = read_pasted("Name\tDiscipline\tPlace\nAnna Example\tphysio\tYork\n")
    assert table.headers == ("Name", "Discipline", "Place")
    assert table.rows[0].cells == ("Anna Example", "physio", "York")


def test_a_year_a_postcode_and_a_price_are_no_telephone_numbers():
    table = read_pasted("Anna Example, physio since 1998, 12 High Street, 12345 York, 45-60")
    assert table.rows[0].cells[2] == ""


def test_very_long_line_is_answered():
    table = read_pasted("Anna Example\n" + "x" * 10_001)
    assert table.problems == (RowProblem(2, "is longer than 10,000 characters"),)


def test_nothing_pasted_is_said():
    assert read_pasted(" \n\t\n").refusal == "There is nothing in it."


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="ab1+@.,;-()\t\n \0:/www", max_size=200)))
def test_no_text_raises(text):
    table = read_pasted(text)
    assert all(len(row.cells) == len(table.headers) for row in table.rows)
