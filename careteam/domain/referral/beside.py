"""A letter that can wait, beside what cannot: a message is never pretended to be enough."""

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral.refusals import Refused
from careteam.domain.referral.values import needs_telephone

BY_TELEPHONE = (
    "This is for today, by telephone: choose emergency or same day, and say to whom you spoke."
)
ANSWER_FIRST = "Answer the emergency first: no letter that can wait leaves before."


def check_beside(
    urgency: Urgency | str, *, seat_is_for_today: bool, pressing: Urgency | None
) -> None:
    """Refuse a letter that can wait where only a call will do.

    `seat_is_for_today`: the rules send the client to this place today, whether that was answered or
    not. `pressing` is the most urgent open matter of the goal. Raises Refused beside `urgency`.
    """
    if needs_telephone(urgency):
        return
    if seat_is_for_today:
        raise Refused(BY_TELEPHONE, field="urgency")
    if pressing is Urgency.EMERGENCY:
        raise Refused(ANSWER_FIRST, field="urgency")
