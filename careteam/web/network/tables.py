"""An answer as a table: a sentence, lines about people or disciplines, and what its words mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import request, url_for

from careteam.domain.network.picture import Person
from careteam.features.network.questions.own import fitting_people
from careteam.web.frame.forms import Form
from careteam.web.network.asking import filter_form

Column = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """`number` stands to the right; `state` is the kind and icon of a pill around the text."""

    text: str
    number: bool = False
    state: tuple[str, str] | None = None
    href: str | None = None
    small: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """About a person, whose page holds the referrals; or about a discipline (`title`)."""

    cells: tuple[Cell, ...]
    person: Person | None = None
    title: str = ""
    actions: tuple[tuple[str, str, str], ...] = ()
    """Label, address and icon of what can be done."""


@dataclass(frozen=True, slots=True)
class Table:
    """`meanings` say what the words stand for; `rests_on` what the answer is drawn from.

    has_period: the answer can be asked of a stretch of half-years.
    """

    sentence: str
    columns: tuple[Column, ...]
    lines: Sequence[Line]
    meanings: tuple[tuple[str, str], ...]
    rests_on: str
    empty: str
    has_period: bool = False
    filters: Form | None = None
    hidden: int = 0
    """Lines that the filters leave out."""
    figures: tuple[tuple[str, str, str], ...] = ()
    """Label, value and note of what is said of all lines together."""
    begin: tuple[str, str, str] | None = None
    """Label, address and icon of what helps where there are no lines; None: a tie of one's own."""


def count(number: int) -> Cell:
    return Cell(str(number), number=True)


def refer_to(person: Person) -> tuple[str, str, str]:
    return ("Refer", url_for("referrals.referral_new", to=person.id), "send")


def touch_with(person: Person) -> tuple[str, str, str]:
    address = url_for("relationships.person_show", practitioner_id=person.id)
    return ("Log a touch", address, "pencil")


def narrowed(table: Table) -> Table:
    """The lines about people of the discipline and place that the address asks for."""
    people = [line.person for line in table.lines if line.person is not None]
    if not people and not table.has_period:
        return table
    form = filter_form(
        Counter(person.discipline_id for person in people),
        Counter(person.place for person in people if person.place),
    )
    asked = (request.args.get("discipline", ""), request.args.get("place", ""))
    kept = fitting_people(people, *asked)
    lines = [line for line in table.lines if line.person is None or line.person.id in kept]
    return replace(table, filters=form, lines=lines, hidden=len(table.lines) - len(lines))
