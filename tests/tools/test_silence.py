"""The measure of the silence policy counts what it does."""

from __future__ import annotations

from careteam.kit import clock
from tests.personas import World
from tests.support.chasing import a_waiting_referral, on
from tools.benching.silence import line, policy_over_all


def test_plans_and_steps_are_counted(world: World):
    a_waiting_referral(world)
    with clock.stopped(on("2026-03-11 09:31")):
        a_waiting_referral(world)
        found = policy_over_all()
    assert (found.planned, found.taken, found.idle) == (2, 1, 1)
    assert line(found).startswith("silence policy: 2 waiting planned, ")
    assert found.taking == found.rows == 14


def test_what_is_run_for_many_rows_counts_once_and_is_said(world: World):
    for _ in range(4):
        a_waiting_referral(world)
    with clock.stopped(on("2026-03-11 09:31")):
        found = policy_over_all()
    assert (found.taken, found.taking) == (4, 14)
    assert 14 < found.rows <= 14 + 3 * 3
    assert f"3.50 statements each, run {found.rows / 4:.1f} times" in line(found)
