"""What can be asked of the network, by what it is about; one tap away from picture and list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    endpoint: str
    words: str
    icon: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    questions: tuple[Question, ...]


BALANCE = Question(
    "network.balance_show",
    "Who do I send to, who sends to me, and how does it balance?",
    "chevrons-up-down",
)
ANSWERING = Question("network.answering_show", "Who answers, who does not?", "clock")
RHYTHM = Question("network.rhythm_show", "Which ties are strong, fading or silent?", "activity")
CHANGES = Question("network.changes_show", "What changed between two half-years?", "history")
HANGING = Question(
    "network.hanging_show", "Where does everything hang on one person?", "triangle-alert"
)
MISSING = Question(
    "network.missing_show", "Which disciplines are missing around me?", "circle-dashed"
)
INTRODUCTIONS = Question("network.introductions_show", "Who could introduce me to …?", "hand")
COMMUNITY = Question(
    "network.community_show",
    "Who connects this community, and which groups hardly talk?",
    "network",
)
COMMUNITY_CHANGES = Question(
    "network.community_changes_show",
    "What changed in the community between two half-years?",
    "history",
)
GROUPS = (
    Group("My ties", (BALANCE, ANSWERING, RHYTHM, CHANGES)),
    Group("Around me", (HANGING, MISSING, INTRODUCTIONS)),
    Group("The community", (COMMUNITY, COMMUNITY_CHANGES)),
)
