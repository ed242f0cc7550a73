"""Candidates for one seat, in a plain order with reasons in words."""

from careteam.domain.matching.nearness import near_first, nearness_words
from careteam.domain.matching.order import explain_order, order_candidates, ruled_out_words
from careteam.domain.matching.standing import Asked, Offered, gaps, standing_first, worries
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
    "Asked",
    "Candidate",
    "Excluded",
    "Filter",
    "Offered",
    "Ranked",
    "Shortlist",
    "Wanted",
    "WorkingWay",
    "accepting_now",
    "explain_order",
    "gaps",
    "near_first",
    "nearness_words",
    "order_candidates",
    "ruled_out_words",
    "standing_first",
    "worries",
]
