"""What of a goal is shown to whom. Every page, letter and list asks here and nowhere else.

While a goal is set aside its wording, measure and target belong to a pathway that was left: neutral
words stand in their place. A measure whose information class the actor may not see is left out with
its values, as is one that the screening answers hide from everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.reach import Role, Standing, reach_of
from careteam.domain.pathway.values import Pathway
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import hidden_measures_of
from careteam.features.pathways.content import load_content, pathway_of

SET_ASIDE = "The goal is being worded anew"
WORKING_DIAGNOSIS = "presenting_problem"


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal as one actor may see it. `measure` is an id of the catalogue, None where not shown.

    `pathway_title` is the neutral one for those who do not see what brings the client here.
    """

    id: UUID
    client_id: UUID
    statement: str
    status: str
    is_set_aside: bool
    pathway: str | None
    pathway_title: str | None
    anchor_on: date | None
    measure: str | None = None
    measure_name: str | None = None
    unit: str | None = None
    baseline: float | None = None
    target: float | None = None
    target_on: date | None = None

    @property
    def is_standing(self) -> bool:
        return self.status in ("active", "paused")


def shown_goal(actor: Actor, goal: Goal) -> ShownGoal:
    """The goal in the words this actor may see."""
    return shown_goals(actor, [goal])[0]


def shown_goals(actor: Actor, goals: Iterable[Goal]) -> list[ShownGoal]:
    """Several goals at the cost of one statement."""
    goals = list(goals)
    hidden = hidden_measures_of(goal.client_id for goal in goals) if goals else {}
    reach = reach_of(actor)
    return [
        _shown(goal, reach.standing(goal.client_id), hidden.get(goal.client_id, frozenset()))
        for goal in goals
    ]


def _shown(goal: Goal, standing: Standing | None, hidden: frozenset[str]) -> ShownGoal:
    pathway = pathway_of(goal)
    title = None if pathway is None else _title(pathway, standing)
    aside = goal.set_aside_at is not None
    plain = ShownGoal(
        id=goal.id,
        client_id=goal.client_id,
        statement=SET_ASIDE if aside else goal.statement,
        status=goal.status,
        is_set_aside=aside,
        pathway=goal.pathway,
        pathway_title=title,
        anchor_on=goal.anchor_on,
        target_on=None if aside else goal.target_on,
    )
    measure = load_content().catalogue.measures.get(goal.measure or "")
    if aside or measure is None or measure.id in hidden:
        return plain
    if not _sees(standing, measure.information_class):
        return plain
    return replace(
        plain,
        measure=measure.id,
        measure_name=measure.name,
        unit=measure.unit,
        baseline=goal.baseline,
        target=goal.target,
    )


def _sees(standing: Standing | None, information_class: str) -> bool:
    if standing is None:
        return False
    return standing.role is not Role.SEAT or information_class in standing.full


def _title(pathway: Pathway, standing: Standing | None) -> str:
    classes = {WORKING_DIAGNOSIS, pathway.subject_class} - {None}
    if all(_sees(standing, str(name)) for name in classes):
        return pathway.title
    return pathway.neutral_title
