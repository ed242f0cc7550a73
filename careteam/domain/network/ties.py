"""What one viewer may see of the network, and the figures of a pair.

The rule: one's own ties in full; the ties of others only as a band and a half-year, none that
rests on fewer than five referrals, none of somebody who keeps their ties private. What somebody
remembers is shown to that person alone.
"""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import networkx as nx

from careteam.domain.network.graph import Recall, TieRow, tie_between
from careteam.domain.network.periods import HalfYear

SMALLEST_SHOWN = 5
"""Ties of others below this number of referrals are not shown at all."""


class Band(enum.Enum):
    """The number of referrals of somebody else's tie: few 5 to 9, some 10 to 19, many 20 and up."""

    FEW = "few"
    SOME = "some"
    MANY = "many"

    @property
    def drawn_weight(self) -> int:
        """Weight of the line in the picture: the lowest number of the band."""
        return _LOWEST[self]


_LOWEST = {Band.FEW: SMALLEST_SHOWN, Band.SOME: 10, Band.MANY: 20}


class TieKind(enum.IntEnum):
    """How much a seen tie says."""

    OWN = 0
    BAND = 1
    RECALLED = 2


class Outcome(enum.IntEnum):
    """What came of the referrals of one's own tie, taken together."""

    ACCEPTED = 0
    """At least one stands accepted."""
    UNANSWERED = 1
    """None accepted, and not all declined."""
    DECLINED = 2


@dataclass(frozen=True, slots=True)
class SeenTie:
    """A tie as one viewer sees it.

    OWN: `given`, `accepted`, `declined`, `last_on` are filled, and `recalled` where the viewer
    noted it.
    BAND: only `band` and `half_year` are filled.
    RECALLED: one's own tie without a recorded referral; only `recalled` is filled.
    """

    sender: str
    receiver: str
    kind: TieKind
    given: int | None = None
    accepted: int | None = None
    last_on: date | None = None
    band: Band | None = None
    half_year: str | None = None
    recalled: Recall | None = None
    declined: int | None = None

    @property
    def drawn_weight(self) -> int:
        """Weight of the line: the count, or the lowest number of the band. Not a figure."""
        if self.given:
            return self.given
        if self.band is not None:
            return self.band.drawn_weight
        return self.recalled.drawn_weight if self.recalled is not None else 0

    @property
    def outcome(self) -> Outcome | None:
        """None for what is not one's own, and for what is only remembered."""
        if not self.given:
            return None
        if self.accepted:
            return Outcome.ACCEPTED
        return Outcome.DECLINED if self.declined == self.given else Outcome.UNANSWERED

    @property
    def words(self) -> str:
        """The tie's amount as said on screens: "12", "some" or "about 3 to 5, by hand"."""
        if self.given:
            return str(self.given)
        if self.band is not None:
            return self.band.value
        return self.recalled.words if self.recalled is not None else "none"


@dataclass(frozen=True, slots=True)
class PairFigures:
    """The referrals between `me` and `other`, from recorded referrals alone.

    given, received: referrals from me to other, and from other to me.
    given_accepted, received_accepted: how many of each stand accepted by the receiving side.
    last_given_on, last_received_on: day of the newest of each, None without one.
    recalled_given, recalled_received: what I noted in quick history; said beside, never added.
    """

    me: str
    other: str
    given: int
    given_accepted: int
    last_given_on: date | None
    received: int
    received_accepted: int
    last_received_on: date | None
    recalled_given: Recall | None
    recalled_received: Recall | None

    @property
    def balance(self) -> float | None:
        """(given - received) / (given + received): 1 I only give, -1 I only receive, else between.

        None without a recorded referral. The usual normalised difference of a directed pair.
        """
        total = self.given + self.received
        return (self.given - self.received) / total if total else None

    @property
    def last_on(self) -> date | None:
        """Day of the newest referral in either direction, None without one."""
        return max(
            (day for day in (self.last_given_on, self.last_received_on) if day), default=None
        )


@dataclass(frozen=True, slots=True)
class Links:
    """The seen ties of one person, the strongest first, then by the other one's id."""

    refers_to: tuple[SeenTie, ...]
    receives_from: tuple[SeenTie, ...]


def band_of(given: int) -> Band | None:
    """Return the band of a count, None below five."""
    if given < SMALLEST_SHOWN:
        return None
    if given < Band.SOME.drawn_weight:
        return Band.FEW
    return Band.SOME if given < Band.MANY.drawn_weight else Band.MANY


def half_year_of(day: date) -> str:
    """Return the half-year of a day as said on screens: "January to June 2026"."""
    return HalfYear.of(day).words


def seen_by(
    graph: nx.DiGraph[str], viewer: str | None, private: Collection[str] = ()
) -> nx.DiGraph[str]:
    """Return the graph that `viewer` may see; each edge's `tie` is a `SeenTie`.

    private: people who keep their ties to themselves. A tie is left out when either end is
    private, unless the viewer is an end of it. A viewer of None (a steward without a practice)
    sees bands only.
    """
    hidden = frozenset(private)
    seen: nx.DiGraph[str] = nx.DiGraph()
    for sender, receiver in graph.edges:
        tie: TieRow = graph.edges[sender, receiver]["tie"]
        shown: SeenTie | None = None
        if viewer in (sender, receiver):
            shown = _own(tie, viewer)
        elif sender not in hidden and receiver not in hidden:
            shown = _banded(tie)
        if shown is not None:
            seen.add_edge(sender, receiver, tie=shown, weight=shown.drawn_weight)
    return seen


def as_rows(seen: nx.DiGraph[str]) -> nx.DiGraph[str]:
    """The seen ties as a graph that figures and ways can be asked of.

    One's own with their counts; those of others with the lowest number of their band, all taken
    as accepted, since no more is seen. Nothing that is worked out of it rests on a hidden tie.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    for sender, receiver in seen.edges:
        tie: SeenTie = seen.edges[sender, receiver]["tie"]
        given = tie.given if tie.given is not None else tie.band.drawn_weight if tie.band else 0
        accepted = tie.accepted if tie.accepted is not None else given
        row = TieRow(sender, receiver, given, accepted)
        graph.add_edge(sender, receiver, tie=row, weight=given)
    return graph


def pair_figures(graph: nx.DiGraph[str], me: str, other: str) -> PairFigures:
    """Return the figures between two people, `me` being the viewer.

    `graph` is the full one of `build_graph`: a pair is one's own, so nothing of it is banded.
    """
    out, back = tie_between(graph, me, other), tie_between(graph, other, me)
    return PairFigures(
        me=me,
        other=other,
        given=out.given,
        given_accepted=out.accepted,
        last_given_on=out.last_on,
        received=back.given,
        received_accepted=back.accepted,
        last_received_on=back.last_on,
        recalled_given=out.recalled_by_sender,
        recalled_received=back.recalled_by_receiver,
    )


def links_of(seen: nx.DiGraph[str], person: str) -> Links:
    """Return the ties of `person` in a graph of `seen_by`; empty for somebody without one."""
    if person not in seen:
        return Links((), ())
    out = [seen.edges[person, other]["tie"] for other in seen.successors(person)]
    back = [seen.edges[other, person]["tie"] for other in seen.predecessors(person)]
    return Links(
        tuple(sorted(out, key=lambda tie: (-tie.drawn_weight, tie.receiver))),
        tuple(sorted(back, key=lambda tie: (-tie.drawn_weight, tie.sender))),
    )


def _own(tie: TieRow, viewer: str | None) -> SeenTie | None:
    recalled = tie.recalled_by_sender if viewer == tie.sender else tie.recalled_by_receiver
    if tie.given:
        return SeenTie(
            tie.sender,
            tie.receiver,
            TieKind.OWN,
            given=tie.given,
            accepted=tie.accepted,
            declined=tie.declined,
            last_on=tie.last_on,
            recalled=recalled,
        )
    if recalled is None or recalled is Recall.NONE:
        return None
    return SeenTie(tie.sender, tie.receiver, TieKind.RECALLED, recalled=recalled)


def _banded(tie: TieRow) -> SeenTie | None:
    band = band_of(tie.given)
    if band is None:
        return None
    return SeenTie(
        tie.sender,
        tie.receiver,
        TieKind.BAND,
        band=band,
        half_year=half_year_of(tie.last_on) if tie.last_on else None,
    )
