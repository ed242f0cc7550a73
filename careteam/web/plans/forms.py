"""Forms about milestones and the day a plan counts from."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from wtforms import DateField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from careteam.domain.planning import LEAD, STATE_LABELS
from careteam.features.plans.checking import Progress, Structure
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import Form, line, sensible_day, text

STATES = [SelectChoice(state.value, label) for state, label in STATE_LABELS.items()]


def day(label: str, *validators: object) -> DateField:
    """A day; empty is None."""
    return DateField(label, validators=[*(validators or [Optional()]), sensible_day])


class Ticks(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MoveForm(Form):
    """How far a milestone is. An unknown state is refused by the operation."""

    status = RadioField("How far is this?", choices=STATES, validate_choice=False)
    reached_on = day("On which day")
    reason = text("Why", longest=2000)

    @property
    def progress(self) -> Progress | None:
        """None where the form was sent without a state."""
        if self.status.data in (None, "", "None"):
            return None
        return Progress(self.status.data, self.reason.data, self.reached_on.data)


class MilestoneForm(MoveForm):
    """What a milestone is. Owner and milestones are checked by the operation: 404 if foreign."""

    title = line("What is to be reached", InputRequired("Say what is to be reached."))
    owner = SelectField("Who sees to it", validate_choice=False, default=LEAD)
    due_on = day("Target date", InputRequired("Give a day."))
    criterion = text("How one can tell it is reached", longest=2000)
    depends_on = Ticks("Waits for", validate_choice=False)

    def offer(
        self, owners: Iterable[tuple[str, str]], milestones: Iterable[tuple[str, str]]
    ) -> None:
        self.owner.choices = [SelectChoice(value, label) for value, label in owners]
        self.depends_on.choices = [SelectChoice(value, label) for value, label in milestones]

    def structure(self, owner: str) -> Structure:
        """`owner` stands where the form was sent without one. Raises `NotFound` for no id."""
        assert self.title.data is not None
        assert self.due_on.data is not None
        return Structure(
            title=self.title.data,
            owner=self.owner.data or owner,
            due_on=self.due_on.data,
            depends_on=tuple(_id(value) for value in self.depends_on.data or ()),
            criterion=self.criterion.data,
        )


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise NotFound from None


class AnchorForm(Form):
    anchor_on = day("The day the plan counts from", InputRequired("Give a day."))


class MakeForm(Form):
    """Making the plan; the day is asked for only where the goal has none."""

    anchor_on = day("The day the plan counts from")
