"""From a pathway's milestone templates to the milestones of one plan."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from careteam.domain.pathway.values import MilestoneTemplate
from careteam.domain.planning.values import CLIENT, LEAD, Milestone

SKIP = "skip"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A template that gives no milestone, and why."""

    template: MilestoneTemplate
    why: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The milestones of a new plan, in the order of the templates, and what was left out."""

    milestones: tuple[Milestone, ...]
    left_out: tuple[LeftOut, ...]


def instantiate(
    templates: Iterable[MilestoneTemplate], anchor_on: date, seats: Collection[str]
) -> Draft:
    """Milestones for the seats that are there, dated from the anchor; days may be negative.

    `seats` are the disciplines with a place on the team, filled or not. When the owner is absent
    the template says whether the milestone is left out or which discipline takes it over; where
    nobody is there for it, it belongs to the lead with `meant_for` kept. What waited for a
    milestone left out waits for what that one waited for.
    """
    templates = tuple(templates)
    owners = {template.id: _owner(template, seats) for template in templates}
    known = {template.id: template for template in templates}
    kept = tuple(
        Milestone(
            id=template.id,
            title=template.name,
            owner=owner,
            due_on=anchor_on + timedelta(days=template.target_day),
            depends_on=_bridged(template, known, owners),
            phase=template.phase,
            criterion=template.criterion,
            measure=template.measure,
            meant_for=None if owner == template.owner else template.owner,
        )
        for template in templates
        if (owner := owners[template.id]) is not None
    )
    left_out = tuple(
        LeftOut(template, f"nobody on the team as {template.owner}")
        for template in templates
        if owners[template.id] is None
    )
    return Draft(kept, left_out)


def _owner(template: MilestoneTemplate, seats: Collection[str]) -> str | None:
    """The owner on this team, None when the milestone is left out."""
    if template.owner == CLIENT or template.owner in seats:
        return template.owner
    if template.if_owner_absent == SKIP:
        return None
    stand_in = template.if_owner_absent
    return stand_in if stand_in is not None and stand_in in {CLIENT, *seats} else LEAD


def _bridged(
    template: MilestoneTemplate,
    known: dict[str, MilestoneTemplate],
    owners: dict[str, str | None],
) -> tuple[str, ...]:
    """What it waits for, with every milestone left out replaced by what that one waits for."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    stack = list(reversed(template.depends_on))
    while stack:
        id_ = stack.pop()
        if id_ in seen:
            continue
        seen.add(id_)
        if owners[id_] is None:
            stack.extend(reversed(known[id_].depends_on))
        else:
            found[id_] = None
    return tuple(found)
