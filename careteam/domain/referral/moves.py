"""Making a move: allowed by the table, complete, and the first of its kind."""

from datetime import datetime

from careteam.domain.referral.labels import action_label, state_label
from careteam.domain.referral.needs import Data, checked
from careteam.domain.referral.refusals import Refused
from careteam.domain.referral.standing import advance
from careteam.domain.referral.table import ENTRIES, TABLE, Move, move_for
from careteam.domain.referral.values import (
    BY_HAND_WAYS,
    Action,
    Event,
    Matter,
    Party,
    Standing,
    State,
    Way,
)

_STAGE = {
    State.DRAFT: 0,
    State.SENT: 1,
    State.ACKNOWLEDGED: 2,
    State.NEEDS_INFORMATION: 2,
    State.ON_HOLD: 2,
    State.ACCEPTED: 3,
    State.BOOKED: 4,
    State.DID_NOT_ATTEND: 4,
    State.IN_TREATMENT: 5,
    State.REPORTED: 6,
    State.CLOSED: 7,
    State.DECLINED: 7,
    State.REDIRECTED: 7,
    State.WITHDRAWN: 7,
    State.EXPIRED: 7,
    State.DISCARDED: 7,
}
"""How far along a state is; only for telling 'already' from 'not yet'."""


OF_A_VISIT = frozenset({Action.SEEN, Action.NOT_ATTENDED})
NOT_YET = (
    "The appointment is on {when}, still to come. If the time was changed, book it anew first."
)


def apply(
    standing: Standing,
    action: Action,
    party: Party,
    *,
    by: str,
    at: datetime,
    way: Way = Way.ACCOUNT,
    data: Data | None = None,
    on_behalf_of: str | None = None,
    matter: Matter | None = None,
    now: datetime | None = None,
) -> tuple[Event, Standing]:
    """The event that `action` makes, and the standing after it.

    `party` and `by` are the side and the name of the person acting. A sender who records what the
    receiver did gives the receiver's name as `on_behalf_of` and the way it was told; `at` is then
    when it happened, not later than `now` (default `at`). Raises Refused with a plain sentence,
    `field` naming what is missing in `data`.
    """
    by_hand = on_behalf_of is not None
    if action is Action.TELL_CLIENT and standing.client_told_at is not None:
        raise Refused("The client has been told already.")
    _check_move(standing, action, party, by_hand=by_hand)
    _check_way(party, way, by_hand=by_hand)
    _check_time(standing, at, now or at)
    _check_visit(standing, action, at)
    event = Event(
        number=standing.number + 1,
        action=action,
        at=at,
        by=by if on_behalf_of is None else on_behalf_of,
        party=Party.RECEIVER if by_hand else party,
        way=way,
        data=checked(action, data or {}, at, matter or Matter()),
        entered_by=by if by_hand else None,
    )
    return event, advance(standing, event)


def _check_move(standing: Standing, action: Action, party: Party, *, by_hand: bool) -> None:
    move = move_for(standing.state, action)
    if move is None:
        raise _not_now(standing, action)
    if by_hand and party is Party.SENDER and Party.RECEIVER in move.parties:
        return
    if by_hand or party not in move.parties:
        raise Refused(_not_theirs(action, move, party))


def _not_now(standing: Standing, action: Action) -> Refused:
    last = standing.last
    if last is not None and (last.action is action or _stage_of(action) < _STAGE[standing.state]):
        return Refused(first=last)
    label = action_label(action)
    return Refused(f'"{label}" is not possible while this is "{state_label(standing.state)}".')


def _stage_of(action: Action) -> int:
    states = ENTRIES.get(action) or {state for state, moves in TABLE.items() if action in moves}
    return min(_STAGE[state] for state in states)


def _not_theirs(action: Action, move: Move, party: Party) -> str:
    label = action_label(action)
    if party is Party.SENDER and Party.RECEIVER in move.parties:
        return (
            f'Only the person it was sent to can say "{label}". '
            "If they told you, enter it as told by telephone, e-mail, letter or in person."
        )
    if Party.SENDER in move.parties:
        return f'Only the sender can choose "{label}".'
    if Party.RECEIVER in move.parties:
        return f'Only the person it was sent to can say "{label}".'
    return f'"{label}" happens by itself when the time has run out.'


def _check_way(party: Party, way: Way, *, by_hand: bool) -> None:
    """Refuse a way that this side cannot have used: a slip of the calling code."""
    fits = {
        Party.SENDER: BY_HAND_WAYS if by_hand else BY_HAND_WAYS | {Way.ACCOUNT},
        Party.RECEIVER: {Way.ACCOUNT, Way.LINK},
        Party.POLICY: {Way.POLICY, Way.IMPORT},
    }[party]
    if way not in fits:
        raise Refused(
            "Please say how you were told: by telephone, e-mail, letter or in person.", field="way"
        )


def _check_visit(standing: Standing, action: Action, at: datetime) -> None:
    if is_too_early(standing, action, at):
        assert standing.appointment is not None
        raise Refused(NOT_YET, when=standing.appointment.start_at)


def is_too_early(standing: Standing, action: Action, at: datetime) -> bool:
    """Nobody is seen or missed before the booked time; where none is known, any time does."""
    booked = standing.appointment
    return action in OF_A_VISIT and booked is not None and at < booked.start_at


def _check_time(standing: Standing, at: datetime, now: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    if at > now:
        raise Refused("This lies in the future.", field="at")
    if standing.sent_at is not None and at < standing.sent_at:
        raise Refused("This lies before the referral was sent.", field="at")
