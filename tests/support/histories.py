"""One client's care as random histories move it, and a small model of what a link may read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from careteam.access.actor import SYSTEM, Actor
from careteam.access.reach import forget
from careteam.audit import reads
from careteam.domain.referral import Action, Way
from careteam.features.clients.models import Client
from careteam.features.consents.models import Consent
from careteam.features.consents.operations import record_consent, withdraw_consent
from careteam.features.links.models import Link
from careteam.features.referrals.linked import link_actor
from careteam.features.referrals.models import Referral
from careteam.features.referrals.moves import Move, make
from careteam.features.referrals.operations import Letter, act, write_referral
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import CareteamError
from tests.conftest import NOW
from tests.personas import World, a_client, a_goal, a_seat

NAME = "Thistle Placeholder"
HEALTH = ("Thistle", "Placeholder", "aching ankle", "bend the ankle", "Dance at the wedding")
"""What no mail may say: the name, the reason, the question, the goal."""
PHONE = "the phone's hash"
DATA = {
    "text": "A word.",
    "contact": "client",
    "reason": "no_capacity",
    "to": "Bo Placeholder",
    "review_on": "2039-01-01",
    "start_at": "2026-03-03T09:00:00+00:00",
    "client_told": "yes",
    "next_id": "x",
}
ASKS = {"sent", "acknowledged", "needs_information", "on_hold"}
FILLS = {"accepted", "booked", "did_not_attend", "in_treatment", "reported", "closed"}
OPEN = ASKS | FILLS - {"closed"}
"""States in which something is still expected of somebody."""
NINETY_DAYS = timedelta(days=90)


@dataclass
class LinkModel:
    revoked: bool = False
    confirmed_until: datetime | None = None


@dataclass
class Case:
    """A referral of the history; `seated` where it is for the seat."""

    referral_id: UUID
    receiver_id: UUID
    seated: bool
    has_client: bool
    outcome: str = ""
    links: dict[UUID, LinkModel] = field(default_factory=dict)

    @property
    def row(self) -> Referral:
        return db.session.get_one(Referral, self.referral_id)

    def learn_links(self) -> None:
        """Links made meanwhile."""
        for link in db.session.query(Link).filter_by(referral_id=self.referral_id):
            self.links.setdefault(link.id, LinkModel())


class Care:
    """A client of Wren's with one goal and one seat; `now` moves, nothing else does by itself."""

    def __init__(self, world: World) -> None:
        self.world, self.now = world, NOW
        self.cases: list[Case] = []
        self.consent_until: dict[UUID, date] = {}
        self.seat_model: tuple[str, UUID | None] = ("open", None)
        self.seat_ended_on: date | None = None
        assert world.wren.practitioner_id is not None
        client = a_client(world.wren.practitioner_id, NAME)
        goal = a_goal(client, "Dance at the wedding")
        seat = a_seat(goal, "dietitian")
        self.client_id, self.goal_id, self.seat_id = client.id, goal.id, seat.id
        db.session.commit()

    @contextmanager
    def doing(self) -> Iterator[list[CareteamError]]:
        """A minute later: all of it is kept, or nothing, and then the list says why."""
        self.now += timedelta(minutes=1)
        refused: list[CareteamError] = []
        with clock.stopped(self.now):
            forget()
            try:
                yield refused
                db.session.commit()
            except CareteamError as error:
                db.session.rollback()
                refused.append(error)
            reads.forget()

    def write(self, receiver_id: UUID, kind: str) -> None:
        with_client = kind != "nobody"
        letter = Letter(
            sender_id=self.world.wren.practitioner_id,
            receiver_id=receiver_id,
            reason="An aching ankle",
            question="May she bend the ankle?",
            client_id=self.client_id if with_client else None,
            goal_id=self.goal_id if with_client else None,
            seat_id=self.seat_id if kind == "seat" else None,
        )
        with self.doing() as refused:
            row = write_referral(actor=self.world.wren, letter=letter, referral_id=uuid4())
            self.cases.append(Case(row.id, receiver_id, kind == "seat", with_client))
        assert not refused

    def move(self, case: Case, who: str, action: Action, outcome: str) -> CareteamError | None:
        """`who`: sender, by hand, account, link, phone (of a browser that may be confirmed)
        or policy."""
        row = case.row
        before = self.wish(row.status, case.outcome)
        with self.doing() as refused:
            if who == "policy":
                make(SYSTEM, row, Move(action, DATA | {"outcome": outcome}, way=Way.POLICY))
            else:
                actor = self.actor(case, who)
                if actor is None:
                    return None
                act(
                    actor=actor,
                    referral=row,
                    action=action,
                    data=DATA | {"outcome": outcome},
                    way=Way.PHONE if who == "by hand" else Way.ACCOUNT,
                    by_hand=who == "by hand",
                )
        if not refused:
            case.outcome = outcome if action is Action.CLOSE else ""
            self.seat_follows(case, before, outcome)
        return refused[0] if refused else None

    def actor(self, case: Case, who: str) -> Actor | None:
        """None where that door is shut: no link that lives, no account."""
        if who in ("sender", "by hand"):
            return self.world.wren
        if who == "account":
            return self.world.rowan if case.receiver_id != self.world.juniper else None
        living = [id_ for id_, link in case.links.items() if not link.revoked]
        return link_actor(living[0], PHONE if who == "phone" else "") if living else None

    def seat_follows(self, case: Case, before: str, outcome: str = "") -> None:
        """The seat after a move: taken by a yes, asked for by a sending, free after an end.

        A move that only goes on leaves it as the lead has made it since.
        """
        state, who = self.seat_model
        after = self.wish(case.row.status, outcome)
        if not case.seated or state in ("not_wanted", "ended") or after == before:
            return
        if after:
            self.seat_model = (after, case.receiver_id)
        elif who == case.receiver_id:
            self.seat_model = ("open", None)

    def wish(self, status: str, outcome: str = "") -> str:
        """What a referral in this status wants of its seat; `outcome` where it is closed."""
        if status in FILLS and not (status == "closed" and outcome == "not_needed"):
            return "filled"
        return "referred" if status in ASKS else ""

    def agree(self, receiver_id: UUID) -> None:
        with self.doing() as refused:
            consent = record_consent(
                actor=self.world.wren,
                client=db.session.get_one(Client, self.client_id),
                consent_id=uuid4(),
                practitioner_id=receiver_id,
                goal_ids=[self.goal_id],
                choice="needed",
            )
            assert consent.until_on is not None
            self.consent_until[receiver_id] = consent.until_on
        assert not refused

    def disagree(self, receiver_id: UUID) -> None:
        with self.doing():
            standing = db.session.query(Consent).filter_by(
                client_id=self.client_id, practitioner_id=receiver_id, withdrawn_at=None
            )
            for consent in standing:
                withdraw_consent(actor=self.world.wren, consent=consent)
        self.consent_until.pop(receiver_id, None)

    @property
    def seat(self) -> Seat:
        return db.session.get_one(Seat, self.seat_id)

    # the model of what a link may read

    def agreed(self, case: Case) -> bool:
        until = self.consent_until.get(case.receiver_id)
        return until is not None and clock.day_of(self.now) <= until

    def lives(self, case: Case, link: LinkModel) -> bool:
        row = case.row
        if link.revoked or row.status in ("draft", "discarded"):
            return False
        if row.status in OPEN:
            return True
        assert row.status_at is not None
        state, who = self.seat_model
        rested_at = row.status_at
        if case.seated and who == case.receiver_id:
            if state == "filled":
                return True
            if state == "ended" and self.seat_ended_on:
                noon = datetime.combine(self.seat_ended_on, time(12), clock.local(self.now).tzinfo)
                rested_at = max(rested_at, noon.astimezone(UTC))
        return self.now < rested_at + NINETY_DAYS

    def is_confirmed(self, link: LinkModel) -> bool:
        return link.confirmed_until is not None and self.now < link.confirmed_until

    def is_named(self, case: Case, link: LinkModel) -> bool:
        may_read = not case.has_client or self.agreed(case)
        return self.is_confirmed(link) and may_read and case.row.status in FILLS

    def reaches_plan(self, case: Case, link: LinkModel) -> bool:
        sits = case.seated and self.seat_model == ("filled", case.receiver_id)
        return self.is_confirmed(link) and sits and self.agreed(case)
