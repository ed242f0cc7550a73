"""The first import: bring a list, look at what it would do, confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.importing import Draft, Field, Outcome
from careteam.features.directory.queries import list_known
from careteam.features.imports import operations, working
from careteam.features.imports.changing import everything
from careteam.features.imports.comparing import Compared, compared
from careteam.features.imports.contents import Brought, Taken, judged, lacks_discipline
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.queries import get_import_draft, list_recent_imports
from careteam.kit import clock
from careteam.kit.errors import Conflict, Invalid
from careteam.kit.paging import Page, page_number
from careteam.kit.tables import Table, read_file, read_pasted
from careteam.web.directory.differing import (
    entries_ticked,
    tick_names,
    tick_words,
    ticked,
    ticks_kept,
)
from careteam.web.directory.forms import ImportForm, correction_form
from careteam.web.directory.room import room
from careteam.web.frame.forms import Form, attempt, page
from careteam.web.frame.sending import done

ROWS_A_PAGE = 100
TAKES_A_WHILE = 2_000
"""From so many rows on looking at them takes longer than a second (docs/scale.md)."""
PERHAPS = "perhaps"
"""In the address: only rows that are new and perhaps somebody who is there."""
ASKED_ANEW_EVERY = 2
"""Seconds between two looks of the page by itself."""
NOBODY_CAME, ASKED_ANEW_FOR = timedelta(seconds=20), timedelta(minutes=10)
"""How long until the page says that no worker came, and until it stops asking by itself."""
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


@room.get("/import/practitioners", access=Permission.ADD_PRACTITIONER)
def import_new() -> ResponseReturnValue:
    return _new_page(ImportForm(), uuid4())


def _new_page(form: ImportForm, new_id: UUID) -> ResponseReturnValue:
    return page(
        "directory/import_new.html", form, new_id=new_id, recent=list_recent_imports(g.actor)
    )


@room.post("/import/practitioners", access=Permission.ADD_PRACTITIONER)
def import_create() -> ResponseReturnValue:
    form = ImportForm()
    try:
        draft = attempt(form, lambda: _bring(form))
    except Conflict:
        draft = get_import_draft(g.actor, form.new_id)
    if draft is None:
        return _new_page(form, form.new_id)
    return redirect(url_for("directory.import_show", draft_id=draft.id), 303)


def _bring(form: ImportForm) -> ImportDraft:
    table, source = _table(form)
    return operations.bring_table(actor=g.actor, table=table, source=source, draft_id=form.new_id)


def _table(form: ImportForm) -> tuple[Table, str]:
    """The rows and where they come from. Raises `Invalid` when neither was given."""
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        return read_file(upload.read()), upload.filename
    if form.rows.data:
        return read_pasted(form.rows.data), "pasted rows"
    raise Invalid("Choose a file or paste some rows.", field="rows")


@room.get("/import/practitioners/<uuid:draft_id>", access=Permission.ADD_PRACTITIONER)
def import_show(draft_id: UUID) -> ResponseReturnValue:
    draft = get_import_draft(g.actor, draft_id)
    if draft.confirmed_at is not None:
        return redirect(url_for("directory.import_done", draft_id=draft.id), 303)
    if draft.asked_at is not None:
        return _progress(draft)
    return _preview(draft)


def _progress(draft: ImportDraft) -> ResponseReturnValue:
    """How far a long import is. It asks anew by itself, but not for ever."""
    waits = clock.now() - (draft.working_since or draft.asked_at or clock.now())
    stage = working.stage_of(draft)
    answer = make_response(
        page(
            "directory/import_working.html",
            draft=draft,
            rows=len(draft.content["rows"]),
            is_working=stage is working.Stage.WORKING,
            is_alone=stage is working.Stage.WAITING and waits > NOBODY_CAME,
            asks_again=waits < ASKED_ANEW_FOR,
        )
    )
    if waits < ASKED_ANEW_FOR:
        answer.headers["Refresh"] = str(ASKED_ANEW_EVERY)
    return answer


def _preview(draft: ImportDraft, form: Form | None = None) -> ResponseReturnValue:
    brought = Brought.from_json(draft.content)
    found = _looked_at(brought)
    shown = _page_of(found.rows)
    return page(
        "directory/import_show.html",
        form,
        draft=draft,
        brought=brought,
        shown=shown,
        counts=Counter(row.outcome.value for row in found.rows),
        lacking=sum(map(lacks_discipline, found.rows)),
        takes_a_while=len(found.rows) > TAKES_A_WHILE,
        perhaps=sum(row.is_perhaps_same for row in found.rows),
        correction=form or _correction(brought, found, shown.items),
        boxes=[("ticks", row.row) for row in shown.items if row.row in found.differing],
        tick_names=tick_names(found.differing),
        has_failed=working.stage_of(draft) is working.Stage.FAILED,
        changing=len(entries_ticked(brought.taken, found.differing)),
        which=request.args.get("show", ""),
    )


def _looked_at(brought: Brought) -> Compared:
    return compared(g.actor, judged(brought, list_known(g.actor)))


def _page_of(rows: Sequence[Draft]) -> Page[Draft]:
    which, number = request.args.get("show", ""), page_number(request.args.get("page"))
    if which == PERHAPS:
        rows = [row for row in rows if row.is_perhaps_same]
    elif which in set(Outcome):
        rows = [row for row in rows if row.outcome == which]
    first = (number - 1) * ROWS_A_PAGE
    return Page(rows[first : first + ROWS_A_PAGE], number, ROWS_A_PAGE, len(rows))


def _correction(brought: Brought, found: Compared, rows: Sequence[Draft]) -> Form:
    """Corrections as they stand. Rows that a choice has healed keep their choice in reach."""
    open_rows = [row.row for row in rows if lacks_discipline(row) or row.row in brought.by_row]
    choices = [
        ("", "Passed over"),
        *((field.value, label) for field, label in FIELD_LABELS.items()),
    ]
    columns = [(index, heading, choices) for index, heading in enumerate(brought.headers)]
    form: Any = correction_form(columns, open_rows, tick_words(rows, found.differing))()
    if not form.is_submitted():
        for index, column in enumerate(brought.columns):
            form[f"column-{index}"].data = column.value if column else ""
        for number in open_rows:
            form[f"row-{number}"].data = brought.by_row.get(number, "")
        for name in ticks_kept(brought.taken, found.differing):
            if name in form:
                form[name].data = True
        form["default"].data = brought.default
    return form


@room.post("/import/practitioners/<uuid:draft_id>", access=Permission.ADD_PRACTITIONER)
def import_correct(draft_id: UUID) -> ResponseReturnValue:
    draft = get_import_draft(g.actor, draft_id)
    if draft.confirmed_at is not None:
        return redirect(url_for("directory.import_done", draft_id=draft.id), 303)
    if draft.asked_at is not None:
        return redirect(url_for("directory.import_show", draft_id=draft.id), 303)
    brought = Brought.from_json(draft.content)
    found = _looked_at(brought)
    form = _correction(brought, found, _page_of(found.rows).items)
    saved = attempt(form, lambda: _correct(draft, brought, found, form))
    if saved is None:
        return _preview(draft, form)
    return redirect(
        url_for(
            "directory.import_show",
            draft_id=draft.id,
            show=request.args.get("show"),
            page=request.args.get("page"),
        ),
        303,
    )


def _correct(draft: ImportDraft, brought: Brought, found: Compared, form: Any) -> ImportDraft:
    rows = {
        int(name.removeprefix("row-")): field.data
        for name, field in form._fields.items()
        if name.startswith("row-") and name in request.form
    }
    return operations.correct_import(
        actor=g.actor,
        draft=draft,
        columns=_columns(brought, form),
        default=form["default"].data,
        by_row=rows,
        taken=_taken(found),
    )


def _taken(found: Compared) -> dict[int, Taken]:
    """What the boxes say, or the button that is pressed in place of all of them."""
    if request.form.get("all") == "take":
        return everything(found.differing)
    if request.form.get("all") == "leave":
        return {row: Taken(each.version, ()) for row, each in found.differing.items()}
    return ticked(found.differing)


def _columns(brought: Brought, form: Any) -> list[str] | None:
    """What the columns hold, where the form says it."""
    names = [f"column-{index}" for index in range(len(brought.headers))]
    return [form[name].data for name in names] if set(names) <= set(request.form) else None


@room.post("/import/practitioners/<uuid:draft_id>/confirm", access=Permission.ADD_PRACTITIONER)
def import_confirm(draft_id: UUID) -> ResponseReturnValue:
    """With the boxes of the page as they are, where its own form was sent."""
    draft = get_import_draft(g.actor, draft_id)
    if "ticks" in request.form and draft.confirmed_at is None and draft.asked_at is None:
        brought = Brought.from_json(draft.content)
        operations.correct_import(
            actor=g.actor,
            draft=draft,
            default=brought.default,
            taken=ticked(_looked_at(brought).differing),
        )
    if len(draft.content.get("rows", ())) > working.MANY and not request.form.get("now"):
        working.ask_for_import(actor=g.actor, draft=draft)
        return done("directory.import_show", draft_id=draft.id)
    try:
        operations.confirm_import(actor=g.actor, draft=draft)
    except Invalid as error:
        return done("directory.import_show", error.message, kind="alert", draft_id=draft.id)
    return done("directory.import_done", draft_id=draft.id)


@room.post("/import/practitioners/<uuid:draft_id>/call-off", access=Permission.ADD_PRACTITIONER)
def import_call_off(draft_id: UUID) -> ResponseReturnValue:
    draft = get_import_draft(g.actor, draft_id)
    try:
        working.call_off_import(actor=g.actor, draft=draft)
    except Invalid as error:
        return done("directory.import_show", error.message, kind="alert", draft_id=draft_id)
    return done("directory.import_show", draft_id=draft_id)


@room.get("/import/practitioners/<uuid:draft_id>/done", access=Permission.ADD_PRACTITIONER)
def import_done(draft_id: UUID) -> ResponseReturnValue:
    draft = get_import_draft(g.actor, draft_id)
    if draft.confirmed_at is None:
        return redirect(url_for("directory.import_show", draft_id=draft.id), 303)
    return page(
        "directory/import_done.html",
        draft=draft,
        may_undo=operations.may_undo(draft),
        taken_back=draft.content.get(operations.TAKEN_BACK),
        changed=draft.content.get(operations.CHANGED, 0),
        given_back=draft.content.get(operations.GIVEN_BACK, 0),
        left=draft.content.get(operations.LEFT, 0),
    )


@room.post("/import/practitioners/<uuid:draft_id>/undo", access=Permission.ADD_PRACTITIONER)
def import_undo(draft_id: UUID) -> ResponseReturnValue:
    draft = get_import_draft(g.actor, draft_id)
    try:
        operations.undo_practitioners(actor=g.actor, draft=draft)
    except Conflict as error:
        return done("directory.import_done", error.message, kind="alert", draft_id=draft_id)
    return done("directory.import_done", draft_id=draft_id)
