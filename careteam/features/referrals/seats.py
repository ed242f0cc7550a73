"""The seat of a referral follows it: asked for while it is out, filled once it is accepted."""

from __future__ import annotations

from enum import Enum

from careteam.audit import reads
from careteam.domain.referral import Action, Outcome, Standing, State
from careteam.features.directory.queries import names_of
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import other_sent_for, seat_of
from careteam.features.teams.models import Seat
from careteam.features.teams.operations import TAKEN, taken_words
from careteam.kit import clock
from careteam.kit.errors import Conflict

ASKING = frozenset({State.SENT, State.ACKNOWLEDGED, State.NEEDS_INFORMATION, State.ON_HOLD})
FILLING = frozenset(
    {
        State.ACCEPTED,
        State.BOOKED,
        State.DID_NOT_ATTEND,
        State.IN_TREATMENT,
        State.REPORTED,
        State.CLOSED,
    }
)
NOTHING_CAME_OF_IT = frozenset({Outcome.NEVER_ATTENDED, Outcome.NOT_NEEDED, Outcome.NOT_POSSIBLE})
CARE_ENDED = "Their care has ended"


class _Wish(Enum):
    """What a referral wishes of its seat."""

    NOTHING = 0
    ASKED = 1
    FILLED = 2
    ENDED = 3


def follow(referral: Referral, before: Standing, after: Standing) -> None:
    """Bring the referral's seat in line when the referral begins to ask, is taken on, or ends.

    In between it stays as the lead has made it since: a report or a delivered mail brings nobody
    back on a team. Nobody is asked for a seat that is not wanted or has ended; one that became so
    meanwhile stays so, whatever the answer. Whoever reported that their care has ended leaves the
    team when that is closed, and is back when it is opened again. Raises `Conflict` with the name
    of whoever fills it or is asked.

    The team's own operations are the lead's; here the receiver's answer moves the seat.
    """
    wish = _wish(after)
    if wish is _wish(before):
        return
    with reads.unseen():
        seat = seat_of(referral)
    if seat is None:
        return
    if _wish(before) is _Wish.ENDED and _is_at_rest_for(seat, referral):
        seat.state, seat.state_reason, seat.decided_on = "filled", None, None
    if seat.state in ("not_wanted", "ended"):
        if after.last is not None and after.last.action is Action.SEND:
            raise Conflict(TAKEN[seat.state])
        return
    if wish is _Wish.FILLED:
        _fill(seat, referral)
    elif wish is _Wish.ENDED:
        _end(seat, referral)
    elif wish is _Wish.ASKED:
        _ask(seat, referral)
    elif seat.practitioner_id == referral.receiver_id and not seat.is_own:
        _open(seat)


def _wish(standing: Standing) -> _Wish:
    goes_on = standing.outcome is Outcome.CONTINUES
    if standing.state is State.CLOSED and standing.care_ended and not goes_on:
        return _Wish.ENDED
    if standing.state in FILLING and standing.outcome not in NOTHING_CAME_OF_IT:
        return _Wish.FILLED
    return _Wish.ASKED if standing.state in ASKING else _Wish.NOTHING


def _fill(seat: Seat, referral: Referral) -> None:
    if seat.state == "filled":
        if seat.practitioner_id != referral.receiver_id:
            raise Conflict(taken_words(seat))
        return
    if other_sent_for(seat.id, referral.id) is not None:
        # the late receiver reads this: whom the sender asked since is not theirs to know
        raise Conflict("Somebody else has been asked for this place meanwhile. Ask the sender.")
    seat.practitioner_id = referral.receiver_id
    seat.state = "filled"
    seat.filled_on = clock.today()


def _end(seat: Seat, referral: Referral) -> None:
    """As by the lead's hand: who sat there stays named, and reaches nothing of the client."""
    if seat.state == "filled" and seat.practitioner_id == referral.receiver_id:
        seat.state, seat.state_reason = "ended", CARE_ENDED
        seat.decided_on = clock.today()


def _is_at_rest_for(seat: Seat, referral: Referral) -> bool:
    is_theirs = seat.practitioner_id == referral.receiver_id
    return seat.state == "ended" and is_theirs and seat.state_reason == CARE_ENDED


def _ask(seat: Seat, referral: Referral) -> None:
    if seat.state == "filled":
        raise Conflict(taken_words(seat))
    _refuse_second(seat, referral)
    seat.practitioner_id = referral.receiver_id
    seat.state = "referred"


def _refuse_second(seat: Seat, referral: Referral) -> None:
    """One person at a time is asked: two who accept would leave one of them let down."""
    other = other_sent_for(seat.id, referral.id)
    if other is not None:
        name = names_of([other]).get(other, "Somebody")
        raise Conflict(f"{name} has been asked for this place already. Withdraw that one first.")


def _open(seat: Seat) -> None:
    seat.state = "open"
    seat.practitioner_id = None
    seat.filled_on = None


def taken_meanwhile(referral: Referral) -> str | None:
    """Who was quicker to take the place and when, None where nobody has it."""
    with reads.unseen():
        seat = seat_of(referral)
    return taken_words(seat) if seat is not None and seat.state == "filled" else None
