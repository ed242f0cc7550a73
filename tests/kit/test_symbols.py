"""Emoji on paper: named, never a box, and nothing else touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.kit.symbols import symbols_in_words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Slept well \U0001f642", "Slept well [slightly smiling face]"),
        ("well\U0001f642done", "well [slightly smiling face] done"),
        ("\U0001f602\U0001f602", "[face with tears of joy] [face with tears of joy]"),
        ("(\u2705)", "([white heavy check mark])"),
        ("\U0001f469\u200d\u2695\ufe0f", "[woman, staff of aesculapius]"),
        ("\U0001f44d\U0001f3fd", "[thumbs up sign]"),
        ("\U0001f1ec\U0001f1e7", "[flag GB]"),
        ("\U0001f7e2 today", "[large green circle] today"),
        ("1\ufe0f\u20e3 rest", "1 rest"),
        ("\u2764\ufe0f \u2713 \u2192 \u00b0", "\u2764 \u2713 \u2192 \u00b0"),
        ("\U0001f9ff\U0001faff", "[nazar amulet] [picture]"),
    ],
)
def test_pictures_are_named(typed: str, printed: str) -> None:
    assert symbols_in_words(typed) == printed


@pytest.mark.parametrize(
    "typed",
    ["", "Plain: [x] #1", "e\u0301 \u0645\u0631\u062d\u0628\u0627 \u0915\u094d\u200d\u0937 \u4e2d"],
)
def test_words_of_every_script_stay(typed: str) -> None:
    assert symbols_in_words(typed) == typed


@given(st.text(max_size=60))
def test_once_is_enough(typed: str) -> None:
    printed = symbols_in_words(typed)
    assert symbols_in_words(printed) == printed
    assert not any("\U0001f000" <= char <= "\U0001faff" for char in printed)
