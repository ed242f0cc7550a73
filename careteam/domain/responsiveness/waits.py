"""Median waits of many practitioners at once, those that still go on counted as such."""

import numpy as np

from careteam.domain.responsiveness.values import SMALLEST_SHOWN, Bools, Floats, Ints

_NOBODY_LEFT = -60.0
"""Logarithm that stands for a share of nobody; lower ones would cost the others precision."""
_ROUNDING = 1e-6


def median_waits(group: Ints, wait: Floats, is_over: Bools, groups: int) -> Floats:
    """The Kaplan-Meier median of each group, NaN below five waits or where it is undefined.

    The product-limit estimate (Kaplan and Meier 1958, JASA 53, 457-481): the median is the first
    time by which at most half are still waiting. A wait that is not over (`is_over` False) was
    seen for `wait` and is at risk until then. At one time, ends come before broken-off watching.
    It is undefined where more than half have never been seen to end. Waits of NaN do not count.
    """
    counted = np.isfinite(wait)
    group, wait, is_over = group[counted], wait[counted], is_over[counted]
    median = np.full(groups, np.nan)
    if not len(group):
        return median
    order = np.lexsort((~is_over, wait, group))
    group, wait, is_over = group[order], wait[order], is_over[order]
    size = np.bincount(group, minlength=groups)
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    at_risk = size[group] - (np.arange(len(group)) - first[group])
    with np.errstate(divide="ignore"):
        steps = np.where(is_over, np.maximum(np.log1p(-1 / at_risk), _NOBODY_LEFT), 0.0)
    left = np.cumsum(steps)
    before = np.concatenate([[0.0], left])[first[group]]
    half = np.flatnonzero(left - before <= np.log(0.5) + _ROUNDING)
    reached, place = np.unique(group[half], return_index=True)
    median[reached] = wait[half[place]]
    median[size < SMALLEST_SHOWN] = np.nan
    return median
