"""What a move comes with, and the sentence for whoever comes second."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import (
    Action,
    Event,
    Matter,
    Party,
    Refused,
    Standing,
    Way,
    apply,
    needs_telephone,
)
from careteam.domain.referral.needs import checked

AT = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
S, R = Party.SENDER, Party.RECEIVER


def act(
    standing: Standing, action: Action, party: Party = R, **more: Any
) -> tuple[Event, Standing]:
    name = {S: "Lena Sample", R: "Ana Example", Party.POLICY: ""}[party]
    return apply(standing, action, party, **{"by": name, "at": AT, **more})


@pytest.fixture
def sent() -> Standing:
    return act(Standing(), Action.SEND, S, data={"route": "inbox"})[1]


@pytest.fixture
def accepted(sent: Standing) -> Standing:
    return act(sent, Action.ACCEPT, data={"contact": "receiver"})[1]


def refusal(standing: Standing, action: Action, party: Party = R, **more: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        act(standing, action, party, **more)
    return refused.value


def test_second_decision_names_the_first_and_its_time(accepted: Standing) -> None:
    refused = refusal(accepted, Action.DECLINE, data={"reason": "no_capacity"})
    assert str(refused) == "Ana Example already accepted this on 24 Nov at 10:42"
    assert refused.first is not None
    assert refused.first.action is Action.ACCEPT


def test_second_decision_is_told_by_the_community_clock(accepted: Standing) -> None:
    refused = refusal(accepted, Action.ACCEPT, data={"contact": "client"})
    assert refused.sentence(ZoneInfo("Europe/Berlin")) == (
        "Ana Example already accepted this on 24 Nov at 11:42"
    )


def test_second_decision_is_told_who_wrote_the_first_one_down(sent: Standing) -> None:
    by_hand: dict[str, Any] = {"on_behalf_of": "Ana Example", "way": Way.PHONE}
    told = act(sent, Action.ACCEPT, S, data={"contact": "client"}, **by_hand)[1]
    refused = refusal(told, Action.DECLINE, data={"reason": "no_capacity"})
    assert str(refused) == (
        "Ana Example already accepted this on 24 Nov at 10:42, as Lena Sample wrote down"
    )


def test_decision_after_withdrawal_names_the_sender(sent: Standing) -> None:
    withdrawn = act(sent, Action.WITHDRAW, S)[1]
    refused = refusal(withdrawn, Action.ACCEPT, data={"contact": "client"})
    assert str(refused) == "Lena Sample already withdrew this on 24 Nov at 10:42"


def test_second_answer_to_a_question_names_the_first(sent: Standing) -> None:
    acknowledged = act(sent, Action.ACKNOWLEDGE)[1]
    never_asked = refusal(acknowledged, Action.ANSWER, S, data={"text": "Left."})
    assert str(never_asked) == (
        '"Answer the question" is not possible while this is "They have it, not decided yet".'
    )
    asked = act(acknowledged, Action.ASK, data={"text": "Which side?"})[1]
    answered = act(asked, Action.ANSWER, S, data={"text": "Left."})[1]
    refused = refusal(answered, Action.ANSWER, S, data={"text": "The left one."})
    assert str(refused) == "Lena Sample already answered the question on 24 Nov at 10:42"


def test_act_that_comes_too_early_names_the_state(sent: Standing) -> None:
    assert str(refusal(sent, Action.REPORT, data={"text": "x"})) == (
        '"Write a report" is not possible while this is "Sent, no answer yet".'
    )


def test_act_of_the_wrong_side_is_told_how_to_do_it(sent: Standing) -> None:
    assert str(refusal(sent, Action.ACCEPT, S, data={"contact": "client"})) == (
        'Only the person it was sent to can say "Accept". '
        "If they told you, enter it as told by telephone, e-mail, letter or in person."
    )
    assert str(refusal(sent, Action.WITHDRAW)) == 'Only the sender can choose "Withdraw".'


def test_answer_by_telephone_is_the_receivers_act_entered_by_the_sender(sent: Standing) -> None:
    event, standing = act(
        sent, Action.ACCEPT, S, way=Way.PHONE, on_behalf_of="Ana Example",
        data={"contact": "client"},
    )  # fmt: skip
    assert (event.party, event.by, event.entered_by) == (R, "Ana Example", "Lena Sample")
    assert event.by_hand
    assert standing.by_hand
    assert standing.accepted_by == "Ana Example"


def test_answer_by_hand_must_say_how_it_was_told(sent: Standing) -> None:
    refused = refusal(sent, Action.ACKNOWLEDGE, S, way=Way.ACCOUNT, on_behalf_of="Ana Example")
    assert refused.field == "way"


@pytest.mark.parametrize(
    ("action", "data", "field"),
    [
        (Action.ACCEPT, {}, "contact"),
        (Action.ACCEPT, {"contact": "nobody"}, "contact"),
        (Action.DECLINE, {}, "reason"),
        (Action.DECLINE, {"reason": "busy"}, "reason"),
        (Action.DECLINE, {"reason": "other", "text": "  "}, "text"),
        (Action.HOLD, {}, "review_on"),
        (Action.HOLD, {"review_on": "soon"}, "review_on"),
        (Action.HOLD, {"review_on": "2026-11-23"}, "review_on"),
        (Action.ASK, {"text": " "}, "text"),
        (Action.REDIRECT, {"text": "try next door"}, "to"),
    ],
)
def test_answer_without_what_it_needs_is_refused(
    sent: Standing, action: Action, data: dict[str, str], field: str
) -> None:
    assert refusal(sent, action, data=data, matter=Matter(has_client=True)).field == field


def test_letter_about_nobody_is_accepted_without_a_word_on_who_makes_contact(
    sent: Standing,
) -> None:
    event, standing = act(sent, Action.ACCEPT)
    assert event.data == {}
    assert (standing.state, standing.contact) == ("accepted", None)
    assert standing.waiting_on == "receiver"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "start_at"),
        ({"start_at": "tomorrow"}, "start_at"),
        ({"start_at": "2026-12-01T09:00"}, "start_at"),
        ({"start_at": "0001-01-01T00:00+14:00"}, "start_at"),
        ({"start_at": "2026-12-01T09:00Z", "end_at": "2026-12-01T09:00Z"}, "end_at"),
    ],
)
def test_booking_needs_a_start_with_a_zone(
    accepted: Standing, data: dict[str, str], field: str
) -> None:
    assert refusal(accepted, Action.BOOK, data=data).field == field


def test_booking_is_kept_in_utc(accepted: Standing) -> None:
    start_at = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    event, standing = act(accepted, Action.BOOK, data={"start_at": start_at, "place": " Room 2 "})
    assert event.data == {"start_at": "2026-12-01T08:00:00+00:00", "place": "Room 2"}
    assert standing.appointment is not None
    assert standing.appointment.start_at == datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("party", [S, R])
@pytest.mark.parametrize("action", [Action.SEEN, Action.NOT_ATTENDED])
def test_visit_to_come_is_neither_kept_nor_missed(
    accepted: Standing, action: Action, party: Party
) -> None:
    booking = {"start_at": AT + timedelta(minutes=1)}
    booked = act(accepted, Action.BOOK, data=booking)[1]
    refused = refusal(booked, action, party)
    assert refused.sentence(ZoneInfo("Europe/Berlin")) == (
        "The appointment is on 24 Nov at 11:43, still to come. "
        "If the time was changed, book it anew first."
    )
    assert refused.field is None
    assert act(booked, action, party, at=AT + timedelta(minutes=1))[1].state != "booked"


def test_visit_is_judged_by_when_it_was_not_by_when_it_is_written_down(accepted: Standing) -> None:
    booked = act(accepted, Action.BOOK, data={"start_at": AT + timedelta(hours=2)})[1]
    told = {"on_behalf_of": "Ana Example", "way": Way.PHONE, "now": AT + timedelta(days=1)}
    assert "still to come" in str(refusal(booked, Action.SEEN, S, at=AT, **told))
    seen = act(booked, Action.SEEN, S, at=AT + timedelta(hours=3), **told)[1]
    assert seen.state == "in_treatment"


def test_visit_without_a_booked_time_is_taken(accepted: Standing) -> None:
    assert act(accepted, Action.START)[1].state == "in_treatment"


def test_event_keeps_only_known_data(sent: Standing) -> None:
    event, _ = act(sent, Action.ACCEPT, data={"contact": "client", "csrf_token": "x", "text": ""})
    assert event.data == {"contact": "client"}


def test_closing_with_a_client_needs_the_client_told(accepted: Standing) -> None:
    matter = Matter(has_client=True)
    refused = refusal(accepted, Action.CLOSE, S, data={"outcome": "done"}, matter=matter)
    assert refused.field == "client_told"
    told = {"outcome": "done", "client_told": "yes"}
    assert act(accepted, Action.CLOSE, S, data=told, matter=matter)[1].outcome == "done"


@pytest.mark.parametrize("urgency", [Urgency.EMERGENCY, Urgency.SAME_DAY])
def test_emergency_is_not_sent_before_somebody_was_spoken_to(urgency: Urgency) -> None:
    matter = Matter(urgency=urgency)
    refused = refusal(Standing(), Action.SEND, S, data={"route": "mail"}, matter=matter)
    assert refused.field == "spoken_to"
    spoken = {"route": "mail", "spoken_to": "Front desk"}
    assert act(Standing(), Action.SEND, S, data=spoken, matter=matter)[1].state == "sent"


def test_only_emergency_and_same_day_need_the_telephone() -> None:
    assert [u for u in Urgency if needs_telephone(u)] == ["same_day", "emergency"]
    with pytest.raises(ValueError, match="whenever"):
        needs_telephone("whenever")


def test_act_before_sending_or_in_the_future_is_refused(sent: Standing) -> None:
    early, late = AT - timedelta(minutes=1), AT + timedelta(minutes=1)
    assert refusal(sent, Action.ACKNOWLEDGE, at=early).field == "at"
    assert refusal(sent, Action.ACKNOWLEDGE, at=late, now=AT).field == "at"


def test_client_is_told_once_of_an_acceptance_and_nothing_moves(accepted: Standing) -> None:
    event, told = act(accepted, Action.TELL_CLIENT, S, at=AT + timedelta(hours=1))
    assert (event.number, told.state, told.since_at) == (3, "accepted", AT)
    assert told.client_told_at == AT + timedelta(hours=1)
    assert (told.last, told.waiting_on) == (accepted.last, accepted.waiting_on)
    assert str(refusal(told, Action.TELL_CLIENT, S)) == "The client has been told already."


def test_acceptance_taken_back_has_to_be_told_anew(accepted: Standing) -> None:
    told = act(accepted, Action.TELL_CLIENT, S)[1]
    back = act(told, Action.UN_ACCEPT, data={"reason": "no_capacity"})[1]
    assert back.client_told_at is None


def test_report_may_ask_for_a_step_a_caution_and_a_hold(accepted: Standing) -> None:
    started = act(accepted, Action.START)[1]
    data = {"text": "Seen twice.", "next_step": "Walk daily", "caution": "", "hold": "No running"}
    event, reported = act(started, Action.REPORT, data=data)
    assert event.data == {"text": "Seen twice.", "next_step": "Walk daily", "hold": "No running"}
    assert (reported.reports, reported.care_ended) == (1, False)


def test_report_may_say_that_care_has_ended(accepted: Standing) -> None:
    started = act(accepted, Action.START)[1]
    ended = act(started, Action.REPORT, data={"text": "Done.", "care_ended": "yes"})[1]
    assert (ended.state, ended.care_ended) == ("reported", True)
    assert act(ended, Action.REPORT, data={"text": "Came back."})[1].care_ended is False


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org/book", "https://example.org/book"),
        (" example.org/book ", "https://example.org/book"),
        ("www.example.org", "https://www.example.org"),
        ("", ""),
    ],
)
def test_booking_page_may_be_typed_as_people_say_it(typed: str, kept: str) -> None:
    data = {"contact": "client", "booking_page": typed}
    found = checked(Action.ACCEPT, data, AT, Matter())
    assert found.get("booking_page", "") == kept


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "http://example.org", "ring me", "nowhere", "data:x.y"]
)
def test_booking_page_is_a_page_of_the_web_and_nothing_else(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(Action.ACCEPT, {"contact": "client", "booking_page": typed}, AT, Matter())
    assert refused.value.field == "booking_page"
