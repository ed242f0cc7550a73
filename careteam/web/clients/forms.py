"""Forms about a client, a goal and a consent."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import (
    BooleanField,
    DateField,
    FloatField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Email, InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from careteam.domain.pathway.values import Pathway
from careteam.features.clients.shown import ShownGoal
from careteam.features.pathways.content import load_content
from careteam.web.clients.consent_cards import Offer
from careteam.web.frame.forms import Form, line, sensible_day, text

HOW_GIVEN = (("spoken", "Spoken"), ("screen", "On the screen"), ("paper", "On paper"))
SAFE_WAYS = (
    ("", "Not asked yet"),
    ("phone", "Telephone"),
    ("email", "E-mail"),
    ("post", "Post"),
    ("in_person", "Only in person"),
    ("none", "None: do not make contact"),
)
CHOICES = (
    ("names_and_times", "Names and times only"),
    ("needed", "What this part needs"),
    ("items", "Choose item by item"),
)
DETAILS = (
    "name",
    "preferred_name",
    "date_of_birth",
    "email",
    "phone",
    "safe_contact",
    "place",
    "language",
    "communication_needs",
    "general_practitioner",
)


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def day(label: str, *validators: object) -> DateField:
    """A day; empty is None."""
    return DateField(label, validators=[*(validators or [Optional()]), sensible_day])


class DetailsForm(Form):
    """Everything about the person; only the name is needed."""

    name = line("Name", InputRequired("Give a name."))
    date_of_birth = day("Date of birth")
    email = line("E-mail", Optional(), Email("This is not an e-mail address."))
    phone = line("Telephone", longest=60)
    place = line("Town")
    language = line("Language")
    preferred_name = line("Wants to be called")
    safe_contact = SelectField(
        "Safe way to make contact",
        choices=options(SAFE_WAYS),
        filters=[lambda value: value or None],
        validators=[Optional()],
    )
    communication_needs = text("What helps in talking and reading", longest=2000)
    general_practitioner = line("Family doctor")


class NewClientForm(DetailsForm):
    consent_to_keep = BooleanField(
        "The client agrees that I keep this record",
        validators=[InputRequired("Without the client's agreement no record can be kept.")],
    )
    keep_consent_how = RadioField("How they agreed", choices=options(HOW_GIVEN), default="spoken")


class WordingForm(Form):
    """What the client wants and how one can tell."""

    statement = text(
        "What the client wants, in their own words",
        InputRequired("Write down what the client wants."),
        longest=2000,
    )
    measure = SelectField("Measure", validators=[Optional()], filters=[lambda value: value or None])
    baseline = FloatField("Now", validators=[Optional()])
    target = FloatField("Aim", validators=[Optional()])
    target_on = day("By")

    def offer_measures(self, pathway: Pathway | None, hidden: Iterable[str] = ()) -> None:
        """All measures but hidden ones; those of the pathway first."""
        measures = load_content().catalogue.measures
        kept_out = set(hidden)
        first = [use.measure for use in pathway.outcome_measures] if pathway else []
        own = [name for name in first if name not in kept_out]
        others = sorted(
            (name for name in measures if name not in first and name not in kept_out),
            key=lambda name: measures[name].name.casefold(),
        )
        self.measure.choices = [
            SelectChoice("", "No measure yet"),
            *(SelectChoice(name, measures[name].name, {}, "Of this pathway") for name in own),
            *(
                SelectChoice(name, measures[name].name, {}, "All others" if own else None)
                for name in others
            ),
        ]


class GoalForm(WordingForm):
    pathway = RadioField("Pathway", validators=[Optional()], filters=[lambda value: value or None])
    anchor_on = day("The day the plan counts from")
    clinical_lead = line("Who leads clinically")
    standing_team = SelectField("Look first among", validators=[Optional()])

    def offer_teams(self, teams: Iterable[tuple[str, str]]) -> None:
        """Standing teams by id and name."""
        self.standing_team.choices = options([("", "Everybody in the directory"), *teams])

    def offer_pathways(self) -> None:
        pathways = load_content().pathways.values()
        ordered = sorted(pathways, key=lambda each: each.title.casefold())
        self.pathway.choices = [
            SelectChoice("", "No pathway: I build the team and the plan by hand"),
            *(SelectChoice(each.id, each.title) for each in ordered),
        ]


class RewordForm(WordingForm):
    """The goal as it stands, to be worded anew."""

    reason = line("Why the words change")
    anchor_on = day("The day the plan counts from", InputRequired("Give a day."))
    clinical_lead = line("Who leads clinically")


class ReasonForm(Form):
    reason = line("Reason")


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


class FindForm(Form):
    """The search box of the list; it changes nothing and carries no token."""

    class Meta:
        csrf = False

    q = line("Find a client", render_kw={"type": "search", "autocomplete": "off"})
