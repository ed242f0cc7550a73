"""The steps that the policy takes by itself: remind the receiver, tell the sender, give up."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app, render_template

from careteam.access.actor import SYSTEM, Actor
from careteam.access.operation import operation
from careteam.domain.referral import Action, Route, Way
from careteam.domain.referral.policy import Step
from careteam.features.directory.queries import find_account_of, party_contacts
from careteam.features.outbox.operations import queue_message
from careteam.features.referrals import mails, moves
from careteam.features.referrals.chasing.planning import Planned, store_plans
from careteam.features.referrals.chasing.queries import mark_told
from careteam.features.referrals.handing_out import links_leave, mail_link
from careteam.features.referrals.letter import standing_consent
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict
from careteam.settings import Settings


def take(found: Planned, step: Step) -> Step | None:
    """Take one step in the running transaction; the step, or None where it could not be."""
    referral = db.session.get_one(Referral, found.case.referral_id, populate_existing=True)
    if step is Step.EXPIRE:
        give_up(actor=SYSTEM, referral=referral)
    elif step is Step.TELL:
        tell(actor=SYSTEM, referral=referral, found=found)
    elif not can_be_reached(referral):
        # No reminder leaves, so the sender is told now: that is planned anew.
        store_plans([replace(found, case=replace(found.case, unreachable=True))])
        return None
    else:
        remind(actor=SYSTEM, referral=referral)
    return step


def can_be_reached(referral: Referral) -> bool:
    """Whether a reminder can leave, and the client still agrees that they are asked."""
    if referral.client_id is not None and standing_consent(referral) is None:
        return False
    if referral.sent_by == Route.INBOX:
        return mails.has_inbox(referral.receiver_id)
    receiver = party_contacts([referral.receiver_id])[referral.receiver_id]
    return links_leave() and bool(receiver.email)


@operation(None, on="referral", action="referral.reminded")
def remind(*, actor: Actor, referral: Referral) -> Referral:
    """The event, and a mail: to the inbox of a member, else with a link of its own."""
    moves.make(actor, referral, moves.Move(Action.REMIND, way=Way.POLICY))
    sender = party_contacts([referral.sender_id])[referral.sender_id]
    if referral.sent_by == Route.INBOX:
        mails.remind(referral, sender.name)
    else:
        mail_link(
            referral, "emails/referral_link_reminder.txt", "{sender} still hopes for your answer"
        )
    return referral


@operation(None, on="referral", action="referral.given_up")
def give_up(*, actor: Actor, referral: Referral) -> Referral:
    """The time has run out. The seat opens again; a late answer still counts."""
    moves.make(actor, referral, moves.Move(Action.EXPIRE, way=Way.POLICY))
    return referral


@operation(None, on="referral", action="referral.sender_told")
def tell(*, actor: Actor, referral: Referral, found: Planned) -> Referral:
    """Mail the sender that an answer is overdue, once for each stretch of waiting.

    The row says that it was done, so that of two workers one writes. Today says the same without
    any mail. Raises `Conflict` for whoever comes second.
    """
    assert found.waiting is not None
    now = clock.now()
    if not mark_told(referral.id, now, found.waiting.since_at):
        raise Conflict("The sender has been told already.")
    store_plans([replace(found, case=replace(found.case, told_at=now))])
    account = find_account_of(referral.sender_id)
    if account is not None and account.disabled_at is None:
        receiver = party_contacts([referral.receiver_id])[referral.receiver_id]
        settings: Settings = current_app.extensions["careteam_settings"]
        address = f"{settings.public_url}/" if settings.links_can_leave else None
        queue_message(
            recipient=account.email,
            subject="An answer is overdue",
            body=render_template("emails/answer_overdue.txt", receiver=receiver, address=address),
            about_id=referral.id,
        )
    return referral
