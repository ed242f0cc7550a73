"""What is due with whom, from the facts of one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.relationships.tending import Dealings, Nudge, Span, nudge_of
from careteam.domain.relationships.touches import Kind
from careteam.features.relationships.fact_queries import list_facts
from careteam.kit import clock


@dataclass(frozen=True, slots=True)
class Step:
    """An open next step of a touch."""

    touch_id: UUID
    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Tended:
    """One person, or a practice that has no id; `steps` by day."""

    practitioner_id: UUID | None
    name: str
    dealings: Dealings
    steps: tuple[Step, ...]
    nudge: Nudge | None

    @property
    def last_on(self) -> date | None:
        return self.dealings.last_contact_on


def tended_of(actor: Actor) -> list[Tended]:
    """Everybody of whom something is known, by name. One statement."""
    today = clock.today()
    by_whom: defaultdict[tuple[UUID | None, str], list[Any]] = defaultdict(list)
    for fact in list_facts(actor):
        folded = (fact.practice or "").casefold()
        by_whom[fact.practitioner_id, folded].append(fact)
    found = [_tended(facts, today) for facts in by_whom.values()]
    return sorted(found, key=lambda each: (each.name.casefold(), str(each.practitioner_id)))


def tended_with(actor: Actor, practitioner_id: UUID) -> Tended | None:
    """One person, None where nothing is known. One statement."""
    facts = list_facts(actor, practitioner_id)
    return _tended(facts, clock.today()) if facts else None


def tended_at(actor: Actor, practice: str) -> Tended | None:
    """One practice, None where nothing is known. One statement."""
    folded = practice.casefold()
    found = (each for each in tended_of(actor) if each.practitioner_id is None)
    return next((each for each in found if each.name.casefold() == folded), None)


def nudges_of(tended: Sequence[Tended]) -> list[Tended]:
    """Those of whom something is due: one line each, what waits longest first."""
    due = [(each.nudge.due_on, each) for each in tended if each.nudge]
    return [each for _, each in sorted(due, key=lambda pair: pair[0])]


def _tended(facts: Sequence[Any], today: date) -> Tended:
    steps = sorted(
        (
            Step(fact.touch_id, fact.words or "", fact.last_on)
            for fact in facts
            if _is(fact, "step") and not fact.first_on
        ),
        key=lambda step: (step.due_on, str(step.touch_id)),
    )
    dealings = _dealings(facts, steps)
    return Tended(
        facts[0].practitioner_id,
        facts[0].name or facts[0].practice,
        dealings,
        tuple(steps),
        nudge_of(dealings, today),
    )


def _dealings(facts: Sequence[Any], steps: Sequence[Step]) -> Dealings:
    """A rhythm of one's own for somebody comes before those of groups, whose shortest counts."""
    own = next((fact for fact in facts if _is(fact, "wish")), None)
    groups = [fact for fact in facts if _is(fact, "group")]
    wish = own if own is not None and own.months else min(groups, key=_months, default=None)
    return Dealings(
        touches=_spans(facts),
        spoke_on=_last(facts, "call"),
        referral_on=_last(facts, "referral"),
        seen_on=_last(facts, "seen"),
        every_months=wish.months if wish is not None else None,
        wished_on=wish.first_on if wish is not None else None,
        next_on=steps[0].due_on if steps else None,
        done_on=max((fact.first_on for fact in facts if _is_done(fact)), default=None),
        snoozed_until=own.last_on if own is not None else None,
    )


def _spans(facts: Sequence[Any]) -> dict[Kind, Span]:
    """By kind; a practice may have been written in two ways."""
    found: dict[Kind, Span] = {}
    for fact in facts:
        if _is(fact, "touch"):
            kind = Kind(fact.words)
            known = found.get(kind, Span(fact.first_on, fact.last_on))
            found[kind] = Span(min(known.first, fact.first_on), max(known.last, fact.last_on))
    return found


def _last(facts: Sequence[Any], name: str) -> date | None:
    days = [
        day
        for fact in facts
        if _is(fact, name)
        for day in (fact.last_on, clock.day_of(fact.at) if fact.at else None)
        if day
    ]
    return max(days, default=None)


def _is(fact: Any, name: str) -> bool:
    return bool(fact.fact == name)


def _is_done(fact: Any) -> bool:
    return _is(fact, "step") and fact.first_on is not None


def _months(fact: Any) -> int:
    return int(fact.months)
