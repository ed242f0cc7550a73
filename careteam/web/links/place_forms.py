"""The small forms of the place on the team: a step, a value, a note, leaving."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import DateField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from careteam.domain.planning import STATE_LABELS
from careteam.features.measures.offered import Offered
from careteam.features.measures.operations import WAYS
from careteam.features.notes.choosing import AUDIENCES, KindOfNote
from careteam.features.plans.checking import Progress
from careteam.kit import clock
from careteam.web.frame.forms import Form, choices, line, sensible_day, text
from careteam.web.frame.numbers import Number

NOT_CHOSEN = ("", "Choose")


class NoteForm(Form):
    """Whom it is for and what it is about are chosen each time; the operation says what lacks."""

    body = text("Your note", longest=4000)
    audience = RadioField(
        "For whom?",
        choices=choices(AUDIENCES.items()),
        validators=[Optional()],
        validate_choice=False,
    )
    information_class = SelectField("What is it about?", validate_choice=False)

    def offer(self, kinds: Sequence[KindOfNote]) -> None:
        pairs = [NOT_CHOSEN, *((kind.id, kind.label) for kind in kinds)]
        self.information_class.choices = choices(pairs)


class StepForm(NoteForm):
    """How far a step is, and a note about it where one is written."""

    status = RadioField(
        "How far is it?",
        choices=[SelectChoice(state.value, label) for state, label in STATE_LABELS.items()],
        validate_choice=False,
    )
    reached_on = DateField("On which day?", validators=[Optional(), sensible_day])
    reason = text("How was it judged, or why not?", longest=2000)

    @property
    def progress(self) -> Progress:
        chosen = self.status.data
        status = "" if chosen in (None, "None") else str(chosen)
        return Progress(status, self.reason.data, self.reached_on.data)


class ValueForm(Form):
    """Measure and way are checked by the operation: what is hidden is not to be told apart."""

    measure = SelectField("What was measured?", validate_choice=False)
    value = Number("Value", validators=[InputRequired("Give the value.")])
    taken_on = DateField(
        "Day", validators=[InputRequired("Give the day."), sensible_day], default=clock.today
    )
    how = SelectField(
        "How it was taken",
        choices=[SelectChoice(way, way.capitalize()) for way in WAYS],
        validate_choice=False,
        default=WAYS[0],
    )
    note = line("A word with it", longest=500)

    def offer(self, offered: Sequence[Offered]) -> None:
        self.measure.choices = choices((each.id, each.label) for each in offered)


class StopForm(Form):
    text = text("How it ended, two lines are enough", longest=10_000)
    next_step = line("What the team should do next", longest=1000)
