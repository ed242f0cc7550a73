"""Candidates for one seat, in a plain order with reasons in words."""

from careteam.domain.matching.nearness import near_first, nearness_words
from careteam.domain.matching.order import explain_order, order_candidates
from careteam.domain.matching.values import (
    Accepting,
    Candidate,
    Excluded,
    Filter,
    Ranked,
    Shortlist,
    Wanted,
    WorkingWay,
)
from careteam.domain.matching.words import accepting_now

__all__ = [
    "Accepting",
    "Candidate",
    "Excluded",
    "Filter",
    "Ranked",
    "Shortlist",
    "Wanted",
    "WorkingWay",
    "accepting_now",
    "explain_order",
    "near_first",
    "nearness_words",
    "order_candidates",
]
