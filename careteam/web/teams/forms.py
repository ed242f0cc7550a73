"""Forms about screening, effects and seats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from wtforms import (
    DateField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careteam.domain.pathway import LeftTo, parse_answer, who_may_take
from careteam.domain.pathway.answers import words_of
from careteam.domain.pathway.values import Question
from careteam.domain.pathway.vocabulary import AnswerKind
from careteam.domain.pathway.words import answer_words, discipline_words
from careteam.features.directory.catalogue import disciplines_by_group
from careteam.features.pathways.content import load_content
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import Form, line, sensible_day, text

LEFT = "left:"
REASON = InputRequired("Write why this is set aside.")


def day(label: str, *validators: Any) -> DateField:
    return DateField(label, validators=[*(validators or [Optional()]), sensible_day])


class AnswersForm(Form):
    """One field a question, named by its id; `answers_form` adds them."""


def answers_form(
    questions: Iterable[Question], pathway_roles: Mapping[str, tuple[str, ...]], **options: Any
) -> AnswersForm:
    """The form of one card. `pathway_roles` says to whom each question may be left."""
    fields = {q.id: _question_field(q, pathway_roles.get(q.id, ())) for q in questions}
    kind: type[AnswersForm] = type("CardForm", (AnswersForm,), fields)
    return kind(**options)


def takers_of(pathway: Any, questions: Iterable[Question]) -> dict[str, tuple[str, ...]]:
    """To whom each question may be left: the first that could take it."""
    matrix = load_content().catalogue.matrix
    return {q.id: who_may_take(pathway, q, matrix)[:1] for q in questions}


def _question_field(question: Question, takers: tuple[str, ...]) -> Field:
    if question.answer is AnswerKind.NUMBER:
        return StringField(
            question.ask,
            description=f"In {question.unit}.",
            validators=[Optional(), Length(max=20), _number_of(question)],
            render_kw={"inputmode": "decimal", "autocomplete": "off"},
        )
    choices = [SelectChoice(word, answer_words(word).capitalize()) for word in words_of(question)]
    choices += [
        SelectChoice(LEFT + name, f"I leave this to the {discipline_words(load_content(), name)}")
        for name in takers
    ]
    return RadioField(question.ask, choices=choices, validators=[Optional()])


def _number_of(question: Question) -> Any:
    def check(_form: Any, field: Field) -> None:
        try:
            parse_answer(question, field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from None

    return check


def given_answer(question: Question, sent: str) -> str | float | LeftTo:
    """What a field holds, as the operation takes it; `sent` has passed the form."""
    if sent.startswith(LEFT):
        return LeftTo(sent.removeprefix(LEFT))
    read = parse_answer(question, sent)
    assert read is not None
    return read


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
        try:
            return UUID(self.practitioner.data or "")
        except ValueError:
            raise NotFound from None


def set_aside_form(key: str, named: Iterable[tuple[str, str]]) -> SetAsideForm:
    """The form on a line. Many stand on one page, so `key` makes the ids of its fields its own."""
    form = SetAsideForm(formdata=None)
    form.effects.data = " ".join(f"{rule}|{effect}" for rule, effect in named)
    form.reason.id = form.reason.label.field_id = f"reason-{key}"
    return form
