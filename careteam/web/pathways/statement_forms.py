"""Forms for what rests on sources: red flags, contraindications and claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms.validators import InputRequired

from careteam.domain.pathway.vocabulary import (
    Basis,
    ContraindicationKind,
    HoldScope,
    Urgency,
    Verdict,
)
from careteam.features.pathways.content import load_content
from careteam.features.pathways.parts import Values
from careteam.web.frame.forms import choices
from careteam.web.frame.forms import text as words
from careteam.web.pathways.part_forms import EntryForm, Ticks, chosen, listed

BASES = {
    Basis.SOURCED: "A source that was read",
    Basis.CITED: "A source that was not read for this",
    Basis.GENERAL: "General clinical knowledge",
}
SCOPES = {
    HoldScope.NONE: "Nothing",
    HoldScope.LOCAL: "On or near the place",
    HoldScope.LIMB: "On that limb",
    HoldScope.ABDOMEN: "On belly, pelvis and low back",
    HoldScope.ALL: "All of it",
}
KINDS = {
    ContraindicationKind.ABSOLUTE: "Do not treat",
    ContraindicationKind.LOCAL: "Not there",
    ContraindicationKind.CAUTION: "Adapt, with care",
}
VERDICTS = {each: each.value.replace("_", " ").capitalize() for each in Verdict}


def urgencies() -> list[tuple[str, str]]:
    """By the words of the catalogue, the most urgent first."""
    levels = load_content().catalogue.urgency_levels
    return [(each.value, levels[each].label) for each in reversed(Urgency) if each in levels]


def named(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(key), label) for key, label in labels.items()]


class RestingForm(EntryForm):
    """Whatever says what it rests on."""

    basis = chosen("It rests on")
    sources = Ticks("Sources", validate_choice=False)

    def offer(self, values: Values) -> None:
        self.basis.choices = choices(named(BASES))
        self.sources.choices = choices(listed(values, "sources", "title"))

    @property
    def values(self) -> Values:
        return super().values | {"sources": list(self.sources.data or [])}


class RedFlagForm(RestingForm):
    sign = words("What is seen or said", InputRequired("Say what."), longest=2000)
    urgency = chosen("How urgent it is")
    action = words("What to do", InputRequired("Say what to do."), longest=2000)
    hold_manual_therapy = chosen("Hands-on work that is held")

    def offer(self, values: Values) -> None:
        super().offer(values)
        self.urgency.choices = choices(urgencies())
        self.hold_manual_therapy.choices = choices(named(SCOPES))


class ContraindicationForm(RestingForm):
    text = words("What it is", InputRequired("Say what it is."), longest=2000)
    kind = chosen("What it asks for")
    until = words("Until when", InputRequired("Say until when."), longest=2000)

    def offer(self, values: Values) -> None:
        super().offer(values)
        self.kind.choices = choices(named(KINDS))


class ClaimForm(RestingForm):
    claim = words("What is claimed", InputRequired("Say what is claimed."), longest=2000)
    verdict = chosen("What guidance makes of it")
    guidance_says = words("What guidance says", InputRequired("Say what."), longest=2000)
    show_to_practitioner = words(
        "What practitioners read", InputRequired("Say what."), longest=2000
    )

    def offer(self, values: Values) -> None:
        super().offer(values)
        self.verdict.choices = choices(named(VERDICTS))
