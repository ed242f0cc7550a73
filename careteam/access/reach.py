"""How far an actor reaches: which clients, and how much of each.

The one statement that answers this knows seats and consents, so it lives with them, in
`features/teams/reach.py`; the application hands it over when it is made. An answer holds for one
request at most, and is asked for anew after every change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from threading import Lock
from typing import Any
from uuid import UUID

from flask import g, has_app_context

from careteam.access.actor import Actor
from careteam.kit import clock


class Role(StrEnum):
    LEAD = "lead"
    SEAT = "seat"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor's place with one client.

    `goal_ids` is None for every goal. `full` are the information classes shown; rows the actor
    wrote are shown whatever their class. `hidden_seat_ids` are seats the client keeps from them.
    `stands_in` marks a lead for a while, who covers for whoever keeps the record.
    """

    client_id: UUID
    role: Role
    goal_ids: frozenset[UUID] | None = None
    full: frozenset[str] = frozenset()
    seat_ids: frozenset[UUID] = frozenset()
    hidden_seat_ids: frozenset[UUID] = frozenset()
    stands_in: bool = False

    def includes_goal(self, goal_id: UUID | None) -> bool:
        return self.goal_ids is None or goal_id is None or goal_id in self.goal_ids


@dataclass(frozen=True, slots=True)
class Reach:
    """`made` are conditions and statements that follow from it and from the actor whose reach it
    is, see `guard.within` and `kept`."""

    standings: Mapping[UUID, Standing] = field(default_factory=dict)
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, asked: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, kept under `asked` for as long as this is how far somebody reaches."""
        if self is NOBODY:
            return make()
        found = self.made.get(asked)
        if found is None:
            found = self.made[asked] = make()
        return found

    def standing(self, client_id: UUID | None) -> Standing | None:
        return self.standings.get(client_id) if client_id else None

    def narrowed_to(self, client_id: UUID) -> Reach:
        return Reach({key: it for key, it in self.standings.items() if key == client_id})

    def with_role(self, role: Role) -> list[Standing]:
        return [standing for standing in self.standings.values() if standing.role is role]


NOBODY = Reach()
AT_MOST = 64
"""Reaches kept from one request to the next; what is made of one takes up to a megabyte."""
_kept: dict[tuple[str, UUID | None], tuple[date, Actor, Reach]] = {}
_one_at_a_time = Lock()
_answer: Callable[[Actor], Reach] = lambda actor: NOBODY  # noqa: E731 - replaced once, below


def answer_with(function: Callable[[Actor], Reach]) -> None:
    """Hand over the statement that answers reaches. Called once, when the application is made."""
    global _answer
    _answer = function


def reach_of(actor: Actor) -> Reach:
    """The actor's reach now, asked for once a request."""
    if not actor.is_known:
        return NOBODY
    if not has_app_context():
        return _answer(actor)
    known: dict[tuple[Actor, UUID | None], Reach] = g.setdefault("reaches", {})
    client_id = g.get("reaches_only")
    found = known.get((actor, client_id))
    if found is None:
        whole = known.get((actor, None))
        if whole is None:
            whole = known[actor, None] = _as_before(actor, None, _answer(actor))
        found = (
            whole
            if client_id is None
            else _as_before(actor, client_id, whole.narrowed_to(client_id))
        )
        known[actor, client_id] = found
    return found


def _as_before(actor: Actor, client_id: UUID | None, reach: Reach) -> Reach:
    """The equal one of an earlier request of this day: statements were made of it already.

    Every request asks anew how far it reaches; a condition follows from that and from nothing else.
    """
    asked, found = (actor.key, client_id), (clock.today(), actor, reach)
    with _one_at_a_time:
        before = _kept.pop(asked, None)
        _kept[asked] = before if before == found else found
        if len(_kept) > AT_MOST:
            del _kept[next(iter(_kept))]
        return _kept[asked][-1]


@contextmanager
def only(client_id: UUID) -> Iterator[None]:
    """Within, nobody reaches further than this client.

    For a page about one client, whose statements would otherwise name every client of the actor,
    again and again.
    """
    before = g.get("reaches_only")
    g.reaches_only = client_id
    try:
        yield
    finally:
        g.reaches_only = before


def forget() -> None:
    """Ask anew next time: something that decides reach has changed."""
    if has_app_context():
        g.pop("reaches", None)
