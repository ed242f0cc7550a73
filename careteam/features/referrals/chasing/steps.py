"""The steps that the policy takes by itself: remind the receiver, tell the sender, give up.

They ask the database nothing: what they need was read for the whole batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from flask import current_app, render_template

from careteam.access.actor import SYSTEM, Actor
from careteam.access.operation import operation, together
from careteam.domain.referral import Action, Route, Way
from careteam.domain.referral.policy import Step
from careteam.features.outbox.operations import queue_message
from careteam.features.referrals import mails, moves
from careteam.features.referrals.chasing.knowing import Due, Known
from careteam.features.referrals.chasing.planning import Planned
from careteam.features.referrals.chasing.queries import Case, mark_told
from careteam.features.referrals.handing_out import mail_link
from careteam.features.referrals.models import Referral
from careteam.settings import Settings


@dataclass(slots=True)
class Taken:
    """The steps taken, and the plans that hold after them."""

    steps: list[Step] = field(default_factory=list)
    plans: list[Planned] = field(default_factory=list)


def take_all(due: Sequence[Due], known: Known) -> Taken:
    """Take these steps in the running transaction. The number of statements is that of one."""
    taken, told = Taken(), list[UUID]()
    cases: list[Case] = []
    with together():
        for found, step in due:
            referral = known.referrals[found.case.referral_id]
            if step is Step.REMIND and not can_be_reached(referral, known):
                # No reminder leaves, so the sender is told now: that is planned anew.
                cases.append(replace(found.case, unreachable=True))
                continue
            cases.append(_take(found, step, referral, known))
            taken.steps.append(step)
            if step is Step.TELL:
                told.append(referral.id)
    if told:
        mark_told(told, known.grounds.now)
    taken.plans = [known.grounds.plan(case) for case in cases]
    return taken


def _take(found: Planned, step: Step, referral: Referral, known: Known) -> Case:
    case = found.case
    if step is Step.TELL:
        is_lost = found.waiting is not None and found.waiting.lost_at is not None
        (tell_of_loss if is_lost else tell)(actor=SYSTEM, referral=referral, known=known)
        return replace(case, told_at=known.grounds.now)
    if step is Step.EXPIRE:
        give_up(actor=SYSTEM, referral=referral, known=known)
    else:
        remind(actor=SYSTEM, referral=referral, known=known)
    # What could not be reached before may be reached now.
    return replace(case, unreachable=False)


def can_be_reached(referral: Referral, known: Known) -> bool:
    """Whether a reminder can leave, and the client still agrees that they are asked."""
    if not known.may_be_asked(referral):
        return False
    if referral.sent_by == Route.INBOX:
        return referral.receiver_id in known.inboxes
    return referral.id in known.links


def _move(actor: Actor, referral: Referral, known: Known, action: Action) -> None:
    events = known.grounds.events[referral.id]
    events.append(moves.append(actor, referral, events, moves.Move(action, way=Way.POLICY)))


@operation(None, on="referral", action="referral.reminded")
def remind(*, actor: Actor, referral: Referral, known: Known) -> Referral:
    """The event, and a mail: to the inbox of a member, else with a link of its own."""
    _move(actor, referral, known, Action.REMIND)
    if referral.sent_by == Route.INBOX:
        sender = known.people[referral.sender_id]
        mails.remind(referral, sender.name, known.inboxes[referral.receiver_id])
    else:
        mail_link(
            referral,
            "emails/referral_link_reminder.txt",
            "{sender} still hopes for your answer",
            known.ends(referral),
        )
    return referral


@operation(None, on="referral", action="referral.given_up")
def give_up(*, actor: Actor, referral: Referral, known: Known) -> Referral:
    """The time has run out. The seat opens again; a late answer still counts."""
    _move(actor, referral, known, Action.EXPIRE)
    return referral


@operation(None, on="referral", action="referral.sender_told")
def tell(*, actor: Actor, referral: Referral, known: Known) -> Referral:
    """Mail the sender that an answer is overdue, once for each stretch of waiting.

    Today says the same without any mail.
    """
    _mail_sender(referral, known, "An answer is overdue", "emails/answer_overdue.txt")
    return referral


@operation(None, on="referral", action="referral.loss_told")
def tell_of_loss(*, actor: Actor, referral: Referral, known: Known) -> Referral:
    """Mail the sender, at once, that what was mailed to the receiver did not arrive."""
    _mail_sender(referral, known, "A mail did not arrive", "emails/mail_lost.txt")
    return referral


def _mail_sender(referral: Referral, known: Known, subject: str, template: str) -> None:
    email = known.inboxes.get(referral.sender_id)
    if email is None:
        return
    settings: Settings = current_app.extensions["careteam_settings"]
    address = f"{settings.public_url}/" if settings.links_can_leave else None
    receiver = known.people[referral.receiver_id]
    queue_message(
        recipient=email,
        subject=subject,
        body=render_template(template, receiver=receiver, address=address),
        about_id=referral.id,
    )
