"""The first import: bring a list, look at what it would do, confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from flask import g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.importing import Draft, Outcome
from careteam.features.directory.queries import list_known
from careteam.features.imports import operations, undoing, working
from careteam.features.imports.comparing import Compared, compared
from careteam.features.imports.contents import Brought, judged, lacks_discipline
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.queries import get_import_draft, list_recent_imports
from careteam.features.imports.rereading import read_again
from careteam.kit import clock
from careteam.kit.errors import Conflict, Invalid
from careteam.kit.paging import Page, page_number
from careteam.kit.tables import Table, read_file, read_pasted
from careteam.web.directory.correcting import (
    correct,
    correction,
    leave_name,
    reads_otherwise,
    rows_to_leave,
)
from careteam.web.directory.differing import entries_ticked, tick_names
from careteam.web.directory.forms import ImportForm
from careteam.web.directory.room import room
from careteam.web.frame.forms import Form, attempt, page
from careteam.web.frame.sending import done

ROWS_A_PAGE = 100
TAKES_A_WHILE = 2_000
"""From so many rows on looking at them takes longer than a second (docs/scale.md)."""
READ_ANEW = "The list is read as you said. Look at the rows once more, then import."
PERHAPS = "perhaps"
"""In the address: only rows that are new and perhaps somebody who is there."""
ASKED_ANEW_EVERY = 2
"""Seconds between two looks of the page by itself."""
NOBODY_CAME, ASKED_ANEW_FOR = timedelta(seconds=20), timedelta(minutes=10)
"""How long until the page says that no worker came, and until it stops asking by itself."""


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
    """How far a long import is, or its undoing. It asks anew by itself, but not for ever."""
    is_undo = draft.confirmed_at is not None
    waits = clock.now() - (draft.working_since or draft.asked_at or clock.now())
    stage = working.stage_of(draft)
    answer = make_response(
        page(
            "directory/import_working.html",
            draft=draft,
            rows=undoing.entries_to_undo(draft) if is_undo else len(draft.content["rows"]),
            is_undo=is_undo,
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
    found = _looked_at(draft, brought)
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
        correction=form or correction(brought, found, shown.items),
        boxes=[
            *(("ticks", row.row) for row in shown.items if row.row in found.differing),
            *(("rows", row) for row in rows_to_leave(brought, shown.items)),
        ],
        tick_names=tick_names(found.differing),
        leave_name=leave_name,
        has_failed=working.stage_of(draft) is working.Stage.FAILED,
        changing=len(entries_ticked(brought.taken, found.differing)),
        which=request.args.get("show", ""),
    )


def _looked_at(draft: ImportDraft, brought: Brought) -> Compared:
    rows = read_again(draft, brought)
    return compared(g.actor, judged(brought, list_known(g.actor), rows))


def _page_of(rows: Sequence[Draft]) -> Page[Draft]:
    which, number = request.args.get("show", ""), page_number(request.args.get("page"))
    if which == PERHAPS:
        rows = [row for row in rows if row.is_perhaps_same]
    elif which in set(Outcome):
        rows = [row for row in rows if row.outcome == which]
    first = (number - 1) * ROWS_A_PAGE
    return Page(rows[first : first + ROWS_A_PAGE], number, ROWS_A_PAGE, len(rows))


@room.post("/import/practitioners/<uuid:draft_id>", access=Permission.ADD_PRACTITIONER)
def import_correct(draft_id: UUID) -> ResponseReturnValue:
    draft = get_import_draft(g.actor, draft_id)
    if draft.confirmed_at is not None:
        return redirect(url_for("directory.import_done", draft_id=draft.id), 303)
    if draft.asked_at is not None:
        return redirect(url_for("directory.import_show", draft_id=draft.id), 303)
    form, is_saved = _save_corrections(draft)
    if not is_saved:
        return _preview(draft, form)
    return redirect(
        url_for(
            "directory.import_show",
            draft_id=draft.id,
            show=request.args.get("show"),
            page=request.form.get("go") or request.args.get("page"),
        ),
        303,
    )


def _save_corrections(draft: ImportDraft) -> tuple[Form, bool]:
    """The form that was sent, and whether what it says is kept."""
    brought = Brought.from_json(draft.content)
    found = _looked_at(draft, brought)
    form = correction(brought, found, _page_of(found.rows).items)
    saved = attempt(form, lambda: correct(draft, brought, found, form))
    return form, saved is not None


@room.post("/import/practitioners/<uuid:draft_id>/confirm", access=Permission.ADD_PRACTITIONER)
def import_confirm(draft_id: UUID) -> ResponseReturnValue:
    """With what the page says, where its own form was sent. Columns that are to be read otherwise
    are shown first: nobody has seen yet what becomes of the rows."""
    draft = get_import_draft(g.actor, draft_id)
    is_open = draft.confirmed_at is None and draft.asked_at is None
    is_corrected = is_open and not {"ticks", "rows"}.isdisjoint(request.form)
    if is_corrected:
        before = Brought.from_json(draft.content)
        form, is_saved = _save_corrections(draft)
        if not is_saved:
            return _preview(draft, form)
        if reads_otherwise(before, form):
            return done("directory.import_show", READ_ANEW, draft_id=draft.id)
    if len(draft.content.get("rows", ())) > working.MANY and not request.form.get("now"):
        working.ask_for_import(actor=g.actor, draft=draft)
        return done("directory.import_show", draft_id=draft.id)
    try:
        operations.confirm_import(actor=g.actor, draft=draft)
    except Invalid as error:
        if is_corrected:  # that was taken back too, and is not what was refused
            _save_corrections(draft)
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
    if draft.asked_at is not None:
        return _progress(draft)
    return page(
        "directory/import_done.html",
        draft=draft,
        has_failed=undoing.may_undo(draft) and working.stage_of(draft) is working.Stage.FAILED,
        may_undo=undoing.may_undo(draft),
        taken_back=draft.content.get(undoing.TAKEN_BACK),
        changed=draft.content.get(operations.CHANGED, 0),
        given_back=draft.content.get(undoing.GIVEN_BACK, 0),
        left=draft.content.get(undoing.LEFT, 0),
    )


@room.post("/import/practitioners/<uuid:draft_id>/undo", access=Permission.ADD_PRACTITIONER)
def import_undo(draft_id: UUID) -> ResponseReturnValue:
    draft = get_import_draft(g.actor, draft_id)
    if undoing.entries_to_undo(draft) > working.MANY and not request.form.get("now"):
        working.ask_to_undo(actor=g.actor, draft=draft)
        return done("directory.import_done", draft_id=draft_id)
    if working.stage_of(draft) is working.Stage.WORKING:
        return done("directory.import_done", draft_id=draft_id)
    try:
        undoing.undo_practitioners(actor=g.actor, draft=draft)
    except Conflict as error:
        return done("directory.import_done", error.message, kind="alert", draft_id=draft_id)
    return done("directory.import_done", draft_id=draft_id)
