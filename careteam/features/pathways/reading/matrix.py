"""The information matrix: classes, and what each group of viewers sees by default."""

from collections.abc import Mapping
from types import MappingProxyType

from careteam.domain.pathway.catalogue import (
    Discipline,
    InformationClass,
    InformationMatrix,
    ViewerGroup,
)
from careteam.domain.pathway.vocabulary import AccessLevel, Sensitivity
from careteam.features.pathways.reading.entry import Entry, unique


def read_matrix(file: Entry, disciplines: Mapping[str, Discipline]) -> InformationMatrix:
    """The matrix; every discipline belongs to exactly one group, every group lists every class."""
    levels = file.entry("levels")
    levels.keys(" ".join(AccessLevel))
    classes = unique(file, "information_classes", "information class", _information_class)
    groups = unique(
        file, "viewers", "viewer group", lambda item: _group(item, classes, disciplines)
    )
    _check_cover(file, groups, disciplines)
    return InformationMatrix(
        level_meanings=MappingProxyType({level: levels.text(level) for level in AccessLevel}),
        classes=tuple(classes.values()),
        groups=tuple(groups.values()),
    )


def _information_class(item: Entry) -> InformationClass:
    item.keys("id label spoken sensitivity")
    sensitivity = item.word("sensitivity", Sensitivity)
    return InformationClass(item.id(), item.text("label"), item.text("spoken"), sensitivity)


def _group(
    item: Entry,
    classes: Mapping[str, InformationClass],
    disciplines: Mapping[str, Discipline],
) -> ViewerGroup:
    item.keys("id label clinical disciplines access note")
    access = item.entry("access")
    if list(access.nodes) != list(classes):
        access.fail("has to list every information class, in the order of the catalogue")
    return ViewerGroup(
        id=item.id(),
        label=item.text("label"),
        clinical=item.boolean("clinical"),
        disciplines=item.known_texts("disciplines", disciplines, "discipline"),
        access=MappingProxyType({name: access.word(name, AccessLevel) for name in classes}),
        note=item.text("note"),
    )


def _check_cover(
    file: Entry, groups: Mapping[str, ViewerGroup], disciplines: Mapping[str, Discipline]
) -> None:
    covered = [name for group in groups.values() for name in group.disciplines]
    for name in disciplines:
        if covered.count(name) != 1:
            file.fail(f"discipline {name} has to be in exactly one viewer group", "viewers")
