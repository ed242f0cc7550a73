"""Questions about answering. Numbers and instants only: no client, no word of a letter.

A referral counts once it has left the house; one logged from memory has no exact times and counts
in the ledger and the network alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Float,
    String,
    and_,
    case,
    cast,
    extract,
    func,
    or_,
    select,
)

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.referral import State
from careteam.features.accounts.models import Account
from careteam.features.directory.models import Practitioner, PractitionerDiscipline
from careteam.features.referrals.chasing.queries import is_lost
from careteam.features.referrals.models import GivenName, NamesGiven, Referral
from careteam.kit.db import db

NOT_SENT = (State.DRAFT, State.DISCARDED)
UNCOUNTED = (*NOT_SENT, State.WITHDRAWN)
REFUSED = (State.DECLINED, State.REDIRECTED)
UNDECIDED = (State.SENT, State.ACKNOWLEDGED, State.NEEDS_INFORMATION, State.ON_HOLD)
TOLD = ("reached", "no_call_back")
MOST_NAMED = 5_000
"""More people than this are not named in one statement."""


def list_referral_rows(
    actor: Actor, receiver_id: UUID | None = None, *, among: Collection[UUID] | None = None
) -> Sequence[Any]:
    """The columns of `reading.referrals_of`, a row for each referral, by one statement.

    Of everybody, of one receiver, or of those `among` whom one looks. What never reached them says
    nothing of them, and is left out. Keys come as text and
    instants as seconds, past the layer that makes objects of them, so that many are read quickly.
    """
    conditions = [within(actor, Permission.READ_NETWORK, Referral)]
    if receiver_id is not None:
        conditions.append(Referral.receiver_id == receiver_id)
    if among is not None:
        conditions.append(Referral.receiver_id.in_(among))
    statement = select(*_columns()).where(
        *conditions,
        Referral.status.not_in(NOT_SENT),
        Referral.sent_at.is_not(None),
        Referral.is_past.is_(False),
        ~is_lost(),
    )
    return db.session.connection().execute(statement).all()


def _columns() -> tuple[Any, ...]:
    withdrawn_at = case((Referral.status == State.WITHDRAWN, Referral.status_at))
    return (
        cast(Referral.receiver_id, String),
        _seconds(Referral.sent_at),
        _seconds(Referral.delivered_at),
        _seconds(Referral.first_response_at),
        _seconds(Referral.accepted_at),
        _seconds(withdrawn_at),
        _seconds(Referral.closed_at),
        _seconds(Referral.appointment_at),
        _seconds(Referral.first_visit_at),
        _as_number(Referral.status.in_(REFUSED)),
        _as_number(Referral.status == State.CLOSED),
        _as_number(Referral.is_reported.is_(True)),
        _as_number(Referral.is_answer_by_hand.is_(True)),
    )


def _seconds(instant: Any) -> ColumnElement[float]:
    return cast(extract("epoch", instant), Float)


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def list_told(
    actor: Actor,
    practitioner_id: UUID | None = None,
    *,
    among: Collection[UUID] | None = None,
) -> Sequence[Any]:
    """What clients told of names given: whose, given on, told on, outcome. One statement."""
    conditions = [within(actor, Permission.READ_NETWORK, NamesGiven)]
    if practitioner_id is not None:
        conditions.append(GivenName.practitioner_id == practitioner_id)
    if among is not None:
        conditions.append(GivenName.practitioner_id.in_(among))
    return db.session.execute(
        select(
            cast(GivenName.practitioner_id, String),
            NamesGiven.given_on,
            GivenName.outcome_on,
            GivenName.outcome,
        )
        .join(NamesGiven, NamesGiven.id == GivenName.names_given_id)
        .where(*conditions, GivenName.outcome.in_(TOLD), GivenName.outcome_on.is_not(None))
    ).all()


def list_main_disciplines(actor: Actor, most: int | None = None) -> list[tuple[UUID, str]]:
    """Every practitioner with the main discipline, '' without one; those taken out as well.

    `most` gives the first so many by their key.
    """
    main = (PractitionerDiscipline.practitioner_id == Practitioner.id) & (
        PractitionerDiscipline.position == 0
    )
    rows = db.session.execute(
        select(Practitioner.id, PractitionerDiscipline.discipline)
        .outerjoin(PractitionerDiscipline, main)
        .where(within(actor, Permission.READ_DIRECTORY, Practitioner))
        .order_by(*([] if most is None else [Practitioner.id]))
        .limit(most)
    )
    return [(id_, discipline or "") for id_, discipline in rows]


def count_referrals(actor: Actor, most: int) -> int:
    """How many there are of any kind, counted no further than `most`: tells whether much has come
    since the last look."""
    everything = within(actor, Permission.READ_NETWORK, Referral)
    there = select(Referral.id).where(everything).limit(most).subquery()
    return db.session.scalar(select(func.count()).select_from(there)) or 0


def list_ledger_rows(actor: Actor, other_id: UUID) -> Sequence[Any]:
    """One's own referrals by direction: with one practitioner, or all of them where it is oneself.

    `count` is of all that left the house, `withdrawn` among them.
    """
    me = actor.practitioner_id
    sent = Referral.sender_id == me
    ends = [sent, Referral.receiver_id == me]
    if other_id != me:
        ends = [
            and_(sent, Referral.receiver_id == other_id),
            and_(Referral.sender_id == other_id, Referral.receiver_id == me),
        ]
    direction = case((sent, "sent"), else_="received")
    withdrawn = Referral.status == State.WITHDRAWN
    undecided = and_(Referral.status.in_(UNDECIDED), Referral.is_past.is_(False))
    left_at = func.coalesce(Referral.sent_at, Referral.created_at)
    return db.session.execute(
        select(
            direction.label("direction"),
            func.count().label("count"),
            func.sum(_as_number(withdrawn)).label("withdrawn"),
            func.sum(_as_number(and_(~withdrawn, Referral.accepted_at.is_not(None)))).label(
                "accepted"
            ),
            func.sum(_as_number(Referral.status == State.CLOSED)).label("closed"),
            func.sum(_as_number(undecided)).label("waiting"),
            func.max(Referral.happened_on).label("last_past_on"),
            func.max(case((Referral.happened_on.is_(None), left_at))).label("last_left_at"),
        )
        .where(
            within(actor, Permission.READ_REFERRAL, Referral),
            or_(*ends),
            Referral.status.not_in(NOT_SENT),
        )
        .group_by(direction)
    ).all()


def has_sent_to(actor: Actor, receiver_id: UUID) -> bool:
    """Whether anything of the actor's ever left for this practitioner, withdrawn or not."""
    found = select(Referral.id).where(
        within(actor, Permission.READ_REFERRAL, Referral),
        Referral.sender_id == actor.practitioner_id,
        Referral.receiver_id == receiver_id,
        Referral.status.not_in(NOT_SENT),
    )
    return db.session.scalar(found.limit(1)) is not None


def readable_among(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    """Of these practitioners, those whose figures the actor may read, by one statement."""
    if not ids:
        return set()
    found = select(Practitioner.id).where(
        within(actor, Permission.READ_DIRECTORY, Practitioner), is_readable(actor)
    )
    if len(ids) <= MOST_NAMED:
        found = found.where(Practitioner.id.in_(list(ids)))
    return set(ids).intersection(db.session.scalars(found))


def is_readable(actor: Actor) -> ColumnElement[bool]:
    """Practitioners whose figures the actor may read: the rule of `parts.part_of`."""
    sent_to = select(Referral.receiver_id).where(
        within(actor, Permission.READ_REFERRAL, Referral),
        Referral.sender_id == actor.practitioner_id,
        Referral.status.not_in(NOT_SENT),
    )
    private = select(Account.practitioner_id).where(
        Account.keeps_ties_private.is_(True), Account.practitioner_id.is_not(None)
    )
    is_shared = and_(Practitioner.claimed_at.is_not(None), Practitioner.id.not_in(private))
    return or_(is_shared, Practitioner.id.in_(sent_to), Practitioner.id == actor.practitioner_id)


def count_from_others(actor: Actor, receiver_id: UUID) -> int:
    """How many others sent there; without those who keep their ties private."""
    private = select(Account.practitioner_id).where(
        Account.keeps_ties_private.is_(True), Account.practitioner_id.is_not(None)
    )
    counted = select(func.count()).select_from(Referral)
    counted = counted.where(
        within(actor, Permission.READ_NETWORK, Referral),
        Referral.receiver_id == receiver_id,
        Referral.sender_id.is_distinct_from(actor.practitioner_id),
        Referral.sender_id.not_in(private),
        Referral.status.not_in(UNCOUNTED),
    )
    return db.session.scalar(counted) or 0


def keeps_ties_private(actor: Actor, practitioner_id: UUID) -> bool:
    found = select(Account.id).where(
        within(actor, Permission.READ_NETWORK, Account),
        Account.practitioner_id == practitioner_id,
        Account.keeps_ties_private.is_(True),
    )
    return db.session.scalar(found) is not None
