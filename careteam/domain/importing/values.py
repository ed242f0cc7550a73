"""What is known before an import and what a row becomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class TableRow(Protocol):
    """A row of a table: its place in the file, counted from 1, and its cells."""

    @property
    def number(self) -> int: ...

    @property
    def cells(self) -> tuple[str, ...]: ...


class TelephoneRead(Protocol):
    """A telephone number: `e164` is empty when it was not understood."""

    @property
    def e164(self) -> str: ...

    @property
    def display(self) -> str: ...


class LanguagesRead(Protocol):
    """Language codes, and the words that were not understood."""

    @property
    def codes(self) -> tuple[str, ...]: ...

    @property
    def unknown(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Readers:
    """The tools that read telephone numbers and languages; the caller knows the country."""

    telephone: Callable[[str], TelephoneRead]
    languages: Callable[[str], LanguagesRead]


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that the directory has. `phones` are in E.164 form."""

    id: str
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    disciplines: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What will happen to a row when the import is confirmed."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    """Somebody who is there, of whom the row says something else; only what is ticked is taken."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee for one session, in whole units with decimals; `currency` is ISO 4217 or empty."""

    low: Decimal
    high: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as a practitioner, not yet written.

    `phones` are E.164 where understood, else as typed. `same_as` is the id of the entry the
    row repeats and `same_row` the number of the earlier row, 0 if none. `why` says in one
    sentence why the row is refused or the same; `notes` say what was not understood or guessed.
    `is_perhaps_same`: a note names somebody of the same or a similar name; the row is new.
    """

    row: int
    name: str = ""
    disciplines: tuple[str, ...] = ()
    practice: str = ""
    place: str = ""
    languages: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    website: str = ""
    accepting: str = "unknown"
    fee: Fee | None = None
    registration_body: str = ""
    registration_number: str = ""
    bio: str = ""
    outcome: Outcome = Outcome.NEW
    same_as: str = ""
    same_row: int = 0
    why: str = ""
    notes: tuple[str, ...] = field(default=())
    is_perhaps_same: bool = False


Rows = Sequence[TableRow]
