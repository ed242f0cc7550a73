"""When word of something new may leave."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from careteam.domain.news import may_be_told

NINE = datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "told", "answer"),
    [
        (None, None, False),
        (None, "08:00", False),
        ("08:59", None, True),
        ("08:59", "08:00", True),
        ("08:59", "08:01", False),
        ("06:00", "08:59", False),
    ],
)
def test_one_word_an_hour_and_only_of_something(
    since: str | None, told: str | None, answer: bool
) -> None:
    def at(text: str | None) -> datetime | None:
        return datetime.fromisoformat(f"2026-03-04T{text}+00:00") if text else None

    assert may_be_told(at(since), at(told), NINE) is answer
