"""Rows as practitioners: new, the same as somebody, or refused and why. All made up."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.importing import Fee, Field, Known, Outcome, Readers, read_drafts
from careteam.domain.importing.cells import read_accepting, read_registration, read_website

CATALOGUE = {
    "physiotherapist": "Physiotherapist",
    "osteopath": "Osteopath",
    "dietitian": "Dietitian",
    "general_practitioner": "General practitioner",
    "psychiatrist": "Psychiatrist",
    "psychologist": "Psychologist",
}
ALL = tuple(Field)
PASTED = (Field.NAME, Field.DISCIPLINE, Field.PHONE, Field.EMAIL, Field.WEBSITE, Field.BIO)


@dataclass(frozen=True)
class Line:
    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Telephone:
    e164: str
    display: str


@dataclass(frozen=True)
class Languages:
    codes: tuple[str, ...]
    unknown: tuple[str, ...]


def telephone(typed):
    digits = "".join(filter(str.isdigit, typed))
    return Telephone("+44" + digits[1:] if digits.startswith("01632") else "", typed)


def languages(typed):
    words = [word.strip() for word in typed.split(",") if word.strip()]
    known = {"English": "en", "Polish": "pl"}
    return Languages(
        tuple(known[word] for word in words if word in known),
        tuple(word for word in words if word not in known),
    )


READERS = Readers(telephone, languages)


def drafts(*rows, columns=PASTED, known=(), choices=None):
    return read_drafts(
        [Line(number, cells) for number, cells in enumerate(rows, start=1)],
        columns,
        catalogue=CATALOGUE,
        readers=READERS,
        known=known,
        choices=choices,
    )


def test_name_and_discipline_are_enough():
    (draft,) = drafts(("Anna Example", "physio", "", "", "", ""))
    assert (draft.name, draft.disciplines, draft.outcome) == (
        "Anna Example",
        ("physiotherapist",),
        Outcome.NEW,
    )
    assert (draft.accepting, draft.notes, draft.why) == ("unknown", (), "")


def test_every_field_is_read():
    cells = {
        Field.FIRST_NAME: "Anna",
        Field.LAST_NAME: "Example",
        Field.DISCIPLINE: "osteopath, dietician",
        Field.PRACTICE: "Mill Lane Clinic",
        Field.PLACE: "York",
        Field.LANGUAGES: "English, Polish",
        Field.EMAIL: "Anna@Example.org; desk@example.org",
        Field.PHONE: "01632 960123 / 01632 960124",
        Field.WEBSITE: "www.example.org/anna",
        Field.ACCEPTING: "Yes",
        Field.FEE: "£45.50 - 60",
        Field.REGISTRATION: "GOsC 1234",
        Field.BIO: "Evenings only",
    }
    (draft,) = drafts(tuple(cells.get(field, "") for field in ALL), columns=ALL)
    assert draft.name == "Anna Example"
    assert draft.disciplines == ("osteopath", "dietitian")
    assert (draft.practice, draft.place, draft.bio) == ("Mill Lane Clinic", "York", "Evenings only")
    assert draft.languages == ("en", "pl")
    assert draft.emails == ("anna@example.org", "desk@example.org")
    assert draft.phones == ("+441632960123", "+441632960124")
    assert draft.website == "https://www.example.org/anna"
    assert draft.accepting == "yes"
    assert draft.fee == Fee(Decimal("45.50"), Decimal("60"), "GBP")
    assert (draft.registration_body, draft.registration_number) == ("GOsC", "1234")
    assert draft.notes == ()


@pytest.mark.parametrize(
    ("name", "discipline", "why"),
    [
        ("", "physio", "There is no name."),
        ("...", "physio", "There is no name."),
        ("Anna Example", "", "There is no discipline."),
        (
            "Anna Example",
            "quantum healer",
            "We do not know the discipline “quantum healer”. Choose one.",
        ),
        (
            "Anna Example",
            "shrink",
            "“shrink” can mean several things. Choose Psychiatrist or Psychologist.",
        ),
    ],
)
def test_row_is_refused_with_its_reason(name, discipline, why):
    (draft,) = drafts((name, discipline, "", "", "", ""))
    assert (draft.outcome, draft.why) == (Outcome.REFUSED, why)


def test_choice_of_the_person_lets_a_row_in():
    row = ("Anna Example", "quantum healer", "", "", "", "")
    (draft,) = drafts(row, choices={"Quantum healer": "psychologist"})
    assert (draft.outcome, draft.disciplines) == (Outcome.NEW, ("psychologist",))


def test_what_is_not_understood_is_noted_and_does_not_refuse():
    cells = {
        Field.NAME: "Anna Example",
        Field.DISCIPLINE: "doctor, quantum healer",
        Field.LANGUAGES: "English, Klingon",
        Field.EMAIL: "anna(at)example.org",
        Field.PHONE: "0999",
        Field.WEBSITE: "javascript:alert(1)",
        Field.ACCEPTING: "perhaps",
        Field.FEE: "ask",
    }
    (draft,) = drafts(tuple(cells.get(field, "") for field in ALL), columns=ALL)
    assert draft.outcome is Outcome.NEW
    assert (draft.website, draft.accepting, draft.fee, draft.emails) == ("", "unknown", None, ())
    assert draft.phones == ("0999",)
    assert draft.notes == (
        "“doctor” was taken for General practitioner",
        "“quantum healer” is not a discipline we know",
        "“anna(at)example.org” is not an e-mail address",
        "“Klingon” is not a language we know",
        "“javascript:alert(1)” is not a web address",
        "“perhaps” is neither yes nor no",
        "The fee “ask” was not understood",
        "The telephone number “0999” is kept as typed",
    )


@pytest.mark.parametrize(
    ("cells", "name", "disciplines", "place", "bio"),
    [
        (("Ben Sample osteo", "", "", "", "", ""), "Ben Sample", ("osteopath",), "", ""),
        (
            ("Dr Finn Made-Up GP 12 High Street", "", "", "", "", ""),
            "Dr Finn Made-Up",
            ("general_practitioner",),
            "",
            "12 High Street",
        ),
        (("physio", "Dan Invented", "", "", "", ""), "Dan Invented", ("physiotherapist",), "", ""),
        (
            ("Carla Muster", "York", "", "", "", "dietitian, Tuesdays"),
            "Carla Muster",
            ("dietitian",),
            "York",
            "Tuesdays",
        ),
    ],
)
def test_discipline_is_found_where_people_put_it(cells, name, disciplines, place, bio):
    (draft,) = drafts(cells)
    assert (draft.name, draft.disciplines, draft.place, draft.bio) == (
        name,
        disciplines,
        place,
        bio,
    )


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (
            Known("k1", "A. Example", phones=("+441632960123",)),
            "A. Example in the directory has the same contact +441632960123.",
        ),
        (
            Known("k1", "Dr Anna Example", emails=("anna@example.org",)),
            "Dr Anna Example in the directory has the same contact anna@example.org.",
        ),
        (
            Known("k1", "Anna Example", places=("Leeds", "YORK")),
            "Anna Example in the directory has the same name in York.",
        ),
    ],
)
def test_row_of_somebody_known_is_the_same(known, why):
    columns = (Field.NAME, Field.DISCIPLINE, Field.PHONE, Field.EMAIL, Field.PLACE)
    row = ("Anna Example", "physio", "01632 960123", "ANNA@example.org", "York")
    (draft,) = drafts(row, columns=columns, known=[known])
    assert (draft.outcome, draft.same_as, draft.why) == (Outcome.SAME, "k1", why)


def test_shared_telephone_of_a_practice_keeps_people_apart():
    known = Known("k1", "Ben Sample", phones=("+441632960123",))
    (draft,) = drafts(("Anna Example", "physio", "01632 960123", "", "", ""), known=[known])
    assert draft.outcome is Outcome.NEW
    assert draft.notes == ("Shares +441632960123 with Ben Sample",)


def test_equal_name_without_a_place_is_only_noted():
    known = Known("k1", "Anna Example", places=("York",))
    (draft,) = drafts(("Anna Example", "physio", "", "", "", ""), known=[known])
    assert draft.outcome is Outcome.NEW
    assert draft.notes == ("Anna Example has the same name; please check that this is another",)


def test_repeated_row_is_the_same_as_the_first():
    first, refused, again = drafts(
        ("Anna Example", "physio", "01632 960123", "", "", ""),
        ("Anna Example", "", "01632 960123", "", "", ""),
        ("A Example", "physiotherapist", "(01632) 960123", "", "", ""),
    )
    assert first.outcome is Outcome.NEW
    assert refused.outcome is Outcome.REFUSED
    assert (again.outcome, again.same_row, again.same_as) == (Outcome.SAME, 1, "")


@pytest.mark.parametrize(
    ("typed", "accepting"),
    [
        ("", "unknown"),
        ("JA", "yes"),
        ("sí", "yes"),
        ("Full", "no"),
        ("nee", "no"),
        ("perhaps", None),
    ],
)
def test_accepting_is_read(typed, accepting):
    assert read_accepting(typed) == accepting


def test_registration_is_split_into_body_and_number():
    assert read_registration("HCPC PH12345") == ("HCPC", "PH12345")
    assert read_registration("PH12345") == ("", "PH12345")
    assert read_registration("BIG-register: 1234567") == ("BIG-register", "1234567")


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org"])
def test_only_web_addresses_are_accepted(typed):
    assert read_website(typed) is None


@given(st.lists(st.lists(st.text(), min_size=15, max_size=15).map(tuple), max_size=4))
def test_no_row_raises(rows):
    read = drafts(*rows, columns=ALL)
    assert [draft.row for draft in read] == list(range(1, len(rows) + 1))
    assert all(draft.why for draft in read if draft.outcome is not Outcome.NEW)
