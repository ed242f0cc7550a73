"""Where everything hangs on one person, which disciplines are missing, who could introduce me."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

import networkx as nx

from careteam.access.actor import Actor
from careteam.domain.network.ego import neighbourhood
from careteam.domain.network.figures import (
    Largest,
    constraint,
    ego_density,
    largest_partner,
    together,
)
from careteam.domain.network.graph import TieRow, build_graph
from careteam.domain.network.paths import gates, introductions, single_points, trusted_both_ways
from careteam.domain.network.picture import Person
from careteam.domain.network.ties import SeenTie, as_rows, links_of, seen_by
from careteam.features.network import queries
from careteam.features.network.graph import neighbourhood_of
from careteam.features.network.questions.queries import (
    LOOKED_AT,
    Wanted,
    count_accepting,
    list_practising,
    list_wanted,
)

MOST_WAYS = 5


@dataclass(frozen=True, slots=True)
class Hanging:
    """One discipline that the member refers to.

    receivers: how many people of it she sends to. largest: who gets most of what she sends there.
    through: the people through whom every way to it leads, within two steps and as far as she
    may see; empty where there is more than one way.
    """

    discipline: str
    receivers: int
    largest: Person
    share: Largest
    through: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """Those with whom the member exchanges referrals, as far as she may see.

    density, constraint: of `figures`; None below two of them.
    """

    people: int = 0
    density: float | None = None
    constraint: float | None = None

    @property
    def pairs(self) -> int:
        return self.people * (self.people - 1) // 2


def hanging_of(actor: Actor) -> tuple[list[Hanging], Circle]:
    """Each main discipline that she sends to, those that hang on one person first; and how closed
    the circle around her is.

    Four statements; the cost is that of her neighbourhood of two steps.
    """
    sight = neighbourhood_of(actor, 2)
    if sight.me is None:
        return [], Circle()
    people = {person.id: person for person in sight.people}
    rows = as_rows(sight.seen.subgraph(people))
    links = links_of(sight.seen, sight.me)
    own = {
        tie.receiver: people[tie.receiver].discipline_id
        for tie in links.refers_to
        if tie.given and tie.receiver in people
    }
    before = gates(rows, sight.me)
    found = []
    for discipline in sorted({each for each in own.values() if each}):
        mine = [receiver for receiver, each in own.items() if each == discipline]
        share = largest_partner(rows.subgraph([sight.me, *mine]), sight.me)
        holders = [each.id for each in people.values() if each.discipline_id == discipline]
        through = tuple(people[id_] for id_ in single_points(before, sight.me, holders))
        if share is not None:
            found.append(Hanging(discipline, len(mine), people[share.partner], share, through))
    found.sort(key=lambda each: (not each.through, -each.share.of, each.discipline))
    return found, _circle(rows, sight.me)


def _circle(rows: nx.DiGraph[str], me: str) -> Circle:
    both = together(rows)
    people = len(both[me]) if me in both else 0
    if people < 2:
        return Circle(people)
    return Circle(people, ego_density(rows, me), constraint(rows, me))


@dataclass(frozen=True, slots=True)
class Missing:
    """A discipline that goals of one's clients ask for, and who there is.

    known: people of it whom the member exchanges referrals with. remembered: others of it whom
    she only noted from memory. in_directory: others of it there, or how many were looked at where
    not all of them were counted. accepting: of these, how many take new clients.
    """

    wanted: Wanted
    known: int
    remembered: int
    in_directory: int
    accepting: int
    is_counted: bool


def missing_of(actor: Actor) -> list[Missing]:
    """What is asked for, that which nobody around practises first, then that of which she only
    remembers somebody. Six statements."""
    wanted = list_wanted(actor)
    names = [each.discipline for each in wanted]
    everybody, accepting = count_accepting(actor, names) if names else (Counter(), Counter())
    around = neighbourhood_of(actor, 1) if names else None
    practising = (
        list_practising(actor, [each.id for each in around.others]) if around is not None else {}
    )
    met = _met(around.seen) if around is not None else frozenset()
    found = [
        Missing(
            each,
            known=len(practising.get(each.discipline, set()) & met),
            remembered=len(practising.get(each.discipline, set()) - met),
            in_directory=everybody[each.discipline],
            accepting=accepting[each.discipline],
            is_counted=everybody[each.discipline] < LOOKED_AT,
        )
        for each in wanted
    ]
    return sorted(
        found,
        key=lambda each: (
            each.known > 0,
            each.remembered > 0,
            -each.wanted.open_seats,
            -each.wanted.goals,
            each.wanted.discipline,
        ),
    )


def _met(seen: nx.DiGraph[str]) -> frozenset[str]:
    """The ends of ties with a referral on them; what is only remembered has none."""
    ties: list[SeenTie] = [seen.edges[edge]["tie"] for edge in seen.edges]
    return frozenset(end for tie in ties if tie.given for end in (tie.sender, tie.receiver))


@dataclass(frozen=True, slots=True)
class Link:
    """Two people next to each other on a way, with what the member may see between them."""

    one: Person
    other: Person
    out: SeenTie | None
    back: SeenTie | None


@dataclass(frozen=True, slots=True)
class Way:
    """From the member to somebody of the discipline: two to four people."""

    people: tuple[Person, ...]
    links: tuple[Link, ...]


def ways_to(actor: Actor, discipline: str) -> list[Way]:
    """The shortest ways of trust to people who practise it, over ties that the member may see.

    Those whom she knows herself come first.

    Seven statements: her ties, those of her contacts, and those of the next, never all.
    """
    me = actor.practitioner_id
    if me is None:
        return []
    private = queries.private_ids(actor)
    rows: list[TieRow] = queries.list_own_ties(actor)
    seen = seen_by(build_graph(rows), str(me), private)
    asked: frozenset[str] = frozenset({str(me)})
    for _ in range(2):
        around = neighbourhood(seen, str(me), 1) if len(asked) == 1 else frozenset(seen)
        new = [UUID(id_) for id_ in around - asked]
        rows += _unknown(rows, queries.list_ties_of_others(actor, new))
        seen = seen_by(build_graph(rows), str(me), private)
        asked = around
    people = {person.id: person for person in queries.list_people(actor, list(seen))}
    seen = seen.subgraph(people)
    holders = list_practising(actor, list(people)).get(discipline, set())
    graph = as_rows(seen)
    met = [id_ for id_ in _nearest(graph, str(me)) if id_ in holders]
    others = introductions(graph, str(me), holders - set(met), MOST_WAYS)
    names = [*((str(me), id_) for id_ in met), *(way.names for way in others)]
    return [_way(seen, [people[id_] for id_ in way]) for way in names[:MOST_WAYS]]


def _nearest(graph: nx.DiGraph[str], me: str) -> list[str]:
    """Whom the member exchanges referrals with, or remembers, the nearest first."""
    if me not in graph:
        return []
    near = trusted_both_ways(graph)[me]
    return sorted(near, key=lambda other: (near[other]["length"], other))


def _unknown(rows: list[TieRow], found: list[TieRow]) -> list[TieRow]:
    """Those not among `rows`, since counts of the same pair would be added."""
    known = {(row.sender, row.receiver) for row in rows}
    return [row for row in found if (row.sender, row.receiver) not in known]


def _way(seen: nx.DiGraph[str], people: list[Person]) -> Way:
    links = (
        Link(one, other, _tie(seen, one.id, other.id), _tie(seen, other.id, one.id))
        for one, other in pairwise(people)
    )
    return Way(tuple(people), tuple(links))


def _tie(seen: nx.DiGraph[str], sender: str, receiver: str) -> SeenTie | None:
    tie: SeenTie | None = (
        seen.edges[sender, receiver]["tie"] if seen.has_edge(sender, receiver) else None
    )
    return tie
