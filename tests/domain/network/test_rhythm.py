"""How a tie is doing is told by its own rhythm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from careteam.domain.network.rhythm import Doing, rhythm_of

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("days_ago", "doing", "gap"),
    [
        ([400], Doing.NEW, None),
        ([10, 400], Doing.NEW, None),
        ([10, 40, 70, 100, 130], Doing.STRONG, 30),
        ([10, 40, 70, 100], Doing.STEADY, 30),
        ([91, 121, 151, 181, 211], Doing.FADING, 30),
        ([90, 120, 150, 180, 210], Doing.STRONG, 30),
        ([181, 211, 241], Doing.SILENT, 30),
        ([250, 370, 490], Doing.FADING, 120),
        ([230, 350, 470], Doing.STEADY, 120),
    ],
)
def test_tie_is_doing(days_ago: list[int], doing: Doing, gap: float | None) -> None:
    found = rhythm_of([TODAY - timedelta(days=ago) for ago in days_ago], TODAY)
    assert (found.doing, found.gap_days) == (doing, gap)
    assert found.last_on == TODAY - timedelta(days=min(days_ago))


def test_tie_without_referrals_has_no_rhythm() -> None:
    with pytest.raises(ValueError, match="at least one"):
        rhythm_of([], TODAY)
