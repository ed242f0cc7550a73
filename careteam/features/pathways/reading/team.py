"""Factors, phases and roles of a pathway."""

from collections.abc import Mapping

from careteam.domain.pathway.catalogue import Discipline, Factor
from careteam.domain.pathway.values import FactorUse, Phase, Role
from careteam.domain.pathway.vocabulary import Requirement
from careteam.features.pathways.reading.entry import Entry, unique

MOST_WEEKS = 520
"""Ten years to either side of the anchor: the calendar keeps as much room."""


def read_factors(file: Entry, factors: Mapping[str, Factor]) -> dict[str, FactorUse]:
    def read(item: Entry) -> FactorUse:
        item.keys("id label why")
        name = item.known("id", factors, "factor")
        return FactorUse(name, item.text("label"), item.text("why"))

    return unique(file, "factors", "factor", read)


def read_phases(file: Entry) -> dict[str, Phase]:
    """Phases in order, each beginning where the one before ends."""
    ends: list[int] = []

    def read(item: Entry) -> Phase:
        item.keys("id name start_week end_week aim")
        start, end = item.integer("start_week"), item.integer("end_week")
        if max(abs(start), abs(end)) > MOST_WEEKS:
            item.fail(f"the weeks have to lie between {-MOST_WEEKS} and {MOST_WEEKS}", "start_week")
        if start >= end:
            item.fail("the phase has to begin before it ends", "start_week")
        before = ends[-1] if ends else start
        ends.append(end)
        if before != start:
            item.fail(
                f"has to begin in week {before}, where the phase before it ends", "start_week"
            )
        return Phase(item.id(), item.text("name"), start, end, item.text("aim"))

    phases = unique(file, "phases", "phase", read)
    if not phases:
        file.fail("a pathway needs a phase", "phases")
    return phases


def read_roles(
    file: Entry,
    disciplines: Mapping[str, Discipline],
    factors: Mapping[str, FactorUse],
    phases: Mapping[str, Phase],
) -> dict[str, Role]:
    """Roles by discipline; together they cover every factor."""
    roles = unique(
        file, "roles", "role", lambda item: _role(item, disciplines, factors, phases), "discipline"
    )
    for name in factors:
        if not any(name in role.covers for role in roles.values()):
            file.fail(f'no role covers the factor "{name}"', "roles")
    return roles


def _role(
    item: Entry,
    disciplines: Mapping[str, Discipline],
    factors: Mapping[str, FactorUse],
    phases: Mapping[str, Phase],
) -> Role:
    item.keys(
        "discipline requirement purpose covers count bring_in_phase",
        "condition alternatives not_before",
    )
    requirement = item.word("requirement", Requirement)
    if requirement is Requirement.CONDITIONAL and "condition" not in item.nodes:
        item.fail('a conditional role needs "condition:", which says when it joins', "requirement")
    low, high = _count(item, requirement)
    other = "alternatives"
    return Role(
        discipline=item.known("discipline", disciplines, "discipline"),
        requirement=requirement,
        purpose=item.text("purpose"),
        covers=item.known_texts("covers", factors, "factor"),
        min_count=low,
        max_count=high,
        bring_in_phase=item.known("bring_in_phase", phases, "phase"),
        condition=item.text_or("condition"),
        alternatives=item.known_texts(other, disciplines, "discipline")
        if other in item.nodes
        else (),
        not_before=item.text_or("not_before"),
    )


def _count(item: Entry, requirement: Requirement) -> tuple[int, int]:
    count = item.entry("count")
    count.keys("min max")
    low, high = count.integer("min"), count.integer("max")
    if not 0 <= low <= high or high == 0:
        count.fail('"min:" has to be 0 or more, and not above "max:"', "min")
    if requirement is Requirement.REQUIRED and low < 1:
        count.fail('a required role needs 1 or more after "min:"', "min")
    return low, high
