"""Separated values and workbooks: read as far as they can be, answered where they cannot."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from careteam.kit.tables import (
    Row,
    RowProblem,
    guard_cell,
    read_csv,
    read_file,
    read_xlsx,
    unguard_cell,
    values,
    workbook,
)

PLAIN = "Name;Beruf\nZoë Beispiel;Ärztin\n"


def book_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(book, name, content):
    """Return the workbook with one part replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.encode("cp1252"),
        PLAIN.replace("\n", "\r\n").encode(),
        ("sep=;\n" + PLAIN).encode(),
    ],
)
def test_encodings_give_the_same_table(data):
    table = read_csv(data)
    assert table.headers == ("Name", "Beruf")
    assert [row.cells for row in table.rows] == [("Zoë Beispiel", "Ärztin")]
    assert table.problems == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separator_is_recognised(separator):
    lines = [("Name", "Fee, usual", "Place"), ("A", "50; 60", "York"), ("B", "70", "Leeds")]
    quoted = "\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    table = read_csv(quoted.encode())
    assert table.headers == lines[0]
    assert table.rows == (Row(2, lines[1]), Row(3, lines[2]))


def test_quoted_line_break_stays_in_its_cell():
    table = read_csv(b'Name,Address\nA,"1 High Street\nYork"\nB,Leeds\n')
    assert table.rows == (Row(2, ("A", "1 High Street\nYork")), Row(3, ("B", "Leeds")))


def test_headings_are_made_distinct_and_blank_ones_numbered():
    table = read_csv(b"Phone,,phone,Phone\n1,2,3,4\n")
    assert table.headers == ("Phone", "Column 2", "phone (2)", "Phone (3)")


def test_first_row_with_contact_details_is_data():
    table = read_csv(b"Anna Example,physio,anna@example.org\nBen Sample,osteopath,,York\n")
    assert table.headings_row == 0
    assert table.headers == ("Column 1", "Column 2", "Column 3", "Column 4")
    assert table.rows[0] == Row(1, ("Anna Example", "physio", "anna@example.org", ""))


def test_headings_can_be_taken_back_as_data():
    table = read_csv(b"Anna Example,physio\nBen Sample,osteopath\n").headings_as_data()
    assert table.headers == ("Column 1", "Column 2")
    assert [row.number for row in table.rows] == [1, 2]
    assert table.rows[0].cells == ("Anna Example", "physio")
    assert table.headings_as_data() == table


def test_short_row_is_filled_and_long_row_is_a_problem():
    table = read_csv(b"Name,Place\nA\n\nB,York,extra,more\nC,Leeds,,\n")
    assert table.rows == (Row(2, ("A", "")), Row(5, ("C", "Leeds")))
    assert table.problems == (RowProblem(4, "has 4 cells but there are 2 headings"),)


def test_unclosed_quotation_mark_is_a_problem_not_a_loss():
    lines = "".join(f"P{n},York\n" for n in range(100))
    table = read_csv(f'Name,Place\nA,Leeds\n"B,Hull\n{lines}'.encode())
    assert table.rows == (Row(2, ("A", "Leeds")),)
    assert table.problems == (
        RowProblem(3, "has a quotation mark that is not closed, so the rows below it ran together"),
    )


def test_cell_beyond_any_limit_is_a_problem():
    table = read_csv(b"Name,Note\nA," + b"x" * 200_000 + b"\nB,y\n")
    assert table.rows[-1] == Row(3, ("B", "y"))
    assert table.problems == (RowProblem(2, "has a cell of more than 10,000 characters"),)


def test_too_many_rows_stop_the_reading(monkeypatch):
    monkeypatch.setattr(values, "MAX_ROWS", 3)
    table = read_csv(b"Name\nA\nB\nC\nD\nE\n")
    assert [row.cells[0] for row in table.rows] == ["A", "B", "C"]
    assert table.problems == (RowProblem(5, "this and later rows were not read: the limit is 3"),)


def test_too_many_columns_and_bytes_are_refused():
    assert "100 columns" in read_csv(b",".join([b"x"] * 101)).refusal
    assert read_csv(b"a" * (10 * 1024 * 1024 + 1)).refusal == "The file is larger than 10 MB."
    assert read_xlsx(b"a" * (10 * 1024 * 1024 + 1)).refusal == "The file is larger than 10 MB."


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe", b" , ,\n"])
def test_nothing_in_it_is_said(data):
    assert read_csv(data).refusal == "There is nothing in it."


def test_workbook_gives_values_as_people_write_them():
    table = read_file(
        book_of(
            ("Name", "Phone", "Since", "Open", "Fee", "Checked"),
            ("A", 1632960123, date(2025, 3, 4), True, 52.5, datetime(2025, 3, 4, 9, 30)),
            (None,) * 6,
            ("B", "#N/A", None, False, 60.0, None),
        )
    )
    assert table.headers == ("Name", "Phone", "Since", "Open", "Fee", "Checked")
    assert table.rows == (
        Row(2, ("A", "1632960123", "2025-03-04", "yes", "52.5", "2025-03-04T09:30:00")),
        Row(4, ("B", "", "", "no", "60", "")),
    )


def test_formula_is_not_calculated():
    table = read_xlsx(book_of(("Name", "Fee"), ("A", "=1+1")))
    assert table.rows == (Row(2, ("A", "")),)


def test_one_cell_far_away_does_not_fill_the_gap():
    book = Workbook()
    book.active["A1"], book.active["A2"] = "Name", "A"
    book.active["XFD1048576"] = "far"
    stream = io.BytesIO()
    book.save(stream)
    assert read_xlsx(stream.getvalue()).rows == (Row(2, ("A",)),)


def test_workbook_that_unpacks_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 200_000)
    bomb = with_part(book_of(("Name",), ("A",)), "xl/media/zeros.bin", b"\0" * 300_000)
    assert len(bomb) < 20_000
    assert "too large when unpacked" in read_xlsx(bomb).refusal


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_workbook_with_entities_is_refused(encoding):
    sheet = '<!DOCTYPE x [<!ENTITY a "ha">]><worksheet/>'.encode(encoding)
    book = with_part(book_of(("Name",), ("A",)), "xl/worksheets/sheet1.xml", sheet)
    assert "not an Excel workbook that can be read" in read_xlsx(book).refusal
    assert read_xlsx(book).rows == ()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04 and nothing more", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password-protected"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_other_files_are_refused_by_name(data, word):
    assert word in read_file(data).refusal


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 1632 960123", "-5", "@x", "\t=1", "\r=1", "  =cmd", "\uff1dx"]
)
def test_cell_that_could_be_a_formula_is_guarded(cell):
    assert guard_cell(cell) == "'" + cell
    assert unguard_cell(guard_cell(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Anna", "1+1", "O'Sample", "'tis", "a=b"])
def test_other_cells_stay(cell):
    assert guard_cell(cell) == cell
    assert unguard_cell(cell) == cell


@given(st.text())
def test_guard_is_undone_by_reading(cell):
    guarded = guard_cell(cell)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    if guarded != cell:
        assert unguard_cell(guarded) == cell


def widths_agree(table):
    return all(len(row.cells) == len(table.headers) for row in table.rows)


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400))
def test_no_bytes_raise(data):
    assert widths_agree(read_file(data))
    assert widths_agree(read_file(b"PK\x03\x04" + data))


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="ab\"',;\t\n\r\0=@1\u2028", max_size=80))
def test_no_separated_values_raise(text):
    assert widths_agree(read_csv(text.encode()))


WHOLE_BOOK = book_of(("Name", "Phone"), ("A", "01632 960123"))


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(WHOLE_BOOK) - 1), st.binary(min_size=1, max_size=6))
def test_no_damaged_workbook_raises(place, damage):
    data = WHOLE_BOOK[:place] + damage + WHOLE_BOOK[place + len(damage) :]
    assert widths_agree(read_xlsx(data))
    assert widths_agree(read_xlsx(WHOLE_BOOK[:place]))


def test_sheet_of_too_many_cells_is_refused_and_blank_ones_do_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("careteam.kit.tables.workbook.MAX_CELLS", 6)
    blank = [("A", None, None, None)] * 4
    assert len(read_xlsx(book_of(("Name", "Phone"), *blank)).rows) == 4
    full = read_xlsx(book_of(("Name", "Phone"), *[("A", "1")] * 3))
    assert full.rows == ()
    assert "more than 6 filled cells" in full.refusal
