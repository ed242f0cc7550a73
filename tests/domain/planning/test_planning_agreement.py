"""Who has agreed to what, who is asked again, and which version runs."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.planning import (
    AgreedStep,
    Answer,
    Snapshot,
    Standing,
    agreement,
    concerns,
)

DAY = date(2026, 3, 2)
BOOT = AgreedStep("boot", "Boot off", "physio", DAY)
MEALS = AgreedStep("meals", "Regular meals", "dietitian", DAY)
WALK = AgreedStep("walk", "Walk", "client", DAY + timedelta(10))
FIRST = Snapshot((BOOT, MEALS, WALK))
SECOND = Snapshot((replace(BOOT, due_on=DAY + timedelta(9)), MEALS, WALK))
THIRD = Snapshot((*SECOND.steps, AgreedStep("run", "Run", "client", DAY, "", "", ("walk",))))
TEAM = ("physio", "dietitian")
YES, NO, COPY = Answer.AGREED, Answer.OBJECTS, Answer.COPIED


def test_a_new_version_waits_for_everybody_but_the_lead() -> None:
    found = agreement({1: FIRST}, {("lead", 1): YES}, TEAM)
    assert found.waiting == ("client", "physio", "dietitian")
    assert (found.runs, found.is_running) == (None, False)


def test_plan_runs_once_client_and_lead_agree_whoever_is_silent() -> None:
    found = agreement({1: FIRST}, {("lead", 1): YES, ("client", 1): YES}, TEAM)
    assert (found.runs, found.waiting) == (1, TEAM)


def test_an_objection_of_a_practitioner_is_told_and_stops_nothing() -> None:
    answers = {("lead", 1): YES, ("client", 1): YES, ("physio", 1): NO}
    found = agreement({1: FIRST}, answers, TEAM)
    assert (found.runs, found.objecting) == (1, ("physio",))


def test_an_objection_of_the_client_keeps_it_from_running() -> None:
    found = agreement({1: FIRST}, {("lead", 1): YES, ("client", 1): NO}, TEAM)
    assert (found.runs, found.objecting) == (None, ("client",))


def test_whoever_gets_a_copy_is_not_waited_for() -> None:
    found = agreement({1: FIRST}, {("dietitian", 1): COPY}, TEAM)
    assert "dietitian" not in found.waiting


def test_a_change_asks_again_only_whom_it_concerns() -> None:
    everybody = {(key, 1): YES for key in ("lead", "client", *TEAM)}
    found = agreement({1: FIRST, 2: SECOND}, {**everybody, ("lead", 2): YES}, TEAM)
    assert found.waiting == ("physio",)
    assert found.standings["dietitian"] == Standing(YES, 1)
    assert found.runs == 2


def test_the_former_version_runs_on_while_the_client_is_asked_again() -> None:
    answers = {("lead", 1): YES, ("client", 1): YES, ("lead", 3): YES}
    found = agreement({1: FIRST, 2: SECOND, 3: THIRD}, answers, ())
    assert found.waiting == ("client",)
    assert (found.number, found.runs) == (3, 2)


def test_an_objection_stands_until_something_changes_for_whoever_objects() -> None:
    answers = {("lead", 2): YES, ("physio", 1): NO, ("dietitian", 1): NO}
    found = agreement({1: FIRST, 2: SECOND}, answers, TEAM)
    assert found.objecting == ("dietitian",)
    assert "physio" in found.waiting


def test_moved_back_to_what_was_agreed_needs_nobody_again() -> None:
    answers = {("lead", 3): YES, ("physio", 1): YES}
    found = agreement({1: FIRST, 2: SECOND, 3: FIRST}, answers, ("physio",))
    assert found.standings["physio"] == Standing(YES, 1)


@given(
    st.dictionaries(st.tuples(st.sampled_from(TEAM), st.integers(1, 3)), st.sampled_from(Answer))
)
def test_no_practitioner_and_no_silence_decides_whether_it_runs(
    answers: dict[tuple[str, int], Answer],
) -> None:
    versions = {1: FIRST, 2: SECOND, 3: THIRD}
    agreed = {("lead", number): YES for number in versions} | {("client", 1): YES}
    assert agreement(versions, {**answers, **agreed}, TEAM).runs == 2
    assert agreement(versions, {**answers, **agreed, ("client", 3): YES}, TEAM).runs == 3


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(("lead", "client", *TEAM)), st.integers(1, 3)),
        st.sampled_from(Answer),
    )
)
def test_everybody_either_has_answered_or_is_waited_for(
    answers: dict[tuple[str, int], Answer],
) -> None:
    versions = {1: FIRST, 2: SECOND, 3: THIRD}
    found = agreement(versions, answers, TEAM)
    assert {*found.standings, *found.waiting} == {"lead", "client", *TEAM}
    for key, word in found.standings.items():
        assert not concerns(key, versions[word.version], versions[3])
