"""Outreach and what came of it, by literal days."""

from __future__ import annotations

from datetime import date

from careteam.domain.relationships.outreach import (
    Contact,
    Received,
    Stand,
    Standing,
    Step,
    report_of,
    standing_with,
)
from careteam.domain.relationships.touches import Kind

ALL = list(Step)
SINCE = date(2026, 1, 1)


def day(number: int) -> date:
    return date(2026, 1, number)


def stands(
    contacts: list[tuple[Kind, int]],
    referrals: list[Received] | None = None,
    steps: list[Step] = ALL,
    *,
    is_left: bool = False,
) -> Standing:
    noted = [Contact(kind, day(number)) for kind, number in contacts]
    return standing_with(steps, SINCE, noted, referrals or [], is_left=is_left)


def test_step_is_done_by_such_a_contact_and_a_follow_up_by_one_on_a_later_day() -> None:
    first = stands([(Kind.CALL, 4), (Kind.VISIT, 5), (Kind.CALL, 5), (Kind.DEMO_OFFERED, 5)])
    assert (first.done, first.next_step) == ({Step.VISIT: day(5)}, Step.CV)
    later = stands([(Kind.VISIT, 5), (Kind.VISIT, 7), (Kind.CV_LEFT, 5), (Kind.DEMO_GIVEN, 9)])
    assert later.done == {
        Step.VISIT: day(5),
        Step.CV: day(5),
        Step.DEMO: day(9),
        Step.FOLLOW_UP: day(7),
    }
    assert later.stand is Stand.WAITING
    before = standing_with(ALL, SINCE, [Contact(Kind.VISIT, date(2025, 12, 31))], [])
    assert before.stand is Stand.NOT_BEGUN
    assert stands([(Kind.VISIT, 5)], is_left=True).stand is Stand.LEFT
    assert stands([(Kind.CV_LEFT, 5)], steps=[Step.VISIT]).stand is Stand.NOT_BEGUN


def test_result_is_the_first_referral_of_somebody_who_had_sent_nobody() -> None:
    visit = [(Kind.VISIT, 5)]
    came = stands(
        visit, [Received(day(20)), Received(day(12), day(19)), Received(day(25), day(18))]
    )
    assert (came.stand, came.days_to_referral, came.days_to_seen) == (Stand.SEEN, 7, 13)
    assert stands(visit, [Received(day(5))]).days_to_referral == 0
    known = stands(visit, [Received(day(4)), Received(day(12))])
    assert (known.stand, known.known_since, known.referred_on) == (Stand.KNOWN, day(4), None)
    assert stands([], [Received(day(4))]).stand is Stand.KNOWN


def test_report_counts_a_step_only_before_the_referral_and_says_nothing_of_few() -> None:
    came = stands([(Kind.VISIT, 2), (Kind.CV_LEFT, 2)], [Received(day(12), day(22))])
    nothing = [stands([(Kind.VISIT, 3)]) for _ in range(4)]
    late = stands([(Kind.CV_LEFT, 3), (Kind.VISIT, 9)], [Received(day(5))])
    known = stands([(Kind.VISIT, 9)], [Received(day(1))])
    report = report_of([Step.VISIT, Step.CV], [came, *nothing, late, known, stands([])])
    assert (report.everybody, report.known, report.begun) == (8, 1, 6)
    assert (report.referred, report.days_to_referral) == (2, 6)
    assert (report.seen, report.days_to_seen) == (1, 20)
    visit, cv = report.steps
    assert (visit.done, visit.referred, visit.last_before, visit.is_enough) == (5, 1, 0, True)
    assert (cv.done, cv.referred, cv.last_before, cv.is_enough) == (2, 2, 2, False)
