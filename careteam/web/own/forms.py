"""One small form a page, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import DateField, RadioField
from wtforms.validators import Optional

from careteam.domain.planning import MilestoneState
from careteam.features.clients.models import Goal
from careteam.features.measures.offered import Offered
from careteam.features.plans.checking import Progress
from careteam.web.frame.forms import Form, choices, line, sensible_day, text
from careteam.web.frame.numbers import Number

PLAIN_STATES = {
    MilestoneState.PLANNED: "Not begun",
    MilestoneState.IN_PROGRESS: "Begun",
    MilestoneState.DONE: "Done",
    MilestoneState.SKIPPED: "I leave it out",
    MilestoneState.UNABLE: "I cannot do it",
}


class OwnStepForm(Form):
    status = RadioField(
        "How far is it?",
        choices=choices((state.value, words) for state, words in PLAIN_STATES.items()),
        validate_choice=False,
    )
    reached_on = DateField("On which day?", validators=[Optional(), sensible_day])
    reason = text("A word about it", longest=2000)

    @property
    def progress(self) -> Progress:
        chosen = self.status.data
        status = "" if chosen in (None, "None") else str(chosen)
        return Progress(status, self.reason.data, self.reached_on.data)


class PinForm(Form):
    """The operation says what is wrong."""

    pin = line("PIN", longest=20)


class CheckInForm(Form):
    """A line of text and what it is about; `form_of` adds a number for each measure asked."""

    body = text("How is it going?", longest=2000)
    information_class = RadioField("What is it about?", validate_choice=False)

    def values(self, asked: Sequence[Asked]) -> list[tuple[Asked, float]]:
        """What was given, in the order asked."""
        given = [(each, self[each.field].data) for each in asked]
        return [(each, value) for each, value in given if value is not None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure of a goal as the check-in asks for it, in its own words."""

    goal: Goal
    offered: Offered

    @property
    def field(self) -> str:
        return f"value_{self.offered.id}"


def check_in_form(
    asked: Sequence[Asked], kinds: Sequence[tuple[str, str]], **options: Any
) -> CheckInForm:
    fields = {
        each.field: Number(each.offered.measure.wording, validators=[Optional()]) for each in asked
    }
    form: CheckInForm = type("AskedForm", (CheckInForm,), fields)(**options)
    form.information_class.choices = choices(kinds)
    return form
