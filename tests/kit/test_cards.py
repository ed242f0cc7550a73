"""Address books in the styles of phones and mail programs, read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.kit.cards import Card, cards_of
from careteam.kit.tables import read_cards, read_file

IPHONE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.0//EN
N:Example;Ida;;Dr;
FN:Dr Ida Example
ORG:Quay Rooms;Feet
TITLE:Podiatrist
EMAIL;type=INTERNET;type=WORK;type=pref:ida@example.org
item1.TEL;type=pref:0117 496 0101
item1.X-ABLabel:_$!<Work>!$_
TEL;type=WORK;type=FAX:0117 496 0199
item2.ADR;type=HOME:;;1 High St;York;;;
item3.ADR;type=WORK:;;2 Quay\\, left;Bath;;BA1;UK
URL;type=WORK:https\\://ida.example.org
NOTE:Mornings\\, not Fridays\\nRing twice
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ
 AAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAK
END:VCARD
"""
IDA = (
    "Dr Ida Example", "Podiatrist", "Quay Rooms", "Bath", "0117 496 0101", "ida@example.org",
    "https://ida.example.org", "Mornings, not Fridays\nRing twice",
)  # fmt: skip
ANDROID = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen M=C3=
=BCller
TEL;CELL:07700 900123
TEL;WORK:0117 496 0102
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
 AYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhY

END:VCARD
"""
JUERGEN = ("Jürgen Müller", "", "", "", "07700 900123; 0117 496 0102", "", "", "")
OUTLOOK = """BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=de;CHARSET=Windows-1252:Groß;Änne
ORG;CHARSET=Windows-1252:Praxis;Reha
TITLE:Physiotherapist
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:Gr=FC=DFe=0D=0A=
zweite Zeile
AGENT:
BEGIN:VCARD
FN:Somebody Else
END:VCARD
EMAIL;PREF;INTERNET:aenne@example.org
END:VCARD
"""
FOUR = """BEGIN:VCARD
VERSION:4.0
FN:Noor Alder
TEL;VALUE=uri;TYPE="voice,work":tel:+44-117-496-0103
ADR;LABEL="1 Quay: left";TYPE=work:;;;Bristol;;;
END:VCARD
"""


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        (IPHONE.encode(), IDA),
        (IPHONE.replace("\n", "\r\n").encode("utf-8-sig"), IDA),
        (IPHONE.encode("utf-16"), IDA),
        (ANDROID.encode(), JUERGEN),
        (
            OUTLOOK.encode("cp1252"),
            ("Änne Groß", "Physiotherapist", "Praxis", "", "", "aenne@example.org", "",
             "Grüße\r\nzweite Zeile"),
        ),
        (FOUR.encode(), ("Noor Alder", "", "", "Bristol", "+44-117-496-0103", "", "", "")),
    ],
    ids=["iPhone", "with a mark", "UTF-16", "Android", "Outlook", "vCard 4"],
)  # fmt: skip
def test_card_of_each_style_loses_nothing(data: bytes, cells: tuple[str, ...]) -> None:
    table = read_file(data)
    assert [(row.number, row.cells) for row in table.rows] == [(1, cells)]
    assert not table.problems


def test_card_that_is_cut_off_is_told_and_the_others_are_read() -> None:
    table = read_cards((FOUR + IPHONE.replace("END:VCARD", "")).encode())
    assert [row.cells[0] for row in table.rows] == ["Noor Alder"]
    assert [(each.row, each.reason) for each in table.problems] == [
        (2, "is a card that is cut off")
    ]


LINE = st.text(
    "".join(chr(code) for code in range(32, 127) if code != ord("'")) + "é\t", max_size=90
)


@given(name=LINE, note=st.text(max_size=200), place=LINE, email=LINE)
def test_what_is_written_is_read_back(name: str, note: str, place: str, email: str) -> None:
    card = Card("1", name, title=place, practice=place, places=(place,), email=email, note=note)
    (row,) = read_cards(cards_of([card])).rows
    told = (name, place, place, place)
    assert [" ".join(cell.split()) for cell in row.cells[:4]] == [" ".join(x.split()) for x in told]


@given(st.text(";\\ab", max_size=8))
def test_part_that_ends_in_a_backslash_ends_there(place: str) -> None:
    (row,) = read_cards(cards_of([Card("1", "Ida", places=(place, "Bath"))])).rows
    assert row.cells[3] == place or (row.cells[3], place) == ("Bath", "")


@given(st.binary(max_size=300), st.lists(st.sampled_from(IPHONE.split("\n") + OUTLOOK.split("\n"))))
def test_no_file_raises(noise: bytes, lines: list[str]) -> None:
    read_cards(b"BEGIN:VCARD\n" + noise + "\n".join(lines).encode("cp1252", "replace"))
