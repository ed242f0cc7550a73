"""Forms about milestones and the day a plan counts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import request
from markupsafe import Markup
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from careteam.domain.planning import LEAD, STATE_LABELS, Answer
from careteam.features.plans.agreeing import Entered
from careteam.features.plans.changes import Told
from careteam.features.plans.checking import MOST_LAG, Progress, Structure
from careteam.kit.errors import NotFound
from careteam.web.frame.agreement import AnswerForm
from careteam.web.frame.forms import Form, choices, line, sensible_day, text, whole_number

DAYS_BOX = Markup(
    '<span class="choice-beside"><input type="text" inputmode="numeric" maxlength="4" id="%s" '
    'name="%s" value="%s" aria-label="%s"> days in between</span>'
)
ANSWERS = [
    SelectChoice(Answer.AGREED.value, "Agrees"),
    SelectChoice(Answer.OBJECTS.value, "Objects"),
    SelectChoice(Answer.COPIED.value, "Gets a copy and need not answer"),
]
WAYS = {"phone": "By telephone", "letter": "By letter or mail", "in_person": "In person"}
SEEN = "seen"
KNOWN = [
    SelectChoice(SEEN, "I saw it, or did it"),
    SelectChoice("phone", "Told by telephone"),
    SelectChoice("letter", "By letter or mail"),
    SelectChoice("in_person", "Told in person"),
]
STATES = [SelectChoice(state.value, label) for state, label in STATE_LABELS.items()]


def day(label: str, *validators: object) -> DateField:
    """A day; empty is None."""
    return DateField(label, validators=[*(validators or [Optional()]), sensible_day])


class Ticks(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WaitsFor(Ticks):
    """Milestones to tick, and beside each the days that have to go by after it.

    `days` are those of the milestones ticked; None where the form was sent without them.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.days: dict[str, int] | None = None
        self._typed: dict[str, str] = {}

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        sent = {key: request.form.get(self._name(key)) for key in self.data or ()}
        came = {key: typed.strip() for key, typed in sent.items() if typed is not None}
        if came or not sent:
            self.days = {key: _days(typed) for key, typed in came.items()}
        # Days beside a milestone not ticked yet count for nothing, but stay where they were typed.
        start = self._name("")
        boxes = {name: typed for name, typed in request.form.items() if name.startswith(start)}
        self._typed = {name.removeprefix(start): typed.strip() for name, typed in boxes.items()}

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if any(days < 0 for days in (self.days or {}).values()):
            raise ValidationError(f"Give whole days from 0 to {MOST_LAG}.")

    def show(self, days: Mapping[str, int]) -> None:
        """The days in between as they are stored."""
        self._typed = {key: str(number) for key, number in days.items()}

    def beside(self, choice: Any) -> Markup:
        """The box for the days, beside the tick."""
        key, words = str(choice.data), f"Days in between, after {choice.label.text}"
        box = (f"{choice.id}-days", self._name(key), self._typed.get(key, ""), words)
        return DAYS_BOX % box

    def _name(self, key: str) -> str:
        return f"days-{key}"


def _days(typed: str) -> int:
    """-1 for what is no number of days."""
    if not typed:
        return 0
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 5
    return int(typed) if is_number and int(typed) <= MOST_LAG else -1


class MoveForm(Form):
    """How far a milestone is. An unknown state is refused by the operation.

    The round tick of a line sends both in one: the version that was shown, and the state.
    """

    tick = HiddenField()
    status = RadioField("How far is this?", choices=STATES, validate_choice=False)
    reached_on = day("On which day")
    reason = text("Why", longest=2000)
    way = RadioField("How do you know?", choices=KNOWN, default=SEEN, validate_choice=False)
    told_by = line("Who told you", longest=200)
    owner_told = ""

    def process(self, *given: Any, **more: Any) -> None:
        super().process(*given, **more)
        if self.tick.data:
            self.status.data = self.tick.data.partition(" ")[2]

    def ask_who_told(self, owner: str) -> None:
        """For what somebody else saw to: who told of it, the owner as long as nothing is typed."""
        self.told_by.description = f"{owner}, where you leave it empty."
        self.owner_told = owner

    @property
    def told(self) -> Told | None:
        """None where it was not entered by hand."""
        way = self.way.data
        if way in (None, "None", "", SEEN):
            return None
        return Told(self.told_by.data or self.owner_told, way)

    @property
    def version(self) -> int | None:
        if self.tick.data:
            return whole_number(self.tick.data.partition(" ")[0])
        return super().version

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
    depends_on = WaitsFor("Waits for", validate_choice=False)

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
            lags=self._lags,
        )

    @property
    def _lags(self) -> dict[UUID, int] | None:
        days = self.depends_on.days
        return None if days is None else {_id(key): number for key, number in days.items()}


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise NotFound from None


class SpanForm(Form):
    """Two marks of a plan, between which something is turned back."""

    since = HiddenField()
    until = HiddenField()

    @property
    def first(self) -> int | None:
        return whole_number(self.since.data)

    @property
    def last(self) -> int | None:
        return whole_number(self.until.data)


class FollowForm(Form):
    """What becomes of the dates that follow a new one. `moves` names what was shown; a form sent
    without `asks` moves nothing but its own milestone.
    """

    asks = HiddenField()
    moves = HiddenField()
    follow = RadioField(
        "Their dates",
        choices=[
            SelectChoice("move", "Move them along"),
            SelectChoice("leave", "Leave them as they are"),
        ],
        validators=[Optional()],
        validate_choice=False,
    )


class AnchorForm(Form):
    anchor_on = day("The day the plan counts from", InputRequired("Give a day."))


class EnterForm(AnswerForm):
    """The answer of somebody who rang, wrote or was there. The operation says what lacks."""

    answer = RadioField("The answer", choices=ANSWERS, validate_choice=False)
    way = RadioField("How it reached you", choices=choices(WAYS.items()), validate_choice=False)
    given_on = day("On which day")

    @property
    def entered(self) -> Entered:
        return Entered(self.way.data, self.given_on.data)


class MakeForm(Form):
    """Making the plan; the day is asked for only where the goal has none."""

    anchor_on = day("The day the plan counts from")
