"""What a letter needs before it leaves, on whatever surface it was written."""

from __future__ import annotations

from careteam.audit import reads
from careteam.domain.referral import Action, Refused, Route
from careteam.domain.referral.beside import check_beside
from careteam.domain.referral.needs import checked
from careteam.domain.referral.values import needs_telephone
from careteam.features.consents.queries import consent_in_force
from careteam.features.referrals import mails
from careteam.features.referrals.handing_out import ONLY_HERE, links_leave
from careteam.features.referrals.history import matter_of
from careteam.features.referrals.models import Referral
from careteam.features.teams.effects import GoalOutcome, standing_outcomes
from careteam.features.teams.models import Seat
from careteam.features.teams.pressing import first_of, is_seat_for_telephone
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid, check_all

NO_CONSENT = (
    "Nothing leaves before the client agrees. Say how the consent was given, or keep it as a draft."
)
WORDS_NEEDED = {
    "reason": "Give the reason in one sentence.",
    "question": "Ask one question: what should they do or answer?",
}
"""What a letter needs before it leaves, by field, with what is said where it is missing."""


def check_leaving(referral: Referral, route: str, spoken_to: str | None) -> None:
    """Raises one `Invalid` that names all there is beside `reason`, `question`, `route`,
    `spoken_to`, `urgency` and `how_given`."""
    check_all(
        lambda: _require_words(referral),
        lambda: _require_route(referral, route, spoken_to),
        lambda: require_urgency(referral),
        lambda: require_consent(referral),
    )


def words_missing(referral: Referral) -> tuple[str, ...]:
    """Which of the words a letter needs are still to be written, by field."""
    return tuple(name for name in WORDS_NEEDED if not getattr(referral, name))


def _require_words(referral: Referral) -> None:
    missing = [Invalid(WORDS_NEEDED[name], field=name) for name in words_missing(referral)]
    if missing:
        raise Invalid(missing[0].message, field=missing[0].field, others=missing[1:])


def _require_route(referral: Referral, route: str, spoken_to: str | None) -> None:
    if route == Route.INBOX and not mails.has_inbox(referral.receiver_id):
        raise Invalid("They have no account here. Hand it over another way.", field="route")
    if route in (Route.MAIL, Route.LINK) and not links_leave():
        raise Invalid(ONLY_HERE, field="route")
    given = {"route": route, "spoken_to": spoken_to}
    try:
        checked(Action.SEND, given, clock.now(), matter_of(referral))
    except Refused as refused:
        raise Invalid(refused.text, field=refused.field) from None


def require_consent(referral: Referral) -> None:
    """The client agrees today that the receiver is told. Raises `Invalid`."""
    if referral.client_id is None or referral.goal_id is None:
        return
    day = clock.today()
    if consent_in_force(referral.client_id, referral.receiver_id, referral.goal_id, day) is None:
        raise Invalid(NO_CONSENT, field="how_given")


def require_urgency(referral: Referral) -> None:
    """Beside what is for the telephone no letter that can wait leaves. Raises `Invalid`."""
    if needs_telephone(referral.urgency):
        return
    found = _outcome(referral)
    first = first_of(found)
    try:
        check_beside(
            referral.urgency,
            seat_is_for_today=_is_seat_for_today(referral, found),
            pressing=first.urgency if first is not None else None,
        )
    except Refused as refused:
        raise Invalid(refused.text, field=refused.field) from None


def _outcome(referral: Referral) -> GoalOutcome | None:
    """What the rules make of the goal while it stands."""
    if referral.client_id is None:
        return None
    standing = standing_outcomes(referral.client_id)
    return next((each for each in standing if each.goal.id == referral.goal_id), None)


def _is_seat_for_today(referral: Referral, found: GoalOutcome | None) -> bool:
    if found is None or referral.seat_id is None:
        return False
    with reads.unseen():
        seat = db.session.get_one(Seat, referral.seat_id)
    return seat.state == "open" and is_seat_for_telephone(found, seat)
