"""The plan on the client's page: what is next, short, with the actions on its lines."""

from __future__ import annotations

from dataclasses import dataclass

from careteam.access.actor import Actor
from careteam.features.clients.models import Client, Goal
from careteam.features.plans.view import Line, PlanView, view_plan
from careteam.features.teams.effects import ClientOutcomes

SHOWN = 7
"""Lines of a short view; the plan's own page has them all."""


@dataclass(frozen=True)
class PlanPart:
    """The plan's view and the few lines that the client's page shows."""

    view: PlanView
    lines: tuple[Line, ...]

    @property
    def more(self) -> int:
        return len(self.view.lines) - len(self.lines)

    @property
    def finished(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_open)

    @property
    def next(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_open)


def plan_part(
    actor: Actor, client: Client, goal: Goal, standing: ClientOutcomes | None = None
) -> PlanPart:
    """What the client's page shows of a plan: the last two finished, then what is open."""
    view = view_plan(actor, goal, client.called, standing)
    open_lines = [line for line in view.lines if line.is_open]
    finished = [line for line in view.lines if not line.is_open]
    kept = {line.id for line in (*finished[-2:], *open_lines)}
    lines = [line for line in view.lines if line.id in kept]
    return PlanPart(view, tuple(lines[:SHOWN]))
