"""Which measures belong to a goal, for one reader.

Those of its pathway and the goal's own. One that the screening answers hide is neither collected
nor shown to anybody; one of an information class the reader may not see is not there for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from careteam.access.actor import Actor
from careteam.access.reach import Role, reach_of
from careteam.domain.pathway.catalogue import Measure
from careteam.domain.pathway.vocabulary import MeasureUse
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import hidden_measures_of
from careteam.features.pathways.content import load_content, pathway_of

MOST_ASKED = 3
"""Values of one check-in: it takes less than twenty seconds."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A measure of a goal. `days` are when the pathway asks for it; `by` who usually takes it."""

    measure: Measure
    is_goals: bool = False
    is_primary: bool = False
    days: tuple[date, ...] = ()
    by: tuple[str, ...] = ()
    note: str = ""

    @property
    def id(self) -> str:
        return self.measure.id

    @property
    def range_words(self) -> str:
        """'0 to 10 points'."""
        return f"{self.measure.minimum:g} to {self.measure.maximum:g} {self.measure.unit}".strip()

    @property
    def label(self) -> str:
        """The name, with the range unless it names it itself."""
        if re.search(r"\(\d+-\d+\)", self.measure.name):
            return self.measure.name
        return f"{self.measure.name} ({self.range_words})"

    @property
    def better_words(self) -> str:
        return f"{self.measure.better.value} is better"

    def next_day(self, after: date) -> date | None:
        """The next day on which the pathway asks for it."""
        return next((day for day in self.days if day > after), None)


def offered_measures(actor: Actor, goal: Goal) -> list[Offered]:
    """The goal's own first, then those of the pathway, the main one before the others."""
    content = load_content()
    hidden = hidden_measures_of([goal.client_id]).get(goal.client_id, frozenset())
    own = goal.measure if goal.set_aside_at is None else None
    pathway = pathway_of(goal)
    found: dict[str, Offered] = {}
    if own in content.catalogue.measures:
        found[str(own)] = Offered(content.catalogue.measures[str(own)], is_goals=True)
    for use in pathway.outcome_measures if pathway else ():
        found[use.measure] = Offered(
            content.catalogue.measures[use.measure],
            is_goals=use.measure == own,
            is_primary=use.use is MeasureUse.PRIMARY,
            days=_days(goal, use.collect_days),
            by=tuple(content.catalogue.disciplines[name].label for name in use.administered_by),
            note=use.pathway_note,
        )
    kept = [
        each
        for each in found.values()
        if each.id not in hidden and _sees(actor, goal, each.measure)
    ]
    return sorted(kept, key=lambda each: (not each.is_goals, not each.is_primary))


def asked_of_client(actor: Actor, goal: Goal) -> list[Offered]:
    """The few that clients answer by themselves: those with words of their own that no discipline
    has to put to them."""
    asked = [each for each in offered_measures(actor, goal) if each.measure.wording and not each.by]
    return asked[:MOST_ASKED]


def _days(goal: Goal, offsets: tuple[int, ...]) -> tuple[date, ...]:
    if goal.anchor_on is None:
        return ()
    return tuple(goal.anchor_on + timedelta(days=offset) for offset in sorted(offsets))


def _sees(actor: Actor, goal: Goal, measure: Measure) -> bool:
    standing = reach_of(actor).standing(goal.client_id)
    if standing is None:
        return False
    return standing.role is not Role.SEAT or measure.information_class in standing.full
