"""What the style guide shows: one field of every kind, empty and wrong."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    IntegerField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget


def _choices(*labels: str) -> list[SelectChoice]:
    return [SelectChoice(value=label.lower().replace(" ", "_"), label=label) for label in labels]


class SampleSearch(Form):
    q = SearchField("Name, place or discipline")
    language = SelectField("Language", choices=_choices("Any", "English", "Turkish"))


class SampleForm(Form):
    name = StringField("Name", [InputRequired("Enter a name.")])
    note = TextAreaField("Note for the team")
    due_on = DateField("Due on", [InputRequired("Enter a day.")])
    score = IntegerField("Score", [NumberRange(0, 27, "Enter a number from 0 to 27.")])
    discipline = SelectField("Discipline", choices=_choices("Dietitian", "Physiotherapist"))
    urgency = RadioField(
        "Urgency",
        [InputRequired("Choose how urgent it is.")],
        choices=_choices("Routine", "Soon", "Urgent"),
    )
    answer = RadioField("Pain at night", [Optional()], choices=_choices("Yes", "No", "Not known"))
    classes = SelectMultipleField(
        "Mira Fischer would know",
        [InputRequired("Choose at least one.")],
        choices=_choices("Names and times", "Goal and plan", "Measures"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    consent_to_keep = BooleanField(
        "She agrees that this record is kept", [InputRequired("Record her consent first.")]
    )
    paper = FileField("Photograph of the paper")


class SampleDialog(Form):
    reason = RadioField("Why?", choices=_choices("No capacity", "Outside my scope", "Other"))


def samples() -> dict[str, Form]:
    """The forms that templates/styleguide.html asks for."""
    typed = {"name": "", "note": "This stays.", "due_on": "31 Feb", "score": "abc"}
    sent = MultiDict({f"wrong-{name}": value for name, value in typed.items()})
    wrong = SampleForm(sent, prefix="wrong-", data={"discipline": "dietitian"})
    wrong.validate()
    good = SampleForm(data={"name": "Noor A.", "answer": "yes"})
    return {
        "form": good,
        "wrong_form": wrong,
        "search_form": SampleSearch(),
        "dialog_form": SampleDialog(),
    }
