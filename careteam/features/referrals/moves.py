"""Making one move of a referral: by the table, numbered, folded, one winner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from careteam.access.actor import Actor
from careteam.domain.referral import Action, Event, Party, Refused, Standing, Way, apply, fold
from careteam.features.directory.queries import names_of
from careteam.features.referrals import seats
from careteam.features.referrals.chasing.planning import plan_after_move
from careteam.features.referrals.history import event_of, matter_of, row_of, standing_of, store
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import events_of
from careteam.kit import clock
from careteam.kit.db import broken_unique_columns, db
from careteam.kit.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody does. `by_hand`: the sender writes down what the receiver said, by `way`.

    `at` is when it happened, now when left out.
    """

    action: Action
    data: Mapping[str, object] = field(default_factory=dict)
    way: Way = Way.ACCOUNT
    by_hand: bool = False
    at: datetime | None = None


def side_of(actor: Actor, referral: Referral) -> Party:
    """The side the actor stands on; the policy for the application itself."""
    if actor.practitioner_id == referral.sender_id:
        return Party.SENDER
    if actor.practitioner_id == referral.receiver_id:
        return Party.RECEIVER
    return Party.POLICY


def make(actor: Actor, referral: Referral, move: Move) -> Standing:
    """Append the event and store what follows from it. For operations only.

    Raises `Invalid` for what is missing, `Conflict` with name and time when another was first.
    """
    referral_id, zone = referral.id, _zone()
    _hold(referral)
    events = [event_of(row) for row in events_of(referral_id)]
    before, event, standing = _judged(actor, referral, move, events)
    try:
        # The event goes first: its number decides who was first, on every database.
        db.session.add(row_of(referral_id, event, actor.practitioner_id))
        db.session.flush()
        store(referral, standing)
        seats.follow(referral, before, standing)
        db.session.flush()
        plan_after_move(referral_id, [*events, event], standing.state)
    except (IntegrityError, StaleDataError) as error:
        if isinstance(error, IntegrityError) and "number" not in broken_unique_columns(error):
            raise
        db.session.rollback()
        raise _too_late(referral_id, event.number, zone) from None
    return standing


def append(actor: Actor, referral: Referral, events: Sequence[Event], move: Move) -> Event:
    """As `make`, for a worker that holds the referral and has read its events, and its seat.

    Asks the database nothing and leaves the plan to the caller. Raises as `make` does.
    """
    before, event, standing = _judged(actor, referral, move, events)
    db.session.add(row_of(referral.id, event, actor.practitioner_id))
    store(referral, standing)
    seats.follow(referral, before, standing)
    return event


def _judged(
    actor: Actor, referral: Referral, move: Move, events: Sequence[Event]
) -> tuple[Standing, Event, Standing]:
    """Where it stands, the event, and where it stands after it."""
    before = fold(events)
    try:
        event, standing = _applied(actor, referral, move, before)
    except Refused as refused:
        raise _answer(refused, _zone()) from None
    return before, event, standing


def _hold(referral: Referral) -> None:
    """Wait for whoever moves this referral at the moment, and see it as they left it.

    SQLite lets one writer in at a time; elsewhere the row could have been read before, and the
    events after, what somebody else just did.
    """
    if inspect(referral).persistent:
        db.session.refresh(referral, with_for_update=True)


def _applied(
    actor: Actor, referral: Referral, move: Move, standing: Standing
) -> tuple[Event, Standing]:
    now = clock.now()
    return apply(
        standing,
        move.action,
        side_of(actor, referral),
        by=actor.name,
        at=_when(move.at, standing, now),
        way=move.way,
        data=move.data,
        on_behalf_of=_told_by(referral) if move.by_hand else None,
        matter=matter_of(referral),
        now=now,
    )


def _when(at: datetime | None, standing: Standing, now: datetime) -> datetime:
    """The time typed has no seconds: within the minute of the sending it counts as after it."""
    if at is None:
        return now
    sent_at = standing.sent_at
    if sent_at is not None and at < sent_at < at + timedelta(minutes=1):
        return sent_at
    return at


def _told_by(referral: Referral) -> str:
    return names_of([referral.receiver_id]).get(referral.receiver_id, "The receiver")


def _answer(refused: Refused, zone: tzinfo) -> Conflict | Invalid:
    if refused.first is not None:
        return Conflict(f"{refused.sentence(zone)}.")
    if refused.field is not None:
        return Invalid(refused.sentence(zone), field=refused.field)
    return Conflict(refused.sentence(zone))


def _too_late(referral_id: UUID, number: int, zone: tzinfo) -> Conflict:
    """The word for whoever came second, once what the first one did can be read."""
    standing = standing_of(events_of(referral_id))
    if standing.last is not None and standing.number >= number:
        return Conflict(f"{Refused(first=standing.last).sentence(zone)}.")
    taken = seats.taken_meanwhile(db.session.get_one(Referral, referral_id))
    return Conflict(taken or "Somebody else changed this a moment before you.")


def _zone() -> tzinfo:
    return clock.local(clock.now()).tzinfo or UTC
