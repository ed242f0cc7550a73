"""Outcome measures of the catalogue, and which of them a pathway collects."""

from collections.abc import Mapping

from careteam.domain.pathway.catalogue import (
    Discipline,
    ImportantChange,
    InformationClass,
    Licence,
    Measure,
)
from careteam.domain.pathway.values import OutcomeMeasure
from careteam.domain.pathway.vocabulary import Direction, LicenceStatus, MeasureUse, Ship
from careteam.features.pathways.reading.entry import Entry, unique
from careteam.features.pathways.reading.evidence import Sources, read_evidence


def read_measures(
    file: Entry, sources: Sources, classes: Mapping[str, InformationClass]
) -> dict[str, Measure]:
    return unique(file, "measures", "measure", lambda item: _measure(item, sources, classes))


def _measure(item: Entry, sources: Sources, classes: Mapping[str, InformationClass]) -> Measure:
    item.keys(
        "id name unit min max better information_class minimal_important_change licence",
        "interpretation wording",
    )
    low, high = item.number("min"), item.number("max")
    if low >= high:
        item.fail("min has to be below max", "min")
    return Measure(
        id=item.id(),
        name=item.text("name"),
        unit=item.text("unit"),
        minimum=low,
        maximum=high,
        better=item.word("better", Direction),
        information_class=item.known("information_class", classes, "information class"),
        minimal_important_change=_change(item, high - low, sources),
        licence=_licence(item, sources),
        interpretation=item.text_or("interpretation"),
        wording=item.text_or("wording"),
    )


def _change(item: Entry, span: float, sources: Sources) -> ImportantChange:
    change = item.entry("minimal_important_change")
    change.keys("value note basis sources")
    value = None if change.scalar("value") is None else change.number("value")
    if value is not None and not 0 < value <= span:
        change.fail(f"value has to be above 0 and at most {span:g}", "value")
    return ImportantChange(value, change.text("note"), read_evidence(change, sources))


def _licence(item: Entry, sources: Sources) -> Licence:
    licence = item.entry("licence")
    licence.keys("status ship note basis sources")
    status, ship = licence.word("status", LicenceStatus), licence.word("ship", Ship)
    if ship is Ship.CONTENT and status is not LicenceStatus.FREE:
        licence.fail("content may be shipped only under a free licence", "ship")
    if ship is Ship.NAME_ONLY and "wording" in item.nodes:
        item.fail("wording of a measure that may be shipped by name only", "wording")
    return Licence(status, ship, licence.text("note"), read_evidence(licence, sources))


def read_outcome_measures(
    file: Entry,
    measures: Mapping[str, Measure],
    disciplines: Mapping[str, Discipline],
    days: tuple[int, int],
) -> dict[str, OutcomeMeasure]:
    """The measures a pathway collects on days within its phases; exactly one is primary."""
    found = unique(
        file,
        "outcome_measures",
        "measure",
        lambda item: _outcome_measure(item, measures, disciplines, days),
    )
    primary = [item for item in found.values() if item.use is MeasureUse.PRIMARY]
    if len(primary) != 1:
        words = f'one measure, and only one, has to be "use: primary"; there are {len(primary)}'
        file.fail(words, "outcome_measures")
    return found


def _outcome_measure(
    item: Entry,
    measures: Mapping[str, Measure],
    disciplines: Mapping[str, Discipline],
    days: tuple[int, int],
) -> OutcomeMeasure:
    item.keys("id use collect_days", "administered_by pathway_note")
    collect = item.integers("collect_days")
    if not collect:
        item.fail('name at least one day after "collect_days:"', "collect_days")
    if list(collect) != sorted(set(collect)):
        item.fail('the days after "collect_days:" have to rise, none of them twice', "collect_days")
    if not days[0] <= collect[0] <= collect[-1] <= days[1]:
        item.fail(f"the days have to lie within the phases: {days[0]} to {days[1]}", "collect_days")
    givers = "administered_by"
    return OutcomeMeasure(
        measure=item.known("id", measures, "measure"),
        use=item.word("use", MeasureUse),
        collect_days=collect,
        administered_by=item.known_texts(givers, disciplines, "discipline")
        if givers in item.nodes
        else (),
        pathway_note=item.text_or("pathway_note"),
    )
