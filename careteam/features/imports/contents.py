"""A brought table as it is kept between the two steps, and what its rows would become.

The rows are kept as brought and judged anew each time they are shown, so that what is confirmed
fits the directory as it is then, not as it was when the file was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from careteam.domain.importing import (
    Draft,
    Field,
    Known,
    Outcome,
    Readers,
    guess_columns,
    headings_are_data,
    read_row,
    settled,
)
from careteam.domain.importing.likeness import with_similar
from careteam.features.directory.catalogue import country, discipline_labels
from careteam.features.directory.checking import checked
from careteam.features.directory.details import MOST_DISCIPLINES, Details, Work
from careteam.kit.errors import Invalid
from careteam.kit.languages import parse_languages
from careteam.kit.places import resolve
from careteam.kit.tables import Row, RowProblem, Table
from careteam.kit.tables.encodings import SINGLE_BYTE, read_otherwise
from careteam.kit.telephones import read_telephone

MOST_ROWS = 10_000
REPORTS_EVERY = 250
"""Rows."""
Report = Callable[[int], None]
LEFT_OUT = "You left this row out."
_LINE = 200
_NO_LETTER = dict.fromkeys(range(0x80, 0xA0), "\ufffd")


def unheard(_rows: int) -> None:
    """How far it is, told to nobody."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Names of differences that are to be taken over into an entry, which had this version."""

    version: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """`columns` says what each column holds; `by_row` and `default` are disciplines that the
    person chose for rows whose own words do not give one. `taken` has by its row what is to be
    changed of somebody who is there; `left_out` are rows that the person wants nothing made of.
    `has_headings` and `is_remembered`: the list names its columns, and they are read as the person
    said of an earlier one. `encoding` is how the letters of a text file were read."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[tuple[int, str], ...]
    columns: tuple[Field | None, ...]
    default: str = ""
    by_row: dict[int, str] = field(default_factory=dict)
    taken: dict[int, Taken] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    has_headings: bool = False
    is_remembered: bool = False
    encoding: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "headers": list(self.headers),
            "rows": [[row.number, *row.cells] for row in self.rows],
            "problems": [list(problem) for problem in self.problems],
            "columns": [column.value if column else None for column in self.columns],
            "default": self.default,
            "by_row": {str(number): id_ for number, id_ in self.by_row.items()},
            "taken": {str(row): [each.version, *each.names] for row, each in self.taken.items()},
            "left_out": sorted(self.left_out),
            "has_headings": self.has_headings,
            "is_remembered": self.is_remembered,
            "encoding": self.encoding,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Brought:
        return cls(
            headers=tuple(kept["headers"]),
            rows=tuple(Row(number, tuple(cells)) for number, *cells in kept["rows"]),
            problems=tuple((number, reason) for number, reason in kept["problems"]),
            columns=tuple(Field(name) if name else None for name in kept["columns"]),
            default=kept["default"],
            by_row={int(number): id_ for number, id_ in kept["by_row"].items()},
            taken={
                int(row): Taken(version, tuple(names))
                for row, (version, *names) in kept.get("taken", {}).items()
            },
            left_out=frozenset(kept.get("left_out", ())),
            has_headings=kept.get("has_headings", False),
            is_remembered=kept.get("is_remembered", False),
            encoding=kept.get("encoding", ""),
        )


def understand(table: Table) -> Brought:
    """What the table's columns hold, as far as can be guessed.

    Raises `Invalid` with the reason where the table as a whole cannot be used.
    """
    if table.refusal:
        raise Invalid(table.refusal)
    labels = discipline_labels()
    if table.headings_row and headings_are_data(table.headers, labels):
        table = table.headings_as_data()
    if not table.rows and not table.problems:
        raise Invalid("There is nothing in it below the headings.")
    if len(table.rows) > MOST_ROWS:
        raise Invalid(f"These are {len(table.rows):,} rows. Bring at most {MOST_ROWS:,} at a time.")
    guesses = guess_columns(table.headers, table.rows, labels)
    return Brought(
        headers=table.headers,
        rows=table.rows,
        problems=tuple((problem.row, problem.reason) for problem in table.problems),
        columns=tuple(guess.field for guess in guesses),
        has_headings=bool(table.headings_row),
        encoding=table.encoding,
    )


def in_encoding(brought: Brought, encoding: str) -> Brought:
    """The same bytes read in another single-byte encoding, with what was chosen for its rows. The
    columns are guessed anew: headings say something else."""

    def again(cells: Sequence[str]) -> tuple[str, ...]:
        return read_otherwise(cells, brought.encoding, encoding)

    table = Table(
        again(brought.headers),
        tuple(replace(row, cells=again(row.cells)) for row in brought.rows),
        tuple(RowProblem(*problem) for problem in brought.problems),
        headings_row=int(brought.has_headings),
        encoding=encoding,
    )
    fresh = understand(table)
    return replace(fresh, default=brought.default, by_row=brought.by_row, left_out=brought.left_out)


def judged(
    brought: Brought, known: Iterable[Known], rows: Iterable[Draft] | None = None
) -> tuple[Draft, ...]:
    """What each row becomes, in the order of the file; unreadable rows are among them, refused.
    New rows say whose name is like theirs. `rows` are those of it where they were read before."""
    known = list(known)
    kept = wanted(brought, read(brought) if rows is None else rows)
    return with_similar(settled(kept, known), known)


def read(brought: Brought, report: Report = unheard) -> tuple[Draft, ...]:
    """What each row says, compared with nobody: nearly all that judging costs.

    `report` is told how many of the rows are read, now and then.
    """
    columns = (*brought.columns, Field.DISCIPLINE, Field.BIO, Field.PLACE)
    reader = _reader()
    drafts = []
    for number, row in enumerate(_shown(brought)):
        if number % REPORTS_EVERY == 0:
            report(number)
        draft = reader(row, brought.columns)
        chosen = _with_choices(brought, row, draft)
        if chosen is not row:
            draft = reader(chosen, columns)
        drafts.append(_storable(_without_town(draft)))
    unread = (
        Draft(number, outcome=Outcome.REFUSED, why=f"This row {reason}.")
        for number, reason in brought.problems
    )
    return tuple(sorted((*drafts, *unread), key=lambda draft: draft.row))


def wanted(brought: Brought, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts, those refused that the person left out."""
    for draft in drafts:
        if draft.row in brought.left_out and draft.outcome is Outcome.NEW:
            yield replace(draft, outcome=Outcome.REFUSED, why=LEFT_OUT)
        else:
            yield draft


def lacks_discipline(draft: Draft) -> bool:
    """Whether choosing a discipline is all that is missing."""
    return draft.outcome is Outcome.REFUSED and bool(draft.name) and not draft.disciplines


def _shown(brought: Brought) -> Iterator[Row]:
    """The rows, with a sign for each byte that is no letter in the encoding taken."""
    for row in brought.rows:
        if brought.encoding in SINGLE_BYTE and not all(map(str.isascii, row.cells)):
            yield replace(row, cells=tuple(cell.translate(_NO_LETTER) for cell in row.cells))
        else:
            yield row


def _reader() -> Callable[[Row, Sequence[Field | None]], Draft]:
    labels, home = discipline_labels(), country()
    readers = Readers(lambda typed: read_telephone(typed, home), parse_languages)
    own_ids = {id_: id_ for id_ in labels}
    return lambda row, columns: read_row(row, columns, labels, readers, own_ids)


def _with_choices(brought: Brought, row: Row, draft: Draft) -> Row:
    """The row with three cells more: the chosen discipline, the words it stands in for, and the
    town that stands in the note ("Ida Example, physio, York"); the row itself without them."""
    places = [at for at, column in enumerate(brought.columns) if column is Field.DISCIPLINE]
    discipline = brought.by_row.get(row.number) or brought.default
    cells, words = row.cells, ""
    if draft.disciplines:
        discipline = ""
    elif discipline:
        words = ", ".join(cells[at] for at in places if cells[at])
        cells = tuple("" if at in places else cell for at, cell in enumerate(cells))
    town = "" if Field.PLACE in brought.columns else _town_in(draft)
    if not discipline and not town:
        return row
    return Row(row.number, (*cells, discipline, words, town))


def _town_in(draft: Draft) -> str:
    """The part of the note that is a town of this country, unless there is a place already."""
    for piece in () if draft.place else draft.bio.split(", "):
        town = resolve(piece, country()) if piece[:1].isupper() else None
        if town is not None and town.country == country():
            return piece
    return ""


def _without_town(draft: Draft) -> Draft:
    """The draft whose note does not repeat its place."""
    pieces = draft.bio.split(", ")
    if draft.place not in pieces:
        return draft
    return replace(draft, bio=", ".join(piece for piece in pieces if piece != draft.place))


def _storable(draft: Draft) -> Draft:
    """The draft, refused where the directory would not take it."""
    if draft.outcome is not Outcome.NEW:
        return draft
    try:
        checked(details_of_draft(draft), discipline_labels(), country())
    except Invalid as error:
        return replace(draft, outcome=Outcome.REFUSED, why=error.message)
    return draft


def details_of_draft(draft: Draft) -> Details:
    """The entry a row becomes. What has no field of its own is kept in the text."""
    work = Work(_cut(draft.practice), _cut(draft.place))
    more_phones = list(draft.phones[1:])
    if more_phones and not work.is_empty:
        work = replace(work, phone=more_phones.pop(0))
    also = [*more_phones, *draft.emails[1:]]
    bio = "\n".join(
        part for part in (draft.bio, f"Also: {', '.join(also)}" if also else "") if part
    )
    return Details(
        name=draft.name,
        disciplines=draft.disciplines[:MOST_DISCIPLINES],
        email=draft.emails[0] if draft.emails else None,
        phone=draft.phones[0] if draft.phones else None,
        website=_cut(draft.website),
        accepting=draft.accepting,
        fee_from=draft.fee.low if draft.fee else None,
        fee_to=draft.fee.high if draft.fee else None,
        registration_body=_cut(draft.registration_body),
        registration_number=_cut(draft.registration_number),
        bio=bio or None,
        languages=draft.languages,
        workplaces=() if work.is_empty else (work,),
    )


def _cut(text: str) -> str | None:
    return text[:_LINE] or None
