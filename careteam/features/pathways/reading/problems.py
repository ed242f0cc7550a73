"""Everything that is wrong with a pathway, not only the first: for those who are writing one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from careteam.domain.pathway.catalogue import Catalogue
from careteam.features.pathways.reading import pathway as whole
from careteam.features.pathways.reading.entry import ContentError, Entry
from careteam.features.pathways.reading.evidence import read_sources
from careteam.features.pathways.reading.measures import read_outcome_measures
from careteam.features.pathways.reading.milestones import MilestoneReader
from careteam.features.pathways.reading.rules import RuleReader
from careteam.features.pathways.reading.screening import check_screening, read_screening
from careteam.features.pathways.reading.statements import (
    read_claims,
    read_contraindications,
    read_red_flags,
)
from careteam.features.pathways.reading.team import read_factors, read_phases, read_roles

T = TypeVar("T")


@dataclass
class _Trial:
    problems: list[ContentError] = field(default_factory=list)

    def read(self, read: Callable[[], T]) -> T | None:
        """What was read; None where it breaks the format, which is kept."""
        try:
            return read()
        except ContentError as error:
            self.problems += error.every
            return None


def list_problems(
    file: Entry, catalogue: Catalogue, pathways: Iterable[str]
) -> tuple[ContentError, ...]:
    """The problems of each part by line; none when `read_pathway` takes the file.

    A part that rests on a wrong one waits until that is mended: its complaints would mislead.
    """
    trial = _Trial()
    trial.read(lambda: whole.check_top(file))
    if trial.problems:
        return tuple(trial.problems)
    _words(trial, file, catalogue)
    _parts(trial, file, catalogue, pathways)
    if not trial.problems:
        trial.read(lambda: whole.read_pathway(file, catalogue, pathways))
    return tuple(sorted(trial.problems, key=lambda each: each.line))


def _words(trial: _Trial, file: Entry, catalogue: Catalogue) -> None:
    for key in "title neutral_title version language audience summary disclaimer".split():
        trial.read(lambda key=key: file.text(key))  # type: ignore[misc]
    trial.read(lambda: whole.read_status(file))
    trial.read(lambda: whole.read_subject_class(file, catalogue))
    trial.read(lambda: whole.read_goal_examples(file))
    trial.read(lambda: whole.read_anchor(file))
    trial.read(lambda: file.texts("not_for"))
    trial.read(lambda: whole.read_provenance(file))


def _parts(trial: _Trial, file: Entry, catalogue: Catalogue, pathways: Iterable[str]) -> None:
    sources = trial.read(lambda: read_sources(file))
    factors = trial.read(lambda: read_factors(file, catalogue.factors))
    phases = trial.read(lambda: read_phases(file))
    classes = catalogue.matrix.class_by_id
    questions = trial.read(lambda: read_screening(file, classes))
    flags = None
    if sources is not None:
        flags = trial.read(lambda: read_red_flags(file, sources))
        trial.read(lambda: read_contraindications(file, sources))
        trial.read(lambda: read_claims(file, sources))
    if sources is not None and questions is not None and phases is not None and flags is not None:
        names = whole.names_of(catalogue, pathways, phases, flags)
        rules = trial.read(lambda: RuleReader(questions, names, sources).read(file))
        if rules is not None:
            trial.read(lambda: check_screening(file, questions, rules.values(), flags))
    if phases is None:
        return
    days = whole.span_of(phases)
    trial.read(lambda: whole.read_review(file, days))
    collected = trial.read(
        lambda: read_outcome_measures(file, catalogue.measures, catalogue.disciplines, days)
    )
    roles = None
    if factors is not None:
        roles = trial.read(lambda: read_roles(file, catalogue.disciplines, factors, phases))
    if roles is not None and collected is not None:
        reader = MilestoneReader(phases, roles, collected, catalogue.measures)
        trial.read(lambda: reader.read(file))
