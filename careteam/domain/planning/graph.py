"""The dependency graph of a plan: its order, and a circle named when there is one."""

import heapq
from collections.abc import Iterable, Mapping, Sequence

from careteam.domain.planning.values import Milestone
from careteam.domain.wording import list_words


class Circle(ValueError):
    """Milestones that wait for one another; `ids` in order, each waiting for the next."""

    def __init__(self, members: Sequence[Milestone]):
        self.ids = tuple(milestone.id for milestone in members)
        titles = [milestone.title for milestone in members]
        waits = [
            f"{title} waits for {awaited}"
            for title, awaited in zip(titles, [*titles[1:], titles[0]], strict=True)
        ]
        super().__init__(", ".join(waits))


class UnknownDependency(ValueError):
    """A milestone that waits for one that is not in the plan."""


def by_id(milestones: Iterable[Milestone]) -> dict[str, Milestone]:
    """The milestones by their ids, in the order given.

    Raises UnknownDependency when one waits for an id that is not among them.
    """
    known = {milestone.id: milestone for milestone in milestones}
    for milestone in known.values():
        missing = [id_ for id_ in milestone.depends_on if id_ not in known]
        if missing:
            raise UnknownDependency(f"{milestone.title} waits for unknown {list_words(missing)}")
    return known


def successors(known: Mapping[str, Milestone]) -> dict[str, list[str]]:
    """For each milestone, the ids of those that wait for it directly."""
    waiting: dict[str, list[str]] = {id_: [] for id_ in known}
    for milestone in known.values():
        for awaited in dict.fromkeys(milestone.depends_on):
            waiting[awaited].append(milestone.id)
    return waiting


def in_order(milestones: Iterable[Milestone]) -> list[Milestone]:
    """Every milestone after all it waits for; among equals the order given.

    Kahn's algorithm (1962) with a heap for a stable order. Raises Circle or UnknownDependency.
    """
    known = by_id(milestones)
    place = {id_: index for index, id_ in enumerate(known)}
    waiting = successors(known)
    open_count = {id_: len(set(known[id_].depends_on)) for id_ in known}
    ready = [place[id_] for id_, count in open_count.items() if count == 0]
    heapq.heapify(ready)
    ids = list(known)
    ordered: list[Milestone] = []
    while ready:
        id_ = ids[heapq.heappop(ready)]
        ordered.append(known[id_])
        for follower in waiting[id_]:
            open_count[follower] -= 1
            if open_count[follower] == 0:
                heapq.heappush(ready, place[follower])
    if len(ordered) < len(known):
        raise Circle(_circle(known, {id_ for id_, count in open_count.items() if count > 0}))
    return ordered


def would_circle(milestones: Iterable[Milestone], waiter: str, awaited: str) -> bool:
    """Whether letting `waiter` wait for `awaited` would close a circle."""
    known = by_id(milestones)
    seen, stack = set[str](), [awaited]
    while stack:
        id_ = stack.pop()
        if id_ == waiter:
            return True
        if id_ not in seen:
            seen.add(id_)
            stack.extend(known[id_].depends_on)
    return False


def _circle(known: Mapping[str, Milestone], left: set[str]) -> list[Milestone]:
    """A circle among milestones that each wait for another of `left`."""
    id_ = next(candidate for candidate in known if candidate in left)
    trail: dict[str, int] = {}
    while id_ not in trail:
        trail[id_] = len(trail)
        id_ = next(awaited for awaited in known[id_].depends_on if awaited in left)
    members = list(trail)[trail[id_] :]
    first = min(range(len(members)), key=lambda i: list(known).index(members[i]))
    return [known[member] for member in members[first:] + members[:first]]
