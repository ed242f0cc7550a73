"""Which column is which."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.importing import Field, guess_columns, headings_are_data

CATALOGUE = {"physiotherapist": "Physiotherapist", "osteopath": "Osteopath"}


@dataclass(frozen=True)
class Line:
    number: int
    cells: tuple[str, ...]


def fields(headings, *rows):
    lines = [Line(number, cells) for number, cells in enumerate(rows, start=2)]
    return [guess.field for guess in guess_columns(headings, lines, CATALOGUE)]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            "Name|Profession|Clinic|Town|Languages|E-mail|Phone|Website|Accepting new clients?|Fee",
            "name disciplines practice place languages email phone website accepting fee",
        ),
        (
            "Vorname|Nachname|Beruf|Praxis|Ort|Sprachen|E-Mail-Adresse|Telefon|Handy|Honorar",
            "first_name last_name disciplines practice place languages email phone phone fee",
        ),
        (
            "Nom|Prénom|Métier|Cabinet|Ville|Langues|Courriel|Téléphone|Site web|Honoraires",
            "last_name first_name disciplines practice place languages email phone website fee",
        ),
        (
            "Naam|Beroep|Praktijk|Woonplaats|Talen|E-mailadres|Telefoonnummer|BIG-nummer|Tarief",
            "name disciplines practice place languages email phone registration fee",
        ),
        (
            "Nombre|Profesión|Clínica|Ciudad|Idiomas|Correo electrónico|Teléfono|Tarifa|Notas",
            "name disciplines practice place languages email phone fee bio",
        ),
        ("NAME|phone|Phone (2)|Telephone 3", "name phone phone phone"),
        (
            "Registration number|Registration body|Accepting",
            "registration registration_body accepting",
        ),
    ],
)
def test_headings_are_recognised(headings, expected):
    assert fields(headings.split("|")) == expected.split()


def test_second_column_of_one_kind_is_passed_over():
    assert fields(["Town", "City", "Birthday"]) == [Field.PLACE, None, None]


def test_columns_without_headings_are_known_by_their_cells():
    assert fields(
        ["Column 1", "Column 2", "Column 3", "Column 4", "Column 5"],
        ("Anna Example", "physio", "01632 960123", "anna@example.org", "www.example.org"),
        ("Ben O'Sample", "osteopath", "07700 900123", "", ""),
        ("Carla Muster", "", "", "", ""),
    ) == [Field.NAME, Field.DISCIPLINE, Field.PHONE, Field.EMAIL, Field.WEBSITE]


def test_what_a_guess_rests_on_is_said():
    guesses = guess_columns(["Name", "x", "y"], [Line(2, ("A B", "a@example.org", "?"))], CATALOGUE)
    assert [guess.by for guess in guesses] == ["heading", "content", ""]


def test_first_row_that_is_a_person_is_noticed():
    assert headings_are_data(("Anna Example", "physio", "York"), CATALOGUE)
    assert not headings_are_data(("Name", "physio"), CATALOGUE)
    assert not headings_are_data(("Anna Example", "York"), CATALOGUE)


@given(st.lists(st.text(), max_size=5), st.data())
def test_no_table_breaks_the_guess(headings, data):
    cells = st.lists(st.text(), min_size=len(headings), max_size=len(headings)).map(tuple)
    rows = data.draw(st.lists(cells, max_size=3))
    assert len(fields(headings, *rows)) == len(headings)
