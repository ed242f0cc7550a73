"""Random histories through the operations: status, seat, link and outbox stay consistent.

`CARETEAM_HISTORIES=200` tries so many instead, each one new.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from careteam.access.reach import forget, reach_of
from careteam.audit import reads
from careteam.cli.work import follow_delivery
from careteam.domain.referral import Action, Route
from careteam.features.links.models import Link, LinkBrowser, LinkCode
from careteam.features.links.operations import (
    confirm_browser,
    end_link,
    forget_browser,
    send_code,
)
from careteam.features.outbox.delivery import deliver_due
from careteam.features.outbox.models import Message
from careteam.features.referrals.handing_out import hand_over_link
from careteam.features.referrals.history import standing_of
from careteam.features.referrals.letter import shown_letter
from careteam.features.referrals.linked import glimpse, link_actor
from careteam.features.referrals.models import ReferralEvent
from careteam.features.referrals.operations import recompute_fold, send_referral
from careteam.features.referrals.queries import events_of, find_referral
from careteam.features.teams.operations import (
    end_seat,
    fill_seat,
    reopen_seat,
    set_not_wanted,
)
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import CareteamError, Invalid
from tests.personas import World
from tests.support.histories import HEALTH, PHONE, Care, Case, LinkModel
from tests.support.referral_table import EXPECTED

WHO = {"sender": "s", "by hand": "h", "account": "r", "phone": "r", "policy": "p"}
TAKES_A_SEAT = {"send", "accept", "reopen", "acknowledge", "ask", "hold", "answer"}
"""Moves that may be refused because the seat is somebody else's by now."""
OFTEN = int(os.environ.get("CARETEAM_HISTORIES", "0"))
USUALLY = 3 if os.environ.get("TEST_DATABASE") == "postgresql" else 6

cases = st.integers(0, 2)
actions = st.sampled_from(sorted(set(Action) - {Action.SEND}))
kinds = st.sampled_from(["seat", "seat", "client", "nobody"])
outcomes = st.sampled_from(["done", "not_needed"])


class Histories(RuleBasedStateMachine):
    world: World

    def __init__(self) -> None:
        super().__init__()
        db.session.query(Message).delete()
        self.care = Care(self.world)
        self.receivers = [self.world.juniper, self.world.rowan.practitioner_id]

    @initialize(by_link=st.booleans(), kind=kinds)
    def a_referral_is_out(self, by_link: bool, kind: str) -> None:
        """Long histories before the first letter leaves would prove little."""
        for who in (0, 1):
            self.client_agrees(who)
        self.write(0 if by_link else 1, kind)
        self.send(0, "mail" if by_link else "inbox")
        self.link_is_handed_over(0)
        if by_link:
            self.code_is_shown(0)

    def case(self, number: int) -> Case:
        return self.care.cases[number % len(self.care.cases)]

    def has_cases(self) -> bool:
        return bool(self.care.cases)

    @precondition(lambda self: len(self.care.cases) < 3)
    @rule(who=st.integers(0, 1), kind=kinds)
    def write(self, who: int, kind: str) -> None:
        self.care.write(self.receivers[who], kind)  # type: ignore[arg-type]

    @precondition(has_cases)
    @rule(number=cases, route=st.sampled_from(sorted(Route)))
    def send(self, number: int, route: str) -> None:
        case = self.case(number)
        with self.care.doing() as refused:
            send_referral(actor=self.world.wren, referral=case.row, route=route, spoken_to="Them")
        if not refused:
            assert not case.has_client or self.care.agreed(case)
            self.care.seat_follows(case, "")
        case.learn_links()

    @precondition(has_cases)
    @rule(number=cases, who=st.sampled_from([*WHO, "link"]), action=actions, outcome=outcomes)
    def somebody_acts(self, number: int, who: str, action: str, outcome: str) -> None:
        self.care.move(self.case(number), who, Action(action), outcome)

    @precondition(has_cases)
    @rule(number=cases, times=st.integers(1, 4), outcome=outcomes, data=st.data())
    def what_is_allowed_happens(
        self, number: int, times: int, outcome: str, data: st.DataObject
    ) -> None:
        for _ in range(times):
            self.allowed_move(self.case(number), outcome, data)

    def allowed_move(self, case: Case, outcome: str, data: st.DataObject) -> None:
        """What the table allows is refused for a missing code, consent, inbox or seat only."""
        allowed = [
            (who, action)
            for action, (_, who_may) in EXPECTED[case.row.status].items()
            for who, letter in WHO.items()
            if letter in who_may and action not in ("send", "discard", "deliver")
        ]
        if not allowed:
            return
        who, action = data.draw(st.sampled_from(allowed))
        refused = self.care.move(case, who, Action(action), outcome)
        assert refused is None or self.is_expected(refused, who, action, case), (action, refused)

    def is_expected(self, refused: CareteamError, who: str, action: str, case: Case) -> bool:
        if refused.message == "Please show your code first.":
            living = [link for link in case.links.values() if not link.revoked]
            return who == "phone" and not any(map(self.care.is_confirmed, living))
        if isinstance(refused, Invalid) and refused.field == "how_given":
            return action in ("answer", "reopen") and case.has_client and not self.care.agreed(case)
        if action == "remind" and "no account" in refused.message:
            return case.receiver_id == self.world.juniper
        if action == "tell_client":
            return "already" in refused.message
        is_seat = re.search("place already|place on the team already", refused.message)
        return case.seated and action in TAKES_A_SEAT and is_seat is not None

    @rule(who=st.integers(0, 1))
    def client_agrees(self, who: int) -> None:
        self.care.agree(self.receivers[who])  # type: ignore[arg-type]

    @rule(who=st.integers(0, 1))
    def client_takes_it_back(self, who: int) -> None:
        self.care.disagree(self.receivers[who])  # type: ignore[arg-type]

    @precondition(has_cases)
    @rule(number=cases)
    def link_is_handed_over(self, number: int) -> None:
        case = self.case(number)
        with self.care.doing() as refused:
            hand_over_link(actor=self.world.wren, referral=case.row)
        assert bool(refused) == (case.row.status in ("draft", "discarded"))
        case.learn_links()

    def newest(self, number: int) -> tuple[Link, LinkModel] | None:
        known = [each for each in self.case(number).links.items() if not each[1].revoked]
        return (db.session.get_one(Link, known[-1][0]), known[-1][1]) if known else None

    @precondition(has_cases)
    @rule(number=cases)
    def link_is_ended(self, number: int) -> None:
        found = self.newest(number)
        if found:
            with self.care.doing():
                end_link(actor=self.world.wren, link=found[0])
            found[1].revoked = True

    @precondition(has_cases)
    @rule(number=cases)
    def code_is_shown(self, number: int) -> None:
        found = self.newest(number)
        actor = link_actor(found[0].id, PHONE) if found else None
        if found is None or actor is None:
            return
        link, model = found
        with self.care.doing() as refused:
            send_code(actor=actor, link=link, recipient="a@example.org", browser_hash=PHONE)
            db.session.commit()
            mails = db.session.query(Message).filter_by(about_id=link.id)
            mail = mails.order_by(Message.created_at.desc()).first()
            assert mail is not None
            code = re.search(r"\b\d{6}\b", mail.body)
            assert code is not None
            confirm_browser(actor, link, code.group(), PHONE, "Phone")
        if not refused:
            model.confirmed_until = self.care.now + timedelta(days=90)

    @precondition(has_cases)
    @rule(number=cases)
    def browser_is_forgotten(self, number: int) -> None:
        found = self.newest(number)
        browser = db.session.query(LinkBrowser).filter_by(link_id=found[0].id) if found else None
        if found and browser and (row := browser.one_or_none()):
            with self.care.doing():
                forget_browser(actor=self.world.wren, link=found[0], browser=row)
            found[1].confirmed_until = None

    @rule(how=st.sampled_from(["end", "open", "open", "not wanted", "filled"]))
    def lead_decides_on_the_seat(self, how: str) -> None:
        seat, wren = self.care.seat, self.world.wren
        today = clock.day_of(self.care.now)
        with self.care.doing() as refused:
            if how == "end":
                end_seat(actor=wren, seat=seat)
            elif how == "open":
                reopen_seat(actor=wren, seat=seat)
            elif how == "not wanted":
                set_not_wanted(actor=wren, seat=seat, explained="All of it.")
            else:
                assert self.world.ash.practitioner_id is not None
                fill_seat(actor=wren, seat=seat, practitioner_id=self.world.ash.practitioner_id)
        if refused:
            return
        who = {"open": None, "filled": self.world.ash.practitioner_id}
        state = {"end": "ended", "not wanted": "not_wanted"}.get(how, how)
        was, sat = self.care.seat_model
        if was != state:
            self.care.seat_ended_on = today if how == "end" else None
        self.care.seat_model = (state, who.get(how, sat))

    @rule()
    def mail_leaves(self) -> None:
        with self.care.doing():
            deliver_due(lambda mail: None, follow_delivery)

    @rule(hours=st.sampled_from([1, 30, 24 * 40, 24 * 91, 24 * 200]))
    def time_passes(self, hours: int) -> None:
        self.care.now += timedelta(hours=hours)

    @invariant()
    def status_is_the_fold_of_the_events(self) -> None:
        for case in self.care.cases:
            row = case.row
            folded = recompute_fold(row)
            assert {name: getattr(row, name) for name in folded} == folded

    @invariant()
    def seat_agrees(self) -> None:
        seat = self.care.seat
        assert (seat.state, seat.practitioner_id) == self.care.seat_model

    @invariant()
    def links_read_what_they_may(self) -> None:
        with clock.stopped(self.care.now):
            for case in self.care.cases:
                for link_id, link in case.links.items():
                    self.compare(case, link_id, link)
                assert find_referral(self.world.ash, case.referral_id) is None

    def compare(self, case: Case, link_id: UUID, link: LinkModel) -> None:
        care = self.care
        stranger, phone = link_actor(link_id, "another"), link_actor(link_id, PHONE)
        assert (stranger is not None, phone is not None) == (care.lives(case, link),) * 2
        if stranger is None or phone is None:
            return
        forget()
        assert not stranger.is_confirmed
        assert reach_of(stranger).standings == {}
        assert find_referral(stranger, case.referral_id) is None
        forget()
        _, shown = glimpse(phone)
        has_name = case.has_client and care.agreed(case)
        assert shown.initials == ("TP" if has_name else None)
        row = find_referral(phone, case.referral_id)
        assert (row is not None) == care.is_confirmed(link)
        if row is not None:
            letter = shown_letter(phone, row, standing_of(events_of(row.id)))
            assert letter.may_read == (has_name or not case.has_client)
            assert letter.is_named == care.is_named(case, link)
            assert (letter.reason is not None) == letter.may_read
        reached = set(reach_of(phone).standings)
        assert reached == ({care.client_id} if care.reaches_plan(case, link) else set())
        reads.forget()

    @invariant()
    def every_mail_belongs_to_something_that_happened(self) -> None:
        events = db.session.query(ReferralEvent.referral_id, ReferralEvent.at)
        codes = db.session.query(LinkCode.link_id, LinkCode.made_at)
        happened = {tuple(row) for row in (*events, *codes)}
        for mail in db.session.query(Message):
            assert (mail.about_id, mail.created_at) in happened
            said = f"{mail.subject} {mail.body}"
            assert not [word for word in HEALTH if word.lower() in said.lower()]

    def teardown(self) -> None:
        db.session.rollback()
        forget()


def test_histories_stay_consistent(world: World) -> None:
    machine = type("Histories", (Histories,), {"world": world})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=OFTEN or USUALLY,
            stateful_step_count=40,
            derandomize=not OFTEN,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
