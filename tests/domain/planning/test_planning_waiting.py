"""Who waits for whom, and the sheet of a month."""

from datetime import date

from careteam.domain.planning import (
    Milestone,
    MilestoneState,
    Person,
    month_of,
    read_month,
    waiting_by_person,
)


def plan() -> list[Milestone]:
    """The surgeon clears, the physiotherapist loads, the client walks; the client also sleeps."""
    return [
        Milestone("clear", "Clear", "surgeon", date(2026, 3, 10)),
        Milestone("load", "Load", "physio", date(2026, 3, 20), ("clear",)),
        Milestone("walk", "Walk", "client", date(2026, 3, 30), ("load",)),
        Milestone("sleep", "Sleep", "client", date(2026, 3, 12)),
        Milestone("run", "Run", "client", date(2026, 4, 30), ("walk",)),
    ]


def told(person: Person) -> tuple[list[str], dict[str, list[str]], dict[str, list[str]]]:
    return (
        [each.id for each in person.now],
        {wait.milestone.id: [each.id for each in wait.others] for wait in person.waits},
        {wait.milestone.id: [each.id for each in wait.others] for wait in person.awaited},
    )


def test_each_person_is_told_what_they_can_do_and_who_waits_on_either_side() -> None:
    found = {person.owner: told(person) for person in waiting_by_person(plan())}
    assert found == {
        "surgeon": (["clear"], {}, {"clear": ["load"]}),
        "physio": ([], {"load": ["clear"]}, {"load": ["walk"]}),
        "client": (["sleep"], {"walk": ["load"], "run": ["walk"]}, {}),
    }


def test_whoever_holds_up_most_people_stands_first_then_whoever_can_act_soonest() -> None:
    milestones = [
        Milestone("late", "Late", "dietitian", date(2026, 5, 1)),
        Milestone("soon", "Soon", "counsellor", date(2026, 3, 1)),
        *plan(),
        Milestone("eat", "Eat", "cook", date(2026, 6, 1), ("clear",)),
    ]
    order = [person.owner for person in waiting_by_person(milestones)]
    assert order == ["surgeon", "physio", "counsellor", "client", "dietitian", "cook"]


def test_what_a_clearance_holds_waits_for_nobody_in_the_plan() -> None:
    surgeon = next(each for each in waiting_by_person(plan(), {"clear"}) if each.owner == "surgeon")
    assert told(surgeon) == ([], {"clear": []}, {"clear": ["load"]})


def test_one_found_impossible_shows_its_owner_though_nothing_of_theirs_is_open() -> None:
    milestones = [
        Milestone("scan", "Scan", "doctor", state=MilestoneState.UNABLE, reason="No scanner"),
        Milestone("walk", "Walk", "client", date(2026, 3, 30), ("scan",)),
    ]
    doctor = waiting_by_person(milestones)[0]
    assert (doctor.owner, told(doctor)) == ("doctor", ([], {}, {"scan": ["walk"]}))


def test_finished_plan_has_nobody_waiting() -> None:
    done = [Milestone("a", "A", "client", date(2026, 3, 1), state=MilestoneState.DONE)]
    assert waiting_by_person(done) == waiting_by_person([]) == ()


def test_month_is_whole_weeks_from_monday_with_a_leap_day() -> None:
    february = month_of(date(2028, 2, 29))
    assert (february.from_on, february.to_on) == (date(2028, 1, 31), date(2028, 3, 5))
    assert [len(week) for week in february.weeks] == [7, 7, 7, 7, 7]
    assert sum(day.is_in_month for week in february.weeks for day in week) == 29
    assert [day.is_weekend for day in february.weeks[0]] == [False] * 5 + [True] * 2
    assert (february.before, february.after) == (date(2028, 1, 1), date(2028, 3, 1))


def test_months_end_where_days_of_a_plan_end() -> None:
    assert month_of(date(1900, 1, 1)).before is None
    assert month_of(date(2199, 12, 31)).after is None
    assert month_of(date(2026, 1, 31)).after == date(2026, 2, 1)


def test_month_is_read_from_its_address_and_nothing_else_is() -> None:
    assert read_month("2026-03") == date(2026, 3, 1)
    for words in (None, "", "2026", "2026-13", "March", "2026-03-04", "0001-01", "9999-12", "-03"):
        assert read_month(words) is None, words
