"""Every state, every action, every kind of actor, against a table written out by hand."""

from datetime import UTC, datetime

import pytest

from careteam.domain.referral import (
    NEEDS,
    Action,
    Event,
    Party,
    Refused,
    Standing,
    State,
    Way,
    allowed_actions,
    apply,
    may,
)
from careteam.domain.referral.labels import (
    ACTIONS,
    CONTACTS,
    DECLINE_REASONS,
    OUTCOMES,
    ROUTES,
    STATES,
    URGENCIES,
    WAITING_ON,
    WAYS,
)
from tests.support.referral_table import DATA, EXPECTED

AT = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)

ACTORS = {
    "s": (Party.SENDER, "Lena Sample", Way.ACCOUNT, None),
    "h": (Party.SENDER, "Lena Sample", Way.PHONE, "Ana Example"),
    "r": (Party.RECEIVER, "Ana Example", Way.LINK, None),
    "p": (Party.POLICY, "", Way.POLICY, None),
}


def standing_in(state: str) -> Standing:
    last = Event(1, Action.SEND, AT, "Lena Sample", Party.SENDER, data={"route": "inbox"})
    if state == "draft":
        return Standing()
    return Standing(state=State(state), number=1, last=last, sent_at=AT, since_at=AT)


CASES = [(s, a, k) for s in EXPECTED for a in Action for k in ACTORS]


@pytest.mark.parametrize(("state", "action", "kind"), CASES)
def test_every_state_action_and_actor(state: str, action: Action, kind: str) -> None:
    party, by, way, on_behalf_of = ACTORS[kind]
    target, who = EXPECTED[state].get(action, ("", ""))
    standing = standing_in(state)

    def act() -> Standing:
        return apply(
            standing, action, party, by=by, at=AT, way=way,
            data=DATA.get(action), on_behalf_of=on_behalf_of,
        )[1]  # fmt: skip

    assert may(State(state), action, party, by_hand=kind == "h") is (kind in who)
    if kind in who:
        assert act().state == target
    else:
        with pytest.raises(Refused) as refused:
            act()
        assert len(refused.value.sentence()) > 15


def test_expected_table_names_every_state() -> None:
    assert set(EXPECTED) == set(State)


def test_allowed_actions_leaves_out_entries_that_move_nothing() -> None:
    assert allowed_actions(State.SENT, Party.SENDER) == (Action.WITHDRAW,)
    assert allowed_actions(State.SENT, Party.RECEIVER) == (
        Action.ACKNOWLEDGE,
        Action.ASK,
        Action.ACCEPT,
        Action.DECLINE,
        Action.REDIRECT,
        Action.HOLD,
    )
    assert allowed_actions(State.SENT, Party.POLICY) == (Action.EXPIRE,)


def test_sender_may_log_by_hand_what_the_receiver_may_do() -> None:
    for state in State:
        by_hand = allowed_actions(state, Party.SENDER, by_hand=True)
        assert by_hand == allowed_actions(state, Party.RECEIVER)


def test_every_code_has_words_and_every_action_its_needs() -> None:
    for words in (
        STATES, ACTIONS, DECLINE_REASONS, OUTCOMES, CONTACTS, WAITING_ON, WAYS, ROUTES, URGENCIES,
    ):  # fmt: skip
        assert set(words) == set(type(next(iter(words))))
    assert set(NEEDS) == set(Action)
