"""What is agreed of a plan, what differs from it, and whom that concerns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.planning import (
    AgreedStep,
    Changed,
    Difference,
    DoesNotFit,
    Milestone,
    MilestoneState,
    Snapshot,
    apply,
    concerned,
    difference,
    from_json,
    snapshot,
    to_json,
    without,
)

DAY = date(2026, 3, 2)
BOOT = AgreedStep("boot", "Boot off", "physio", DAY)
WALK = AgreedStep("walk", "Walk to the shop", "client", DAY + timedelta(10), "", "", ("boot",))
SLEEP = AgreedStep("sleep", "Sleep through", "lead", DAY + timedelta(20))
PLAN = Snapshot((BOOT, WALK, SLEEP))


def changed(step: AgreedStep, **values: object) -> Snapshot:
    return Snapshot(
        tuple(replace(step, **values) if each is step else each for each in PLAN.steps)  # type: ignore[arg-type]
    )


def concerns_whom(after: Snapshot) -> dict[str, tuple[str, ...]]:
    return concerned(PLAN, after, difference(PLAN, after))


def test_the_same_plan_differs_in_nothing() -> None:
    assert not difference(PLAN, PLAN)
    assert not difference(PLAN, Snapshot((SLEEP, WALK, BOOT)))


def test_snapshot_holds_the_structure_in_plain_values() -> None:
    milestone = Milestone(
        "walk",
        "Walk",
        "client",
        DAY,
        ("b", "a"),
        phase="early",
        criterion="Ten minutes",
        lags={"b": 14},
    )
    assert to_json(snapshot([milestone])) == {
        "milestones": [
            {
                "id": "walk",
                "title": "Walk",
                "phase": "early",
                "owner": "client",
                "due_on": "2026-03-02",
                "criterion": "Ten minutes",
                "depends_on": ["a", "b"],
                "lags": {"b": 14},
            }
        ]
    }


def test_difference_tells_added_removed_and_changed() -> None:
    after = Snapshot(
        (replace(BOOT, due_on=DAY + timedelta(9), title="Boot away"), WALK, replace(SLEEP, id="s2"))
    )
    found = difference(PLAN, after)
    assert [step.id for step in found.added] == ["s2"]
    assert found.removed == (SLEEP,)
    assert [(each.fields, each.days) for each in found.changed] == [(("title", "due_on"), 9)]
    assert (len(found), found.ids) == (3, frozenset({"s2", "sleep", "boot"}))


def test_days_are_below_nothing_when_it_is_earlier_and_nothing_without_a_date() -> None:
    assert Changed(BOOT, replace(BOOT, due_on=DAY - timedelta(3))).days == -3
    assert Changed(BOOT, replace(BOOT, due_on=None)).days == 0


def test_a_move_concerns_the_owner_and_whoever_waits_for_it() -> None:
    later = changed(BOOT, due_on=DAY + timedelta(9))
    assert concerns_whom(later) == {"boot": ("physio", "client")}
    assert concerns_whom(changed(SLEEP, due_on=DAY)) == {"sleep": ("lead",)}


def test_other_words_concern_the_owner_alone() -> None:
    assert concerns_whom(changed(BOOT, criterion="Without pain")) == {"boot": ("physio",)}


def test_another_owner_concerns_both_and_whoever_waits() -> None:
    assert concerns_whom(changed(BOOT, owner="lead")) == {"boot": ("lead", "physio", "client")}


def test_what_is_added_or_taken_out_concerns_the_client() -> None:
    assert concerns_whom(Snapshot((BOOT, WALK)))["sleep"] == ("lead", "client")
    eat = AgreedStep("eat", "Eat enough", "dietitian", DAY, "", "", ("sleep",))
    assert concerns_whom(Snapshot((*PLAN.steps, eat))) == {"eat": ("dietitian", "lead", "client")}


def test_a_dependency_concerns_whoever_is_waited_for() -> None:
    assert concerns_whom(changed(SLEEP, depends_on=("boot",))) == {"sleep": ("lead", "physio")}
    assert concerns_whom(changed(WALK, depends_on=())) == {"walk": ("client", "physio")}


def test_a_milestone_left_out_is_seen_through() -> None:
    last = AgreedStep("last", "Run", "client", DAY, "", "", ("walk",))
    late = replace(last, lags=(("walk", 7),))
    kept = without(Snapshot((*PLAN.steps, late)), {"walk"})
    assert [step.id for step in kept.steps] == ["boot", "sleep", "last"]
    assert (kept.by_id["last"].depends_on, kept.by_id["last"].lags) == (("boot",), ())


def test_a_change_of_another_plan_does_not_fit() -> None:
    for change in (
        Difference(removed=(replace(BOOT, title="Other"),)),
        Difference(changed=(Changed(replace(BOOT, owner="x"), BOOT),)),
        Difference(added=(BOOT,)),
    ):
        with pytest.raises(DoesNotFit):
            apply(PLAN, change)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    ids = draw(st.lists(st.sampled_from("abcdefgh"), unique=True))

    def awaited(id_: str) -> tuple[str, ...]:
        return tuple(sorted(draw(st.sets(st.sampled_from(ids))) - {id_}))

    waits = {id_: awaited(id_) for id_ in ids}
    return Snapshot(
        tuple(
            AgreedStep(
                id_,
                draw(st.sampled_from(["Walk", "Run", ""])),
                draw(st.sampled_from(["lead", "client", "s1", "s2"])),
                draw(st.none() | st.dates()),
                draw(st.sampled_from(["", "early", "late"])),
                draw(st.sampled_from(["", "Ten minutes"])),
                waits[id_],
                tuple(
                    (each, draw(st.integers(1, 30))) for each in waits[id_] if draw(st.booleans())
                ),
            )
            for id_ in ids
        )
    )


@given(snapshots())
def test_what_is_stored_comes_back_the_same(shot: Snapshot) -> None:
    assert from_json(to_json(shot)) == shot


@given(snapshots(), snapshots())
def test_publish_change_diff_and_apply_come_round(before: Snapshot, after: Snapshot) -> None:
    change = difference(before, after)
    assert apply(before, change).by_id == after.by_id
    assert bool(change) == (before.by_id != after.by_id)
    assert apply(after, difference(after, before)).by_id == before.by_id


@given(snapshots(), snapshots())
def test_every_difference_concerns_its_owner(before: Snapshot, after: Snapshot) -> None:
    found = concerned(before, after, difference(before, after))
    assert set(found) == difference(before, after).ids
    for id_, keys in found.items():
        owners = {shot.by_id[id_].owner for shot in (before, after) if id_ in shot.by_id}
        assert owners <= set(keys)


@given(
    st.sampled_from(MilestoneState),
    st.sampled_from(MilestoneState),
    st.none() | st.dates(),
    st.sampled_from(["", "rain"]),
)
def test_progress_never_makes_a_difference(
    old: MilestoneState, new: MilestoneState, closed_on: date | None, reason: str
) -> None:
    milestone = Milestone("walk", "Walk", "client", DAY, ("boot",), old)
    moved = replace(milestone, state=new, closed_on=closed_on, reason=reason)
    assert not difference(snapshot([milestone]), snapshot([moved]))


@given(snapshots(), st.sets(st.sampled_from("abcdefgh")))
def test_nothing_left_out_is_waited_for(shot: Snapshot, left_out: set[str]) -> None:
    kept = without(shot, left_out)
    assert {step.id for step in kept.steps} == {step.id for step in shot.steps} - left_out
    assert not any(left_out & set(step.depends_on) for step in kept.steps)
