"""Which address opens which feed, and the dates in it: by columns, the earliest first.

Dates of clients whom somebody else keeps are noted as read, as in every list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from careteam.access.actor import Actor, Kind
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import State
from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import IDENTITY
from careteam.features.links.models import Link, LinkToken
from careteam.features.plans.models import Milestone, PlanChange
from careteam.features.plans.queries import GONE, taking_part
from careteam.features.referrals.models import GivenName, NamesGiven, Referral
from careteam.features.referrals.queries.lines import columns, consented, mine, party_may_read
from careteam.features.teams.models import Seat
from careteam.features.today.models import UrgentMatter
from careteam.kit.db import db
from careteam.kit.text import initials

AWAITED = (State.SENT, State.ACKNOWLEDGED, State.ON_HOLD)


def find_feed(token_hash: str) -> Link | None:
    """The feed of a token that nobody has ended."""
    return db.session.scalars(
        select(Link)
        .join(LinkToken, LinkToken.link_id == Link.id)
        .where(
            LinkToken.token_hash == token_hash,
            Link.kind == "calendar",
            Link.revoked_at.is_(None),
        )
    ).one_or_none()


def open_account_name(practitioner_id: UUID | None) -> str | None:
    """Whose account acts for this entry; None where there is none or it is closed."""
    return db.session.scalar(
        select(Account.name).where(
            Account.practitioner_id == practitioner_id, Account.disabled_at.is_(None)
        )
    )


def own_feeds(practitioner_id: UUID | None) -> Sequence[Link]:
    """Living feeds of an account, the newest first."""
    return _open_feeds(Link.practitioner_id == practitioner_id, Link.referral_id.is_(None))


def feeds_of_place(referral_id: UUID) -> Sequence[Link]:
    """Living feeds that were made behind the link of a referral, the newest first."""
    return _open_feeds(Link.referral_id == referral_id)


def feeds_of_client(client_id: UUID) -> Sequence[Link]:
    """Living feeds that a client made, the newest first."""
    return _open_feeds(Link.client_id == client_id, Link.practitioner_id.is_(None))


def _open_feeds(*conditions: ColumnElement[bool]) -> Sequence[Link]:
    return db.session.scalars(
        select(Link)
        .where(Link.kind == "calendar", Link.revoked_at.is_(None), *conditions)
        .order_by(Link.created_at.desc(), Link.id)
    ).all()


@dataclass(frozen=True, slots=True)
class DueStep:
    """An open milestone of the actor's. `initials` are empty where the consent keeps them."""

    id: UUID
    goal_id: UUID
    pathway: str | None
    pathway_version: str | None
    initials: str
    due_on: date
    version: int
    changed_at: datetime


def list_due_steps(actor: Actor) -> list[DueStep]:
    """What the actor is to reach, of goals that are pursued: on own seats, and what is the lead's
    of clients led. One statement beside the reach."""
    changed_at = (
        select(func.max(PlanChange.at))
        .where(PlanChange.milestone_id == Milestone.id)
        .correlate(Milestone)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Milestone.id,
            Milestone.client_id,
            Milestone.goal_id,
            Milestone.information_class,
            Milestone.due_on,
            Milestone.version,
            func.coalesce(changed_at, Milestone.created_at, type_=Milestone.created_at.type).label(
                "changed_at"
            ),
            Goal.pathway,
            Goal.pathway_version,
            Client.lead_id,
            Client.name,
            within(actor, Permission.READ_CLIENT, Client).label("may_name"),
        )
        .join(Goal, Goal.id == Milestone.goal_id)
        .join(Client, Client.id == Milestone.client_id)
        .outerjoin(Seat, Seat.id == Milestone.owner_seat_id)
        .where(
            Milestone.status.in_(("planned", "in_progress")),
            taking_part(),
            Goal.status == "active",
            _is_mine(actor),
            within(actor, Permission.READ_RECORD, Milestone),
        )
        .order_by(Milestone.due_on, Milestone.id)
    ).all()
    return [_due_step(actor, row) for row in rows]


def _is_mine(actor: Actor) -> ColumnElement[bool]:
    """As `Owners.is_mine` says it; a link stands for its one seat."""
    if actor.kind is Kind.CLIENT:
        return Milestone.owner_is_client.is_(True)
    seated = and_(Seat.practitioner_id == actor.practitioner_id, Seat.state == "filled")
    if actor.kind is Kind.LINK:
        return and_(seated, Seat.id == actor.seat_id)
    leads = and_(
        Client.lead_id == actor.practitioner_id,
        Milestone.owner_is_client.is_(False),
        or_(Milestone.owner_seat_id.is_(None), Seat.state.in_(GONE)),
    )
    return or_(seated, leads)


def _due_step(actor: Actor, row: Any) -> DueStep:
    if row.lead_id != actor.practitioner_id:
        reads.note(row.client_id, row.information_class)
        if row.may_name:
            reads.note(row.client_id, IDENTITY)
    return DueStep(
        id=row.id,
        goal_id=row.goal_id,
        pathway=row.pathway,
        pathway_version=row.pathway_version,
        initials=initials(row.name) if row.may_name else "",
        due_on=row.due_on,
        version=row.version,
        changed_at=row.changed_at,
    )


@dataclass(frozen=True, slots=True)
class AwaitedAnswer:
    """A referral without an answer yet. `review_on` is the day a waiting list is looked at."""

    id: UUID
    is_incoming: bool
    initials: str
    urgency: Urgency
    sent_at: datetime
    review_on: date | None
    status_at: datetime


def list_awaited_answers(actor: Actor) -> list[AwaitedAnswer]:
    """Of both directions, the earliest sent first. Two statements."""
    rows = db.session.execute(
        columns(actor)
        .where(
            *mine(actor),
            Referral.status.in_(AWAITED),
            Referral.sent_at.is_not(None),
            Referral.is_past.is_(False),
        )
        .order_by(Referral.sent_at, Referral.id)
    ).all()
    opened = consented(actor) if rows else set()
    return [_awaited(actor, row, party_may_read(actor, row, opened)) for row in rows]


def _awaited(actor: Actor, row: Any, may_read: bool) -> AwaitedAnswer:
    if may_read and row.client_id is not None and row.lead_id != actor.practitioner_id:
        reads.note(row.client_id, IDENTITY)
    return AwaitedAnswer(
        id=row.id,
        is_incoming=row.receiver_id == actor.practitioner_id,
        initials=initials(row.client_name) if may_read and row.client_name else "",
        urgency=Urgency(row.urgency),
        sent_at=row.sent_at,
        review_on=row.review_on if row.status == State.ON_HOLD else None,
        status_at=row.status_at or row.sent_at,
    )


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A day on which the actor meant to ask what became of something."""

    id: UUID
    ask_on: date
    made_at: datetime


def list_names_to_follow_up(actor: Actor) -> list[FollowUp]:
    """Names given of which some outcome is still unknown."""
    unknown = exists().where(GivenName.names_given_id == NamesGiven.id, GivenName.outcome.is_(None))
    rows = db.session.execute(
        select(NamesGiven.id, NamesGiven.ask_on, NamesGiven.created_at)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, NamesGiven),
            NamesGiven.ask_on.is_not(None),
            unknown,
        )
        .order_by(NamesGiven.ask_on, NamesGiven.id)
    )
    return [FollowUp(id_, day, made_at) for id_, day, made_at in rows if day is not None]


def list_matters_to_follow_up(actor: Actor) -> list[FollowUp]:
    rows = db.session.execute(
        select(UrgentMatter.id, UrgentMatter.ask_on, UrgentMatter.created_at)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, UrgentMatter),
            UrgentMatter.outcome.is_(None),
        )
        .order_by(UrgentMatter.ask_on, UrgentMatter.id)
    )
    return [FollowUp(*row) for row in rows]
