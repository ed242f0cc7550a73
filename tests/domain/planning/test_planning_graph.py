"""Order, circles, dates from the anchor, earliest and latest days, and slips."""

from datetime import date

import pytest

from careteam.domain.planning import (
    Circle,
    Milestone,
    MilestoneState,
    Slot,
    UnknownDependency,
    critical_path,
    earliest,
    in_order,
    move_anchor,
    own_days,
    pull,
    schedule,
    slip,
    too_early,
    would_circle,
)

DONE, SKIPPED, UNABLE = MilestoneState.DONE, MilestoneState.SKIPPED, MilestoneState.UNABLE
EARLY = date(2026, 8, 1)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def a_plan() -> list[Milestone]:
    """Diagnosis, then boot and diet side by side, then walking."""
    return [
        Milestone("dx", "Diagnosis", "doctor", day("09-07")),
        Milestone("boot", "Boot off", "surgeon", day("10-12"), ("dx",)),
        Milestone("diet", "Diet agreed", "dietitian", day("09-21"), ("dx",)),
        Milestone("walk", "Walks", "physiotherapist", day("11-02"), ("boot", "diet")),
    ]


def test_order_puts_what_is_awaited_first_and_keeps_the_rest() -> None:
    plan = [
        Milestone("c", "C", "x", depends_on=("b",)),
        Milestone("d", "D", "x"),
        Milestone("b", "B", "x", depends_on=("a", "a")),
        Milestone("a", "A", "x"),
    ]
    assert [milestone.id for milestone in in_order(plan)] == ["d", "a", "b", "c"]


def test_circle_is_refused_by_its_titles_in_order() -> None:
    plan = [
        Milestone("z", "Z", "x", depends_on=("a",)),
        Milestone("a", "A", "x", depends_on=("b",)),
        Milestone("b", "B", "x", depends_on=("ok", "c")),
        Milestone("c", "C", "x", depends_on=("a",)),
        Milestone("ok", "Fine", "x"),
    ]
    with pytest.raises(Circle) as refused:
        in_order(plan)
    assert str(refused.value) == "A waits for B, B waits for C, C waits for A"
    assert refused.value.ids == ("a", "b", "c")


def test_milestone_cannot_wait_for_itself() -> None:
    with pytest.raises(Circle, match=r"^A waits for A$"):
        in_order([Milestone("a", "A", "x", depends_on=("a",))])


def test_unknown_dependency_is_refused() -> None:
    with pytest.raises(UnknownDependency, match="A waits for unknown b and c"):
        in_order([Milestone("a", "A", "x", depends_on=("b", "c"))])


def test_new_dependency_is_tried_before_it_is_made() -> None:
    assert would_circle(a_plan(), "dx", "walk")
    assert would_circle(a_plan(), "dx", "dx")
    assert not would_circle(a_plan(), "diet", "boot")


def test_own_days_run_from_the_last_date_awaited() -> None:
    assert own_days(a_plan()) == {"dx": 0, "boot": 35, "diet": 14, "walk": 21}


def test_own_days_are_never_negative() -> None:
    plan = [
        Milestone("a", "A", "x", day("10-10")),
        Milestone("early", "Early", "x", day("10-01"), ("a",)),
    ]
    assert own_days(plan) == {"a": 0, "early": 0}
    assert earliest(plan, EARLY)["early"] == day("10-10")


def test_plan_on_time_has_slack_only_beside_the_critical_path() -> None:
    assert schedule(a_plan(), EARLY) == {
        "dx": Slot(day("09-07"), day("09-07"), 0),
        "boot": Slot(day("10-12"), day("10-12"), 0),
        "diet": Slot(day("09-21"), day("10-12"), 21),
        "walk": Slot(day("11-02"), day("11-02"), 0),
    }
    assert critical_path(a_plan(), EARLY) == ("dx", "boot", "walk")


def test_late_today_pushes_what_follows_and_slack_turns_negative() -> None:
    slots = schedule(a_plan(), day("09-17"))
    assert slots["walk"] == Slot(day("11-12"), day("11-02"), -10)
    assert slots["diet"].slack_days == 11


def test_early_finish_does_not_bring_forward_what_was_agreed() -> None:
    dx, *rest = a_plan()
    done = Milestone("dx", dx.title, dx.owner, dx.due_on, state=DONE, closed_on=day("09-01"))
    assert earliest([done, *rest], EARLY)["boot"] == day("10-12")
    assert critical_path([done, *rest], EARLY) == ("boot", "walk")
    assert "dx" not in schedule([done, *rest], EARLY)


def test_late_finish_pushes_but_giving_up_late_does_not() -> None:
    dx, *rest = a_plan()
    for state, expected in ((DONE, "10-17"), (SKIPPED, "10-12"), (UNABLE, "10-12")):
        closed = Milestone("dx", dx.title, dx.owner, dx.due_on, state=state,
                           closed_on=day("09-12"))  # fmt: skip
        assert earliest([closed, *rest], EARLY)["boot"] == day(expected)


def test_plan_end_can_be_the_goal_date() -> None:
    assert schedule(a_plan(), EARLY, end_on=day("11-30"))["boot"].slack_days == 28


def test_plan_without_dates_has_no_schedule() -> None:
    plan = [Milestone("a", "A", "x"), Milestone("b", "B", "x", depends_on=("a",))]
    assert schedule(plan, EARLY) == {}
    assert critical_path(plan, EARLY) == ()


def test_slip_moves_only_what_no_longer_fits() -> None:
    assert slip(a_plan(), "diet", day("10-10")) == {"diet": day("10-10")}
    assert slip(a_plan(), "diet", day("10-14")) == {"diet": day("10-14"), "walk": day("11-04")}
    assert slip(a_plan(), "dx", day("09-10")) == {
        "dx": day("09-10"),
        "boot": day("10-15"),
        "diet": day("09-24"),
        "walk": day("11-05"),
    }


def test_slip_leaves_finished_ones_and_passes_through_those_set_aside() -> None:
    def chain(state: MilestoneState) -> list[Milestone]:
        return [
            Milestone("a", "A", "x", day("09-01")),
            Milestone("b", "B", "x", day("09-05"), ("a",), state, closed_on=day("09-01")),
            Milestone("c", "C", "x", day("09-10"), ("b",)),
        ]

    assert slip(chain(DONE), "a", day("09-20")) == {"a": day("09-20")}
    assert slip(chain(SKIPPED), "a", day("09-20")) == {"a": day("09-20"), "c": day("09-25")}


def test_earlier_date_pulls_nothing() -> None:
    assert slip(a_plan(), "dx", day("08-20")) == {"dx": day("08-20")}


def test_moving_the_anchor_moves_open_milestones_only() -> None:
    plan = [
        Milestone("a", "A", "x", day("09-01"), state=DONE, closed_on=day("09-02")),
        Milestone("b", "B", "x", day("09-10"), state=MilestoneState.IN_PROGRESS),
        Milestone("c", "C", "x", day("09-20"), state=SKIPPED, reason="Not wanted"),
        Milestone("d", "D", "x"),
        Milestone("e", "E", "x", day("12-30")),
    ]
    moved = move_anchor(plan, day("08-01"), day("08-08"))
    assert [milestone.due_on for milestone in moved] == [
        day("09-01"), day("09-17"), day("09-20"), None, date(2027, 1, 6),
    ]  # fmt: skip


def lagged(days: int) -> list[Milestone]:
    """A scan on the 1st; the visit on the 10th, so many days after it at the earliest."""
    return [
        Milestone("scan", "Scan", "doctor", day("09-01")),
        Milestone("visit", "Visit", "surgeon", day("09-10"), ("scan",), lags={"scan": days}),
    ]


def test_own_days_begin_after_the_days_in_between() -> None:
    assert own_days(lagged(4)) == {"scan": 0, "visit": 5}
    assert own_days(lagged(30)) == {"scan": 0, "visit": 0}


def test_days_in_between_count_in_schedule_and_slip() -> None:
    assert schedule(lagged(30), EARLY, day("10-05")) == {
        "scan": Slot(day("09-01"), day("09-05"), 4),
        "visit": Slot(day("10-01"), day("10-05"), 4),
    }
    assert slip(lagged(4), "scan", day("09-03")) == {"scan": day("09-03"), "visit": day("09-12")}


def test_date_within_the_days_in_between_is_named_with_the_first_that_is_not() -> None:
    assert too_early(lagged(9)) == {}
    assert too_early(lagged(10)) == {"visit": day("09-11")}


def test_days_in_between_leap_over_the_end_of_february() -> None:
    leap = [
        Milestone("scan", "Scan", "doctor", date(2028, 2, 28)),
        Milestone("visit", "Visit", "surgeon", date(2028, 2, 29), ("scan",), lags={"scan": 2}),
    ]
    assert too_early(leap) == {"visit": date(2028, 3, 1)}


def test_days_in_between_end_with_the_calendar() -> None:
    last = [
        Milestone("scan", "Scan", "doctor", date(9999, 12, 30)),
        Milestone("visit", "Visit", "surgeon", date(9999, 12, 31), ("scan",), lags={"scan": 700}),
    ]
    assert earliest(last, EARLY)["visit"] == date.max


def test_critical_path_follows_what_holds_up_and_nothing_else() -> None:
    plan = [
        Milestone("late", "Late", "x", day("09-03"), state=DONE, closed_on=day("09-10")),
        Milestone("open", "Open", "x", day("09-01")),
        Milestone("last", "Last", "x", day("09-05"), ("late", "open")),
    ]
    assert critical_path(plan, EARLY) == ("last",)


def test_earlier_date_makes_room_for_those_that_wait_for_nothing_later() -> None:
    assert pull(a_plan(), "boot", day("10-05"), EARLY) == {
        "boot": day("10-05"),
        "walk": day("10-26"),
    }
    assert pull(a_plan(), "boot", day("09-10"), EARLY) == {
        "boot": day("09-10"),
        "walk": day("10-12"),
    }
    assert pull(a_plan(), "diet", day("09-10"), EARLY) == {"diet": day("09-10")}


def test_nothing_comes_forward_into_the_past_nor_before_its_days_in_between() -> None:
    assert pull(a_plan(), "dx", day("08-01"), day("09-30"))["boot"] == day("09-30")
    assert pull(lagged(4), "scan", day("08-30"), EARLY) == {
        "scan": day("08-30"),
        "visit": day("09-08"),
    }
