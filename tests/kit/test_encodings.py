"""Windows-1252 and Mac Roman told apart by where their letters stand."""

from __future__ import annotations

import pytest

from careteam.kit.tables import read_csv
from careteam.kit.tables.cards import read_cards
from careteam.kit.tables.encodings import (
    SINGLE_BYTE,
    decoded_as,
    encoding_of,
    read_otherwise,
)

FRENCH = "Nom,Métier\nZoé Lefèvre,kinésithérapeute\nÉmile Garçon,ostéopathe – le matin"
GERMAN = "Name,Größe\nJürgen Müller,Praxis „Süd“\nÄnne Weiß,Köln"
SPANISH = "Nombre,Señas\nIñigo Muñoz,España"
ENGLISH = "Name,Note\nAnna O’Shea,Mon–Fri – the café’s own rooms"


@pytest.mark.parametrize("text", [FRENCH, GERMAN, SPANISH, ENGLISH])
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_words_tell_the_encoding(text: str, encoding: str) -> None:
    assert encoding_of(text.encode(encoding)) == encoding
    assert decoded_as(text.encode(encoding), encoding) == text


@pytest.mark.parametrize(
    ("text", "taken"),
    [("Köhler", "cp1252"), ("Miloš", "cp1252"), ("rené", "cp1252"), ("RENÉ", "cp1252")],
)
def test_what_fits_both_is_taken_for_windows(text: str, taken: str) -> None:
    assert encoding_of(text.encode("cp1252")) == taken


@pytest.mark.parametrize("text", [FRENCH, GERMAN, SPANISH, ENGLISH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_unicode_is_known_for_certain(text: str, encoding: str) -> None:
    assert encoding_of(text.encode(encoding)) == encoding


def test_one_broken_letter_does_not_spoil_the_others() -> None:
    text = (FRENCH * 3).encode() + b"\xe9"
    assert encoding_of(text) == "utf-8"
    assert decoded_as(text, "utf-8").startswith(FRENCH)


def test_nothing_is_lost_by_reading_in_the_wrong_encoding_first() -> None:
    every = bytes(range(0x80, 0x100))
    for was in SINGLE_BYTE:
        for now in SINGLE_BYTE:
            (cell,) = read_otherwise([decoded_as(every, was)], was, now)
            assert cell == decoded_as(every, now), (was, now)


def test_list_of_an_old_mac_is_read() -> None:
    table = read_csv(FRENCH.replace("\n", "\r").encode("mac_roman"))
    assert table.encoding == "mac_roman"
    assert table.headers == ("Nom", "Métier")
    assert table.rows[0].cells == ("Zoé Lefèvre", "kinésithérapeute")


def test_address_book_of_an_old_mac_is_read() -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Zoé Lefèvre\nTITLE:kinésithérapeute\nEND:VCARD"
    (row,) = read_cards(card.encode("mac_roman")).rows
    assert row.cells[:2] == ("Zoé Lefèvre", "kinésithérapeute")
