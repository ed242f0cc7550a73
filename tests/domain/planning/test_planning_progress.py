"""States, what blocks what, what comes next, and milestones from a pathway."""

from dataclasses import replace
from datetime import date

import pytest

from careteam.domain.pathway.values import MilestoneTemplate
from careteam.domain.planning import (
    STATE_LABELS,
    ChangeRefused,
    Milestone,
    MilestoneState,
    Progress,
    blocked_by,
    change_state,
    instantiate,
    is_overdue,
    next_actions,
    progress,
    resting,
)

TODAY = date(2026, 11, 24)
PLANNED, DONE = MilestoneState.PLANNED, MilestoneState.DONE
SKIPPED, UNABLE = MilestoneState.SKIPPED, MilestoneState.UNABLE


def chain(state: MilestoneState) -> list[Milestone]:
    """A, then B in `state`, then C."""
    return [
        Milestone("a", "A", "client", date(2026, 11, 20)),
        Milestone("b", "B", "doctor", date(2026, 11, 30), ("a",), state, "because"),
        Milestone("c", "C", "client", date(2026, 12, 30), ("b",)),
    ]


def waits(milestones: list[Milestone]) -> dict[str, list[str]]:
    return {id_: [m.id for m in awaited] for id_, awaited in blocked_by(milestones).items()}


def test_open_milestone_waits_for_what_is_not_done() -> None:
    assert waits(chain(PLANNED)) == {"b": ["a"], "c": ["b"]}
    assert waits(chain(DONE)) == {}


def test_one_set_aside_is_seen_through() -> None:
    assert waits(chain(SKIPPED)) == {"c": ["a"]}


def test_impossible_one_still_holds_back() -> None:
    assert waits(chain(UNABLE)) == {"c": ["b"]}


@pytest.mark.parametrize("state", [SKIPPED, UNABLE])
def test_setting_aside_needs_a_reason(state: MilestoneState) -> None:
    milestone = chain(PLANNED)[0]
    with pytest.raises(ChangeRefused) as refused:
        change_state(milestone, state, TODAY, TODAY, "  ")
    assert refused.value.field == "reason"
    aside = change_state(milestone, state, TODAY, TODAY, " On holiday ")
    assert (aside.state, aside.reason, aside.closed_on) == (state, "On holiday", TODAY)


def test_reaching_a_milestone_can_be_undone() -> None:
    milestone = chain(PLANNED)[2]
    done = change_state(milestone, DONE, date(2026, 11, 20), TODAY)
    assert (done.state, done.closed_on) == (DONE, date(2026, 11, 20))
    assert change_state(done, PLANNED, TODAY, TODAY) == milestone


def test_milestone_is_not_done_tomorrow() -> None:
    with pytest.raises(ChangeRefused, match="future"):
        change_state(chain(PLANNED)[0], DONE, date(2026, 11, 25), TODAY)


def test_overdue_is_open_and_past_its_date() -> None:
    late = chain(PLANNED)[0]
    assert is_overdue(late, TODAY)
    assert not is_overdue(late, date(2026, 11, 20))
    assert not is_overdue(replace(late, state=DONE), TODAY)
    assert not is_overdue(replace(late, due_on=None), TODAY)


def test_progress_counts_milestones_that_still_count() -> None:
    plan = [*chain(SKIPPED), Milestone("d", "D", "client", state=DONE)]
    assert progress(plan) == Progress(reached=1, total=3, set_aside=1)
    assert progress(plan).words == "1 of 3 milestones reached"
    assert progress(plan[3:]).words == "1 of 1 milestone reached"
    assert progress([]).words == "0 of 0 milestones reached"


def test_next_actions_are_free_ones_earliest_first() -> None:
    plan = [
        Milestone("undated", "Undated", "client"),
        Milestone("later", "Later", "doctor", date(2026, 12, 1)),
        Milestone("waiting", "Waiting", "client", date(2026, 11, 1), ("later",)),
        Milestone("late", "Late", "client", date(2026, 11, 23)),
    ]
    assert [(n.milestone.id, n.overdue) for n in next_actions(plan, TODAY)] == [
        ("late", True),
        ("later", False),
        ("undated", False),
    ]
    assert [n.milestone.id for n in next_actions(plan, TODAY, owner="client")] == [
        "late",
        "undated",
    ]


def test_every_state_has_words() -> None:
    assert set(STATE_LABELS) == set(MilestoneState)


def template(
    id_: str,
    target_day: int,
    owner: str,
    depends_on: tuple[str, ...] = (),
    absent: str | None = None,
) -> MilestoneTemplate:
    return MilestoneTemplate(
        id_, id_.title(), "protect", target_day, owner, depends_on, "One can see it.", None, absent
    )


RACE = (
    template("clear", -140, "physiotherapist"),
    template("mind", -120, "psychologist", ("clear",), "skip"),
    template("coach", -100, "sport_coach", ("mind",), "skip"),
    template("long_run", -30, "fitness_instructor", ("coach",), "physiotherapist"),
    template("race", 0, "client", ("long_run",)),
)


def test_dates_run_from_the_anchor_also_before_it() -> None:
    seats = {"physiotherapist", "psychologist", "sport_coach", "fitness_instructor"}
    plan = instantiate(RACE, date(2027, 4, 25), seats).milestones
    assert [(m.id, m.due_on) for m in plan] == [
        ("clear", date(2026, 12, 6)),
        ("mind", date(2026, 12, 26)),
        ("coach", date(2027, 1, 15)),
        ("long_run", date(2027, 3, 26)),
        ("race", date(2027, 4, 25)),
    ]
    assert plan[3].depends_on == ("coach",)
    assert {m.meant_for for m in plan} == {None}


def test_absent_owners_are_left_out_bridged_or_handed_over() -> None:
    draft = instantiate(RACE, date(2027, 4, 25), {"physiotherapist"})
    assert [(m.id, m.owner, m.meant_for, m.depends_on) for m in draft.milestones] == [
        ("clear", "physiotherapist", None, ()),
        ("long_run", "physiotherapist", "fitness_instructor", ("clear",)),
        ("race", "client", None, ("long_run",)),
    ]
    assert [(left.template.id, left.why) for left in draft.left_out] == [
        ("mind", "nobody on the team as psychologist"),
        ("coach", "nobody on the team as sport_coach"),
    ]


def test_milestone_without_anybody_belongs_to_the_lead() -> None:
    draft = instantiate(RACE, date(2027, 4, 25), set())
    assert [(m.id, m.owner, m.meant_for) for m in draft.milestones] == [
        ("clear", "lead", "physiotherapist"),
        ("long_run", "lead", "fitness_instructor"),
        ("race", "client", None),
    ]


def test_days_in_between_go_by_before_the_next_is_free() -> None:
    scan = Milestone("scan", "Scan", "doctor", state=DONE, closed_on=date(2026, 11, 22))
    visit = Milestone("visit", "Visit", "surgeon", depends_on=("scan",), lags={"scan": 3})
    assert resting([scan, visit], TODAY) == {"visit": (date(2026, 11, 25), scan)}
    assert next_actions([scan, visit], TODAY) == ()
    assert resting([scan, visit], date(2026, 11, 25)) == {}
    assert [each.milestone.id for each in next_actions([scan, visit], date(2026, 11, 25))] == [
        "visit"
    ]
