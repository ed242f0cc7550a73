"""What is mailed of a hand-over: who asks or answers, never whose record it is."""

from __future__ import annotations

from careteam.access.actor import Actor
from careteam.features.teams.covering.mails import tell
from careteam.features.teams.models import HandOver


def tell_proposed(actor: Actor, hand_over: HandOver) -> None:
    subject = f"{actor.name} asks you to take over"
    tell(actor, hand_over.practitioner_id, subject, "emails/hand_over_proposed.txt")


def tell_withdrawn(actor: Actor, hand_over: HandOver) -> None:
    subject = f"{actor.name} took a request back"
    tell(actor, hand_over.practitioner_id, subject, "emails/hand_over_withdrawn.txt")


def tell_refused(actor: Actor, hand_over: HandOver) -> None:
    """The word for both, without the name of whoever took back their agreement."""
    for who in (hand_over.author_id, hand_over.practitioner_id):
        if who is not None:
            tell(actor, who, "A hand-over is taken back", "emails/hand_over_refused.txt")


def tell_answer(actor: Actor, hand_over: HandOver) -> None:
    """The word for whoever asked."""
    if hand_over.author_id is None:
        return
    says_yes = hand_over.state == "accepted"
    answer = "takes over" if says_yes else "does not take over"
    template = "emails/hand_over_answered.txt"
    tell(actor, hand_over.author_id, f"{actor.name} {answer}", template, says_yes=says_yes)
