"""What `flask check` reads: rows in batches, and pairs of rows that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased, selectinload

from careteam.audit.append_only import APPEND_ONLY
from careteam.features.accounts.models import Account, Community, SignIn
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent, ConsentGoal
from careteam.features.directory.models import Practitioner
from careteam.features.plans.models import Milestone, MilestoneDependency, PlanChange
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.referrals.seats import ASKING, FILLING
from careteam.features.teams.models import Partner, Seat, SeatHiding
from careteam.kit.db import Base, db

BATCH = 500
"""Rows in memory at a time."""


def _batches(question: Select[Any], key: Any) -> Iterator[Sequence[Any]]:
    """The rows of `question` in the order of `key`, forgotten again after each batch."""
    last: UUID | None = None
    while True:
        further = question if last is None else question.where(key > last)
        rows = db.session.scalars(further.order_by(key).limit(BATCH)).all()
        if not rows:
            return
        last = rows[-1] if isinstance(rows[-1], UUID) else rows[-1].id
        yield rows
        db.session.expunge_all()


def referrals_with_events() -> Iterator[tuple[Referral, list[ReferralEvent]]]:
    for rows in _batches(select(Referral), Referral.id):
        events: dict[UUID, list[ReferralEvent]] = {row.id: [] for row in rows}
        for event in db.session.scalars(
            select(ReferralEvent)
            .where(ReferralEvent.referral_id.in_(list(events)))
            .order_by(ReferralEvent.referral_id, ReferralEvent.number)
        ):
            events[event.referral_id].append(event)
        yield from ((row, events[row.id]) for row in rows)


def referral_ids() -> Iterator[Sequence[UUID]]:
    yield from _batches(select(Referral.id), Referral.id)


def client_ids() -> Iterator[Sequence[UUID]]:
    yield from _batches(select(Client.id), Client.id)


def whole_practitioners() -> Iterator[Practitioner]:
    question = select(Practitioner).options(
        selectinload(Practitioner.disciplines),
        selectinload(Practitioner.workplaces),
        selectinload(Practitioner.languages),
    )
    for rows in _batches(question, Practitioner.id):
        yield from rows


def claims_without_accounts() -> list[UUID]:
    """Entries marked as claimed that no account has."""
    owned = exists().where(Account.practitioner_id == Practitioner.id)
    return _ids(select(Practitioner.id).where(Practitioner.claimed_at.is_not(None), ~owned))


def accounts_without_claims() -> list[UUID]:
    """Entries of accounts that are not marked as claimed."""
    owned = exists().where(Account.practitioner_id == Practitioner.id)
    return _ids(select(Practitioner.id).where(Practitioner.claimed_at.is_(None), owned))


def seats_asked_of_nobody() -> list[UUID]:
    """Seats that say somebody is asked, without a referral on its way to that person."""
    asked = exists().where(
        Referral.seat_id == Seat.id,
        Referral.receiver_id == Seat.practitioner_id,
        Referral.status.in_(sorted(ASKING)),
    )
    return _ids(select(Seat.id).where(Seat.state == "referred", ~asked))


def seats_filled_by_nothing() -> list[UUID]:
    """Filled seats with neither an accepted referral, nor the client's own, nor the lead."""
    accepted = exists().where(
        Referral.seat_id == Seat.id,
        Referral.receiver_id == Seat.practitioner_id,
        Referral.status.in_(sorted(FILLING)),
    )
    return _ids(
        select(Seat.id)
        .join(Client, Client.id == Seat.client_id)
        .where(
            Seat.state == "filled",
            ~Seat.is_own,
            Seat.practitioner_id != Client.lead_id,
            ~accepted,
        )
    )


def open_seats_with_somebody() -> list[UUID]:
    return _ids(
        select(Seat.id).where(
            or_(
                and_(Seat.state == "open", Seat.practitioner_id.is_not(None)),
                and_(Seat.state == "referred", Seat.practitioner_id.is_(None)),
            )
        )
    )


def rows_of_two_clients() -> list[tuple[str, int]]:
    """Rows that tie one client's record to another's, counted by what they are: through such a
    row somebody would read of a client who has not agreed.
    """
    counted = [(name, db.session.scalar(question) or 0) for name, question in _crossings()]
    return [(name, number) for name, number in counted if number]


def _crossings() -> Iterator[tuple[str, Select[Any]]]:
    goals = Goal.__table__
    for table in Base.metadata.sorted_tables:
        if "goal_id" in table.columns and "client_id" in table.columns:
            joined = table.join(goals, table.c.goal_id == goals.c.id)
            yield (
                f"{table.name} with another client's goal",
                _count(joined).where(table.c.client_id != goals.c.client_id),
            )
    other, waiting = aliased(Milestone), aliased(Milestone)
    seat, consent, goal = aliased(Seat), aliased(Consent), aliased(Goal)
    yield (
        "consents for another client's goal",
        _count(ConsentGoal)
        .join(consent, consent.id == ConsentGoal.consent_id)
        .join(goal, goal.id == ConsentGoal.goal_id)
        .where(consent.client_id != goal.client_id),
    )
    yield (
        "places kept from somebody, of another client",
        _count(SeatHiding)
        .join(seat, seat.id == SeatHiding.seat_id)
        .where(seat.client_id != SeatHiding.client_id),
    )
    yield (
        "milestones owned by a place of another goal",
        _count(Milestone)
        .join(seat, seat.id == Milestone.owner_seat_id)
        .where(seat.goal_id != Milestone.goal_id),
    )
    yield (
        "referrals for a place of another goal",
        _count(Referral)
        .join(seat, seat.id == Referral.seat_id)
        .where(or_(Referral.goal_id.is_(None), seat.goal_id != Referral.goal_id)),
    )
    yield (
        "milestones waiting for another goal's",
        _count(MilestoneDependency)
        .join(waiting, waiting.id == MilestoneDependency.milestone_id)
        .join(other, other.id == MilestoneDependency.depends_on_id)
        .where(waiting.goal_id != other.goal_id),
    )
    yield (
        "changes of another client's milestone",
        _count(PlanChange)
        .join(other, other.id == PlanChange.milestone_id)
        .where(other.client_id != PlanChange.client_id),
    )


def links_half_ended() -> list[UUID]:
    """Sides of a link that stand although the other has ended."""
    other = aliased(Partner)
    return _ids(
        select(Partner.id)
        .join(other, and_(other.pair_id == Partner.pair_id, other.id != Partner.id))
        .where(Partner.ended_at.is_(None), other.ended_at.is_not(None))
        .order_by(Partner.id)
    )


def _count(table: Any) -> Select[Any]:
    return select(func.count(literal_column("1"))).select_from(table)


def sessions_of_closed_accounts() -> list[UUID]:
    return _ids(
        select(SignIn.id)
        .join(Account, Account.id == SignIn.account_id)
        .where(Account.disabled_at.is_not(None), SignIn.ended_at.is_(None))
    )


def sample_is_said() -> tuple[bool, bool]:
    """Whether the community says it holds sample data, and whether it does."""
    said = db.session.scalar(select(Community.id).where(Community.sample_since.is_not(None)))
    held = db.session.scalar(select(Practitioner.id).where(Practitioner.is_sample).limit(1))
    return said is not None, held is not None


def unprotected_trails() -> list[str]:
    """Tables of the trails that the database itself no longer keeps from being changed."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        found = (
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' "
            "GROUP BY 1 HAVING count(*) > 1"
        )
    else:
        found = (
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
        )
    protected = {row[0] for row in connection.exec_driver_sql(found)}
    return [name for name in APPEND_ONLY if name not in protected]


def file_problems() -> list[str]:
    """What SQLite says of its own file; PostgreSQL checks its pages itself."""
    connection = db.session.connection()
    if connection.dialect.name != "sqlite":
        return []
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(50)")]
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    return [
        *(f"database file: {line}" for line in found if line != "ok"),
        *(
            f"{row[0]}: row {row[1]} points at a row of {row[2]} that is not there"
            for row in dangling
        ),
    ]


def _ids(question: Select[Any]) -> list[UUID]:
    return list(db.session.scalars(question))
