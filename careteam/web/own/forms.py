"""One small form a page, in plain words."""

from __future__ import annotations

from wtforms import DateField, RadioField
from wtforms.validators import Optional

from careteam.domain.planning import MilestoneState
from careteam.features.plans.checking import Progress
from careteam.web.frame.forms import Form, choices, line, sensible_day, text

PLAIN_STATES = {
    MilestoneState.PLANNED: "Not begun",
    MilestoneState.IN_PROGRESS: "Begun",
    MilestoneState.DONE: "Done",
    MilestoneState.SKIPPED: "I leave it out",
    MilestoneState.UNABLE: "I cannot do it",
}


class CodeForm(Form):
    code = line("Code of six digits", longest=20)


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
