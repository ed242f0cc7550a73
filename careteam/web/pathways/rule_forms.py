"""A rule by choosing: which answers, how they are joined, and what follows.

A row of a condition shows the answers of its question, and a row of an effect the fields of its
kind. Both follow from what is chosen first, so the page can be shown anew before it is saved.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wtforms import FieldList, FormField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Optional

from careteam.domain.pathway.vocabulary import AnswerKind, Operator, Quantifier, Requirement
from careteam.domain.pathway.words import answer_words
from careteam.features.pathways.content import load_content, shipped
from careteam.features.pathways.parts import Values
from careteam.features.pathways.reading.effects import READERS
from careteam.web.frame.forms import choices, text
from careteam.web.pathways.part_forms import (
    MEASURES,
    REQUIREMENTS,
    Ticks,
    decimal,
    discipline_label,
    disciplines,
    keep_what_is_there,
    listed,
    measure_name,
    plain_number,
)
from careteam.web.pathways.statement_forms import SCOPES, RestingForm, named, urgencies

MOST_ROWS = 20
JOINED = {
    Quantifier.ANY: "If any of these holds",
    Quantifier.ALL: "If all of these hold",
    Quantifier.ALWAYS: "Always",
}
COMPARED = {Operator.AT_LEAST: "is at least", Operator.AT_MOST: "is at most"}
EFFECTS = {
    "raise_red_flag": "Show a red flag",
    "block_plan": "Do not start the plan",
    "see_first": "See somebody first",
    "hold_manual_therapy": "Hold hands-on work",
    "require_clearance": "Ask for a written clearance",
    "remove_role": "Leave a role out",
    "add_role": "Add a role to the team",
    "switch_pathway": "Change to another pathway",
    "offer_pathway": "Offer another pathway beside it",
    "hide_measure": "Hide a measure",
    "restrict_information": "Keep information to clinical roles",
    "add_caution": "Tell a caution",
}
LEFT_OUT = ("", "Nothing: leave this line out")


def _select(label: str) -> SelectField:
    return SelectField(label, choices=[], validate_choice=False, validators=[Optional()])


def _words(label: str) -> Any:
    return text(label, longest=2000)


class ConditionForm(PlainForm):
    question = _select("Question")
    op = _select("The number")
    values = Ticks("Is answered with", validate_choice=False)
    bound = decimal("This number")

    kind: str | None = None
    """The kind of answer of the chosen question; None while none is chosen."""

    def offer(self, questions: list[Values]) -> None:
        self.question.choices = choices(
            [LEFT_OUT, *((str(each.get("id")), str(each.get("ask"))) for each in questions)]
        )
        self.op.choices = choices(named(COMPARED))
        asked = next((q for q in questions if q.get("id") == self.question.data), None)
        self.kind = str(asked.get("answer")) if asked else None
        self.values.choices = choices((each, answer_words(each)) for each in _answers(asked))
        if asked is not None:
            keep_what_is_there(self.values)
        keep_what_is_there(self.question)

    @property
    def condition(self) -> Values:
        found: Values = {"question": self.question.data}
        if self.kind == AnswerKind.NUMBER:
            op = self.op.data or Operator.AT_LEAST.value
            return found | {"op": op, "value": plain_number(self.bound.data)}
        return found | {"op": Operator.IN.value, "value": list(self.values.data or [])}


def _answers(asked: Values | None) -> list[str]:
    if asked is None or asked.get("answer") == AnswerKind.NUMBER:
        return []
    if asked.get("answer") == AnswerKind.CHOICE:
        options = asked.get("options")
        return [str(each) for each in options] if isinstance(options, list) else []
    return ["yes", "no", "unsure"]


class EffectForm(PlainForm):
    effect = _select("What follows")
    red_flag = _select("Red flag")
    discipline = _select("Discipline")
    requirement = _select("How much it is needed")
    urgency = _select("How urgent it is")
    scope = _select("What is held")
    until = _words("Until when")
    phase = _select("From which phase")
    before_phase = _select("Before which phase")
    pathway = _select("Pathway")
    measure = _select("Measure")
    information_class = _select("Which information")
    text = _words("The caution, for those who may know the cause")
    for_others = _words("The caution, for all others")
    reason = _words("Reason, for lead and client")

    def offer(self, draft: Values) -> None:
        catalogue = load_content().catalogue
        phases = list(listed(draft, "phases", "name"))
        measures = [(key, measure_name(key)) for key, _ in listed(draft, MEASURES, "id")]
        offered = {
            "effect": [LEFT_OUT, *EFFECTS.items()],
            "red_flag": listed(draft, "red_flags", "sign"),
            "discipline": disciplines(),
            "requirement": named({key: REQUIREMENTS[key] for key in reversed(Requirement)}),
            "urgency": urgencies(),
            "scope": [pair for pair in named(SCOPES) if pair[0] != "none"],
            "phase": [("", "As the role says"), *phases],
            "before_phase": phases,
            "pathway": [(each.id, each.title) for each in shipped().pathways.values()],
            "measure": measures,
            "information_class": [(each.id, each.label) for each in catalogue.matrix.classes],
        }
        for name, pairs in offered.items():
            self[name].choices = choices(pairs)
        for field in self.shown:
            keep_what_is_there(field)

    @property
    def shown(self) -> list[Any]:
        """The fields of the chosen kind, in the order of the file."""
        return [self[name] for name in self._named()]

    def _named(self) -> Iterator[str]:
        needed, optional, _ = READERS.get(self.effect.data or "", ("", "", None))
        yield from needed.split()
        yield from optional.split()

    @property
    def optional(self) -> frozenset[str]:
        return frozenset(READERS.get(self.effect.data or "", ("", "", None))[1].split())

    @property
    def consequence(self) -> Values:
        said = {name: self[name].data for name in self._named()}
        optional = self.optional
        kept = {name: value for name, value in said.items() if value or name not in optional}
        return {"effect": self.effect.data} | kept


class RuleForm(RestingForm):
    joined = _select("When")
    conditions = FieldList(FormField(ConditionForm), max_entries=MOST_ROWS)
    effects = FieldList(FormField(EffectForm), max_entries=MOST_ROWS)
    why = text("Why", InputRequired("Say why."), longest=2000)

    def offer(self, values: Values) -> None:
        super().offer(values)
        self.joined.choices = choices(named(JOINED))
        asked = values.get("screening")
        self._questions = _mappings(asked)
        self._draft = values
        self._make_ready()

    def _make_ready(self) -> None:
        """Each row with what it can choose from, and an empty one at the end of both lists."""
        for rows, name in ((self.conditions, "question"), (self.effects, "effect")):
            entries = rows.entries
            if len(entries) < MOST_ROWS and not (entries and not entries[-1].form[name].data):
                rows.append_entry()
        for row in self.conditions:
            row.form.offer(self._questions)
        for row in self.effects:
            row.form.offer(self._draft)

    def show(self, entry: Values) -> None:
        when = entry.get("when") if isinstance(entry.get("when"), dict) else {}
        assert isinstance(when, dict)
        name = next(iter(when), Quantifier.ANY.value)
        self.joined.data = str(name)
        for rows in (self.conditions, self.effects):
            while rows.entries:
                rows.pop_entry()
        for each in _mappings(when.get(name)):
            value = each.get("value")
            self.conditions.append_entry(
                {
                    "question": str(each.get("question")),
                    "op": str(each.get("op")),
                    "values": [str(one) for one in value] if isinstance(value, list) else [],
                    "bound": Decimal(str(value)) if isinstance(value, int | float) else None,
                }
            )
        for each in _mappings(entry.get("then")):
            known = {key: str(value) for key, value in each.items() if key in EffectForm.__dict__}
            self.effects.append_entry(known)
        self._make_ready()

    @property
    def values(self) -> Values:
        rows = [row.form.condition for row in self.conditions if row.form.question.data]
        joined = self.joined.data or Quantifier.ANY.value
        always = joined == Quantifier.ALWAYS
        return {
            "when": {joined: True if always else rows},
            "then": [row.form.consequence for row in self.effects if row.form.effect.data],
            "why": self.why.data,
            "basis": self.basis.data,
            "sources": list(self.sources.data or []),
        }


def _mappings(value: Any) -> list[Values]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def rule_line(draft: Values, entry: Values) -> tuple[str, str]:
    """What a list says of a rule: when, and what follows. Whatever the draft holds."""
    asked = dict(listed(draft, "screening", "ask"))
    when = entry.get("when") if isinstance(entry.get("when"), dict) else {}
    assert isinstance(when, dict)
    name = str(next(iter(when), ""))
    said = [_said(asked, each) for each in _mappings(when.get(name))]
    joint = " and " if name == Quantifier.ALL else " or "
    follows = [_followed(each) for each in _mappings(entry.get("then"))]
    if name == Quantifier.ALWAYS:
        return "Always", "; ".join(follows)
    return f"If {joint.join(said) or 'nothing is chosen yet'}", "; ".join(follows)


def _followed(effect: Values) -> str:
    kind, who = str(effect.get("effect")), effect.get("discipline")
    words = EFFECTS.get(kind, kind)
    return f"{words}: {discipline_label(str(who))}" if who else words


def _said(asked: dict[str, str], condition: Values) -> str:
    value, question = condition.get("value"), str(condition.get("question"))
    words = asked.get(question, question)
    if isinstance(value, list):
        return f"“{words}” {', '.join(answer_words(str(each)) for each in value)}"
    op = dict(named(COMPARED)).get(str(condition.get("op")), "is")
    return f"“{words}” {op} {value}"
