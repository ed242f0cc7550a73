"""Words that are almost a discipline."""

from __future__ import annotations

import pytest

from careteam.domain.importing import nearest_disciplines

CATALOGUE = {
    "physiotherapist": "Physiotherapist / physical therapist",
    "dietitian": "Dietitian",
    "podiatrist": "Podiatrist",
}


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("phisio", "physiotherapist"),
        ("Phisiotherapist", "physiotherapist"),
        ("dietician", "dietitian"),
        ("a good podiatris", "podiatrist"),
        ("physio", "physiotherapist"),
    ],
)
def test_slip_of_the_pen_finds_its_discipline(typed: str, nearest: str) -> None:
    assert nearest_disciplines(typed, CATALOGUE)[0] == nearest


@pytest.mark.parametrize("typed", ["", "zzz", "plumber", "x" * 5000])
def test_other_words_find_none(typed: str) -> None:
    assert nearest_disciplines(typed, CATALOGUE) == ()
