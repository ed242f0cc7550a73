"""Different fields merge; the same field clashes; nothing is overwritten unseen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careteam.kit.merge import merge

BASE = {"title": "Walk", "due": "1 May", "note": None}


def test_different_fields_merge() -> None:
    result = merge(BASE, BASE | {"due": "3 May"}, BASE | {"title": "Run"})
    assert result.changes == {"title": "Run"}
    assert result.clashes == {}


def test_same_field_clashes_with_both_values() -> None:
    result = merge(BASE, BASE | {"title": "Swim"}, BASE | {"title": "Run"})
    assert result.changes == {}
    assert result.clashes == {"title": ("Swim", "Run")}


def test_same_new_value_is_no_clash() -> None:
    result = merge(BASE, BASE | {"title": "Run"}, BASE | {"title": "Run"})
    assert (result.changes, result.clashes) == ({}, {})


def test_without_a_base_a_difference_is_a_clash() -> None:
    assert merge({}, BASE, BASE | {"note": "x"}).clashes == {"note": (None, "x")}


VALUES = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), min_size=3)


@given(VALUES, VALUES, VALUES)
def test_no_edit_of_anybody_is_lost(base: dict, theirs: dict, yours: dict) -> None:
    result = merge(base, theirs, yours)
    saved = theirs | result.changes
    for name in base:
        if theirs[name] != base[name]:
            assert saved[name] == theirs[name]
        if yours[name] != base[name]:
            assert saved[name] == yours[name] or name in result.clashes
