"""The form of one measurement, on the measures' page and on the client's."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from careteam.features.measures.operations import WAYS
from careteam.features.measures.parts import Progress
from careteam.kit import clock
from careteam.web.frame.forms import Form, line, sensible_day
from careteam.web.frame.numbers import Number


class MeasurementForm(Form):
    """Measure and way are checked by the operation: what is hidden is not to be told apart."""

    measure = SelectField("Measure", validate_choice=False, id="measurement-measure")
    value = Number("Value", validators=[InputRequired("Give the value.")], id="measurement-value")
    taken_on = DateField(
        "Day",
        validators=[InputRequired("Give the day."), sensible_day],
        default=clock.today,
        id="measurement-day",
    )
    how = SelectField(
        "How it was taken",
        choices=[SelectChoice(way, way.capitalize()) for way in WAYS],
        validate_choice=False,
        default=WAYS[0],
        id="measurement-how",
    )
    note = line("Note", longest=500, id="measurement-note")


def measurement_form(progress: Progress, **data: Any) -> MeasurementForm:
    """The form with the measures that this reader may record."""
    form = MeasurementForm(**data)
    form.measure.choices = [SelectChoice(each.id, each.label) for each in progress.offered]
    return form
