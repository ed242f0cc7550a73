"""Known chances are recovered from few, censored referrals; all seeds run in the benchmark."""

from __future__ import annotations

import pytest

from tools.benching.answering import mean_quality


@pytest.mark.parametrize(
    ("truth", "days", "error"), [("A", 120.0, 0.178), ("B", 120.0, 0.164), ("B", 14.0, 0.169)]
)
def test_error_and_coverage_on_made_up_answering(truth, days, error):
    found = mean_quality(truth, days, seeds=3)

    assert found.ours <= error
    assert found.ours <= found.reference + 0.0002
    assert found.ours < 0.71 * found.raw
    assert found.many < 0.12
    assert 0.88 < found.covered < 0.92
    assert 0.88 < found.covered_shown < 0.93
    assert found.covered_said > 0.94
