"""No letter that can wait leaves beside what is for the telephone."""

from __future__ import annotations

import pytest

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Refused
from careteam.domain.referral.beside import check_beside

WAITS = ("routine", "soon", "urgent", "information")


@pytest.mark.parametrize("urgency", WAITS)
@pytest.mark.parametrize(
    ("seat_is_for_today", "pressing", "words"),
    [
        (True, None, "This is for today, by telephone"),
        (True, Urgency.EMERGENCY, "This is for today, by telephone"),
        (False, Urgency.EMERGENCY, "Answer the emergency first"),
    ],
)
def test_letter_that_can_wait_is_refused(
    urgency: str, seat_is_for_today: bool, pressing: Urgency | None, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        check_beside(urgency, seat_is_for_today=seat_is_for_today, pressing=pressing)
    assert refused.value.field == "urgency"


@pytest.mark.parametrize("urgency", ["emergency", "same_day"])
def test_call_leaves_whatever_presses(urgency: str) -> None:
    check_beside(urgency, seat_is_for_today=True, pressing=Urgency.EMERGENCY)


@pytest.mark.parametrize("pressing", [None, Urgency.URGENT, Urgency.SAME_DAY])
def test_below_an_emergency_it_is_the_writers_choice(pressing: Urgency | None) -> None:
    check_beside("routine", seat_is_for_today=False, pressing=pressing)
