"""A form for one entry of each part of a draft, with what the draft and the catalogue offer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from wtforms import (
    BooleanField,
    DecimalField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from careteam.domain.pathway.vocabulary import AnswerKind, Comparator, MeasureUse, Requirement
from careteam.features.pathways.content import load_content
from careteam.features.pathways.parts import Values
from careteam.web.frame.forms import Form, choices, line, text

MOST_DAYS = 3640
DAY = re.compile(r"-?[0-9]{1,4}")
NEEDED = InputRequired("Choose one.")
REQUIREMENTS = {
    Requirement.REQUIRED: "Required",
    Requirement.RECOMMENDED: "Recommended",
    Requirement.CONDITIONAL: "Only on a condition",
}
ANSWERS = {
    AnswerKind.YES_NO: "Yes or no",
    AnswerKind.YES_NO_UNSURE: "Yes, no or unsure",
    AnswerKind.CHOICE: "One of several words",
    AnswerKind.NUMBER: "A number",
}
MEASURES = "outcome_measures"
COMPARATORS = {
    Comparator.AT_LEAST.value: "This value or more",
    Comparator.AT_MOST.value: "This value or less",
}
USES = {MeasureUse.PRIMARY: "The main measure", MeasureUse.SECONDARY: "Beside the main one"}


class Ticks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def number(label: str, low: int, high: int) -> IntegerField:
    words = f"Give a whole number from {low} to {high}."
    return IntegerField(label, validators=[InputRequired(words), NumberRange(low, high, words)])


def decimal(label: str) -> DecimalField:
    words = "Give a number."
    return DecimalField(
        label,
        places=None,
        validators=[Optional(), NumberRange(-1_000_000, 1_000_000, words)],
        render_kw={"inputmode": "decimal"},
    )


def plain_number(value: Decimal | None) -> int | float | None:
    """As the YAML says it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def chosen(label: str, *validators: Any) -> SelectField:
    return SelectField(label, validators=list(validators or [NEEDED]), validate_choice=False)


def days_typed(_form: Any, field: Field) -> None:
    if not all(DAY.fullmatch(each) for each in _split(field.data)):
        raise ValidationError("Give whole days with commas between, such as 0, 42, 84.")


def _split(typed: str | None) -> list[str]:
    return re.split(r"[,;\s]+", (typed or "").strip(" ,;"))


class EntryForm(Form):
    """`values` is the entry as the YAML says it, by field."""

    def offer(self, values: Values) -> None:
        """Fill the choices from the draft's plain values and the catalogue."""

    def show(self, entry: Values) -> None:
        """Put stored values that a field shows otherwise."""

    @property
    def values(self) -> Values:
        names = [name for name in self._fields if name != "csrf_token"]
        return {name: self[name].data or (0 if self[name].data == 0 else None) for name in names}


class PhaseForm(EntryForm):
    name = line("Name", InputRequired("Give a name."))
    start_week = number("First week", -520, 520)
    end_week = number("Until week", -520, 520)
    aim = text("Aim", InputRequired("Say what it is for."), longest=2000)


class RoleForm(EntryForm):
    discipline = chosen("Discipline")
    requirement = chosen("How much it is needed")
    purpose = text("Purpose", InputRequired("Say what for."), longest=2000)
    covers = Ticks("Factors it covers", validate_choice=False)
    count_min = number("At least", 0, 9)
    count_max = number("At most", 1, 9)
    bring_in_phase = chosen("Comes in with the phase")
    condition = text("On which condition", longest=2000)
    not_before = text("Not before", longest=2000)
    alternatives = Ticks("Who else may fill the place", validate_choice=False)

    def offer(self, values: Values) -> None:
        self.discipline.choices = choices(disciplines())
        self.requirement.choices = choices((key.value, word) for key, word in REQUIREMENTS.items())
        self.covers.choices = choices(listed(values, "factors", "label"))
        self.alternatives.choices = choices(disciplines())
        self.bring_in_phase.choices = choices(listed(values, "phases", "name"))

    @property
    def values(self) -> Values:
        ticked = {name: list(self[name].data or []) for name in ("covers", "alternatives")}
        return super().values | ticked


class MilestoneForm(EntryForm):
    name = line("Name", InputRequired("Give a name."))
    phase = chosen("Phase")
    target_day = number("Target day, from the anchor", -MOST_DAYS, MOST_DAYS)
    owner = chosen("Who sees to it")
    depends_on = Ticks("Waits for", validate_choice=False)
    criterion = text("How one can tell it is reached", InputRequired("Say how."), longest=2000)
    measure_id = chosen("Measured by", Optional())
    measure_comparator = chosen("Reached when it is", Optional())
    measure_value = decimal("This value")
    if_owner_absent = chosen("When that role is not there", Optional())

    def offer(self, values: Values) -> None:
        roles = [
            (key, discipline_label(key))
            for key, _ in listed(values, "roles", "purpose", "discipline")
        ]
        steady = [("", "It always is"), ("skip", "Leave the milestone out"), *roles]
        self.phase.choices = choices(listed(values, "phases", "name"))
        self.owner.choices = choices([("client", "The client"), *roles])
        self.if_owner_absent.choices = choices(steady)
        self.depends_on.choices = choices(listed(values, "milestones", "name"))
        collected = [(key, measure_name(key)) for key, _ in listed(values, MEASURES, "id")]
        self.measure_id.choices = choices([("", "Nothing measured"), *collected])
        self.measure_comparator.choices = choices(COMPARATORS.items())

    @property
    def values(self) -> Values:
        found = super().values | {"depends_on": list(self.depends_on.data or [])}
        if not found["measure_id"]:
            return found | {"measure_comparator": None, "measure_value": None}
        return found | {"measure_value": plain_number(self.measure_value.data)}


class QuestionForm(EntryForm):
    ask = text("Question, as it is put", InputRequired("Write the question."), longest=1000)
    answer = chosen("Kind of answer")
    information_class = chosen("What an answer tells")
    sensitive = BooleanField("Ask in private, and hide it from roles that are not clinical")
    why = text("Why it is asked", InputRequired("Say why."), longest=2000)
    options = text("Words to choose from, one a line", longest=2000)
    unit = line("Unit of the number", longest=40)

    def offer(self, values: Values) -> None:
        classes = load_content().catalogue.matrix.classes
        self.answer.choices = choices((key.value, word) for key, word in ANSWERS.items())
        self.information_class.choices = choices((each.id, each.label) for each in classes)

    def show(self, entry: Values) -> None:
        words = entry.get("options")
        self.options.data = "\n".join(map(str, words)) if isinstance(words, list) else ""

    @property
    def values(self) -> Values:
        lines = (each.strip() for each in (self.options.data or "").splitlines())
        found = {
            "sensitive": bool(self.sensitive.data),
            "options": [each for each in lines if each],
        }
        return super().values | found


class MeasureForm(EntryForm):
    id = chosen("Measure")
    use = chosen("Use")
    collect_days = line("On which days", InputRequired("Give the days."), days_typed)
    pathway_note = text("Note", longest=2000)

    def offer(self, values: Values) -> None:
        measures = load_content().catalogue.measures.values()
        self.id.choices = choices((each.id, each.name) for each in measures)
        self.use.choices = choices((key.value, word) for key, word in USES.items())

    def show(self, entry: Values) -> None:
        days = entry.get("collect_days")
        self.collect_days.data = ", ".join(map(str, days)) if isinstance(days, list) else ""

    @property
    def values(self) -> Values:
        days = [int(each) for each in _split(self.collect_days.data)]
        return super().values | {"collect_days": days}


def keep_what_is_there(field: Field) -> None:
    """A value that nothing offers any more stays chosen: saving the rest must not change it.
    Where nothing is chosen yet, nothing is chosen beforehand.
    """
    if not isinstance(field, SelectField | SelectMultipleField):
        return
    known = {each.value for each in field.choices or ()}
    held = field.data if isinstance(field, SelectMultipleField) else [field.data]
    lost = [str(each) for each in held or [] if each and str(each) not in known]
    field.choices = [*(field.choices or ()), *choices((each, f"{each} (gone)") for each in lost)]
    is_one = not isinstance(field, SelectMultipleField)
    if is_one and not field.data and "" not in known:
        field.choices = [*choices([("", "Choose")]), *field.choices]


def listed(values: Values, key: str, label: str, name: str = "id") -> Iterable[tuple[str, str]]:
    found = values.get(key)
    entries = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    return [(str(each.get(name)), str(each.get(label) or each.get(name))) for each in entries]


def disciplines() -> Iterable[tuple[str, str]]:
    known = load_content().catalogue.disciplines.values()
    return sorted(((each.id, each.label) for each in known), key=lambda pair: pair[1])


def discipline_label(discipline: str) -> str:
    known = load_content().catalogue.disciplines.get(discipline)
    return known.label if known else discipline


def measure_name(measure: str) -> str:
    known = load_content().catalogue.measures.get(measure)
    return known.name if known else measure
