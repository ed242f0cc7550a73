"""The notes of a goal, one more, and one's own taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Goal
from careteam.features.clients.queries import find_client, get_goal
from careteam.features.clients.shown import shown_goal
from careteam.features.notes import operations
from careteam.features.notes.models import Note
from careteam.features.notes.parts import NotesPart, notes_part
from careteam.features.notes.queries import find_note, get_note
from careteam.kit.paging import page_number
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.notes.forms import NoteForm, note_form
from careteam.web.notes.room import room

CLIENT_PAGE = "client"
"""The value of the field `back` that returns to the client's page."""


@room.app_template_global("note_form")
def empty_form(part: NotesPart) -> NoteForm:
    """For the client's page, which shows the form without knowing this room."""
    return note_form(part.kinds, formdata=None)


@room.get("/goals/<uuid:goal_id>/notes", access=SIGNED_IN)
def note_list(goal_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    part = _part(goal)
    return _page(goal, part, note_form(part.kinds, formdata=None))


def _part(goal: Goal) -> NotesPart:
    client = find_client(g.actor, goal.client_id)
    called = client.called if client else "The client"
    return notes_part(g.actor, goal, called, page=page_number(request.args.get("page")))


def _page(goal: Goal, part: NotesPart, form: NoteForm) -> ResponseReturnValue:
    return page(
        "notes/note_list.html",
        form,
        goal=shown_goal(g.actor, goal),
        client=find_client(g.actor, goal.client_id),
        part=part,
        new_id=form.new_id,
    )


@room.post("/goals/<uuid:goal_id>/notes/open", access=SIGNED_IN)
def note_open(goal_id: UUID) -> ResponseReturnValue:
    """From a line that says there are new ones: they are read on the page this leads to."""
    operations.open_notes(actor=g.actor, goal=get_goal(g.actor, goal_id))
    return done("notes.note_list", goal_id=goal_id)


@room.post("/goals/<uuid:goal_id>/notes", access=SIGNED_IN)
def note_write(goal_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    part = _part(goal)
    form = note_form(part.kinds)
    if find_note(g.actor, goal, form.new_id) is not None:
        return redirect(url_for("notes.note_list", goal_id=goal_id), 303)
    note = attempt(form, lambda: _write(form, goal))
    if note is None:
        return _page(goal, part, form)
    undo = url_for("notes.note_take_back", goal_id=goal_id, note_id=note.id)
    return _answer(goal, "Your note is written.", undo=undo)


def _write(form: NoteForm, goal: Goal) -> Note:
    return operations.write_note(
        actor=g.actor,
        goal=goal,
        note_id=form.new_id,
        body=form.body.data,
        audience=form.audience.data,
        information_class=form.information_class.data,
    )


def _answer(goal: Goal, words: str, undo: str | None = None) -> ResponseReturnValue:
    """Back to where it was written; the words say nothing of the note, they stand in a cookie."""
    back = request.form.get("back", "")
    place: dict[str, Any] = {"goal_id": goal.id}
    endpoint, anchor = "notes.note_list", None
    if back == CLIENT_PAGE:
        place = {"client_id": goal.client_id, "goal": goal.id}
        endpoint, anchor = "clients.client_show", "notes"
    return done(endpoint, words, undo=undo, undo_fields={"back": back}, anchor=anchor, **place)


@room.post("/goals/<uuid:goal_id>/notes/<uuid:note_id>/take-back", access=SIGNED_IN)
def note_take_back(goal_id: UUID, note_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    operations.take_back_note(actor=g.actor, note=get_note(g.actor, goal, note_id))
    return _answer(goal, "Your note is taken back.")
