"""A mail server took the mail that hands a referral over: the event from which the clock runs."""

from __future__ import annotations

from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.domain.referral import Action, Route, Way, may
from careteam.domain.referral.values import Party, State
from careteam.features.referrals import moves
from careteam.features.referrals.models import Referral
from careteam.kit.db import db

HAND_OVER = "referral"
"""The purpose of a mail that carries a referral to its receiver."""


def note_delivery(*, actor: Actor, about_id: UUID | None, purpose: str | None) -> None:
    """For whoever delivers mail: write the event, once for each sending, where it is one.

    The actor is the application, or the sender who sent it by hand. The mail may be taken after the
    referral was withdrawn and opened again as a draft; then there is nothing to write.
    """
    if purpose != HAND_OVER or about_id is None:
        return
    referral = db.session.get(Referral, about_id, populate_existing=True)
    if referral is None or referral.sent_by != Route.MAIL or referral.delivered_at is not None:
        return
    if may(State(referral.status), Action.DELIVER, Party.POLICY):
        _record(actor=actor, referral=referral)


@operation(None, on="referral", action="referral.delivered")
def _record(*, actor: Actor, referral: Referral) -> Referral:
    way = Way.POLICY if actor.kind is Kind.SYSTEM else Way.ACCOUNT
    moves.make(actor, referral, moves.Move(Action.DELIVER, way=way))
    return referral
