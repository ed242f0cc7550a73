"""What a clearance that was given covers."""

from __future__ import annotations

from dataclasses import replace

from careteam.domain.pathway import GivenClearance, without_given
from careteam.domain.pathway.outcome import Cause, Clearance
from tests.domain.pathway.test_pathway_safety import ANKLE

HEART = Clearance("general_practitioner", "build", (Cause("r_heart", "e", "Heart"),))
BOTH = Clearance(
    "general_practitioner",
    "build",
    (Cause("r_heart", "e", "Heart"), Cause("r_medicines", "e", "Medicines")),
)


def awaited(asked: Clearance, *given: GivenClearance) -> int:
    outcome = replace(ANKLE, clearances=(asked,))
    return len(without_given(outcome, given).clearances)


def a_word(discipline: str, phase: str, *rules: str) -> GivenClearance:
    return GivenClearance(discipline, phase, frozenset(rules))


def test_word_of_the_discipline_for_the_phase_ends_the_wait() -> None:
    assert awaited(HEART) == 1
    assert awaited(HEART, a_word("general_practitioner", "build", "r_heart")) == 0
    assert awaited(HEART, a_word("psychologist", "build", "r_heart")) == 1
    assert awaited(HEART, a_word("general_practitioner", "run", "r_heart")) == 1


def test_what_another_rule_asks_for_later_was_not_cleared() -> None:
    one = a_word("general_practitioner", "build", "r_heart")
    assert awaited(BOTH, one) == 1
    assert (
        awaited(BOTH, one, a_word("general_practitioner", "build", "r_heart", "r_medicines")) == 0
    )
