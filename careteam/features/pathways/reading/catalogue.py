"""The shared catalogue: disciplines, factors, measures, urgency, general red flags, sources."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from careteam.domain.pathway.catalogue import (
    Catalogue,
    Discipline,
    DisciplineGroup,
    Factor,
    UrgencyLevel,
)
from careteam.domain.pathway.vocabulary import Urgency
from careteam.features.pathways.reading.entry import ContentError, Entry, read_file, unique
from careteam.features.pathways.reading.evidence import read_sources
from careteam.features.pathways.reading.matrix import read_matrix
from careteam.features.pathways.reading.measures import read_measures
from careteam.features.pathways.reading.statements import read_contraindications, read_red_flags


def read_catalogue(folder: Path) -> Catalogue:
    """Everything the pathways share. Raises ContentError for the first thing that is wrong."""
    sources = read_sources(_open(folder, "sources.yaml", 1))
    disciplines_file = _open(folder, "disciplines.yaml", 1)
    groups = unique(disciplines_file, "groups", "group", _discipline_group)
    disciplines = unique(
        disciplines_file, "disciplines", "discipline", lambda item: _discipline(item, groups)
    )
    matrix = read_matrix(_open(folder, "information_matrix.yaml", 2), disciplines)
    shared = _open(folder, "shared_safety.yaml", 1)
    general = _open(folder, "red_flags_manual_therapy.yaml", 1)
    return Catalogue(
        groups=MappingProxyType(groups),
        disciplines=MappingProxyType(disciplines),
        factors=MappingProxyType(
            unique(_open(folder, "factors.yaml", 1), "factors", "factor", _factor)
        ),
        measures=MappingProxyType(
            read_measures(_open(folder, "measures.yaml", 2), sources, matrix.class_by_id)
        ),
        urgency_levels=MappingProxyType(_urgency_levels(_open(folder, "urgency.yaml", 1))),
        matrix=matrix,
        general_red_flags=tuple(read_red_flags(general, sources).values()),
        shared_red_flags=tuple(read_red_flags(shared, sources).values()),
        shared_contraindications=tuple(read_contraindications(shared, sources).values()),
        sources=MappingProxyType(sources),
    )


def _open(folder: Path, name: str, version: int) -> Entry:
    if not (folder / name).is_file():
        raise ContentError(name, 1, "the file is missing")
    file = read_file(folder / name)
    if file.integer("schema_version") != version:
        file.fail(f"schema_version has to be {version}", "schema_version")
    return file


def _discipline_group(item: Entry) -> DisciplineGroup:
    item.keys("id label")
    return DisciplineGroup(item.id(), item.text("label"))


def _discipline(item: Entry, groups: Mapping[str, DisciplineGroup]) -> Discipline:
    item.keys("id label group regulation_uk scope", "nucc")
    code = item.text_or("nucc")
    return Discipline(
        id=item.id(),
        label=item.text("label"),
        group=item.known("group", groups, "group"),
        regulation_uk=item.text("regulation_uk"),
        scope=item.text("scope"),
        nucc=code.removeprefix("~") or None,
        nucc_is_broader=code.startswith("~"),
    )


def _factor(item: Entry) -> Factor:
    item.keys("id label")
    return Factor(item.id(), item.text("label"))


def _urgency_levels(file: Entry) -> dict[Urgency, UrgencyLevel]:
    found = unique(file, "urgency_levels", "urgency level", _urgency_level)
    for level in Urgency:
        if level not in found:
            file.fail(f"urgency level {level} is missing", "urgency_levels")
    return {level.id: level for level in found.values()}


def _urgency_level(item: Entry) -> UrgencyLevel:
    item.keys(
        "id label meaning act_within route fhir_priority acknowledge_within_hours"
        " reply_within_days chase_after_hours plan_effect basis"
    )
    return UrgencyLevel(
        id=item.word("id", Urgency),
        label=item.text("label"),
        meaning=item.text("meaning"),
        act_within=item.text("act_within"),
        route=item.text("route"),
        fhir_priority=item.text("fhir_priority"),
        acknowledge_within_hours=item.integer_or_null("acknowledge_within_hours"),
        reply_within_days=item.integer_or_null("reply_within_days"),
        chase_after_hours=item.integer_or_null("chase_after_hours"),
        plan_effect=item.text("plan_effect"),
        basis=item.text("basis"),
    )
