"""One pathway file, whole."""

from collections.abc import Iterable, Mapping

from careteam.domain.pathway.catalogue import Catalogue
from careteam.domain.pathway.values import Pathway, Phase, Review
from careteam.domain.pathway.vocabulary import Anchor, ReviewStatus
from careteam.features.pathways.reading.effects import Names
from careteam.features.pathways.reading.entry import Entry
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

SCHEMA_VERSION = 2
TOP_KEYS = (
    "schema_version id title neutral_title version status clinically_reviewed_by language audience"
    " subject_class"
    " summary disclaimer client_goal_examples anchor not_for factors roles screening rules"
    " red_flags contraindications claims phases milestones outcome_measures review"
    " provenance sources"
).split()


def read_pathway(file: Entry, catalogue: Catalogue, pathways: Iterable[str]) -> Pathway:
    """The pathway of a file; ``pathways`` are the ids of all files, its own among them.

    Raises ContentError for the first statement of the format that the file breaks.
    """
    check_top(file)
    status, reviewer = read_status(file)
    sources = read_sources(file)
    factors = read_factors(file, catalogue.factors)
    phases = read_phases(file)
    roles = read_roles(file, catalogue.disciplines, factors, phases)
    flags = read_red_flags(file, sources)
    questions = read_screening(file, catalogue.matrix.class_by_id)
    names = names_of(catalogue, pathways, phases, flags)
    rules = RuleReader(questions, names, sources).read(file)
    check_screening(file, questions, rules.values(), flags)
    days = span_of(phases)
    collected = read_outcome_measures(file, catalogue.measures, catalogue.disciplines, days)
    milestones = MilestoneReader(phases, roles, collected, catalogue.measures).read(file)
    anchor, anchor_note = read_anchor(file)
    return Pathway(
        id=file.id(),
        title=file.text("title"),
        neutral_title=file.text("neutral_title"),
        version=file.text("version"),
        status=status,
        clinically_reviewed_by=reviewer,
        language=file.text("language"),
        audience=file.text("audience"),
        subject_class=read_subject_class(file, catalogue),
        summary=file.text("summary"),
        disclaimer=file.text("disclaimer"),
        client_goal_examples=read_goal_examples(file),
        anchor=anchor,
        anchor_note=anchor_note,
        not_for=file.texts("not_for"),
        factors=tuple(factors.values()),
        roles=tuple(roles.values()),
        screening=tuple(questions.values()),
        rules=tuple(rules.values()),
        red_flags=tuple(flags.values()),
        contraindications=tuple(read_contraindications(file, sources).values()),
        claims=tuple(read_claims(file, sources).values()),
        phases=tuple(phases.values()),
        milestones=tuple(milestones.values()),
        outcome_measures=tuple(collected.values()),
        review=read_review(file, days),
        provenance=read_provenance(file),
        sources=tuple(sources.values()),
    )


def names_of(
    catalogue: Catalogue, pathways: Iterable[str], phases: Iterable[str], flags: Iterable[str]
) -> Names:
    return Names(
        disciplines=set(catalogue.disciplines),
        measures=set(catalogue.measures),
        information_classes=set(catalogue.matrix.class_by_id),
        pathways=set(pathways),
        phases=set(phases),
        red_flags=set(flags),
    )


def span_of(phases: Mapping[str, Phase]) -> tuple[int, int]:
    """First and last day of the pathway."""
    ordered = list(phases.values())
    return ordered[0].start_day, ordered[-1].end_day


def read_anchor(file: Entry) -> tuple[Anchor, str]:
    anchor = file.entry("anchor")
    anchor.keys("id note")
    return anchor.word("id", Anchor), anchor.text("note")


def check_top(file: Entry) -> None:
    file.keys(" ".join(TOP_KEYS))
    for key, expected in zip(file.nodes, TOP_KEYS, strict=True):
        if key != expected:
            file.fail(
                f'the parts have a fixed order: "{key}:" stands where "{expected}:" belongs', key
            )
    if file.integer("schema_version") != SCHEMA_VERSION:
        words = f"this is another version of the format: {SCHEMA_VERSION} is needed"
        file.fail(words, "schema_version")
    if f"{file.id()}.yaml" != file.file:
        file.fail(f"the id has to be {file.file.removesuffix('.yaml')}", "id")


def read_status(file: Entry) -> tuple[ReviewStatus, str | None]:
    status = file.word("status", ReviewStatus)
    reviewer = file.text_or_null("clinically_reviewed_by")
    if status is ReviewStatus.REVIEWED and reviewer is None:
        file.fail("reviewed, but nobody is named who did it", "clinically_reviewed_by")
    return status, reviewer


def read_subject_class(file: Entry, catalogue: Catalogue) -> str | None:
    key = "subject_class"
    if file.scalar(key) is None:
        return None
    name = file.known(key, catalogue.matrix.class_by_id, "information class")
    if not catalogue.matrix.class_by_id[name].sensitivity.needs_own_tick:
        file.fail(f'"{name}" is not sensitive: write null, or a sensitive class', key)
    return name


def read_goal_examples(file: Entry) -> tuple[str, ...]:
    examples = file.texts("client_goal_examples")
    if len(examples) < 2:
        file.fail("give two examples of a goal or more", "client_goal_examples")
    return examples


def read_review(file: Entry, days: tuple[int, int]) -> Review:
    review = file.entry("review")
    review.keys("first_day every_days note")
    first, every = review.integer("first_day"), review.integer("every_days")
    if not days[0] <= first <= days[1]:
        review.fail(f"the day has to lie within the phases: {days[0]} to {days[1]}", "first_day")
    if every < 1:
        review.fail('write 1 or more after "every_days:"', "every_days")
    return Review(first, every, review.text("note"))


def read_provenance(file: Entry) -> tuple[tuple[str, str], ...]:
    provenance = file.entry("provenance")
    return tuple((key, provenance.text(key)) for key in provenance.nodes)
