"""Which column is which: by its heading, else by what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from careteam.domain.importing.disciplines import read_disciplines
from careteam.domain.importing.values import Rows
from careteam.domain.importing.words import fold


class Field(StrEnum):
    """What a column can hold. The words are the names of the form's fields where it has one."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    DISCIPLINE = "disciplines"
    PRACTICE = "practice"
    PLACE = "place"
    LANGUAGES = "languages"
    EMAIL = "email"
    PHONE = "phone"
    WEBSITE = "website"
    ACCEPTING = "accepting"
    FEE = "fee"
    REGISTRATION_BODY = "registration_body"
    REGISTRATION = "registration"
    BIO = "bio"


# Fields that several columns may share; of the others the first column counts.
SHARED = frozenset({Field.DISCIPLINE, Field.EMAIL, Field.PHONE, Field.BIO})

# Headings in English, German, French, Dutch and Spanish, folded; "|" between them.
_HEADINGS: dict[Field, str] = {
    Field.NAME: "name|full name|practitioner|practitioner name|contact|contact name|therapist|"
    "provider|person|display name|naam|volledige naam|nom complet|nom et prenom|nombre completo|"
    "nombre y apellidos|nombre|vollstandiger name|vor und nachname|name vorname|kontakt|"
    "therapeut|therapeutin|behandler|contactpersoon|praticien|profesional|file as",
    Field.FIRST_NAME: "first|first name|firstname|given name|forename|vorname|prenom|voornaam|"
    "nombre de pila|primer nombre",
    Field.LAST_NAME: "last|last name|lastname|surname|family name|nachname|familienname|zuname|"
    "nom de famille|nom|achternaam|familienaam|apellido|apellidos",
    Field.DISCIPLINE: "discipline|disciplines|profession|role|job|job title|occupation|specialty|"
    "speciality|specialities|specialties|specialism|type|what|kind|beruf|berufe|fachgebiet|"
    "fach|fachrichtung|tatigkeit|berufsbezeichnung|disziplin|metier|specialite|fonction|beroep|"
    "specialisme|specialiteit|functie|vakgebied|profesion|especialidad|oficio|disciplina|cargo|"
    "organization title|organisation title|position",
    Field.PRACTICE: "practice|clinic|company|organisation|organization|business|workplace|"
    "practice name|clinic name|surgery|praxis|praxisname|firma|unternehmen|klinik|einrichtung|"
    "cabinet|clinique|societe|entreprise|praktijk|bedrijf|kliniek|organisatie|clinica|consulta|"
    "empresa|consultorio|centro|organization name|organisation name",
    Field.PLACE: "place|town|city|location|area|town city|city town|based in|ort|stadt|wohnort|"
    "standort|plz ort|ville|lieu|localite|commune|plaats|stad|woonplaats|gemeente|ciudad|lugar|"
    "localidad|poblacion|municipio|business city|home city|work city|address city|"
    "ort geschaftlich|ort privat",
    Field.LANGUAGES: "language|languages|spoken languages|languages spoken|sprache|sprachen|"
    "langue|langues|langues parlees|taal|talen|idioma|idiomas|lengua|lenguas",
    Field.EMAIL: "email|e mail|mail|email address|e mail address|emails|e mails|mail address|"
    "e mail adresse|emailadresse|mailadresse|courriel|adresse e mail|adresse mail|adresse email|"
    "e mailadres|emailadres|mailadres|correo|correo electronico|e mail value|"
    "primary email|secondary email|alternate email",
    Field.PHONE: "phone|telephone|tel|phone number|telephone number|mobile|mobile phone|cell|"
    "cell phone|mobile number|mob|landline|work phone|business phone|home phone|contact number|"
    "phones|number|telefon|telefonnummer|handy|handynummer|mobil|mobiltelefon|festnetz|rufnummer|"
    "telephone portable|portable|numero de telephone|fixe|telefoon|telefoonnummer|mobiel|gsm|"
    "telefono|movil|celular|numero de telefono|phone value|telefon geschaftlich|"
    "telefon privat",
    Field.WEBSITE: "website|web|url|web site|homepage|web page|site|webseite|internet|site web|"
    "site internet|webpagina|pagina web|sitio web|website value",
    Field.ACCEPTING: "accepting|accepting new clients|accepting clients|accepting new patients|"
    "new clients|new patients|taking clients|taking new clients|available|availability|open|"
    "nimmt neue|neue klienten|neue patienten|nimmt auf|freie platze|aufnahme|accepte|"
    "nouveaux patients|nouveaux clients|disponible|neemt aan|nieuwe clienten|nieuwe patienten|"
    "beschikbaar|acepta|nuevos clientes|nuevos pacientes|acepta pacientes",
    Field.FEE: "fee|fees|price|prices|cost|rate|session fee|charge|preis|preise|honorar|kosten|"
    "gebuhr|tarif|tarifs|prix|honoraires|tarief|prijs|tarieven|precio|tarifa|honorarios|coste",
    Field.REGISTRATION_BODY: "registration body|register|regulator|body|professional body|"
    "registered with|kammer|verband|berufsverband|ordre|organisme|ordre professionnel|"
    "beroepsvereniging|colegio|colegio profesional",
    Field.REGISTRATION: "registration|registration number|registration no|reg no|reg number|"
    "licence|license|licence number|license number|membership number|member no|hcpc|gmc|nmc|"
    "zulassung|zulassungsnummer|mitgliedsnummer|numero d inscription|numero adeli|rpps|"
    "registratienummer|big nummer|big|numero de colegiado|colegiado",
    Field.BIO: "note|notes|comment|comments|bio|about|description|remarks|info|notiz|notizen|"
    "bemerkung|bemerkungen|kommentar|beschreibung|remarque|remarques|commentaire|commentaires|"
    "opmerking|opmerkingen|notitie|notities|nota|notas|comentario|comentarios|observaciones",
}
_FIELD_BY_HEADING = {
    heading: field for field, words in _HEADINGS.items() for heading in words.split("|")
}

_NO_CALLS = frozenset("fax telefax pager telex birthday geburtstag".split())
"""Words in headings of columns that look like telephone numbers and are none."""
_COUNTED = re.compile(r"\(\d+\)\s*$|\d+\s*$")
_SAMPLE_ROWS = 50
_MOST = 0.6
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_WEBSITE = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.[a-z]{2,6}(/\S*)?", re.IGNORECASE)
_TELEPHONE = re.compile(r"[+(]?\d[\d\s()./+-]{6,30}")
_NAME = re.compile(r"[^\W\d_]+\.?([\s'\u2019.-]+[^\W\d_]+\.?){1,4}")


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column is taken for; `field` is None when it is passed over.

    `by` says what the guess rests on: "heading", "content" or nothing.
    """

    index: int
    heading: str
    field: Field | None
    by: str = ""


def guess_columns(
    headers: Sequence[str], rows: Rows, catalogue: Mapping[str, str]
) -> tuple[ColumnGuess, ...]:
    """Return a guess for each column. `catalogue` maps discipline ids to labels."""
    guesses = _by_headings(headers, rows)
    taken = {guess.field for guess in guesses if guess.field is not None}
    tests = _content_tests(catalogue)
    for guess in guesses.copy():
        if guess.field is None:
            cells = [row.cells[guess.index] for row in rows[:_SAMPLE_ROWS]]
            guesses[guess.index] = _by_content(guess, cells, tests, taken)
    return tuple(guesses)


def headings_are_data(headers: Sequence[str], catalogue: Mapping[str, str]) -> bool:
    """Return whether the first row is a person: no known heading, and a discipline in a cell."""
    return not any(map(field_of_heading, headers)) and any(
        read_disciplines(header, catalogue).ids for header in headers
    )


def field_of_heading(heading: str) -> Field | None:
    """Return the field that a heading names, whatever its case, accents and counter: programs
    write "E-mail 2 - Value" and "Phone (3)"."""
    words = fold(heading)
    uncounted = " ".join(word for word in words.split() if not word.isdigit())
    return (
        _FIELD_BY_HEADING.get(words)
        or _FIELD_BY_HEADING.get(uncounted)
        or _FIELD_BY_HEADING.get(fold(_COUNTED.sub("", heading)))
    )


def _by_headings(headers: Sequence[str], rows: Rows) -> list[ColumnGuess]:
    """Guesses by the headings alone. Where several columns name what one alone can hold, such as a
    town at home and at work, it is the one with most in it; of equals, the first."""
    fields = [field_of_heading(heading) for heading in headers]
    best: dict[Field, int] = {}
    for index, field in enumerate(fields):
        if field is not None and field not in SHARED:
            there = best.setdefault(field, index)
            if _filled(rows, index) > _filled(rows, there):
                best[field] = index
    return [
        ColumnGuess(index, heading, field, "heading")
        if field is not None and best.get(field, index) == index
        else ColumnGuess(index, heading, None)
        for index, (heading, field) in enumerate(zip(headers, fields, strict=True))
    ]


def _filled(rows: Rows, index: int) -> int:
    return sum(1 for row in rows[:_SAMPLE_ROWS] if row.cells[index])


def _content_tests(
    catalogue: Mapping[str, str],
) -> tuple[tuple[Field, Callable[[str], object]], ...]:
    return (
        (Field.EMAIL, _EMAIL.fullmatch),
        (Field.WEBSITE, _WEBSITE.fullmatch),
        (Field.PHONE, _TELEPHONE.fullmatch),
        (Field.DISCIPLINE, lambda cell: read_disciplines(cell, catalogue).ids),
        (Field.NAME, _NAME.fullmatch),
    )


def _by_content(
    guess: ColumnGuess,
    cells: Sequence[str],
    tests: tuple[tuple[Field, Callable[[str], object]], ...],
    taken: set[Field],
) -> ColumnGuess:
    if _NO_CALLS & set(fold(guess.heading).split()):
        return guess
    filled = [cell[:200] for cell in cells if cell]
    named = taken & {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME}
    for field, fits in tests:
        if (field in taken and field not in SHARED) or (field is Field.NAME and named):
            continue
        if filled and sum(1 for cell in filled if fits(cell)) > _MOST * len(filled):
            taken.add(field)
            return ColumnGuess(guess.index, guess.heading, field, "content")
    return guess
