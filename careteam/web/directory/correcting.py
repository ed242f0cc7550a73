"""What the preview of an import lets somebody correct: columns, disciplines, boxes of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, request

from careteam.domain.importing import Draft, Field, Outcome
from careteam.features.imports import operations
from careteam.features.imports.changing import everything
from careteam.features.imports.comparing import Compared
from careteam.features.imports.contents import Brought, Taken, lacks_discipline
from careteam.features.imports.models import ImportDraft
from careteam.kit.tables.encodings import SINGLE_BYTE
from careteam.web.directory.differing import tick_words, ticked, ticks_kept
from careteam.web.directory.forms import correction_form
from careteam.web.frame.forms import Form

FIELD_LABELS = {
    Field.NAME: "Name",
    Field.FIRST_NAME: "First name",
    Field.LAST_NAME: "Last name",
    Field.DISCIPLINE: "Discipline",
    Field.PRACTICE: "Practice",
    Field.PLACE: "Town",
    Field.LANGUAGES: "Languages",
    Field.EMAIL: "E-mail",
    Field.PHONE: "Telephone",
    Field.WEBSITE: "Website",
    Field.ACCEPTING: "Takes new clients",
    Field.FEE: "Fee",
    Field.REGISTRATION_BODY: "Register",
    Field.REGISTRATION: "Registration number",
    Field.BIO: "About",
}


def correction(brought: Brought, found: Compared, rows: Sequence[Draft]) -> Form:
    """Corrections as they stand. Rows that a choice has healed keep their choice in reach."""
    open_rows = [row.row for row in rows if lacks_discipline(row) or row.row in brought.by_row]
    choices = [
        ("", "Passed over"),
        *((field.value, label) for field, label in FIELD_LABELS.items()),
    ]
    columns = [(index, heading, choices) for index, heading in enumerate(brought.headers)]
    boxes = tick_words(rows, found.differing)
    boxes |= {leave_name(row): "Leave this row out" for row in rows_to_leave(brought, rows)}
    encodings = SINGLE_BYTE if brought.encoding in SINGLE_BYTE else {}
    form: Any = correction_form(columns, open_rows, boxes, encodings)()
    if not form.is_submitted():
        if encodings:
            form["encoding"].data = brought.encoding
        for index, column in enumerate(brought.columns):
            form[f"column-{index}"].data = column.value if column else ""
        for number in open_rows:
            form[f"row-{number}"].data = brought.by_row.get(number, "")
        for name in (
            *ticks_kept(brought.taken, found.differing),
            *map(leave_name, brought.left_out),
        ):
            if name in form:
                form[name].data = True
        form["default"].data = brought.default
    return form


def rows_to_leave(brought: Brought, rows: Sequence[Draft]) -> list[int]:
    """Those of which an entry would be made, and those that were left out before."""
    return [
        row.row
        for row in rows
        if row.outcome is Outcome.NEW
        or (row.row in brought.left_out and row.outcome is Outcome.REFUSED)
    ]


def leave_name(row: int) -> str:
    return f"leave-{row}"


def correct(draft: ImportDraft, brought: Brought, found: Compared, form: Any) -> ImportDraft:
    """Keep what the sent form says, or the button that is pressed in place of all boxes."""
    rows = {
        int(name.removeprefix("row-")): field.data
        for name, field in form._fields.items()
        if name.startswith("row-") and name in request.form
    }
    return operations.correct_import(
        actor=g.actor,
        draft=draft,
        columns=columns_of(brought, form),
        default=form["default"].data if "default" in request.form else brought.default,
        by_row=rows,
        taken=_taken(found),
        left_out=_left_out(brought, found),
        encoding=form["encoding"].data if "encoding" in form and "encoding" in request.form else "",
    )


def columns_of(brought: Brought, form: Any) -> list[str] | None:
    """What the columns hold, where the form says it."""
    names = [f"column-{index}" for index in range(len(brought.headers))]
    return [form[name].data for name in names] if set(names) <= set(request.form) else None


def reads_otherwise(brought: Brought, form: Any) -> bool:
    """Whether the form says of columns or letters what the page did not show yet."""
    said = columns_of(brought, form)
    held = [column.value if column else "" for column in brought.columns]
    is_in_other_letters = request.form.get("encoding", brought.encoding) != brought.encoding
    return is_in_other_letters or (said is not None and said != held)


def _taken(found: Compared) -> dict[int, Taken]:
    pressed = request.form.get("all")
    if pressed == "take":
        return everything(found.differing)
    if pressed == "leave":
        return {row: Taken(each.version, ()) for row, each in found.differing.items()}
    return ticked(found.differing)


def _left_out(brought: Brought, found: Compared) -> dict[int, bool]:
    """What is said of rows that the form showed, and of no other."""
    pressed = request.form.get("all")
    said = {
        row: leave_name(row) in request.form
        for row in map(int, filter(str.isdecimal, request.form.getlist("rows")))
    }
    if pressed == "leave-perhaps":
        said |= {row.row: True for row in found.rows if row.is_perhaps_same}
    if pressed == "bring-back":
        said |= dict.fromkeys(brought.left_out, False)
    return said
