"""A spreadsheet of 200 with 30 who are in it twice: imported, corrected, two made one and taken
apart again, and the import undone."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import OpenPage, Practice
from tests.browser.steps.stations import station

HEADINGS = ("Who", "Does", "Where", "Ring", "Mail")
TRADES = ("physio", "dietitian", "counsellor", "osteopath")
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TWICE = "Ida Example"
FIRST = "Edda Arlo Noor Otto Mina Juno Sefa Lars Tove Aino Remi Iris Hugo Vera".split()
LAST = "Sample Marsh Quill Tarn Brook Heath Birch Fell Dale Croft Moss Larch".split()
NAMES = [f"{first} {last}" for last in LAST for first in FIRST]


def rows() -> list[tuple[str, ...]]:
    """170 people, of whom two are likely one, and 30 of them once more with another spelling."""
    once = [
        (name, TRADES[n % 4], "Leeds", f"0113 496 0{n:03d}", f"person{n}@example.org")
        for n, name in enumerate(NAMES)
    ]
    pair = [(TWICE, "physio", town, "", "") for town in ("York", "")]
    again = [(f"Dr {row[0]}", row[1], "", "", row[4]) for row in once[:30]]
    return [*once, *pair, *again]


def book(lines: list[tuple[str, ...]]) -> FilePayload:
    made, data = Workbook(), io.BytesIO()
    for line in (HEADINGS, *lines):
        made.active.append(line)
    made.save(data)
    return {"name": "contacts.xlsx", "mimeType": KIND, "buffer": data.getvalue()}


@pytest.mark.parametrize("device", ["phone"], indirect=True)
def test_spreadsheet_is_imported_corrected_and_undone(
    practice: Practice, open_page: OpenPage
) -> None:
    page = open_page(practice.url, **practice.signed_in)
    bring(page, rows())
    columns_are_put_right(page)
    page.get_by_role("button", name="Import 170 entries", exact=True).click()
    expect(page.get_by_role("heading", name="170 entries are in the directory now")).to_be_visible()
    first = page.url
    a_new_number_is_taken(page)
    two_become_one_and_two_again(page)
    page.goto(first)
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_role("heading", name="167 entries were taken back")).to_be_visible()
    expect(page.get_by_text("3 stay: somebody changed the entry")).to_be_visible()
    station(page, "import-undone")


def bring(page: Page, lines: list[tuple[str, ...]]) -> None:
    page.goto("/import/practitioners")
    page.get_by_label("Spreadsheet or address book").set_input_files(book(lines))
    page.get_by_role("button", name="Look at the rows").click()
    expect(page.get_by_role("heading", name="What would be written")).to_be_visible()


def columns_are_put_right(page: Page) -> None:
    """Nobody knows what "Where" holds; the rest is known by what stands in it."""
    page.get_by_text("What each column holds").click()
    page.get_by_label("Where", exact=True).select_option(label="Town")
    page.get_by_role("button", name="Read the columns so").click()
    expect(page.get_by_role("link", name="New (170)")).to_be_visible()
    page.get_by_role("link", name="Here already (30)").click()
    expect(page.get_by_text("has the same contact person0@example.org")).to_be_visible()
    station(page, "import-preview")


def a_new_number_is_taken(page: Page) -> None:
    """The same list half a year later: its columns are remembered, one person has moved."""
    moved = (NAMES[7], "osteopath", "York", "0113 496 0999", "person7@example.org")
    bring(page, [moved])
    expect(page.get_by_text("The columns are read as you said")).to_be_visible()
    page.get_by_label("Telephone: 0113 496 0999 (now 0113 496 0007)").check()
    station(page, "import-changes")
    page.get_by_role("button", name="Import with what is ticked").click()
    expect(page.get_by_role("heading", name="1 entry was changed")).to_be_visible()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("1 entry says again what it said before")).to_be_visible()


def two_become_one_and_two_again(page: Page) -> None:
    page.goto("/practitioners/duplicates")
    page.get_by_role("link", name=f"{TWICE} and {TWICE}").click()
    page.get_by_role("button", name="Make them one").click()
    expect(page.get_by_text(f"{TWICE} is one entry now")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("These are two entries again")).to_be_visible()
