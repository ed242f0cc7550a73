"""Clearances that were given: what they cover of what the rules ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from careteam.domain.pathway.outcome import Clearance, Outcome


@dataclass(frozen=True, slots=True)
class GivenClearance:
    """The word of a discipline before a phase. `rules` are those that asked on that day: what
    another rule asks for later was not cleared.
    """

    discipline: str
    before_phase: str
    rules: frozenset[str]

    def covers(self, asked: Clearance) -> bool:
        return (
            asked.discipline == self.discipline
            and asked.before_phase == self.before_phase
            and self.rules.issuperset(cause.rule for cause in asked.causes)
        )


def without_given(outcome: Outcome, given: Iterable[GivenClearance]) -> Outcome:
    """The outcome with those clearances that are still awaited."""
    known = tuple(given)
    awaited = tuple(
        asked for asked in outcome.clearances if not any(each.covers(asked) for each in known)
    )
    return replace(outcome, clearances=awaited) if known else outcome
