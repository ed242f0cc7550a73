"""Pathways as values, and the rules over screening answers that change a team.

``evaluate`` turns the answers of one goal into an ``Outcome``; ``client_safety`` joins the
outcomes of all goals of a client.
"""

from careteam.domain.pathway.answers import Answer, Answers, LeftTo, parse_answer
from careteam.domain.pathway.by_hand import LaidByHand, PrecautionKind
from careteam.domain.pathway.clearing import GivenClearance, without_given
from careteam.domain.pathway.engine import evaluate
from careteam.domain.pathway.outcome import Outcome
from careteam.domain.pathway.overrides import (
    AskedAgain,
    FlagAnswer,
    Override,
    OverrideRefused,
    SpokenTo,
    check_override,
)
from careteam.domain.pathway.safety import ClientSafety, SafetyEffects, client_safety
from careteam.domain.pathway.screening import (
    ScreeningGroups,
    none_of_these,
    screening_groups,
    who_may_take,
)
from careteam.domain.pathway.team import factor_cover, uncovered_factors
from careteam.domain.pathway.values import Pathway

__all__ = [
    "Answer",
    "Answers",
    "AskedAgain",
    "ClientSafety",
    "FlagAnswer",
    "GivenClearance",
    "LaidByHand",
    "LeftTo",
    "Outcome",
    "Override",
    "OverrideRefused",
    "Pathway",
    "PrecautionKind",
    "SafetyEffects",
    "ScreeningGroups",
    "SpokenTo",
    "check_override",
    "client_safety",
    "evaluate",
    "factor_cover",
    "none_of_these",
    "parse_answer",
    "screening_groups",
    "uncovered_factors",
    "who_may_take",
    "without_given",
]
