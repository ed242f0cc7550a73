"""The form of one consent card."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from careteam.features.clients.shown import ShownGoal
from careteam.web.clients.cards import Offer
from careteam.web.clients.forms import HOW_GIVEN, day, options
from careteam.web.frame.forms import Form

CHOICES = (
    ("names_and_times", "Names and times only"),
    ("needed", "What this part needs"),
    ("items", "Choose item by item"),
)


class Ticks(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ConsentForm(Form):
    practitioner = HiddenField()
    next = HiddenField()
    choice = RadioField("What may be known", choices=options(CHOICES), default="needed")
    items = Ticks("Items", validators=[Optional()])
    goals = Ticks("For which goals", validators=[InputRequired("Choose at least one goal.")])
    how_given = RadioField(
        "How the consent was given", choices=options(HOW_GIVEN), default="spoken"
    )
    until_on = day("Until")

    def offer(self, offered: Offer, goals: Iterable[ShownGoal]) -> None:
        """Fill in the lines that this person's card shows."""
        self.items.choices = [
            SelectChoice(tick.information_class.id, _sentence_case(tick.information_class.spoken))
            for tick in (*offered.own, *offered.plain)
        ]
        self.goals.choices = [SelectChoice(str(goal.id), goal.statement) for goal in goals]


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
