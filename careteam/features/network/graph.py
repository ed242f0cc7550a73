"""Rows to the graph that one member sees, and what filters leave of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import networkx as nx

from careteam.access.actor import Actor
from careteam.domain.network.ego import neighbourhood
from careteam.domain.network.graph import TieRow, build_graph
from careteam.domain.network.periods import Period
from careteam.domain.network.picture import Person, build_picture
from careteam.domain.network.ties import Links, SeenTie, links_of, seen_by
from careteam.domain.responsiveness import HOURS
from careteam.features.directory.catalogue import discipline_labels
from careteam.features.network import queries
from careteam.features.network.arranging import Arrangement
from careteam.features.responsiveness.usual import known_hours

Steps = Literal[1, 2]


@dataclass(frozen=True, slots=True)
class Part:
    """What a sight holds of a community too large to be shown whole.

    shown, fits, people: how many were taken, of how many who fit, of how many in the directory;
        None before the community was gathered for the first time.
    by_discipline, by_place: how many there are of each.
    at: when it was gathered; one's own ties are read anew. `percent` says how far a worker is,
        has_failed that the first attempt broke off.
    """

    shown: int | None = None
    fits: int | None = None
    people: int | None = None
    by_discipline: Mapping[str, int] = field(default_factory=dict)
    by_place: Mapping[str, int] = field(default_factory=dict)
    at: datetime | None = None
    percent: int | None = None
    has_failed: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """A part of the network as one member sees it; `me` is None for a steward without an entry.

    `seen` holds the ties of the period that is looked at, `whole` those of all time, the same
    where there is no period. `received` is the drawn weight of the ties in `seen` that each
    person receives: the order of importance in picture and list. It is no figure. `usual` are
    the median working hours to an answer, of those of whom the member may know; None where
    nobody asked.
    """

    people: tuple[Person, ...]
    seen: nx.DiGraph[str]
    me: str | None
    is_community: bool = False
    received: Counter[str] = field(default_factory=Counter)
    whole: nx.DiGraph[str] = field(default_factory=nx.DiGraph)
    usual: Mapping[str, float] | None = None
    part: Part | None = None

    @property
    def count(self) -> int:
        """How many others there are, in view or not."""
        if self.part is None or self.part.people is None:
            return len(self.others)
        return self.part.people - int(self.me is not None)

    @property
    def others(self) -> list[Person]:
        """Everybody but the member, those who receive most first, then by name."""
        return sorted(
            (person for person in self.people if person.id != self.me),
            key=lambda person: (-self.received[person.id], person.name.casefold(), person.id),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Empty means no wish.

    at_least: keep those with a tie of at least so many referrals: the count of one's own ties,
        the lowest number of the band of others' and of remembered ones.
    period: keep those with a tie within it, and count only what was within it.
    answers: keep those who usually answer within so many working days, as far as it is known.
    """

    discipline: str = ""
    place: str = ""
    accepting: bool = False
    at_least: int = 0
    period: Period | None = None
    answers: int = 0

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the filters in use, in the order of the page."""
        names = ("discipline", "place", "period", "at_least", "answers", "accepting")
        return tuple(name for name in names if getattr(self, name))

    def wants(self, person: Person) -> bool:
        """Whether somebody fits by what their entry says, whatever their ties and answers."""
        return (
            (not self.discipline or person.discipline_id == self.discipline)
            and (not self.place or person.place == self.place)
            and (not self.accepting or person.accepting is True)
        )


def neighbourhood_of(actor: Actor, steps: Steps = 1, period: Period | None = None) -> Sight:
    """The member and those she exchanges referrals with; with two steps also with whom they do.

    Reads her own ties (and in two steps those of her contacts), never the whole community. Who
    belongs to it is said by all time, whatever the period.
    """
    if actor.practitioner_id is None:
        return Sight((), nx.DiGraph(), None)
    me = str(actor.practitioner_id)
    rows: list[TieRow] = queries.list_own_ties(actor)
    lately = queries.list_own_ties(actor, period) if period else []
    private: frozenset[str] = frozenset()
    if steps == 2:
        contacts = [UUID(id_) for id_ in neighbourhood(seen_by(build_graph(rows), me), me) - {me}]
        rows += queries.list_ties_of_others(actor, contacts)
        lately += queries.list_ties_of_others(actor, contacts, period) if period else []
        private = queries.private_ids(actor)
    whole = seen_by(build_graph(rows), me, private)
    people = queries.list_people(actor, neighbourhood(whole, me, steps))
    seen = seen_by(build_graph(lately), me, private) if period else whole
    return sight_of(people, seen, me, whole=whole)


def community_of(actor: Actor, period: Period | None = None) -> Sight:
    """Everybody in the directory, with every tie of which the member may see something."""
    me = str(actor.practitioner_id) if actor.practitioner_id else None
    private = queries.private_ids(actor)
    whole = seen_by(build_graph(queries.list_all_ties(actor)), me, private)
    seen = whole
    if period:
        seen = seen_by(build_graph(queries.list_all_ties(actor, period)), me, private)
    return sight_of(queries.list_people(actor), seen, me, whole=whole, is_community=True)


def with_usual(actor: Actor, sight: Sight) -> Sight:
    """The sight with how soon its people usually answer, as far as the member may know."""
    hours = known_hours(actor, [UUID(person.id) for person in sight.people])
    return replace(sight, usual={str(id_): each for id_, each in hours.items()})


def links_seen(actor: Actor, practitioner_id: UUID) -> tuple[nx.DiGraph[str], Links]:
    """The full graph of one person's ties, for `pair_figures`, and what the member sees of them."""
    me = str(actor.practitioner_id) if actor.practitioner_id else None
    graph = build_graph(queries.list_ties_of(actor, practitioner_id))
    seen = seen_by(graph, me, queries.private_ids(actor))
    return graph, links_of(seen, str(practitioner_id))


def tie_seen(actor: Actor, sender_id: UUID, receiver_id: UUID) -> SeenTie | None:
    """The tie from one to the other as the member sees it, None where there is none to see."""
    _, links = links_seen(actor, sender_id)
    found = (tie for tie in links.refers_to if tie.receiver == str(receiver_id))
    return next(found, None)


def fitting(sight: Sight, filters: Filters) -> frozenset[str] | None:
    """The ids that fit, the member herself among them; None when nothing is asked.

    Empty when nobody else fits, so that the picture can say so.
    """
    if not filters.used:
        return None
    strong, least = None, max(filters.at_least, 1 if filters.period else 0)
    if least:
        strong = _ends_of(sight.seen if filters.period else sight.whole, least)
    longest = filters.answers * HOURS
    usual = sight.usual or {}
    found = {
        person.id
        for person in sight.others
        if filters.wants(person)
        and (strong is None or person.id in strong)
        and (not longest or usual.get(person.id, math.inf) <= longest)
    }
    return frozenset(found | {sight.me} if found and sight.me else found)


def count_without(sight: Sight, filters: Filters) -> dict[str, int]:
    """How many others there would be if one filter in use were dropped, by its name."""
    without: dict[str, Any] = {"period": None, "accepting": False, "at_least": 0, "answers": 0}
    counts = {}
    for name in filters.used:
        found = fitting(sight, replace(filters, **{name: without.get(name, "")}))
        counts[name] = len(sight.others if found is None else found - {sight.me})
    return counts


def picture_of(
    sight: Sight, filters: Filters, arrangement: Arrangement | None = None
) -> dict[str, Any]:
    """The picture for the browser; filters hide people and move nobody."""
    arrangement = arrangement or Arrangement()
    return build_picture(
        sight.people,
        sight.seen,
        viewer=sight.me,
        by=arrangement.by,
        shown=fitting(sight, filters),
        centre=None if sight.is_community else sight.me,
        whole=sight.whole,
        found=arrangement.found,
        names=arrangement.names,
        places=arrangement.places,
        colours={id_: number for number, id_ in enumerate(discipline_labels())},
    )


def strongest(sight: Sight, most: int) -> Sight:
    """The `most` people who receive most, and the member: what a drawing can still show."""
    kept = {person.id for person in sight.others[:most]} | {sight.me}
    people = tuple(person for person in sight.people if person.id in kept)
    return replace(sight, people=people, received=_received(people, sight.seen))


def sight_of(
    people: Iterable[Person],
    seen: nx.DiGraph[str],
    me: str | None,
    *,
    whole: nx.DiGraph[str] | None = None,
    is_community: bool = False,
) -> Sight:
    """With the drawn weight that each of these people receives from the others."""
    everybody = tuple(people)
    return Sight(
        everybody,
        seen,
        me,
        is_community,
        _received(everybody, seen),
        seen if whole is None else whole,
    )


def _received(people: Iterable[Person], seen: nx.DiGraph[str]) -> Counter[str]:
    present = {person.id for person in people}
    received: Counter[str] = Counter()
    for sender, receiver in seen.edges:
        if sender in present and receiver in present:
            received[receiver] += _weight(seen, sender, receiver)
    return received


def _ends_of(seen: nx.DiGraph[str], at_least: int) -> set[str]:
    return {
        end
        for sender, receiver in seen.edges
        if _weight(seen, sender, receiver) >= at_least
        for end in (sender, receiver)
    }


def _weight(seen: nx.DiGraph[str], sender: str, receiver: str) -> int:
    tie: SeenTie = seen.edges[sender, receiver]["tie"]
    return tie.drawn_weight
