"""Rows of the referral aggregate to a weighted directed graph.

An edge points from the one who refers to the one who is referred to. Two kinds of knowledge sit
on it and are never mixed: counts of recorded referrals, and what somebody remembers of the time
before ("about 3 to 5, by hand").
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import networkx as nx


class Recall(enum.Enum):
    """How many referrals somebody remembers, in the four answers that quick history offers.

    A recollection is drawn and named "about, by hand". It never enters a count, a balance or a
    figure of responsiveness.
    """

    NONE = "none"
    ONE_OR_TWO = "few"
    THREE_TO_FIVE = "some"
    MORE = "many"

    @property
    def drawn_weight(self) -> int:
        """Weight of the line in the picture: the lowest number of the band."""
        return {"none": 0, "few": 1, "some": 3, "many": 6}[self.value]

    @property
    def words(self) -> str:
        """The band as said on screens."""
        return {
            "none": "none, by hand",
            "few": "about 1 or 2, by hand",
            "some": "about 3 to 5, by hand",
            "many": "about 6 or more, by hand",
        }[self.value]


@dataclass(frozen=True, slots=True)
class TieRow:
    """One row of the aggregate: everything known about referrals from sender to receiver.

    given: referrals that left the sender (sent, or logged as handed over); drafts and withdrawn
        ones are excluded by the query, and so are names given.
    accepted: those of them that stand accepted by the receiver, 0 to given.
    declined: those of them that stand declined or were passed on; the rest has no answer.
    last_on: day of the newest of them, None when there is none.
    recalled_by_sender, recalled_by_receiver: quick history of either side about this direction.
    """

    sender: str
    receiver: str
    given: int = 0
    accepted: int = 0
    last_on: date | None = None
    recalled_by_sender: Recall | None = None
    recalled_by_receiver: Recall | None = None
    declined: int = 0

    def __post_init__(self) -> None:
        """Refuse what no query can mean: ValueError."""
        if self.given < 0 or not 0 <= self.accepted <= self.given:
            raise ValueError(f"accepted {self.accepted} is not within 0 to given {self.given}")


def build_graph(rows: Iterable[TieRow]) -> nx.DiGraph[str]:
    """Return the graph with one edge a pair and direction, its `tie` the joined `TieRow`.

    `weight` is the number of recorded referrals (0 when only remembered). Rows of the same pair
    are joined: counts added, the newest day kept, the larger recollection of each side kept.
    Referrals to oneself are left out. The order of the rows does not matter.
    """
    joined: dict[tuple[str, str], TieRow] = {}
    for row in rows:
        if row.sender == row.receiver:
            continue
        pair = (row.sender, row.receiver)
        joined[pair] = _join(joined[pair], row) if pair in joined else row
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(
        (
            sender,
            receiver,
            {"tie": joined[sender, receiver], "weight": joined[sender, receiver].given},
        )
        for sender, receiver in sorted(joined)
    )
    return graph


def tie_between(graph: nx.DiGraph[str], sender: str, receiver: str) -> TieRow:
    """Return the row of that direction, an empty one where nothing is known."""
    if graph.has_edge(sender, receiver):
        tie: TieRow = graph.edges[sender, receiver]["tie"]
        return tie
    return TieRow(sender, receiver)


def _join(one: TieRow, other: TieRow) -> TieRow:
    days = [day for day in (one.last_on, other.last_on) if day is not None]
    return TieRow(
        sender=one.sender,
        receiver=one.receiver,
        given=one.given + other.given,
        accepted=one.accepted + other.accepted,
        last_on=max(days, default=None),
        declined=one.declined + other.declined,
        recalled_by_sender=_larger(one.recalled_by_sender, other.recalled_by_sender),
        recalled_by_receiver=_larger(one.recalled_by_receiver, other.recalled_by_receiver),
    )


def _larger(one: Recall | None, other: Recall | None) -> Recall | None:
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda recall: recall.drawn_weight)
