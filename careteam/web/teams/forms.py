"""Forms about screening, effects and seats."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careteam.features.directory.catalogue import disciplines_by_group
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import Form, line, sensible_day, text

REASON = InputRequired("Write why this is set aside.")


def day(label: str, *validators: Any) -> DateField:
    return DateField(label, validators=[*(validators or [Optional()]), sensible_day])


class SetAsideForm(Form):
    effects = HiddenField(validators=[InputRequired(), Length(max=2000)])
    reason = text("Why it does not apply here", REASON, longest=2000)

    def named(self) -> list[tuple[str, str]]:
        """Pairs (rule, key). Raises `NotFound` where the field was tampered with."""
        pairs = [each.partition("|") for each in (self.effects.data or "").split()]
        if not all(rule and key for rule, _, key in pairs):
            raise NotFound
        return [(rule, key) for rule, _, key in pairs]


class AskedAgainForm(Form):
    last = line("When it last was so", InputRequired("Write when it last was so."), longest=500)


class SpokenForm(Form):
    spoken_to = line("Whom you spoke to", InputRequired("Write to whom you spoke."))
    happened_on = day("Which day", InputRequired("Give the day."))
    said = text("What they said", InputRequired("Write what they said."), longest=2000)


class SeatForm(Form):
    discipline = SelectField("Who is wanted", validators=[InputRequired("Choose a discipline.")])
    purpose = text(
        "What they are to do for this goal",
        InputRequired("Say what this person is to do for the goal."),
        longest=1000,
    )
    requirement = RadioField(
        "How much it is needed",
        choices=[
            SelectChoice("required", "Required"),
            SelectChoice("recommended", "Recommended"),
            SelectChoice("conditional", "Perhaps"),
        ],
        default="recommended",
    )

    def offer_disciplines(self) -> None:
        grouped: dict[str, list[SelectChoice]] = {
            group: [SelectChoice(value, label) for value, label in pairs]
            for group, pairs in disciplines_by_group().items()
        }
        self.discipline.choices = grouped


class LaterForm(Form):
    state_reason = line("From when, or why", longest=500)


class NotWantedForm(Form):
    explained = text(
        "What was explained before the client decided",
        InputRequired("Write down what was explained to the client."),
        longest=2000,
    )
    decided_on = day("Decided on")


class EndForm(Form):
    state_reason = line("Why it ends", longest=500, id="end_reason")


class PractitionerForm(Form):
    """Names somebody by the id of their entry."""

    practitioner = HiddenField(validators=[InputRequired("Choose somebody.")])

    def practitioner_id(self) -> UUID:
        """Raises `NotFound` for what is no id."""
        return _id(self.practitioner.data)


class StandingTeamForm(Form):
    team = HiddenField(validators=[InputRequired("Choose a team.")])

    def team_id(self) -> UUID:
        """Raises `NotFound` for what is no id."""
        return _id(self.team.data)


class NameForm(Form):
    """A name to be kept for a place, left out, or let go; the place only where it is kept."""

    who = HiddenField()
    seat = HiddenField()

    def who_id(self) -> UUID:
        """Raises `NotFound` for what is no id."""
        return _id(self.who.data)

    def seat_id(self) -> UUID:
        """Raises `NotFound` for what is no id."""
        return _id(self.seat.data)


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise NotFound from None


def set_aside_form(key: str, named: Iterable[tuple[str, str]]) -> SetAsideForm:
    """The form on a line. Many stand on one page, so `key` makes the ids of its fields its own."""
    form = SetAsideForm(formdata=None)
    form.effects.data = " ".join(f"{rule}|{effect}" for rule, effect in named)
    form.reason.id = form.reason.label.field_id = f"reason-{key}"
    return form
