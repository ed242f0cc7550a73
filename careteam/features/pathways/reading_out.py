"""What a page about a pathway says in words."""

from __future__ import annotations

from collections.abc import Mapping

from careteam.domain.pathway.values import Pathway, Phase, RedFlag
from careteam.domain.pathway.vocabulary import (
    Anchor,
    Basis,
    Consulted,
    ContraindicationKind,
    Urgency,
    Verdict,
)
from careteam.features.pathways.content import load_content
from careteam.kit.errors import NotFound

ANCHOR_WORDS: Mapping[Anchor, str] = {
    Anchor.PLAN_START: "the day the plan starts",
    Anchor.INJURY_DATE: "the day of the injury",
    Anchor.SURGERY_OR_REHAB_START: "the day of the operation, or the start of rehabilitation",
    Anchor.STIMULATION_START: "the first day of stimulation",
    Anchor.BIRTH_DATE: "the day of birth, expected or real",
    Anchor.RACE_DATE: "the day of the race",
}
VERDICT_WORDS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.CONTRAINDICATED: ("Harmful", "alert"),
    Verdict.NOT_RECOMMENDED: ("Not recommended", "alert"),
    Verdict.NOT_SUPPORTED: ("Not supported", "wait"),
    Verdict.CONTRADICTED: ("Contradicted", "alert"),
    Verdict.INSUFFICIENT_EVIDENCE: ("Too little evidence", "wait"),
    Verdict.DISPUTED: ("Disputed", "wait"),
    Verdict.SUPPORTED_WITH_CONDITIONS: ("Supported, with conditions", "good"),
}
BASIS_WORDS: Mapping[Basis, str] = {
    Basis.SOURCED: "Source read",
    Basis.CITED: "Source named, not read for this",
    Basis.GENERAL: "General clinical knowledge",
}
CONSULTED_WORDS: Mapping[Consulted, tuple[str, str]] = {
    Consulted.EXCERPT: ("Read in part", "good"),
    Consulted.SECONDARY: ("Read through another text", "info"),
    Consulted.NOT_READ: ("Not read", "wait"),
}
KIND_WORDS: Mapping[ContraindicationKind, tuple[str, str]] = {
    ContraindicationKind.ABSOLUTE: ("Do not treat", "alert"),
    ContraindicationKind.LOCAL: ("Not there", "wait"),
    ContraindicationKind.CAUTION: ("Adapt", "info"),
}


def find_pathway(name: str) -> Pathway:
    """The pathway of this id. Raises `NotFound`."""
    found = load_content().pathways.get(name)
    if found is None:
        raise NotFound
    return found


def list_pathways() -> list[Pathway]:
    """All pathways by title."""
    return sorted(load_content().pathways.values(), key=lambda pathway: pathway.title.casefold())


def flags_by_urgency(pathway: Pathway) -> list[tuple[Urgency, list[RedFlag]]]:
    """Red flags in groups, the most urgent first."""
    levels = sorted({flag.urgency for flag in pathway.red_flags}, key=lambda level: -level.rank)
    return [
        (level, [flag for flag in pathway.red_flags if flag.urgency is level]) for level in levels
    ]


def weeks_words(phase: Phase) -> str:
    """'weeks 2 to 12', 'weeks -12 to 0': counted from the anchor."""
    return f"weeks {_signed(phase.start_week)} to {_signed(phase.end_week)}"


def days_words(day: int) -> str:
    """'day 14', 'day 14 before'."""
    return f"day {day}" if day >= 0 else f"day {-day} before"


def _signed(week: int) -> str:
    return str(week) if week >= 0 else f"\N{MINUS SIGN}{-week}"
