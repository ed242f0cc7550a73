"""Who waits for whom: what each person can do now, what they wait for, what waits for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from careteam.domain.planning.graph import by_id
from careteam.domain.planning.progress import blocked_by
from careteam.domain.planning.values import Milestone


@dataclass(frozen=True, slots=True)
class Wait:
    """A milestone and those on the other side of the wait; `others` is empty where only something
    outside the plan (a clearance, a hold) is waited for."""

    milestone: Milestone
    others: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One owner's part in the waiting, each list with the earliest date first.

    `now` can be done today. `waits` pairs an own milestone with what it waits for. `awaited` pairs
    an own milestone with what waits for it, of other people only: who waits for himself knows it.
    """

    owner: str
    now: tuple[Milestone, ...]
    waits: tuple[Wait, ...]
    awaited: tuple[Wait, ...]


def waiting_by_person(
    milestones: Iterable[Milestone], held: Collection[str] = ()
) -> tuple[Person, ...]:
    """Everybody who has something open, or whom somebody waits for.

    `held` are ids of milestones that something outside the plan holds back. Whoever holds up most
    people stands first, then whoever can act soonest; among equals the order given. One found
    impossible still holds back, so its owner appears: somebody must decide. Raises
    UnknownDependency.
    """
    known = by_id(milestones)
    blocked = blocked_by(known.values())
    holding: dict[str, list[Milestone]] = {id_: [] for id_ in known}
    for id_, blockers in blocked.items():
        for blocker in blockers:
            if blocker.owner != known[id_].owner:
                holding[blocker.id].append(known[id_])
    owners = dict.fromkeys(
        each.owner for each in known.values() if each.is_open or holding[each.id]
    )
    people = [_person(owner, known, blocked, holding, held) for owner in owners]
    return tuple(sorted(people, key=_most_awaited_first))


def _person(
    owner: str,
    known: dict[str, Milestone],
    blocked: dict[str, tuple[Milestone, ...]],
    holding: dict[str, list[Milestone]],
    held: Collection[str],
) -> Person:
    own = sorted((each for each in known.values() if each.owner == owner), key=_by_date)
    stuck = [each for each in own if each.is_open and (each.id in blocked or each.id in held)]
    return Person(
        owner=owner,
        now=tuple(each for each in own if each.is_open and each not in stuck),
        waits=tuple(Wait(each, blocked.get(each.id, ())) for each in stuck),
        awaited=tuple(
            Wait(each, tuple(sorted(holding[each.id], key=_by_date)))
            for each in own
            if holding[each.id]
        ),
    )


def _most_awaited_first(person: Person) -> tuple[int, date]:
    waiting = {each.owner for wait in person.awaited for each in wait.others}
    return -len(waiting), min(map(_by_date, person.now), default=date.max)


def _by_date(milestone: Milestone) -> date:
    return milestone.due_on or date.max
