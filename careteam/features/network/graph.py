"""Rows to the graph that one member sees, and what filters leave of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

import networkx as nx

from careteam.access.actor import Actor
from careteam.domain.network.ego import neighbourhood
from careteam.domain.network.graph import TieRow, build_graph
from careteam.domain.network.picture import Grouping, Person, build_picture
from careteam.domain.network.ties import Links, SeenTie, links_of, seen_by
from careteam.features.network import queries

Steps = Literal[1, 2]


@dataclass(frozen=True, slots=True)
class Sight:
    """A part of the network as one member sees it; `me` is None for a steward without an entry.

    `received` is the drawn weight of the ties that each person receives: the order of importance
    in picture and list. It is no figure.
    """

    people: tuple[Person, ...]
    seen: nx.DiGraph[str]
    me: str | None
    is_community: bool = False
    received: Counter[str] = field(default_factory=Counter)

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
    """

    discipline: str = ""
    place: str = ""
    accepting: bool = False
    at_least: int = 0

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the filters in use, in the order of the page."""
        names = ("discipline", "place", "accepting", "at_least")
        return tuple(name for name in names if getattr(self, name))


def neighbourhood_of(actor: Actor, steps: Steps = 1) -> Sight:
    """The member and those she exchanges referrals with; with two steps also with whom they do.

    Reads her own ties (and in two steps those of her contacts), never the whole community.
    """
    if actor.practitioner_id is None:
        return Sight((), nx.DiGraph(), None)
    me = str(actor.practitioner_id)
    rows: list[TieRow] = queries.list_own_ties(actor)
    private: frozenset[str] = frozenset()
    if steps == 2:
        contacts = neighbourhood(seen_by(build_graph(rows), me), me) - {me}
        rows += queries.list_ties_of_others(actor, [UUID(id_) for id_ in contacts])
        private = queries.private_ids(actor)
    seen = seen_by(build_graph(rows), me, private)
    people = queries.list_people(actor, neighbourhood(seen, me, steps))
    return sight_of(people, seen, me)


def community_of(actor: Actor) -> Sight:
    """Everybody in the directory, with every tie of which the member may see something."""
    me = str(actor.practitioner_id) if actor.practitioner_id else None
    graph = build_graph(queries.list_all_ties(actor))
    seen = seen_by(graph, me, queries.private_ids(actor))
    return sight_of(queries.list_people(actor), seen, me, is_community=True)


def links_seen(actor: Actor, practitioner_id: UUID) -> tuple[nx.DiGraph[str], Links]:
    """The full graph of one person's ties, for `pair_figures`, and what the member sees of them."""
    me = str(actor.practitioner_id) if actor.practitioner_id else None
    graph = build_graph(queries.list_ties_of(actor, practitioner_id))
    seen = seen_by(graph, me, queries.private_ids(actor))
    return graph, links_of(seen, str(practitioner_id))


def fitting(sight: Sight, filters: Filters) -> frozenset[str] | None:
    """The ids that fit, the member herself among them; None when nothing is asked.

    Empty when nobody else fits, so that the picture can say so.
    """
    if not filters.used:
        return None
    strong = _ends_of(sight.seen, filters.at_least) if filters.at_least else None
    found = {
        person.id
        for person in sight.others
        if (not filters.discipline or person.discipline_id == filters.discipline)
        and (not filters.place or person.place == filters.place)
        and (not filters.accepting or person.accepting is True)
        and (strong is None or person.id in strong)
    }
    return frozenset(found | {sight.me} if found and sight.me else found)


def picture_of(sight: Sight, filters: Filters, by: Grouping = "discipline") -> dict[str, Any]:
    """The picture for the browser; filters hide people and move nobody."""
    return build_picture(
        sight.people,
        sight.seen,
        viewer=sight.me,
        by=by,
        shown=fitting(sight, filters),
        centre=None if sight.is_community else sight.me,
    )


def strongest(sight: Sight, most: int) -> Sight:
    """The `most` people who receive most, and the member: what a drawing can still show."""
    kept = {person.id for person in sight.others[:most]} | {sight.me}
    people = tuple(person for person in sight.people if person.id in kept)
    return sight_of(people, sight.seen, sight.me, is_community=sight.is_community)


def sight_of(
    people: Iterable[Person], seen: nx.DiGraph[str], me: str | None, *, is_community: bool = False
) -> Sight:
    """With the drawn weight that each of these people receives from the others."""
    everybody = tuple(people)
    present = {person.id for person in everybody}
    received: Counter[str] = Counter()
    for sender, receiver in seen.edges:
        if sender in present and receiver in present:
            received[receiver] += _weight(seen, sender, receiver)
    return Sight(everybody, seen, me, is_community, received)


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
