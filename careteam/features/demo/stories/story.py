"""The desk from which a story is played: the clock set back, the lead acting, the others answering.

Every step is the operation that a person would have used, so rules, folds and trails follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from careteam.access.actor import Actor
from careteam.domain.planning import CLIENT, Answer
from careteam.domain.referral import Action, Contact, Route, Way
from careteam.features.accounts.queries import actor_of
from careteam.features.clients.details import Details
from careteam.features.clients.goals import Wording, add_goal
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.operations import add_client
from careteam.features.consents.operations import record_consent
from careteam.features.demo.answering import at_work
from careteam.features.demo.cast import CAST, MAIN
from careteam.features.demo.keys import practitioner_id, sample_id
from careteam.features.demo.queries import sample_accounts
from careteam.features.letters.sending import send_letter
from careteam.features.measures.operations import record_measurement
from careteam.features.notes.choosing import TEAM
from careteam.features.notes.operations import write_note
from careteam.features.plans.agreeing import (
    Entered,
    Said,
    answer_version,
    publish_version,
    record_answer,
)
from careteam.features.plans.changes import values_of
from careteam.features.plans.checking import Progress, Structure
from careteam.features.plans.making import make_plan
from careteam.features.plans.operations import change_milestone, move_milestone
from careteam.features.plans.queries import list_milestones
from careteam.features.plans.schedule import load_plan, template_key
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import Letter, act, write_referral
from careteam.features.teams.models import Seat
from careteam.features.teams.operations import fill_seat
from careteam.features.teams.precautions.operations import NewPrecaution, lay_precaution
from careteam.features.teams.proposing import propose_team
from careteam.features.teams.queries import seats_of
from careteam.features.teams.screening import answer_screening
from careteam.kit import clock


@dataclass(frozen=True, slots=True)
class Cast:
    """Who can act, by key. `now` is when the sample is made."""

    members: Mapping[str, Actor]
    now: datetime

    @classmethod
    def assembled(cls) -> Cast:
        keys = {practitioner_id(person.key): person.key for person in CAST}
        found = {
            keys[account.practitioner_id]: actor_of(account)
            for account in sample_accounts()
            if account.practitioner_id in keys
        }
        return cls(found, clock.now())

    @property
    def lead(self) -> Actor:
        return self.members[MAIN]

    def moment(self, days_ago: float, hour: int = 10) -> datetime:
        """A working hour so many days ago."""
        day = clock.local(self.now - timedelta(days=days_ago))
        at = at_work(day.replace(hour=hour, minute=20, second=0, microsecond=0))
        return min(at, self.now)

    def day(self, days_ago: int) -> date:
        return clock.day_of(self.now) - timedelta(days=days_ago)

    @contextmanager
    def then(self, days_ago: float, hour: int = 10) -> Iterator[None]:
        """Everything inside happens so many days ago."""
        with clock.stopped(self.moment(days_ago, hour)):
            yield


@dataclass(frozen=True, slots=True)
class Step:
    """What the receiver did so many days ago, or the sender where `by_sender`."""

    days_ago: float
    action: Action
    data: Mapping[str, object] | None = None
    by_sender: bool = False


@dataclass(slots=True)
class Story:
    """One client with one goal, told by the lead."""

    cast: Cast
    key: str
    client: Client
    goal: Goal

    @classmethod
    def begin(
        cls,
        cast: Cast,
        key: str,
        details: Details,
        wording: Wording,
        pathway: str | None,
        *,
        days_ago: int,
        anchor_on: date | None = None,
    ) -> Story:
        """The first visit: record, consent to keep it, goal, and the team that the pathway has."""
        lead = cast.lead
        with cast.then(days_ago):
            client = add_client(
                actor=lead, client_id=sample_id("client", key), details=details, is_sample=True
            )
            goal = add_goal(
                actor=lead,
                client=client,
                goal_id=sample_id("goal", key),
                wording=wording,
                pathway=pathway,
                anchor_on=anchor_on,
            )
            propose_team(actor=lead, goal=goal)
        return cls(cast, key, client, goal)

    def answer(self, days_ago: int, **answers: str | float) -> None:
        with self.cast.then(days_ago, 11):
            answer_screening(actor=self.cast.lead, goal=self.goal, answers=answers)

    def seat(self, discipline: str) -> Seat:
        return next(seat for seat in seats_of(self.goal.id) if seat.discipline == discipline)

    def own(self, days_ago: int, discipline: str, key: str, also: Collection[str] = ()) -> None:
        """Whom the client had already, with what the client lets them know.

        `also` are classes with a yes of their own, here and in `refer`.
        """
        with self.cast.then(days_ago, 12):
            fill_seat(
                actor=self.cast.lead,
                seat=self.seat(discipline),
                practitioner_id=practitioner_id(key),
                is_own=True,
            )
            self._consent(key, discipline, also)

    def _consent(self, key: str, discipline: str, also: Collection[str]) -> None:
        record_consent(
            actor=self.cast.lead,
            client=self.client,
            consent_id=sample_id("consent", self.key, key),
            practitioner_id=practitioner_id(key),
            goal_ids=[self.goal.id],
            choice="needed",
            items=also,
            disciplines=[discipline],
        )

    def refer(
        self,
        days_ago: int,
        discipline: str,
        key: str,
        *,
        reason: str,
        question: str,
        also: Collection[str] = (),
        steps: Collection[Step] = (),
        previous: Referral | None = None,
    ) -> Referral:
        """Consent, letter, sending, and what became of it."""
        lead = self.cast.lead
        with self.cast.then(days_ago, 14):
            self._consent(key, discipline, also)
            letter = Letter(
                sender_id=lead.practitioner_id,
                receiver_id=practitioner_id(key),
                reason=reason,
                question=question,
                client_id=self.client.id,
                goal_id=self.goal.id,
                seat_id=self.seat(discipline).id,
                previous_id=previous.id if previous else None,
            )
            referral = write_referral(
                actor=lead,
                letter=letter,
                referral_id=sample_id("story referral", self.key, key),
                is_sample=True,
            )
            route = Route.INBOX if key in self.cast.members else Route.PHONE
            send_letter(actor=lead, referral=referral, route=route)
        for step in steps:
            self._take(referral, key, step)
        return referral

    def _take(self, referral: Referral, key: str, step: Step) -> None:
        by_hand = not step.by_sender and key not in self.cast.members
        actor = self.cast.lead if step.by_sender or by_hand else self.cast.members[key]
        with self.cast.then(step.days_ago, 15):
            act(
                actor=actor,
                referral=referral,
                action=step.action,
                data=step.data,
                way=Way.PHONE if by_hand else Way.ACCOUNT,
                by_hand=by_hand,
            )

    def plan(self, days_ago: int) -> None:
        with self.cast.then(days_ago, 16):
            make_plan(actor=self.cast.lead, goal=self.goal)

    def reach(self, template: str, days_ago: int, status: str = "done") -> None:
        """Say how far the milestone of this template is."""
        wanted = template_key(self.goal.pathway or "", template)
        with self.cast.then(days_ago, 17):
            row = next(
                row for row in list_milestones(self.cast.lead, self.goal) if row.template == wanted
            )
            move_milestone(
                actor=self.cast.lead, milestone=row, version=row.version, progress=Progress(status)
            )

    def agree(self, days_ago: int, members: Collection[str], by_hand: Collection[str]) -> None:
        """Publish the plan; these members agree, these roles and the client by word of mouth."""
        with self.cast.then(days_ago, 9):
            version = publish_version(actor=self.cast.lead, goal=self.goal, after=0)
        with self.cast.then(days_ago - 1, 10):
            for key in members:
                answer_version(
                    actor=self.cast.members[key], version=version, said=Said(Answer.AGREED)
                )
            for party in (CLIENT, *(str(self.seat(each).id) for each in by_hand)):
                record_answer(
                    actor=self.cast.lead,
                    version=version,
                    party=party,
                    said=Said(Answer.AGREED),
                    entered=Entered("in_person" if party == CLIENT else "phone", clock.today()),
                )

    def put_off(self, template: str, days_ago: int, days: int) -> None:
        """Give the milestone of this template a later date."""
        wanted = template_key(self.goal.pathway or "", template)
        with self.cast.then(days_ago, 17):
            plan = load_plan(self.cast.lead, self.goal)
            row = next(row for row in plan.rows if row.template == wanted)
            structure = replace(
                Structure.of(values_of(row, plan.awaited.get(row.id, ()))),
                due_on=row.due_on + timedelta(days=days),
                lags=None,
            )
            change_milestone(
                actor=self.cast.lead, milestone=row, version=row.version, structure=structure
            )

    def measure(self, measure: str, values: Mapping[int, float]) -> None:
        """Values by how many days ago they were taken."""
        for days_ago, value in values.items():
            with self.cast.then(days_ago, 10):
                record_measurement(
                    actor=self.cast.lead,
                    goal=self.goal,
                    measurement_id=sample_id("measurement", self.key, measure, days_ago),
                    measure=measure,
                    value=value,
                    taken_on=clock.today(),
                )

    def note(
        self, days_ago: int, key: str, body: str, information_class: str, audience: str = TEAM
    ) -> None:
        """A member of the cast writes a note about the client."""
        with self.cast.then(days_ago, 18):
            write_note(
                actor=self.cast.members[key],
                goal=self.goal,
                note_id=sample_id("note", self.key, key, days_ago),
                body=body,
                audience=audience,
                information_class=information_class,
            )

    def hold(self, days_ago: int, key: str, what: str, why: str) -> None:
        """A member of the cast stops something that is no hands-on work."""
        with self.cast.then(days_ago, 18):
            actor = self.cast.members[key]
            lay_precaution(
                actor=actor,
                goal=self.goal,
                precaution_id=sample_id("precaution", self.key, key, days_ago),
                new=NewPrecaution(
                    kind="hold",
                    scope="none",
                    what=what,
                    why=why,
                    said_by_id=actor.practitioner_id,
                    shares_why=True,
                ),
            )


def accepted(days_ago: float, contact: Contact = Contact.RECEIVER) -> Step:
    return Step(days_ago, Action.ACCEPT, {"contact": contact})


def booked(cast: Cast, days_ago: float, visit_days_ago: float, place: str = "") -> Step:
    """`visit_days_ago` is negative for a visit still to come."""
    start = at_work(cast.now.replace(hour=11, minute=0, second=0) - timedelta(days=visit_days_ago))
    data = {"start_at": start, "end_at": start + timedelta(hours=1), "place": place}
    return Step(days_ago, Action.BOOK, data)
