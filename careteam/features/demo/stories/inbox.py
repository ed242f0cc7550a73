"""What others sent to the lead and wait for, without a client's record."""

from __future__ import annotations

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Route
from careteam.features.demo.cast import MAIN
from careteam.features.demo.keys import practitioner_id, sample_id
from careteam.features.demo.stories.story import Cast
from careteam.features.letters.sending import send_letter
from careteam.features.referrals.operations import Letter, write_referral

WAITING = (
    ("hugo", 1, "Tight calves before a first half marathon.", "Could you see her this month?"),
    ("pascoe", 3, "Shoulders and neck, feeding a new baby.", "Do you have a morning free?"),
)


def tell(cast: Cast) -> None:
    for key, days_ago, reason, question in WAITING:
        sender = cast.members[key]
        with cast.then(days_ago, 9):
            letter = Letter(
                sender_id=sender.practitioner_id,
                receiver_id=practitioner_id(MAIN),
                urgency=Urgency.ROUTINE,
                reason=reason,
                question=question,
            )
            referral = write_referral(
                actor=sender,
                letter=letter,
                referral_id=sample_id("inbox", key),
                is_sample=True,
            )
            send_letter(actor=sender, referral=referral, route=Route.INBOX)
