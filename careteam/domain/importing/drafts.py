"""Rows of a table to drafts of practitioners."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from careteam.domain.importing.cells import (
    read_accepting,
    read_emails,
    read_fee,
    read_registration,
    read_website,
    split_numbers,
)
from careteam.domain.importing.columns import Field
from careteam.domain.importing.disciplines import (
    DisciplineReading,
    read_disciplines,
    split_name,
)
from careteam.domain.importing.sameness import Register
from careteam.domain.importing.values import Draft, Known, Outcome, Readers, TableRow
from careteam.domain.importing.words import fold

_Cells = dict[Field, str]


def read_drafts(
    rows: Iterable[TableRow],
    columns: Sequence[Field | None],
    *,
    catalogue: Mapping[str, str],
    readers: Readers,
    known: Iterable[Known] = (),
    choices: Mapping[str, str] | None = None,
) -> tuple[Draft, ...]:
    """Return one draft for each row: new, the same as somebody, or refused and why.

    `columns` says what each column holds, None for one that is passed over; `catalogue` maps
    discipline ids to labels; `choices` maps discipline words to ids that somebody decided on.
    Only a name and a discipline are needed. No row raises.
    """
    read = (read_row(row, columns, catalogue, readers, choices or {}) for row in rows)
    return settled(read, known)


def settled(drafts: Iterable[Draft], known: Iterable[Known]) -> tuple[Draft, ...]:
    """Drafts read from a table, compared with who is known and with each other."""
    register = Register.of(known)
    return tuple(
        draft if draft.outcome is Outcome.REFUSED else register.judged(draft) for draft in drafts
    )


def read_row(
    row: TableRow,
    columns: Sequence[Field | None],
    catalogue: Mapping[str, str],
    readers: Readers,
    choices: Mapping[str, str],
) -> Draft:
    """What one row says, as `read_drafts`, compared with nobody."""
    cells = _by_field(row, columns)
    reading = _settle_discipline(cells, catalogue, choices)
    draft = _with_details(Draft(row.number, cells.get(Field.NAME, "")), cells, readers)
    notes = [f"\u201c{word}\u201d was taken for {catalogue[id_]}" for word, id_ in reading.guessed]
    if reading.ids:
        notes += [f"\u201c{word}\u201d is not a discipline we know" for word in reading.unknown]
        notes += [f"\u201c{word.word}\u201d can mean several things" for word in reading.unsure]
    why = _refusal(draft, reading, catalogue)
    return replace(
        draft,
        disciplines=reading.ids,
        notes=(*notes, *draft.notes),
        outcome=Outcome.REFUSED if why else Outcome.NEW,
        why=why,
    )


def _by_field(row: TableRow, columns: Sequence[Field | None]) -> _Cells:
    """Return the cells by field; shared columns are joined, a split name is put together."""
    cells: _Cells = {}
    for field, cell in zip(columns, row.cells, strict=False):
        words = cell.strip()
        if field is not None and words:
            cells[field] = f"{cells[field]}, {words}" if field in cells else words
    parts = [cells.get(Field.FIRST_NAME, ""), cells.get(Field.LAST_NAME, "")]
    name = cells.get(Field.NAME) or " ".join(part for part in parts if part)
    cells[Field.NAME] = " ".join(name.split())[:200]
    return cells


def _settle_discipline(
    cells: _Cells, catalogue: Mapping[str, str], choices: Mapping[str, str]
) -> DisciplineReading:
    """Return the discipline, found where people put it, and leave the other cells right.

    Where the discipline's own cell does not give it: after the name ("Anna Example physio"), in
    the note ("Anna Example, York, physio"), or changed places with the name.
    """
    typed = cells.get(Field.DISCIPLINE, "")
    reading = read_disciplines(typed, catalogue, choices)
    if reading.ids or reading.unsure:
        return reading
    name, discipline, rest = split_name(cells[Field.NAME], catalogue)
    if discipline:
        cells[Field.NAME] = name
        _append(cells, Field.BIO, ", ".join(part for part in (typed, rest) if part))
        return read_disciplines(discipline, catalogue)
    if typed and (in_name := read_disciplines(cells[Field.NAME], catalogue)).ids:
        cells[Field.NAME] = typed
        return in_name
    if typed and (in_note := read_disciplines(cells.get(Field.BIO, ""), catalogue)).ids:
        cells.setdefault(Field.PLACE, typed)
        cells[Field.BIO] = ", ".join(in_note.unknown)
        return replace(in_note, unknown=())
    return reading


def _append(cells: _Cells, field: Field, words: str) -> None:
    if words:
        cells[field] = f"{cells[field]}, {words}" if cells.get(field) else words


def _with_details(draft: Draft, cells: _Cells, readers: Readers) -> Draft:
    """Return the draft with everything that is not needed, and a note for what is not clear."""
    notes: list[str] = []
    emails, not_emails = read_emails(cells.get(Field.EMAIL, ""))
    notes += [f"\u201c{word}\u201d is not an e-mail address" for word in not_emails]
    languages = readers.languages(cells.get(Field.LANGUAGES, ""))
    notes += [f"\u201c{word}\u201d is not a language we know" for word in languages.unknown]
    website = read_website(cells.get(Field.WEBSITE, ""))
    if website is None:
        notes.append(f"\u201c{cells[Field.WEBSITE]}\u201d is not a web address")
    accepting = read_accepting(cells.get(Field.ACCEPTING, ""))
    if accepting is None:
        notes.append(f"\u201c{cells[Field.ACCEPTING]}\u201d is neither yes nor no")
    fee = read_fee(cells.get(Field.FEE, ""))
    if fee is None and Field.FEE in cells:
        notes.append(f"The fee \u201c{cells[Field.FEE]}\u201d was not understood")
    body, number = read_registration(cells.get(Field.REGISTRATION, ""))
    return replace(
        draft,
        practice=cells.get(Field.PRACTICE, ""),
        place=cells.get(Field.PLACE, ""),
        languages=languages.codes,
        emails=emails,
        phones=_phones(cells.get(Field.PHONE, ""), readers, notes),
        website=website or "",
        accepting=accepting or "unknown",
        fee=fee,
        registration_body=cells.get(Field.REGISTRATION_BODY, "") or body,
        registration_number=number,
        bio=cells.get(Field.BIO, ""),
        notes=tuple(notes),
    )


def _phones(typed: str, readers: Readers, notes: list[str]) -> tuple[str, ...]:
    numbers: dict[str, None] = {}
    for piece in split_numbers(typed):
        read = readers.telephone(piece)
        numbers[read.e164 or read.display] = None
        if not read.e164:
            notes.append(f"The telephone number \u201c{piece}\u201d is kept as typed")
    return tuple(numbers)


def _refusal(draft: Draft, reading: DisciplineReading, catalogue: Mapping[str, str]) -> str:
    """Return why the row cannot become an entry, or nothing."""
    if not fold(draft.name):
        return "There is no name."
    if reading.ids:
        return ""
    if reading.unsure:
        word = reading.unsure[0]
        labels = " or ".join(catalogue[id_] for id_ in word.candidates)
        return f"\u201c{word.word}\u201d can mean several things. Choose {labels}."
    if reading.unknown:
        return f"We do not know the discipline \u201c{reading.unknown[0]}\u201d. Choose one."
    return "There is no discipline."
