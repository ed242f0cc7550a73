"""What the client is told of a no, and how far the goal of a referral was reached."""

from datetime import UTC, datetime

import pytest

from careteam.domain.referral import Action, Party, Refused, Standing, Told, apply
from careteam.domain.referral.values import GoalReached

AT = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


def after(*steps: tuple[Action, Party, dict[str, str]]) -> Standing:
    standing = Standing()
    for action, party, data in steps:
        standing = apply(standing, action, party, by="Somebody", at=AT, data=data)[1]
    return standing


SENT = (Action.SEND, Party.SENDER, {"route": "inbox"})
NO = (Action.DECLINE, Party.RECEIVER, {"reason": "no_capacity"})
TREATED: tuple[tuple[Action, Party, dict[str, str]], ...] = (
    SENT,
    (Action.ACCEPT, Party.RECEIVER, {"contact": "client"}),
    (Action.START, Party.RECEIVER, {}),
)


def told(choice: str) -> tuple[Action, Party, dict[str, str]]:
    return Action.TELL_CLIENT, Party.SENDER, {"told": choice}


def test_telling_the_client_of_a_no_moves_nothing() -> None:
    standing = after(SENT, NO, told("with_reason"))
    assert (standing.state, standing.told, standing.waiting_on) == (
        "declined",
        Told.WITH_REASON,
        "sender",
    )
    assert standing.client_told_at == AT


def test_leaving_a_no_unsaid_may_be_thought_better_of() -> None:
    unsaid = after(SENT, NO, told("nothing"))
    assert (unsaid.told, unsaid.client_told_at) == (Told.NOTHING, None)
    assert after(SENT, NO, told("nothing"), told("cannot")).told is Told.CANNOT


def test_each_no_is_decided_anew() -> None:
    reopened = after(SENT, NO, told("cannot"), (Action.REOPEN, Party.SENDER, {}))
    assert (reopened.told, reopened.client_told_at) == (None, None)
    again = after(SENT, NO, told("cannot"), (Action.REOPEN, Party.SENDER, {}), NO)
    assert again.told is None


def test_receiver_does_not_decide_what_the_client_is_told() -> None:
    with pytest.raises(Refused):
        after(SENT, NO, (Action.TELL_CLIENT, Party.RECEIVER, {"told": "cannot"}))


def test_closing_may_say_how_far_the_goal_was_reached() -> None:
    closing = {"outcome": "done", "goal_reached": "partly"}
    closed = after(*TREATED, (Action.CLOSE, Party.SENDER, closing))
    assert (closed.outcome, closed.goal_reached) == ("done", GoalReached.PARTLY)
    plain = after(*TREATED, (Action.CLOSE, Party.SENDER, {"outcome": "done"}))
    assert plain.goal_reached is None
    reopened = after(
        *TREATED, (Action.CLOSE, Party.SENDER, closing), (Action.REOPEN, Party.SENDER, {})
    )
    assert reopened.goal_reached is None


def test_goal_reached_is_one_of_three() -> None:
    with pytest.raises(Refused) as refused:
        after(*TREATED, (Action.CLOSE, Party.SENDER, {"outcome": "done", "goal_reached": "yes"}))
    assert refused.value.field == "goal_reached"
