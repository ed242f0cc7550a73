"""The form of a note, on the notes' page and on the client's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from careteam.features.notes.choosing import AUDIENCES, KindOfNote
from careteam.web.frame.forms import Form, choices, text

NOT_CHOSEN = ("", "Choose")


class NoteForm(Form):
    """Nothing is chosen beforehand; the operation says what is missing."""

    body = text("Note", longest=4000, id="note-body")
    audience = RadioField(
        "For whom?",
        choices=choices(AUDIENCES.items()),
        validators=[Optional()],
        validate_choice=False,
        id="note-audience",
    )
    information_class = SelectField("What is it about?", validate_choice=False, id="note-class")


def note_form(kinds: Sequence[KindOfNote], **data: Any) -> NoteForm:
    """The form with the kinds of information that a note may hold."""
    form = NoteForm(**data)
    pairs = [NOT_CHOSEN, *((kind.id, kind.label) for kind in kinds)]
    form.information_class.choices = choices(pairs)
    return form
