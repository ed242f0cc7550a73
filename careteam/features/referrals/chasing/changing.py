"""What people decide about the clock: steps, pauses, and that they rang."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Action, Party, State, Way, may
from careteam.domain.referral.policy import Policy
from careteam.domain.referral.waiting import WAITED_FOR
from careteam.features.referrals import moves
from careteam.features.referrals.chasing.planning import is_editable, plan_anew
from careteam.features.referrals.chasing.queries import (
    find_default,
    find_policy,
    look_again,
    running_pause,
)
from careteam.features.referrals.models import ChaseDefault, ChasePause, ChasePolicy, Referral
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid

NAMES = ("remind_days", "tell_days", "propose_days", "expire_days")
LONGEST = 260
"""Working days of a year."""
REASONS = ("client", "receiver", "other")
NO_EARLIER = {
    "propose_days": "You are told first: this cannot be earlier.",
    "expire_days": "This comes last: it cannot be earlier.",
}
FOR_THE_TELEPHONE = "This is for the telephone: its time is fixed, and no message is a step."


@dataclass(frozen=True, slots=True)
class Steps:
    """Working days of waiting, as somebody chose them; None: never."""

    remind_days: int | None
    tell_days: int | None
    propose_days: int | None
    expire_days: int | None

    @classmethod
    def of(cls, policy: Policy) -> Steps:
        """Those of a policy in whole days."""
        days = (policy.remind, policy.tell, policy.propose, policy.expire)
        return cls(*(None if each is None else round(each) for each in days))

    def check(self) -> None:
        """Raises `Invalid` beside the field. Silence never goes unnoticed: somebody is told."""
        if self.tell_days is None:
            raise Invalid("After how many days are you told?", field="tell_days")
        for name in NAMES:
            days: int | None = getattr(self, name)
            if days is not None and not 1 <= days <= LONGEST:
                raise Invalid(f"Give 1 to {LONGEST} working days.", field=name)
        if self.remind_days is not None and self.remind_days > self.tell_days:
            raise Invalid("They are reminded first: this cannot be later.", field="remind_days")
        last = self.tell_days
        for name, words in NO_EARLIER.items():
            days = getattr(self, name)
            if days is not None and days < last:
                raise Invalid(words, field=name)
            last = days or last


@operation(Permission.MANAGE_COMMUNITY, action="community.steps_changed")
def change_default(*, actor: Actor, urgency: Urgency, steps: Steps) -> ChaseDefault:
    """What follows silence in this community, for every referral without steps of its own.

    Referrals under way are planned anew by the next round of the worker. Raises `Invalid`.
    """
    if not is_editable(urgency):
        raise Invalid(FOR_THE_TELEPHONE)
    steps.check()
    row = find_default(urgency)
    if row is None:
        row = ChaseDefault(urgency=urgency.value)
        db.session.add(row)
    _write(row, steps)
    look_again(urgency, clock.now())
    return row


@operation(Permission.WRITE_REFERRAL, on="referral", action="referral.steps_changed")
def choose_steps(*, actor: Actor, referral: Referral, steps: Steps, may_mail: bool) -> ChasePolicy:
    """Steps of this referral's own. Raises `Invalid`."""
    if not is_editable(Urgency(referral.urgency)):
        raise Invalid(FOR_THE_TELEPHONE)
    steps.check()
    row = find_policy(referral.id)
    if row is None:
        row = ChasePolicy(referral_id=referral.id)
        db.session.add(row)
    _write(row, steps)
    row.may_mail = may_mail
    db.session.flush()
    plan_anew(referral.id)
    return row


@operation(Permission.WRITE_REFERRAL, on="referral", action="referral.steps_changed")
def follow_community(*, actor: Actor, referral: Referral) -> Referral:
    """Back to the steps of the community."""
    row = find_policy(referral.id)
    if row is not None:
        db.session.delete(row)
        db.session.flush()
        plan_anew(referral.id)
    return referral


def _write(row: ChaseDefault | ChasePolicy, steps: Steps) -> None:
    for name in NAMES:
        setattr(row, name, getattr(steps, name))


@operation(Permission.WRITE_REFERRAL, on="referral", action="referral.paused")
def pause(
    *, actor: Actor, referral: Referral, pause_id: UUID, reason: str, until_on: date | None = None
) -> Referral:
    """Let the clock stand still, until a day or until further notice; that day counts again.

    Raises `Invalid` beside the field, `Conflict` where nobody is waited for or it stands already.
    """
    if reason not in REASONS:
        raise Invalid("Say why.", field="reason")
    if until_on is not None and until_on <= clock.today():
        raise Invalid("Give a day to come.", field="until_on")
    if referral.is_past or State(referral.status) not in WAITED_FOR:
        raise Conflict("Nobody is waited for here.")
    now = clock.now()
    if running_pause(referral.id, now) is not None:
        raise Conflict("The clock stands still already.")
    db.session.add(
        ChasePause(
            id=pause_id,
            referral_id=referral.id,
            from_at=now,
            until_at=_start_of(until_on) if until_on else None,
            reason=reason,
            by_name=actor.name,
        )
    )
    db.session.flush()
    plan_anew(referral.id)
    return referral


@operation(Permission.WRITE_REFERRAL, on="referral", action="referral.resumed")
def resume(*, actor: Actor, referral: Referral) -> Referral:
    """Let the clock run again from now. Raises `Conflict` where it runs."""
    now = clock.now()
    row = running_pause(referral.id, now)
    if row is None:
        raise Conflict("The clock runs already.")
    row.until_at = now
    db.session.flush()
    plan_anew(referral.id)
    return referral


def _start_of(day: date) -> datetime:
    zone = clock.local(clock.now()).tzinfo
    return datetime.combine(day, time.min, zone)


def note_call(actor: Actor, referral: Referral) -> None:
    """The sender spoke to the receiver: it counts as a reminder by hand and begins the clock anew.

    Nothing for anybody else, or where nobody is waited for.
    """
    is_sender = moves.side_of(actor, referral) is Party.SENDER
    state = State(referral.status)
    if is_sender and state in WAITED_FOR and may(state, Action.REMIND, Party.SENDER):
        _note_call(actor=actor, referral=referral)


@operation(Permission.WRITE_REFERRAL, on="referral", action="referral.called_about")
def _note_call(*, actor: Actor, referral: Referral) -> Referral:
    moves.make(actor, referral, moves.Move(Action.REMIND, way=Way.PHONE))
    return referral
