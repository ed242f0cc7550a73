"""Forms about outreach: what is to be done, and with whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms import DateField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from careteam.domain.relationships.outreach import STEP_LABELS
from careteam.features.relationships.models import Campaign
from careteam.features.relationships.outreach import Asked
from careteam.kit import clock
from careteam.kit.errors import Invalid
from careteam.web.directory.choices import discipline_choices
from careteam.web.frame.forms import Form, choices, line, sensible_day

RADII = (("5", "5 km"), ("10", "10 km"), ("20", "20 km"), ("50", "50 km"), ("any", "Any distance"))


class Several(SelectMultipleField):
    """Tick boxes."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(
            *arguments,
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
            **options,
        )


class CampaignForm(Form):
    name = line(
        "Name",
        InputRequired("Give it a name."),
        longest=120,
        description="For example: fertility clinics within 20 km",
    )
    steps = Several(
        "Steps with each",
        choices=choices((step.value, label) for step, label in STEP_LABELS.items()),
        default=[step.value for step in STEP_LABELS],
    )
    began_on = DateField("Since", validators=[Optional(), sensible_day], default=clock.today)

    def show(self, campaign: Campaign) -> None:
        self.name.data, self.began_on.data = campaign.name, campaign.began_on
        self.steps.data = [step.value for step in campaign.wanted]

    def asked(self) -> Asked:
        return Asked(self.name.data, self.steps.data or (), self.began_on.data)


class FindForm(Form):
    """Whom to ask: state in the address, so it carries no token."""

    class Meta:
        csrf = False

    q = line("Name or word", render_kw={"type": "search"})
    discipline = SelectField(
        "Discipline", choices=lambda: discipline_choices("Any discipline"), default=""
    )
    place = line("Near", render_kw={"placeholder": "Town"})
    within = SelectField("Within", choices=choices(RADII), default="20")


class PeopleForm(Form):
    people = Several("People and services")

    def offer(self, people: list[tuple[UUID, str]]) -> None:
        self.people.choices = choices((str(id_), name) for id_, name in people)

    def take_any(self) -> None:
        """Whoever was ticked, also on another page of the search."""
        self.people.choices, self.people.validate_choice = [], False

    def chosen(self) -> list[UUID]:
        """Raises `Invalid` for nobody, and for what is no key of an entry."""
        if not self.people.data:
            raise Invalid("Tick at least one.", field="people")
        try:
            return [UUID(each) for each in self.people.data]
        except ValueError:
            raise Invalid("Tick people of the list.", field="people") from None


class PracticesForm(Form):
    practice = line("Name of the practice", InputRequired("Name the practice."), longest=120)
