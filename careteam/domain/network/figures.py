"""Figures of a referral network, each with its definition and where it comes from.

All take a graph of `build_graph`: `weight` of an edge is the number of recorded referrals, `tie`
the row with how many were accepted. What somebody only remembers has weight 0 and counts nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import networkx as nx

from careteam.domain.network.graph import TieRow

FEW = 5
"""Figures that rest on fewer referrals are said to be few."""
DAMPING = 0.85
PIVOTS = 64
"""People from whom shortest paths are followed where following all would take too long."""
EXACT_UP_TO = 300
SEED = 20_26
SILENT_DAYS = 180
SILENT_GAPS = 3
SILENT_FROM = 3
"""A tie of fewer referrals has no rhythm that could break."""


def _recorded(edges: Iterable[tuple[str, str, Any]]) -> list[TieRow]:
    """The rows of these ties, without those that rest on somebody's memory alone."""
    rows: list[TieRow] = [row for _, _, row in edges]
    return [row for row in rows if row.given]


def _all_recorded(graph: nx.DiGraph[str]) -> list[TieRow]:
    return _recorded(graph.edges(data="tie"))


@dataclass(frozen=True, slots=True)
class Strength:
    """Recorded referrals of one person: how many, how many accepted, with how many people."""

    given: int = 0
    given_accepted: int = 0
    sent_to: int = 0
    received: int = 0
    received_accepted: int = 0
    received_from: int = 0

    @property
    def balance(self) -> float | None:
        """(given - received) / (given + received); None without a referral."""
        total = self.given + self.received
        return (self.given - self.received) / total if total else None

    @property
    def is_few(self) -> bool:
        return self.given + self.received < FEW


def strength_of(graph: nx.DiGraph[str], person: str) -> Strength:
    """Strength out and in of a weighted digraph (Barrat et al., PNAS 2004), of one person."""
    if person not in graph:
        return Strength()
    out = _recorded(graph.out_edges(person, data="tie"))
    back = _recorded(graph.in_edges(person, data="tie"))
    return Strength(
        given=sum(tie.given for tie in out),
        given_accepted=sum(tie.accepted for tie in out),
        sent_to=len(out),
        received=sum(tie.given for tie in back),
        received_accepted=sum(tie.accepted for tie in back),
        received_from=len(back),
    )


def mutual_share(graph: nx.DiGraph[str]) -> float | None:
    """The share of all referrals that are returned: sum of min(w_ij, w_ji) over sum of w_ij.

    Weighted reciprocity of Squartini et al., Scientific Reports 3 (2013), 2729: 1 where every pair
    gives each other as much, 0 where nobody returns anything. None without a referral.
    """
    given = {(tie.sender, tie.receiver): tie.given for tie in _all_recorded(graph)}
    returned = sum(min(count, given.get(pair[::-1], 0)) for pair, count in given.items())
    return returned / sum(given.values()) if given else None


@dataclass(frozen=True, slots=True)
class Largest:
    """The partner with the largest part of what somebody gives (or receives)."""

    partner: str
    share: float
    of: int

    @property
    def is_few(self) -> bool:
        return self.of < FEW


def largest_partner(
    graph: nx.DiGraph[str], person: str, *, receiving: bool = False
) -> Largest | None:
    """Concentration: the share of the largest partner. None where there is no referral."""
    if person not in graph:
        return None
    edges = graph.in_edges if receiving else graph.out_edges
    ties = _recorded(edges(person, data="tie"))
    if not ties:
        return None
    shares = [(tie.given, tie.sender if receiving else tie.receiver) for tie in ties]
    given, partner = min(shares, key=lambda share: (-share[0], share[1]))
    total = sum(count for count, _ in shares)
    return Largest(partner, given / total, total)


def authority(graph: nx.DiGraph[str]) -> dict[str, float]:
    """PageRank on accepted referrals, damping 0.85 (Brin and Page, 1998); the sum is 1.

    High for those to whom many refer who are referred to themselves. Whoever accepts nothing from
    anybody still has the part that everybody has.
    """
    accepted: nx.DiGraph[str] = nx.DiGraph()
    accepted.add_nodes_from(graph)
    accepted.add_weighted_edges_from(
        (tie.sender, tie.receiver, tie.accepted) for tie in _all_recorded(graph) if tie.accepted
    )
    if not accepted:
        return {}
    found: dict[str, float] = nx.pagerank(accepted, alpha=DAMPING, tol=1e-12, max_iter=1000)
    return found


def length_of(given: int, accepted: int) -> float:
    """How far one person is from another who accepted so many of so many: 1 / (1 + accepted)."""
    return 1 / (1 + min(given, accepted))


@dataclass(frozen=True, slots=True)
class Bridging:
    """Betweenness of everybody; `is_sampled` where not all shortest paths were followed."""

    values: Mapping[str, float]
    is_sampled: bool


def bridging(graph: nx.DiGraph[str], pivots: int = PIVOTS) -> Bridging:
    """Through whom the shortest trusted paths run (Freeman 1977; pivots after Brandes 2007).

    The length of a tie is that of `length_of`; the figure is the share of ordered pairs. Beyond
    `EXACT_UP_TO` people it rests on paths from some of them, always the same for the same graph.
    """
    trusted = _trusted(graph)
    is_sampled = len(trusted) > EXACT_UP_TO
    found: dict[str, float] = nx.betweenness_centrality(
        trusted,
        k=min(pivots, len(trusted)) if is_sampled else None,
        weight="length",
        seed=SEED,
    )
    return Bridging(found, is_sampled)


def _trusted(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    trusted: nx.DiGraph[str] = nx.DiGraph()
    trusted.add_nodes_from(sorted(graph))
    trusted.add_edges_from(
        (tie.sender, tie.receiver, {"length": length_of(tie.given, tie.accepted)})
        for tie in _all_recorded(graph)
    )
    return trusted


def together(graph: nx.DiGraph[str]) -> nx.Graph[str]:
    """The undirected graph of both directions summed, without ties that are only remembered."""
    summed: dict[tuple[str, str], int] = defaultdict(int)
    for tie in _all_recorded(graph):
        summed[min(tie.sender, tie.receiver), max(tie.sender, tie.receiver)] += tie.given
    both: nx.Graph[str] = nx.Graph()
    both.add_nodes_from(sorted(graph))
    both.add_weighted_edges_from((one, other, given) for (one, other), given in summed.items())
    return both


def constraint(graph: nx.DiGraph[str], person: str) -> float | None:
    """How much one's partners are tied to each other (Burt, Structural Holes, 1992).

    Near 1 and above where all of it runs through one or a closed circle, low where it is spread
    over people who do not refer to each other. None for somebody without a tie.

    In time with the ties of one's partners; the library's takes the cube of how many they are.
    """
    both = together(graph)
    if person not in both or not both[person]:
        return None
    shares = _shares(both, person)
    spent = dict(shares)
    for partner, share in shares.items():
        for third, theirs in _shares(both, partner).items():
            if third in spent:
                spent[third] += share * theirs
    return sum(each**2 for each in spent.values())


def _shares(both: nx.Graph[str], person: str) -> dict[str, float]:
    """Of everything somebody gives and receives, the part with each partner."""
    given = {partner: tie["weight"] for partner, tie in both[person].items()}
    total = sum(given.values())
    return {partner: weight / total for partner, weight in given.items()}


def ego_density(graph: nx.DiGraph[str], person: str) -> float | None:
    """The share of pairs among one's partners who refer to each other; None below two partners."""
    both = together(graph)
    partners = list(both[person]) if person in both else []
    if len(partners) < 2:
        return None
    tied = both.subgraph(partners).number_of_edges()
    return tied / (len(partners) * (len(partners) - 1) / 2)


def communities(
    graph: nx.DiGraph[str], before: Sequence[Collection[str]] = ()
) -> list[frozenset[str]]:
    """Groups who refer among themselves more than with others, the largest first.

    Louvain (Blondel et al., 2008) on both directions summed, modularity, the same for the same
    graph. With the groups of `before`, each keeps the place of the earlier one it overlaps most,
    so that a colour or a number stays where it was; new ones come after, the largest first.
    """
    both = together(graph)
    found: list[frozenset[str]] = [
        frozenset(group)
        for group in nx.community.louvain_communities(both, weight="weight", seed=SEED)
        if len(group) > 1
    ]
    found.sort(key=lambda group: (-len(group), min(group)))
    return in_place_of(found, before) if before else found


def in_place_of(
    found: list[frozenset[str]], before: Sequence[Collection[str]]
) -> list[frozenset[str]]:
    left = list(found)
    placed: list[frozenset[str]] = []
    for earlier in before:
        overlaps = [(len(group & set(earlier)), group) for group in left]
        most, group = max(overlaps, key=lambda each: each[0], default=(0, frozenset()))
        if most:
            left.remove(group)
            placed.append(group)
    return [*placed, *left]


def between_groups(
    graph: nx.DiGraph[str], groups: Iterable[Collection[str]]
) -> dict[tuple[int, int], int]:
    """Referrals between groups, both directions, by their places (smaller first); 0 is said too."""
    place = {person: at for at, group in enumerate(groups) for person in group}
    count = max(place.values(), default=-1) + 1
    found = {(one, other): 0 for one in range(count) for other in range(one + 1, count)}
    for tie in _all_recorded(graph):
        if tie.sender in place and tie.receiver in place:
            one, other = sorted((place[tie.sender], place[tie.receiver]))
            if one != other:
                found[one, other] += tie.given
    return found


def is_silent(days: Iterable[date], today: date) -> bool:
    """Whether a tie has fallen silent by its own rhythm.

    It had at least three referrals, and the last is longer ago than 180 days and than three times
    the median gap between them. The threshold is a choice of this project.
    """
    known = sorted(days)
    if len(known) < SILENT_FROM:
        return False
    gap = median((later - earlier).days for earlier, later in pairwise(known))
    return today - known[-1] > timedelta(days=max(SILENT_DAYS, SILENT_GAPS * gap))
