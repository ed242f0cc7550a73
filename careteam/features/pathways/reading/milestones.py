"""Milestones: dated, owned, in order, free of circles."""

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from careteam.domain.pathway.catalogue import Measure
from careteam.domain.pathway.values import (
    MeasureTarget,
    MilestoneTemplate,
    OutcomeMeasure,
    Phase,
    Role,
)
from careteam.domain.pathway.vocabulary import Comparator, Requirement
from careteam.features.pathways.reading.entry import Entry, unique
from careteam.features.pathways.reading.saying import instead

CLIENT = "client"
SKIP = "skip"
CIRCLE = "milestones wait for each other in a circle: "


@dataclass(frozen=True)
class MilestoneReader:
    """Reads the milestones of one file against its phases, roles and measures."""

    phases: Mapping[str, Phase]
    roles: Mapping[str, Role]
    collected: Mapping[str, OutcomeMeasure]
    measures: Mapping[str, Measure]

    def read(self, file: Entry) -> dict[str, MilestoneTemplate]:
        milestones = unique(file, "milestones", "milestone", self._milestone)
        for item in file.entries("milestones"):
            _check_order(item.named(f"milestone {item.id()}"), milestones)
        _check_circles(file, milestones)
        return milestones

    def _milestone(self, item: Entry) -> MilestoneTemplate:
        item.keys("id name phase target_day owner depends_on criterion", "measure if_owner_absent")
        phase = self.phases[item.known("phase", self.phases, "phase")]
        day = item.integer("target_day")
        if not phase.start_day <= day <= phase.end_day:
            span = f'phase "{phase.id}", days {phase.start_day} to {phase.end_day}'
            item.fail(f"day {day} lies outside the {span}", "target_day")
        owner = item.text("owner")
        if owner != CLIENT and owner not in self.roles:
            words = f'"{owner}" is no role of this pathway, and not the client'
            item.fail(f"{words}{instead(owner, (CLIENT, *self.roles))}", "owner")
        return MilestoneTemplate(
            id=item.id(),
            name=item.text("name"),
            phase=phase.id,
            target_day=day,
            owner=owner,
            depends_on=item.texts("depends_on"),
            criterion=item.text("criterion"),
            measure=self._target(item) if "measure" in item.nodes else None,
            if_owner_absent=self._fallback(item, owner),
        )

    def _target(self, item: Entry) -> MeasureTarget:
        target = item.entry("measure")
        target.keys("id comparator value")
        name = target.text("id")
        if name not in self.collected:
            target.fail(f'the measure "{name}" does not stand under "outcome_measures:"', "id")
        value, scale = target.number("value"), self.measures[name]
        if not scale.minimum <= value <= scale.maximum:
            span = f"{scale.minimum:g} to {scale.maximum:g}"
            target.fail(f"{value:g} lies outside the scale, {span}", "value")
        return MeasureTarget(name, target.word("comparator", Comparator), value)

    def _fallback(self, item: Entry, owner: str) -> str | None:
        key = "if_owner_absent"
        role = self.roles.get(owner)
        conditional = role is not None and role.requirement is Requirement.CONDITIONAL
        if conditional and key not in item.nodes:
            item.fail(f'its owner may not join, so "{key}:" has to say who takes over, or skip')
        if not conditional and key in item.nodes:
            item.fail(f'its owner is on every team, so take "{key}:" out', key)
        if not conditional:
            return None
        other = item.text(key)
        heir = self.roles.get(other)
        steady = heir is not None and heir.requirement is not Requirement.CONDITIONAL
        if other != SKIP and not steady:
            item.fail(
                f'"{other}" cannot take over: write skip, or a role that is on every team', key
            )
        return other


def _check_order(item: Entry, milestones: Mapping[str, MilestoneTemplate]) -> None:
    own = milestones[item.id()]
    for name in own.depends_on:
        if name not in milestones:
            words = f'there is no milestone called "{name}"{instead(name, milestones)}'
            item.fail(words, "depends_on")
        if milestones[name].target_day > own.target_day:
            item.fail(
                f'lies before "{name}", for which it waits: move one of the two', "depends_on"
            )


def _check_circles(file: Entry, milestones: Mapping[str, MilestoneTemplate]) -> None:
    graph = nx.DiGraph((own.id, name) for own in milestones.values() for name in own.depends_on)
    try:
        circle = nx.find_cycle(graph)
    except nx.NetworkXNoCycle:
        return
    names = " > ".join([first for first, _ in circle] + [circle[0][0]])
    file.fail(f"{CIRCLE}{names}", "milestones")
