"""A list of past referrals: bring it, look at every row, confirm it, take it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, FileField, SelectChoice, SelectField
from wtforms.validators import Optional

from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.importing import Outcome
from careteam.domain.importing.edges import Meant, unclear_words
from careteam.domain.importing.words import fold
from careteam.features.imports import past_referrals
from careteam.features.imports.edges import (
    KIND,
    MOST_REFERRALS,
    BroughtEdges,
    Judged,
    judged_edges,
)
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.queries import (
    get_import_draft,
    get_referral_import,
    list_referral_imports,
)
from careteam.kit.errors import Conflict, Invalid
from careteam.kit.paging import Page, page_number
from careteam.kit.tables import CUT, MAX_ROWS, Table, read_csv, read_file
from careteam.web.frame.forms import Form, attempt, page, sensible_day, text
from careteam.web.frame.sending import done
from careteam.web.network.room import room

ROWS_A_PAGE = 100
MOST_ASKED = 30
"""Words for people that are asked about on one page, the most frequent first."""
ANSWERS = (
    ("", "Leave them out"),
    ("accepted", "Were accepted"),
    ("declined", "Were declined"),
    ("never_answered", "Were never answered"),
)


class EdgesForm(Form):
    file = FileField("A file: .csv or .xlsx", render_kw={"accept": ".csv,.xlsx,text/csv"})
    rows = text("Or paste them here", longest=1_000_000)


class WishesForm(Form):
    """Beside these a choice for each unclear word: `person-0`, `person-1`, ..."""

    day = DateField("Rows without a day happened on", validators=[Optional(), sensible_day])
    answer = SelectField(
        "Rows that do not say what came of it", choices=[SelectChoice(*each) for each in ANSWERS]
    )


@room.get("/network/import", access=Permission.READ_NETWORK)
def edges_new() -> ResponseReturnValue:
    return _new_page(EdgesForm(), uuid4())


@room.post("/network/import", access=Permission.READ_NETWORK)
def edges_create() -> ResponseReturnValue:
    form = EdgesForm()
    try:
        draft = attempt(form, lambda: _bring(form))
    except Conflict:
        draft = get_import_draft(g.actor, form.new_id, KIND)
    if draft is None:
        return _new_page(form, form.new_id)
    return redirect(url_for("network.edges_show", draft_id=draft.id), 303)


def _new_page(form: Form, new_id: UUID) -> ResponseReturnValue:
    return page(
        "network/edges_new.html",
        form,
        new_id=new_id,
        is_steward=allowed(g.actor, Permission.MANAGE_COMMUNITY),
        has_entry=g.actor.practitioner_id is not None,
        earlier=list_referral_imports(g.actor),
        most_rows=MAX_ROWS,
        most_referrals=MOST_REFERRALS,
    )


def _bring(form: EdgesForm) -> ImportDraft:
    table, source = _table(form)
    return past_referrals.bring_edges(
        actor=g.actor, table=table, source=source, draft_id=form.new_id
    )


def _table(form: EdgesForm) -> tuple[Table, str]:
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        return read_file(upload.read()), upload.filename
    if form.rows.data:
        return read_csv(form.rows.data.encode()), "pasted rows"
    raise Invalid("Choose a file or paste some rows.", field="rows")


@room.get("/network/import/<uuid:draft_id>", access=Permission.READ_NETWORK)
def edges_show(draft_id: UUID) -> ResponseReturnValue:
    draft = get_import_draft(g.actor, draft_id, KIND)
    if draft.confirmed_at is not None:
        return redirect(url_for("network.edges_done", import_id=draft.id), 303)
    return _preview(draft)


def _preview(draft: ImportDraft, form: Form | None = None) -> ResponseReturnValue:
    brought = BroughtEdges.from_json(draft.content)
    judged = judged_edges(g.actor, brought)
    names = {one.id: one.name for one in judged.people.by_id.values()}
    problems = list(brought.problems)
    cut = problems.pop() if problems and problems[-1][1].startswith(CUT) else None
    return page(
        "network/edges_show.html",
        form,
        draft=draft,
        names=names,
        shown=_page_of(judged.rows),
        counts=Counter(row.outcome.value for row in judged.rows),
        referrals=sum(row.count for row in judged.rows if row.outcome is Outcome.NEW),
        reasons=_reasons(judged.rows),
        cut=cut,
        problems=problems[:ROWS_A_PAGE],
        unread=len(problems),
        wishes=form or _wishes_form(brought, judged),
        which=request.args.get("show", ""),
    )


def _reasons(rows: Sequence[Meant]) -> list[tuple[str, int]]:
    """Why rows are left out, the most frequent first; who is unknown counts as one reason."""
    said = (
        "Somebody is not in the directory."
        if row.why.endswith("is not in the directory.")
        else "Several people have the name."
        if " people are called " in row.why
        else "There is something else in the column of days."
        if " is not a day." in row.why
        else "A day could be two: write the year first, as other rows have the month first."
        if " could be two days" in row.why
        else row.why
        for row in rows
        if row.outcome is Outcome.REFUSED
    )
    return Counter(said).most_common(8)


def _page_of(rows: Sequence[Meant]) -> Page[Meant]:
    which, number = request.args.get("show", ""), page_number(request.args.get("page"))
    if which in set(Outcome):
        rows = [row for row in rows if row.outcome == which]
    first = (number - 1) * ROWS_A_PAGE
    return Page(rows[first : first + ROWS_A_PAGE], number, ROWS_A_PAGE, len(rows))


def _words(brought: BroughtEdges) -> list[str]:
    """Each word that stands for somebody once, as in the file: their places name the fields."""
    return list(dict.fromkeys(word for edge in brought.edges for word in edge[1:3] if word))


def _wishes_form(brought: BroughtEdges, judged: Judged) -> Form:
    """What the list does not say, as it stands. A word that a choice has cleared keeps it in reach,
    first of all."""
    chosen = brought.wishes.people
    numbers = {word: number for number, word in enumerate(_words(brought))}
    cleared = [word for word in numbers if fold(word) in chosen]
    asked: dict[str, Any] = {}
    for word in [*cleared, *(word for word, _ in unclear_words(judged.rows))]:
        similar = judged.people.similar(word) if len(asked) < MOST_ASKED else []
        if similar:
            asked[f"person-{numbers[word]}"] = SelectField(
                f"“{word[:80]}”",
                choices=[
                    SelectChoice("", "Leave out"),
                    *(SelectChoice(one.id, one.name) for one in similar),
                ],
                default=chosen.get(fold(word), ""),
                validate_choice=False,
            )
    form: Any = type("ChosenForm", (WishesForm,), asked)()
    if not form.is_submitted():
        form.day.data, form.answer.data = brought.wishes.day, brought.wishes.answer
    return form


@room.post("/network/import/<uuid:draft_id>", access=Permission.READ_NETWORK)
def edges_correct(draft_id: UUID) -> ResponseReturnValue:
    draft = get_import_draft(g.actor, draft_id, KIND)
    if draft.confirmed_at is not None:
        return redirect(url_for("network.edges_done", import_id=draft.id), 303)
    brought = BroughtEdges.from_json(draft.content)
    form: Any = _wishes_form(brought, judged_edges(g.actor, brought))
    saved = attempt(form, lambda: _correct(draft, brought, form))
    if saved is None:
        return _preview(draft, form)
    shown = request.args.get("show")
    return redirect(url_for("network.edges_show", draft_id=draft.id, show=shown), 303)


def _correct(draft: ImportDraft, brought: BroughtEdges, form: Any) -> ImportDraft:
    words = _words(brought)
    people = {
        words[int(name.removeprefix("person-"))]: field.data
        for name, field in form._fields.items()
        if name.startswith("person-") and name in request.form
    }
    return past_referrals.correct_edges(
        actor=g.actor,
        draft=draft,
        day=form.day.data,
        answer=form.answer.data,
        people=people,
    )


@room.post("/network/import/<uuid:draft_id>/confirm", access=Permission.READ_NETWORK)
def edges_confirm(draft_id: UUID) -> ResponseReturnValue:
    draft = get_import_draft(g.actor, draft_id, KIND)
    past_referrals.confirm_edges(actor=g.actor, draft=draft)
    return done("network.edges_done", import_id=draft.id)


@room.get("/network/imports/<uuid:import_id>", access=Permission.READ_NETWORK)
def edges_done(import_id: UUID) -> ResponseReturnValue:
    return page("network/edges_done.html", made=get_referral_import(g.actor, import_id))


@room.post("/network/imports/<uuid:import_id>/undo", access=Permission.READ_NETWORK)
def edges_undo(import_id: UUID) -> ResponseReturnValue:
    made = get_referral_import(g.actor, import_id)
    past_referrals.undo_import(actor=g.actor, made=made)
    return done("network.edges_done", "Taken back.", import_id=made.id)
