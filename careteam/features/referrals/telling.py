"""What the receiver is told of what the sender does after the letter has left.

Whoever asked something is told of the answer, whoever was asked that it is no longer needed, and
whoever said no or nothing that they are asked once more: nobody looks at a page again by themself.
Members are told in their inbox's way, others by a mail with a link of its own where the letter went
by link; what went by telephone or paper is told so.
"""

from __future__ import annotations

from careteam.access.actor import Actor
from careteam.domain.referral import Action, Party, Route, State
from careteam.features.directory.queries import party_contacts
from careteam.features.links.queries import ended_links_of
from careteam.features.referrals import mails
from careteam.features.referrals.handing_out import links_leave, mail_link
from careteam.features.referrals.models import Referral
from careteam.features.referrals.moves import side_of
from careteam.features.referrals.queries import events_of

NEWS = "news"
"""The purpose of a mail that says how a referral goes on; where no mail leaves by itself it is
shown to its sender to be copied, and it starts no clock."""
_BY_LINK = {
    Action.ANSWER: ("emails/referral_link_answered.txt", "{sender} has answered your question"),
    Action.WITHDRAW: ("emails/referral_link_withdrawn.txt", "{sender} no longer needs an answer"),
    Action.REOPEN: ("emails/referral_link.txt", "{sender} asks you once more"),
}


def tell_receiver(actor: Actor, referral: Referral, action: Action) -> None:
    """Queue the mail about the sender's own act that has just been made; nothing for other acts."""
    if action not in _BY_LINK or side_of(actor, referral) is not Party.SENDER:
        return
    if action is Action.ANSWER and _was_told_by_hand(referral):
        return
    if action is Action.REOPEN and referral.status != State.SENT:
        return
    if referral.sent_by == Route.INBOX:
        mails.tell(referral, actor.name, action)
    elif _reaches_by_link(referral, action):
        template, subject = _BY_LINK[action]
        mail_link(referral, template, subject, purpose=NEWS)


def _was_told_by_hand(referral: Referral) -> bool:
    """Whether the question came by telephone or letter; its answer goes the same way."""
    asked = [row for row in events_of(referral.id) if row.action == Action.ASK]
    return bool(asked) and asked[-1].entered_by is not None


def _reaches_by_link(referral: Referral, action: Action) -> bool:
    """Not by one that was ended, unless the sender asks anew."""
    if referral.sent_by not in (Route.MAIL, Route.LINK) or not links_leave():
        return False
    if action is not Action.REOPEN and ended_links_of([referral.id]):
        return False
    return bool(party_contacts([referral.receiver_id])[referral.receiver_id].email)
