"""Where ticks, bars and the line of today stand."""

from datetime import date

from careteam.domain.planning import Bar, Milestone, MilestoneState, draw

TODAY = date(2026, 9, 16)


def test_bars_run_from_what_is_awaited_to_their_own_end() -> None:
    picture = draw(
        [
            Milestone("a", "A", "x", date(2026, 9, 10), state=MilestoneState.DONE,
                      closed_on=date(2026, 9, 7)),
            Milestone("b", "B", "x", date(2026, 9, 22), ("a",)),
            Milestone("c", "C", "x"),
        ],
        TODAY,
        start_on=date(2026, 9, 1),
    )  # fmt: skip
    assert (picture.from_on, picture.to_on) == (date(2026, 9, 1), date(2026, 10, 1))
    assert picture.bars == (
        Bar("a", date(2026, 9, 1), date(2026, 9, 7), 0.0, 20.0),
        Bar("b", date(2026, 9, 7), date(2026, 9, 22), 20.0, 50.0),
    )
    assert picture.bar("c") is None
    assert picture.today_x == 50.0


def test_ticks_are_months_and_a_new_year_says_so() -> None:
    plan = [Milestone("a", "A", "x", date(2027, 2, 3))]
    picture = draw(plan, TODAY, start_on=date(2026, 11, 20))
    assert [(tick.label, tick.x) for tick in picture.ticks] == [
        ("Nov", 0.0),
        ("Dec", 25.0),
        ("Jan 27", 50.833),
        ("Feb", 76.667),
    ]
    assert picture.today_x is None


def test_long_plans_have_fewer_ticks() -> None:
    plan = [Milestone("a", "A", "x", date(2027, 10, 3))]
    picture = draw(plan, TODAY, start_on=date(2026, 11, 1))
    assert [tick.label for tick in picture.ticks] == [
        "Nov", "Jan 27", "Mar", "May", "Jul", "Sep",
    ]  # fmt: skip


def test_shortest_bar_can_still_be_seen_and_stays_inside() -> None:
    bars = draw([Milestone("a", "A", "x", date(2026, 9, 30))], TODAY).bars
    assert (bars[0].x, bars[0].width) == (96.667, 1.5)


def test_start_after_the_date_gives_a_point() -> None:
    picture = draw([Milestone("a", "A", "x", date(2026, 9, 4))], TODAY, date(2026, 10, 1))
    assert (picture.bars[0].from_on, picture.bars[0].to_on) == (date(2026, 9, 4), date(2026, 9, 4))


def test_empty_plan_shows_this_month() -> None:
    picture = draw([], TODAY)
    assert ([tick.label for tick in picture.ticks], picture.bars) == (["Sep"], ())
