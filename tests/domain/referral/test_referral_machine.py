"""Random walks: whatever happens, the stored standing is the fold of the events."""

import json
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from careteam.domain.referral import (
    Action,
    BrokenHistory,
    Event,
    Party,
    Refused,
    Standing,
    State,
    Way,
    allowed_actions,
    apply,
    fold,
    response_clock,
)

DATA = {
    "route": "mail",
    "text": "Something to say",
    "contact": "client",
    "reason": "no_capacity",
    "to": "Bo Placeholder",
    "review_on": "2030-01-01",
    "start_at": "2026-11-24T09:00:00+00:00",
    "outcome": "done",
    "next_id": "x",
}
ACTORS = (
    (Party.SENDER, "Lena Sample", Way.ACCOUNT, None),
    (Party.SENDER, "Lena Sample", Way.PHONE, "Ana Example"),
    (Party.RECEIVER, "Ana Example", Way.LINK, None),
    (Party.POLICY, "", Way.POLICY, None),
)


class Referrals(RuleBasedStateMachine):
    START: ClassVar[datetime] = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.standing = Standing()
        self.now = self.START

    @rule(action=st.sampled_from(Action), actor=st.sampled_from(ACTORS), hours=st.integers(0, 90))
    def somebody_acts(
        self, action: Action, actor: tuple[Party, str, Way, str | None], hours: int
    ) -> None:
        party, by, way, on_behalf_of = actor
        self.now += timedelta(hours=hours)
        try:
            event, self.standing = apply(
                self.standing, action, party, by=by, at=self.now, way=way, data=DATA,
                on_behalf_of=on_behalf_of,
            )  # fmt: skip
        except Refused:
            assert fold(self.events) == self.standing
        else:
            self.events.append(event)

    @rule(data=st.data())
    def something_allowed_happens(self, data: st.DataObject) -> None:
        open_moves = [
            (action, actor)
            for actor in ACTORS
            for action in allowed_actions(
                self.standing.state, actor[0], by_hand=actor[3] is not None
            )
        ]
        if open_moves:
            before = self.standing.number
            action, actor = data.draw(st.sampled_from(open_moves))
            self.somebody_acts(action, actor, 1)
            assert self.standing.number == before + 1

    @invariant()
    def standing_is_the_fold_of_the_events(self) -> None:
        assert fold(self.events) == self.standing

    @invariant()
    def only_thrown_away_drafts_are_a_dead_end(self) -> None:
        moves = [allowed_actions(self.standing.state, party) for party in Party]
        assert any(moves) or self.standing.state is State.DISCARDED

    @invariant()
    def data_survives_being_stored(self) -> None:
        assert all(json.loads(json.dumps(dict(e.data))) == e.data for e in self.events)

    @invariant()
    def acceptance_and_refusal_never_hold_together(self) -> None:
        assert not (self.standing.accepted_at and self.standing.declined_at)

    @invariant()
    def a_repeat_of_the_last_event_is_never_taken(self) -> None:
        if self.events:
            try:
                fold([*self.events, self.events[-1]])
            except BrokenHistory:
                return
            raise AssertionError("the same number was taken twice")

    @invariant()
    def clock_never_runs_backwards(self) -> None:
        clock = response_clock(self.events, self.now)
        if clock is not None:
            assert clock.watched_until >= clock.started_at
            assert clock.answered is (self.standing.first_response_at is not None)


TestReferrals = Referrals.TestCase
TestReferrals.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
