"""The steps that follow silence, as a form: whole working days, empty for never."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import Optional

from careteam.web.frame.forms import Form


class Days(IntegerField):
    """A number of days as people type it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([str(value).strip() for value in valuelist])
        except ValueError:
            raise ValueError("Give a whole number of days, such as 3.") from None


class StepsForm(Form):
    remind_days = Days("They are reminded after", validators=[Optional()])
    tell_days = Days("The sender is told after", validators=[Optional()])
    propose_days = Days("The next person is proposed after", validators=[Optional()])
    expire_days = Days("It is given up after", validators=[Optional()])
