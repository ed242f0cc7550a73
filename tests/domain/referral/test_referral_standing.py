"""The fold, the FHIR codes, the response clock and referrals of the past."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from careteam.domain.referral import (
    FHIR,
    Action,
    BrokenHistory,
    Event,
    Outcome,
    Party,
    PastAnswer,
    PastReferral,
    Refused,
    State,
    WaitingOn,
    Way,
    fhir_status,
    fold,
    past_events,
    response_clock,
    working_days,
)

T = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday
NAMES = {Party.SENDER: "Lena Sample", Party.RECEIVER: "Ana Example", Party.POLICY: ""}


Step = tuple[str, str, float, dict[str, str]]


def history(*steps: Step) -> list[Event]:
    """Events from (party, action, hours after T, data)."""
    return [
        Event(n, Action(action), T + timedelta(hours=h), NAMES[Party(p)], Party(p), data=data)
        for n, (p, action, h, data) in enumerate(steps, 1)
    ]


INBOX: Step = ("sender", "send", 0.0, {"route": "inbox"})
MAIL: Step = ("sender", "send", 0.0, {"route": "mail"})
ACCEPT: Step = ("receiver", "accept", 5.0, {"contact": "client"})


def test_no_events_are_a_draft_waiting_on_its_sender() -> None:
    standing = fold([])
    assert (standing.state, standing.since_at, standing.waiting_on) == ("draft", None, "sender")


def test_mail_is_delivered_when_the_server_took_it_everything_else_at_once() -> None:
    assert fold(history(INBOX)).delivered_at == T
    assert fold(history(MAIL)).delivered_at is None
    delivered: Step = ("policy", "deliver", 0.5, {})
    again: Step = ("policy", "deliver", 9.0, {})
    standing = fold(history(MAIL, delivered, again))
    assert standing.delivered_at == T + timedelta(hours=0.5)
    assert (standing.state, standing.since_at) == ("sent", T)


def test_whose_turn_it_is_along_the_main_way() -> None:
    steps = [
        INBOX,
        ("receiver", "ask", 1.0, {"text": "Which side?"}),
        ("sender", "answer", 2.0, {"text": "Left."}),
        ACCEPT,
        ("receiver", "book", 6.0, {"start_at": "2026-12-01T09:00:00+00:00"}),
        ("sender", "not_attended", 200.0, {}),
        ("receiver", "rebook", 201.0, {"start_at": "2026-12-08T09:00:00+00:00"}),
        ("receiver", "seen", 400.0, {}),
        ("receiver", "report", 401.0, {"text": "Done."}),
        ("sender", "close", 402.0, {"outcome": "done"}),
    ]
    turns = [fold(history(*steps[:n])).waiting_on for n in range(1, 11)]
    assert turns == [
        "receiver", "sender", "receiver", "client", "receiver",
        "sender", "receiver", "receiver", "sender", "nobody",
    ]  # fmt: skip
    end = fold(history(*steps))
    assert (end.state, end.outcome, end.reports) == ("closed", Outcome.DONE, 1)
    assert end.first_response_at == T + timedelta(hours=1)
    assert end.appointment is not None


def test_acceptance_taken_back_is_a_refusal_in_force() -> None:
    taken_back: Step = ("receiver", "un_accept", 9.0, {"reason": "other", "text": "Ill"})
    standing = fold(history(INBOX, ACCEPT, taken_back))
    assert (standing.state, standing.accepted_at, standing.contact) == ("declined", None, None)
    assert (standing.declined_by, standing.decline_text) == ("Ana Example", "Ill")


def test_passing_on_a_refused_referral_leaves_nothing_to_wait_for() -> None:
    steps: tuple[Step, ...] = (INBOX, ("receiver", "decline", 3.0, {"reason": "no_capacity"}))
    assert fold(history(*steps)).waiting_on is WaitingOn.SENDER
    standing = fold(history(*steps, ("sender", "refer_next", 4.0, {"next_id": "x"})))
    assert (standing.state, standing.waiting_on) == ("declined", "nobody")
    assert standing.since_at == T + timedelta(hours=3)


def test_hold_keeps_its_review_day_until_the_decision() -> None:
    hold = ("receiver", "hold", 1.0, {"review_on": "2026-12-01"})
    assert fold(history(INBOX, hold)).review_on == date(2026, 12, 1)
    assert fold(history(INBOX, hold, ACCEPT)).review_on is None


def test_late_logged_earlier_call_is_the_first_response() -> None:
    click: Step = ("receiver", "acknowledge", 30.0, {})
    sent, clicked, accepted = history(INBOX, click, ACCEPT)
    standing = fold([sent, clicked, replace(accepted, entered_by="Sam Example")])
    assert standing.first_response_at == T + timedelta(hours=5)
    assert standing.is_answer_by_hand


def test_what_was_told_after_an_own_answer_leaves_it_an_own_answer() -> None:
    sent, accepted, booked = history(
        INBOX, ACCEPT, ("receiver", "book", 6.0, {"start_at": "2026-12-01T09:00:00+00:00"})
    )
    standing = fold([sent, accepted, replace(booked, entered_by="Sam Example")])
    assert not standing.is_answer_by_hand


def test_first_visit_stays_when_care_is_taken_up_again() -> None:
    steps: tuple[Step, ...] = (
        INBOX,
        ACCEPT,
        ("receiver", "start", 48.0, {}),
        ("sender", "close", 90.0, {"outcome": "done"}),
        ("sender", "reopen", 99.0, {}),
    )
    assert fold(history(*steps)).first_visit_at == T + timedelta(hours=48)


def test_new_round_forgets_the_old_answer() -> None:
    steps: tuple[Step, ...] = (
        INBOX,
        ACCEPT,
        ("receiver", "start", 8.0, {}),
        ("sender", "withdraw", 9.0, {}),
        ("sender", "reopen", 10.0, {}),
    )
    again = history(*steps, ("sender", "send", 11.0, {"route": "mail"}))
    standing = fold([*again[:1], replace(again[1], entered_by="Sam Example"), *again[2:]])
    assert (standing.first_response_at, standing.delivered_at, standing.accepted_at) == (
        None, None, None,
    )  # fmt: skip
    assert (standing.first_visit_at, standing.is_answer_by_hand) == (None, False)


@pytest.mark.parametrize(
    "events",
    [
        history(INBOX)[:1] * 2,
        [Event(2, Action.SEND, T, "Lena Sample", Party.SENDER)],
        history(ACCEPT),
        history(INBOX, ("sender", "accept", 1.0, {"contact": "client"})),
        history(INBOX, ACCEPT, ACCEPT),
    ],
)
def test_impossible_history_is_refused(events: list[Event]) -> None:
    with pytest.raises(BrokenHistory):
        fold(events)


def test_fhir_codes_of_every_state() -> None:
    codes = {str(state): (wire.service_request, wire.task) for state, wire in FHIR.items()}
    assert codes == {
        "draft": ("draft", "draft"),
        "discarded": ("revoked", "cancelled"),
        "sent": ("active", "requested"),
        "acknowledged": ("active", "received"),
        "needs_information": ("active", "received"),
        "on_hold": ("active", "on-hold"),
        "accepted": ("active", "accepted"),
        "booked": ("active", "accepted"),
        "did_not_attend": ("active", "accepted"),
        "in_treatment": ("active", "in-progress"),
        "reported": ("active", "completed"),
        "closed": ("completed", "completed"),
        "declined": ("active", "rejected"),
        "redirected": ("active", "rejected"),
        "withdrawn": ("revoked", "cancelled"),
        "expired": ("active", "requested"),
    }
    assert FHIR[State.BOOKED].business_code == "5.1.1"
    assert FHIR[State.DID_NOT_ATTEND].business_code == "5.1.2"


@pytest.mark.parametrize(
    ("steps", "task", "reason"),
    [
        ((INBOX, ACCEPT, ("sender", "close", 9.0, {"outcome": "never_attended"})),
         "failed", "The client never attended"),
        ((INBOX, ACCEPT, ("sender", "close", 9.0, {"outcome": "done"})), "completed", ""),
        ((INBOX, ("receiver", "decline", 1.0, {"reason": "outside_area"})),
         "rejected", "Outside my area"),
        ((INBOX, ("receiver", "decline", 1.0, {"reason": "other", "text": "Moving house"})),
         "rejected", "Moving house"),
        ((INBOX, ("receiver", "redirect", 1.0, {"to": "Bo Placeholder"})),
         "rejected", "Suggested instead: Bo Placeholder"),
        ((INBOX, ("sender", "withdraw", 1.0, {})), "cancelled", "Withdrawn by the sender"),
        ((INBOX, ("receiver", "hold", 1.0, {"review_on": "2026-12-01"})),
         "on-hold", "On the waiting list"),
    ],
)  # fmt: skip
def test_task_says_why(steps: tuple[Step, ...], task: str, reason: str) -> None:
    wire = fhir_status(fold(history(*steps)))
    assert (wire.task, wire.reason) == (task, reason)


def test_clock_runs_from_delivery_to_first_act() -> None:
    now = T + timedelta(days=9)
    clock = response_clock(history(MAIL, ("policy", "deliver", 2.0, {}), ACCEPT), now)
    assert clock is not None
    assert (clock.started_at, clock.stopped_at) == (T + timedelta(hours=2), T + timedelta(hours=5))
    assert clock.working_days() == 0.125
    assert clock.answered_within(3) is True


def test_answer_before_the_recorded_delivery_is_no_wait() -> None:
    delivered: Step = ("policy", "deliver", 7.0, {})
    clock = response_clock(history(MAIL, ACCEPT, delivered), T + timedelta(days=1))
    assert clock is not None
    assert (clock.started_at, clock.stopped_at) == (T + timedelta(hours=7),) * 2
    assert clock.working_days() == 0.0


def test_clock_is_absent_before_delivery_and_censored_while_open() -> None:
    assert response_clock(history(MAIL), T) is None
    clock = response_clock(history(INBOX), T + timedelta(days=2))
    assert clock is not None
    assert (clock.answered, clock.watched_until) == (False, T + timedelta(days=2))
    assert clock.answered_within(3) is None
    late = response_clock(history(INBOX), T + timedelta(days=9))
    assert late is not None
    assert late.answered_within(3) is False


def test_withdrawal_ends_the_watching_expiry_does_not() -> None:
    now = T + timedelta(days=20)
    withdrawn = response_clock(history(INBOX, ("sender", "withdraw", 24.0, {})), now)
    expired = response_clock(history(INBOX, ("policy", "expire", 240.0, {})), now)
    assert withdrawn is not None
    assert expired is not None
    assert withdrawn.watched_until == T + timedelta(hours=24)
    assert expired.watched_until == now


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-27T10:00", "2026-12-02T10:00", 3.0),  # Friday to Wednesday
        ("2026-11-28T10:00", "2026-11-29T22:00", 0.0),  # a weekend
        ("2026-11-24T10:00", "2026-11-24T16:00", 0.25),
        ("2026-11-24T10:00", "2026-11-23T10:00", 0.0),
    ],
)
def test_working_days_leave_weekends_out(start: str, end: str, expected: float) -> None:
    start_at, end_at = (datetime.fromisoformat(x).replace(tzinfo=UTC) for x in (start, end))
    assert working_days(start_at, end_at) == expected


def test_working_days_follow_the_zone_and_days_off() -> None:
    sunday_evening = datetime(2026, 11, 29, 23, 0, tzinfo=UTC)
    monday = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
    assert working_days(sunday_evening, monday, ZoneInfo("Europe/Berlin")) == 0.25
    assert working_days(T, T + timedelta(days=2), days_off={date(2026, 11, 25)}) == 1.0


def past(answer: PastAnswer, **more: object) -> PastReferral:
    values = {"sent_at": T, "sender": "Lena Sample", "receiver": "Ana Example", **more}
    return PastReferral(answer=answer, **values)  # type: ignore[arg-type]


def test_past_referral_ends_so_that_nothing_chases_it() -> None:
    now = T + timedelta(days=400)
    accepted = past_events(past(PastAnswer.ACCEPTED), now)
    assert [event.action for event in accepted] == ["send", "accept", "close"]
    assert fold(accepted).outcome == "not_known"
    assert accepted[1].by_hand
    refused = past_events(past(PastAnswer.DECLINED, text="Moved away"), now, Way.PAPER)
    assert fold(refused).declined_by == "Ana Example"
    assert refused[0].data["route"] == "paper"
    silent = past_events(past(PastAnswer.NEVER_ANSWERED), now)
    assert fold(silent).state is State.EXPIRED


def test_past_referral_feeds_waiting_times_only_when_exact() -> None:
    now = T + timedelta(days=400)
    answered_at = T + timedelta(days=1)
    vague = past_events(past(PastAnswer.ACCEPTED, answered_at=answered_at), now)
    exact = past_events(past(PastAnswer.ACCEPTED, answered_at=answered_at, exact=True), now)
    undated = past_events(past(PastAnswer.ACCEPTED, exact=True), now)
    assert response_clock(vague, now) is None
    assert response_clock(undated, now) is None
    clock = response_clock(exact, now)
    assert clock is not None
    assert (clock.by_hand, clock.working_days()) == (True, 1.0)


def test_past_referral_cannot_lie_in_the_future() -> None:
    with pytest.raises(Refused):
        past_events(past(PastAnswer.NEVER_ANSWERED), T - timedelta(days=1))
