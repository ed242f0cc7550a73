"""The product-limit median, with those who still wait counted as waiting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.responsiveness import median_waits


def median(waits: list[float], is_over: list[int]) -> float:
    groups = np.zeros(len(waits), int)
    return float(median_waits(groups, np.array(waits), np.array(is_over, bool), 1)[0])


def test_with_every_wait_over_it_is_the_middle_one():
    assert median([9, 1, 4, 7, 2], [1, 1, 1, 1, 1]) == 4


def test_worked_example_with_broken_off_watching():
    """Left waiting: 5/6 after 1, 5/6 * 3/4 after 3, then * 2/3 * 1/2 at 4 and 6."""
    assert median([1, 2, 3, 4, 6, 8], [1, 0, 1, 1, 1, 0]) == 4


def test_answers_at_the_moment_of_broken_off_watching_come_first():
    assert median([5, 5, 5, 5, 9], [0, 1, 1, 1, 0]) == 5


def test_silence_of_most_leaves_no_median():
    assert np.isnan(median([1, 2, 9, 9, 9, 9], [1, 1, 0, 0, 0, 0]))


@pytest.mark.parametrize(("count", "is_said"), [(4, False), (5, True)])
def test_below_five_nothing_is_said(count, is_said):
    assert np.isfinite(median([1.0] * count, [1] * count)) == is_said


def test_waits_not_begun_do_not_count():
    assert np.isnan(median([1, 1, 1, 1, np.nan], [1, 1, 1, 1, 1]))
    assert np.isnan(median([np.nan], [0]))


waits = st.tuples(st.integers(0, 3), st.integers(0, 6), st.booleans())


@given(st.lists(waits, max_size=60))
def test_many_groups_are_as_each_alone(rows):
    group = np.array([row[0] for row in rows], int)
    wait = np.array([row[1] for row in rows], float)
    is_over = np.array([row[2] for row in rows], bool)

    found = median_waits(group, wait, is_over, 4)

    for each in range(4):
        own = [(w, o) for g, w, o in rows if g == each]
        np.testing.assert_equal(found[each], plainly(own))


def plainly(rows: list[tuple[int, bool]]) -> float:
    """The textbook's table, one time after another."""
    if len(rows) < 5:
        return np.nan
    left = 1.0
    for time in sorted({wait for wait, _ in rows}):
        at_risk = sum(wait >= time for wait, _ in rows)
        left *= 1 - sum(over and wait == time for wait, over in rows) / at_risk
        if left <= 0.5 + 1e-9:
            return float(time)
    return np.nan
