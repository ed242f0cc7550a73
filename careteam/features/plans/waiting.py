"""Who waits for whom in one plan, by person, as its reader sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from careteam.domain.planning import Milestone, Wait, waiting_by_person
from careteam.domain.wording import count_words
from careteam.features.plans.view import Line, PlanView


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line and the lines on the other side of the wait."""

    line: Line
    others: tuple[Line, ...]

    def days_after(self, other: Line) -> str:
        """The days to go by after `other`, as they begin a sentence's end; 'after' without any."""
        days = self.line.value.lag(other.value.id)
        return f"{count_words(days, 'day')} after" if days else "after"


@dataclass(frozen=True, slots=True)
class PersonPart:
    """One person's part. `name` is "You" for the reader; `roles` are the seats that own something
    here, empty for the client and for whoever only keeps the record."""

    name: str
    roles: tuple[str, ...]
    is_mine: bool
    now: tuple[Line, ...]
    waits: tuple[Waiting, ...]
    awaited: tuple[Waiting, ...]

    @property
    def awaited_by(self) -> tuple[str, ...]:
        """Names of the people who wait for this one, as they stand within a sentence."""
        waiting = (each for wait in self.awaited for each in wait.others)
        return tuple(dict.fromkeys("you" if each.is_mine else each.owner for each in waiting))


def people_of(view: PlanView) -> tuple[PersonPart, ...]:
    """Everybody with something open; the reader first, then whoever holds up most people."""
    lines = {line.value.id: line for line in view.lines}
    values = [
        replace(line.value, owner=view.owners.person_key(line.value.owner)) for line in view.lines
    ]
    held = {line.value.id for line in view.lines if line.waits or line.rests}
    keys = {value.id: value.owner for value in values}
    parts = [
        _part(
            [line for id_, line in lines.items() if keys[id_] == person.owner],
            lines,
            person.now,
            person.waits,
            person.awaited,
        )
        for person in waiting_by_person(values, held)
    ]
    return tuple(sorted(parts, key=lambda part: not part.is_mine))


def _part(
    own: list[Line],
    lines: Mapping[str, Line],
    now: Iterable[Milestone],
    waits: Iterable[Wait],
    awaited: Iterable[Wait],
) -> PersonPart:
    return PersonPart(
        name=own[0].owner,
        roles=tuple(dict.fromkeys(line.role for line in own if line.role)),
        is_mine=own[0].is_mine,
        now=tuple(lines[each.id] for each in now),
        waits=tuple(_waiting(wait, lines) for wait in waits),
        awaited=tuple(_waiting(wait, lines) for wait in awaited),
    )


def _waiting(wait: Wait, lines: Mapping[str, Line]) -> Waiting:
    return Waiting(lines[wait.milestone.id], tuple(lines[each.id] for each in wait.others))
