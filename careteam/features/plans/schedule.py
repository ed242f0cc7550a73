"""Between the rows of a plan and the values that the planning rules work on.

Three kinds of rows take no part in the plan and are bridged: what waited for one waits for what
that one waited for. Those are milestones removed; those of a pathway that the goal has left; and
those that rest on a measure which the safety answers hide. The last two stay in a fold for
whoever keeps the record. A milestone that the client keeps from the reader is bridged likewise.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain import planning
from careteam.domain.planning import LEAD, MilestoneState
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import hidden_measures_of
from careteam.features.plans.changes import owner_key
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import (
    OwnerSeat,
    dependencies_of,
    list_milestones,
    seats_and_absence,
)

Key = TypeVar("Key", bound=Hashable)

LEFT_PATHWAY = "It belongs to the pathway that was left."
HIDDEN_MEASURE = "It rests on a measure that the safety answers hide."


@dataclass(frozen=True)
class Plan:
    """The plan of a goal as one actor sees it.

    `rows` take part; `aside` pairs a row with why it does not; `removed` were taken out. `edges`
    are the dependencies as they stand in the database with the days in between, `awaited` those
    among `rows`, bridged: the days on the way through a milestone out of the plan add up.
    """

    goal: Goal
    rows: Sequence[Milestone]
    aside: Sequence[tuple[Milestone, str]]
    edges: Mapping[UUID, Mapping[UUID, int]]
    awaited: Mapping[UUID, tuple[UUID, ...]]
    seats: Mapping[UUID, OwnerSeat]
    removed: Sequence[Milestone] = ()
    lead_away_until: date | None = None
    templates: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def stored(self) -> Mapping[UUID, tuple[UUID, ...]]:
        """What each waits for as it stands in the database."""
        return {waiter: tuple(awaited) for waiter, awaited in self.edges.items()}

    @cached_property
    def values(self) -> tuple[planning.Milestone, ...]:
        return tuple(self.value(row) for row in self.rows)

    @cached_property
    def _kept(self) -> frozenset[UUID]:
        return frozenset(row.id for row in self.rows)

    @cached_property
    def by_id(self) -> dict[str, Milestone]:
        return {str(row.id): row for row in self.rows}

    def value(self, row: Milestone) -> planning.Milestone:
        awaited = self.awaited.get(row.id, ())
        days = bridged_days(self._kept, self.edges, row.id)
        return planning.Milestone(
            id=str(row.id),
            title=row.title,
            owner=self.owner_of(row),
            due_on=row.due_on,
            depends_on=tuple(map(str, awaited)),
            state=MilestoneState(row.status),
            reason=row.reason or "",
            closed_on=row.reached_on,
            phase=row.phase or "",
            criterion=row.criterion or "",
            lags={str(key): days[key] for key in awaited if days.get(key)},
        )

    def owner_of(self, row: Milestone) -> str:
        """The owner's key now: what is open on a seat that nobody will fill is the lead's."""
        return LEAD if self.former_seat(row) else owner_key(row)

    def former_seat(self, row: Milestone) -> OwnerSeat | None:
        """The seat that an open milestone was on and that has ended."""
        seat = self.seats.get(row.owner_seat_id) if row.owner_seat_id else None
        if seat is None or not seat.is_gone:
            return None
        is_open = MilestoneState(row.status) in (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS)
        return seat if is_open else None

    def as_seen(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of a milestone with what it waits for as a page shows it: bridged."""
        nobody = UUID(int=0)
        edges = {**self.stored, nobody: tuple(map(UUID, values["depends_on"]))}
        seen = sorted(map(str, bridge(self._kept, edges, nobody)))
        direct = {UUID(key): values["lags"].get(key, 0) for key in values["depends_on"]}
        found = bridged_days(self._kept, {**self.edges, nobody: direct}, nobody)
        lags = {str(key): days for key, days in found.items() if days}
        return {**values, "depends_on": seen, "lags": lags}


def load_plan(actor: Actor, goal: Goal) -> Plan:
    """The plan within the actor's reach, at four statements."""
    hidden = hidden_measures_of([goal.client_id]).get(goal.client_id, frozenset())
    every = list_milestones(actor, goal)
    kept = [row for row in every if row.removed_at is None]
    aside = [(row, why) for row in kept if (why := why_aside(row, goal, hidden))]
    away = {row.id for row, _ in aside}
    rows = [row for row in kept if row.id not in away]
    edges = dependencies_of(goal.id)
    seats, lead_away = seats_and_absence(actor, goal)
    stored = {waiter: tuple(awaited) for waiter, awaited in edges.items()}
    taking_part = {row.id for row in rows}
    return Plan(
        goal=goal,
        rows=rows,
        aside=aside,
        edges=edges,
        awaited={row.id: bridge(taking_part, stored, row.id) for row in rows},
        seats={seat.id: seat for seat in seats},
        lead_away_until=lead_away,
        removed=[row for row in every if row.removed_at is not None],
        templates=frozenset(row.template for row in every if row.template),
    )


def why_aside(row: Milestone, goal: Goal, hidden: Collection[str]) -> str | None:
    if row.measure is not None and row.measure in hidden:
        return HIDDEN_MEASURE
    if row.template is not None and row.template.partition(":")[0] != goal.pathway:
        return LEFT_PATHWAY
    return None


def template_key(pathway: str, template: str) -> str:
    """Names a milestone template over all pathways, whose own ids repeat."""
    return f"{pathway}:{template}"


def bridge(kept: Collection[Key], awaited: Mapping[Key, Sequence[Key]], of: Key) -> tuple[Key, ...]:
    """What `of` waits for among `kept`, seen through everything else."""
    found: dict[Key, None] = {}
    seen: set[Key] = {of}
    stack = list(reversed(awaited.get(of, ())))
    while stack:
        key = stack.pop()
        if key in seen:
            continue
        seen.add(key)
        if key in kept:
            found[key] = None
        else:
            stack.extend(reversed(awaited.get(key, ())))
    return tuple(found)


def bridged_days(
    kept: Collection[Key], edges: Mapping[Key, Mapping[Key, int]], of: Key
) -> dict[Key, int]:
    """The days that have to go by after what `of` waits for among `kept`: added up on the way
    through everything else, and of two ways the longer.
    """
    found: dict[Key, int] = {}
    longest: dict[Key, int] = {}
    stack = [(key, days) for key, days in edges.get(of, {}).items()]
    while stack:
        key, days = stack.pop()
        if key == of or days <= longest.get(key, -1):
            continue
        longest[key] = days
        if key in kept:
            found[key] = days
        else:
            stack.extend((each, days + more) for each, more in edges.get(key, {}).items())
    return found
