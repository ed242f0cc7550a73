"""What holds for every plan."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.pathway.values import MilestoneTemplate
from careteam.domain.planning import (
    Circle,
    Milestone,
    MilestoneState,
    blocked_by,
    critical_path,
    draw,
    earliest,
    in_order,
    instantiate,
    move_anchor,
    next_actions,
    own_days,
    resting,
    schedule,
    slip,
    would_circle,
)

TODAY = date(2026, 11, 24)
DISCIPLINES = ("doctor", "dietitian", "coach")


@st.composite
def plans(draw_: st.DrawFn, dated: bool = False) -> list[Milestone]:
    """Plans without a circle, shuffled; dates never before what they wait for."""
    count = draw_(st.integers(1, 9))
    plan: list[Milestone] = []
    for index in range(count):
        waits = draw_(st.sets(st.integers(0, index - 1), max_size=3)) if index else set()
        lags = {f"m{i}": draw_(st.integers(1, 20)) for i in sorted(waits) if draw_(st.booleans())}
        before = [
            due + timedelta(days=lags.get(f"m{i}", 0))
            for i in sorted(waits)
            if (due := plan[i].due_on) is not None
        ]
        due = max(before, default=TODAY) + timedelta(days=draw_(st.integers(0, 40)))
        has_date = dated or draw_(st.integers(0, 5)) > 0
        state = draw_(st.sampled_from(MilestoneState))
        closed = TODAY - timedelta(days=draw_(st.integers(0, 30)))
        plan.append(
            Milestone(
                f"m{index}", f"M{index}", draw_(st.sampled_from(DISCIPLINES)),
                due if has_date else None, tuple(f"m{i}" for i in sorted(waits)), state,
                "" if state in ("planned", "in_progress", "done") else "because",
                None if state in ("planned", "in_progress") else closed,
                lags=lags,
            )
        )  # fmt: skip
    return draw_(st.permutations(plan))


days = st.integers(-400, 400)


@given(plans())
def test_order_is_a_permutation_that_respects_every_dependency(plan: list[Milestone]) -> None:
    place = {milestone.id: index for index, milestone in enumerate(in_order(plan))}
    assert sorted(place) == sorted(milestone.id for milestone in plan)
    assert all(place[a] < place[m.id] for m in plan for a in m.depends_on)


@given(plans(), st.integers(0, 60))
def test_schedule_respects_every_dependency_and_lag(plan: list[Milestone], later: int) -> None:
    today = TODAY + timedelta(days=later)
    known = {milestone.id: milestone for milestone in plan}
    first, slots, days_ = earliest(plan, today), schedule(plan, today), own_days(plan)
    for milestone in plan:
        if milestone.is_open and milestone.id in first:
            assert first[milestone.id] >= max(today, milestone.due_on or today)
            for awaited in milestone.depends_on:
                room = timedelta(days=days_.get(milestone.id, 0) + milestone.lag(awaited))
                if awaited in first:
                    assert first[milestone.id] >= first[awaited] + room
                if known[awaited].is_open and awaited in slots:
                    assert slots[awaited].latest_on + room <= slots[milestone.id].latest_on
    assert set(slots) == {id_ for id_ in first if known[id_].is_open}


@given(plans())
def test_critical_path_has_the_least_slack_and_follows_dependencies(plan: list[Milestone]) -> None:
    known = {milestone.id: milestone for milestone in plan}
    path = critical_path(plan, TODAY)
    assert all(a in known[b].depends_on for a, b in pairwise(path))
    first = earliest(plan, TODAY)
    open_days = [first[id_] for id_ in first if known[id_].is_open]
    assert bool(path) == bool(open_days)
    if path:
        assert first[path[-1]] == max(open_days)


@given(plans(), days)
def test_moving_the_anchor_moves_exactly_the_open_ones(plan: list[Milestone], shift: int) -> None:
    moved = move_anchor(plan, TODAY, TODAY + timedelta(days=shift))
    for before, after in zip(plan, moved, strict=True):
        if before.is_open and before.due_on and after.due_on:
            assert after.due_on - before.due_on == timedelta(days=shift)
        else:
            assert after == before
    assert move_anchor(moved, TODAY + timedelta(days=shift), TODAY) == tuple(plan)


@given(plans(dated=True), st.data(), st.integers(1, 60))
def test_slip_keeps_own_days_and_pushes_nobody_further_than_itself(
    plan: list[Milestone], data: st.DataObject, by: int
) -> None:
    slipped = data.draw(st.sampled_from(plan))
    assert slipped.due_on is not None
    moved = slip(plan, slipped.id, slipped.due_on + timedelta(days=by))
    days_, known = own_days(plan), {milestone.id: milestone for milestone in plan}
    due = {m.id: moved.get(m.id, m.due_on) for m in plan}
    for milestone in plan:
        own = due[milestone.id]
        assert own is not None
        assert milestone.due_on is not None
        assert 0 <= (own - milestone.due_on).days <= by
        for awaited in milestone.depends_on:
            awaited_on = due[awaited]
            assert awaited_on is not None
            if milestone.is_open and known[awaited].is_open:
                room = timedelta(days=days_[milestone.id] + milestone.lag(awaited))
                assert own >= awaited_on + room


def all_open(plan: list[Milestone]) -> list[Milestone]:
    return [replace(m, state=MilestoneState.PLANNED, reason="", closed_on=None) for m in plan]


@given(plans(dated=True), st.integers(-40, 60))
def test_critical_path_is_the_longest_path(shuffled: list[Milestone], later: int) -> None:
    """An edge is as long as lag and own days; each begins when it may, seen from an early day."""
    plan, today = all_open(shuffled), TODAY + timedelta(days=later)
    days_, begin = own_days(plan), today - timedelta(days=1)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for m in plan:
        assert m.due_on is not None
        graph.add_edge("begin", m.id, weight=(max(m.due_on, today) - begin).days)
        for a in m.depends_on:
            graph.add_edge(a, m.id, weight=m.lag(a) + days_[m.id])
    path = ["begin", *critical_path(plan, today)]
    length = sum(graph.edges[edge]["weight"] for edge in pairwise(path))
    assert length == nx.dag_longest_path_length(graph)
    assert earliest(plan, today)[path[-1]] == begin + timedelta(days=length)


@given(plans(dated=True), st.data(), st.integers(1, 60))
def test_move_by_some_days_moves_exactly_descendants_without_enough_slack(
    shuffled: list[Milestone], data: st.DataObject, by: int
) -> None:
    """The room of an edge is what is left between two dates beyond lag and own days; along a path
    it adds up, and a descendant moves by what no path to it can take in."""
    plan = all_open(shuffled)
    days_, known = own_days(plan), {m.id: m for m in plan}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(known)
    for m in plan:
        for a in m.depends_on:
            before = known[a].due_on
            assert before is not None
            assert m.due_on is not None
            room = (m.due_on - before).days - m.lag(a) - days_[m.id]
            graph.add_edge(a, m.id, weight=room)
    moved = data.draw(st.sampled_from(plan))
    assert moved.due_on is not None
    least = nx.single_source_dijkstra_path_length(graph, moved.id)
    expected = {id_: by - room for id_, room in least.items() if room < by}
    new = slip(plan, moved.id, moved.due_on + timedelta(days=by))
    assert {id_: (on - (known[id_].due_on or on)).days for id_, on in new.items()} == expected


@given(plans(), st.data())
def test_circle_is_found_exactly_when_one_would_close(
    plan: list[Milestone], data: st.DataObject
) -> None:
    waiter, awaited = (data.draw(st.sampled_from(plan)).id for _ in range(2))
    joined = [
        Milestone(m.id, m.title, m.owner, depends_on=(*m.depends_on, awaited))
        if m.id == waiter
        else m
        for m in plan
    ]
    try:
        in_order(joined)
    except Circle as circle:
        known = {milestone.id: milestone for milestone in joined}
        ids = circle.ids
        after = [*ids[1:], ids[0]]
        closes = all(b in known[a].depends_on for a, b in zip(ids, after, strict=True))
        found = closes and len(set(ids)) == len(ids)
    else:
        found = False
    assert found is would_circle(plan, waiter, awaited)


@given(plans())
def test_open_milestones_are_either_held_back_or_next(plan: list[Milestone]) -> None:
    held = set(blocked_by(plan)) | set(resting(plan, TODAY))
    free = {action.milestone.id for action in next_actions(plan, TODAY)}
    assert held.isdisjoint(free)
    assert held | free == {milestone.id for milestone in plan if milestone.is_open}


@given(plans(), st.integers(-200, 200))
def test_picture_stays_within_its_frame(plan: list[Milestone], start: int) -> None:
    picture = draw(plan, TODAY, TODAY + timedelta(days=start))
    for bar in picture.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= 100.001
    assert 1 <= len(picture.ticks) <= 8
    assert {b.milestone_id for b in picture.bars} == {m.id for m in plan if m.due_on or m.closed_on}


@st.composite
def templates(draw_: st.DrawFn) -> list[MilestoneTemplate]:
    result: list[MilestoneTemplate] = []
    for index in range(draw_(st.integers(1, 8))):
        waits = draw_(st.sets(st.integers(0, index - 1), max_size=3)) if index else set()
        result.append(
            MilestoneTemplate(
                f"m{index}", f"M{index}", "p", draw_(st.integers(-90, 90)),
                draw_(st.sampled_from((*DISCIPLINES, "client"))),
                tuple(f"m{i}" for i in sorted(waits)), "c", None,
                draw_(st.sampled_from((None, "skip", *DISCIPLINES))),
            )
        )  # fmt: skip
    return result


@given(templates(), st.sets(st.sampled_from(DISCIPLINES)))
def test_bridging_keeps_exactly_the_order_among_those_kept(
    pattern: list[MilestoneTemplate], seats: set[str]
) -> None:
    draft = instantiate(pattern, TODAY, seats)
    before = {t.id: t.depends_on for t in pattern}
    after = {m.id: m.depends_on for m in draft.milestones}

    def reach(graph: dict[str, tuple[str, ...]], id_: str) -> set[str]:
        return set(graph[id_]).union(*(reach(graph, a) for a in graph[id_]))

    assert all(reach(after, id_) == reach(before, id_) & set(after) for id_ in after)
    assert len(draft.milestones) + len(draft.left_out) == len(pattern)
    assert all(m.owner in {*seats, "client", "lead"} for m in draft.milestones)
