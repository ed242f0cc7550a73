"""Who is to be told of notes, by which address, and whether there is anything to tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor, Kind
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.access.reach import forget
from careteam.domain.news import APART, HowOften, News
from careteam.domain.planning import CLIENT
from careteam.features.accounts.models import Account
from careteam.features.accounts.queries import actor_of
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import Practitioner
from careteam.features.links.client_queries import MAIL_IS_SAFE
from careteam.features.links.models import Link
from careteam.features.notes.models import Note, NoteNews, NotesRead
from careteam.features.notes.new_queries import reader_of, written_by_others
from careteam.features.plans.models import Milestone, PlanAgreement, PlanChange, PlanVersion
from careteam.features.referrals.linked import reader_by_link
from careteam.features.referrals.models import Referral
from careteam.features.teams.covering.queries import acts_now
from careteam.features.teams.models import Cover, Seat
from careteam.kit.db import db
from careteam.kit.jobs import JobRun

Key = tuple[UUID, UUID]
"""Reader and goal."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One person to be told: as whom they read, where mail reaches them, how often they want it.

    `link` is the link they come by, None for whoever signs in.
    """

    actor: Actor
    email: str
    name: str
    how_often: HowOften
    link: Link | None = None


def people_around(goal: Goal, *, with_client: bool) -> Sequence[UUID]:
    """Everybody who might read a note of the goal: its lead, whoever stands in for them, whoever
    fills a seat, the client."""
    lead = select(Client.lead_id.label("id")).where(Client.id == goal.client_id)
    covering = select(Cover.practitioner_id).where(Cover.client_id == goal.client_id, acts_now())
    seated = select(Seat.practitioner_id).where(
        Seat.goal_id == goal.id, Seat.state == "filled", Seat.practitioner_id.is_not(None)
    )
    asked = [lead, covering, seated]
    if with_client:
        asked.append(select(literal(goal.client_id, Goal.client_id.type)))
    return sorted(db.session.scalars(union(*asked)))


def find_reader(reader_id: UUID, goal_id: UUID) -> Reader | None:
    """None for whoever has neither account nor living link, and for sample people."""
    account = db.session.scalars(
        select(Account).where(
            Account.practitioner_id == reader_id,
            Account.disabled_at.is_(None),
        )
    ).one_or_none()
    if account is not None:
        if account.is_sample:
            return None
        often = HowOften(account.news_mail)
        return Reader(actor_of(account), account.email, account.name, often)
    return _by_link(reader_id, goal_id) or _client(reader_id)


def _by_link(reader_id: UUID, goal_id: UUID) -> Reader | None:
    row = db.session.execute(
        select(
            Link, func.coalesce(Link.email, Practitioner.email).label("email"), Practitioner.name
        )
        .join(Referral, Referral.id == Link.referral_id)
        .join(Seat, Seat.id == Referral.seat_id)
        .join(Practitioner, Practitioner.id == Link.practitioner_id)
        .where(
            Seat.goal_id == goal_id,
            Seat.state == "filled",
            Seat.practitioner_id == reader_id,
            Link.practitioner_id == reader_id,
            Link.revoked_at.is_(None),
            Practitioner.email.is_not(None),
            Practitioner.is_sample.is_(False),
        )
        .order_by(Link.created_at, Link.id.desc())
        .limit(1)
    ).one_or_none()
    actor = reader_by_link(row[0].id) if row else None
    if row is None or actor is None:
        return None
    return Reader(actor, row.email, row.name, HowOften(row[0].news_mail), row[0])


def _client(client_id: UUID) -> Reader | None:
    """Nobody where a mail is not the safe way to reach the client. Such a mail greets no name."""
    row = db.session.execute(
        select(Link, Client.email, Client.safe_contact)
        .join(Client, Client.id == Link.client_id)
        .where(
            Link.kind == "client",
            Client.id == client_id,
            Client.email.is_not(None),
            Client.is_sample.is_(False),
            Link.revoked_at.is_(None),
        )
        .order_by(Link.created_at.desc(), Link.id)
        .limit(1)
    ).one_or_none()
    if row is None or row.safe_contact not in MAIL_IS_SAFE:
        return None
    link = row[0]
    actor = Actor(Kind.CLIENT, client_id=client_id, link_id=link.id, is_confirmed=True)
    return Reader(actor, row.email, "", HowOften(link.news_mail), link)


def find_news(actor: Actor, goal_id: UUID, since_at: datetime) -> News | None:
    """Whether since then somebody else wrote a note that the actor may read and has not opened, or
    changed a step of theirs, or, for the client, published a version that waits for their answer.

    Asked as things are now, of the rows and never of their words: nothing is noted as read.
    """
    forget()
    sees_goal = exists().where(Goal.id == goal_id, within(actor, Permission.READ_RECORD, Goal))
    note = select(literal(1)).where(
        Note.goal_id == goal_id,
        Note.created_at >= since_at,
        within(actor, Permission.READ_NOTES, Note),
        *_of_others(actor),
    )
    step = (
        select(literal(1))
        .select_from(Milestone)
        .join(PlanChange, PlanChange.milestone_id == Milestone.id)
        .where(
            Milestone.goal_id == goal_id,
            PlanChange.at >= since_at,
            PlanChange.by_id.is_distinct_from(actor.practitioner_id),
            within(actor, Permission.READ_RECORD, Milestone),
            _owned_by(actor),
            ~_put_to_client() if actor.kind is Kind.CLIENT else true(),
        )
    )
    waits = _waits_for_client(actor, goal_id, since_at)
    row = db.session.execute(select(sees_goal, waits, note.exists(), step.exists())).one()
    there = [news for news, is_there in zip(News, row[1:], strict=True) if is_there]
    return there[0] if row[0] and there else None


def has_news(actor: Actor, goal_id: UUID, since_at: datetime) -> bool:
    return find_news(actor, goal_id, since_at) is not None


def _waits_for_client(actor: Actor, goal_id: UUID, since_at: datetime) -> ColumnElement[bool]:
    if actor.kind is not Kind.CLIENT:
        return false()
    return exists().where(
        PlanVersion.goal_id == goal_id,
        PlanVersion.published_at >= since_at,
        within(actor, Permission.ANSWER_PLAN, PlanVersion),
        *_unanswered(),
    )


def _unanswered() -> Sequence[ColumnElement[bool]]:
    """The latest version of a goal, which waits for the client's answer."""
    later = aliased(PlanVersion)
    return (
        PlanVersion.asks_client.is_(True),
        ~exists().where(later.goal_id == PlanVersion.goal_id, later.number > PlanVersion.number),
        ~exists().where(PlanAgreement.version_id == PlanVersion.id, PlanAgreement.party == CLIENT),
    )


def list_versions_to_tell(since_at: datetime) -> Sequence[tuple[UUID, UUID, datetime]]:
    """(client, goal, since when) of versions published since then that wait for a client's answer,
    and of which the client was not told; in one order."""
    told = and_(
        NoteNews.reader_id == PlanVersion.client_id, NoteNews.goal_id == PlanVersion.goal_id
    )
    rows = db.session.execute(
        select(PlanVersion.client_id, PlanVersion.goal_id, PlanVersion.published_at)
        .outerjoin(NoteNews, told)
        .where(
            PlanVersion.published_at > since_at,
            NoteNews.since_at.is_(None),
            or_(NoteNews.told_at.is_(None), NoteNews.told_at < PlanVersion.published_at),
            *_unanswered(),
        )
        .order_by(PlanVersion.client_id, PlanVersion.goal_id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _of_others(actor: Actor) -> Sequence[ColumnElement[bool]]:
    opened = exists().where(
        NotesRead.goal_id == Note.goal_id,
        NotesRead.reader_id == reader_of(actor),
        NotesRead.read_at >= Note.created_at,
    )
    return (written_by_others(actor), ~opened)


def _owned_by(actor: Actor) -> ColumnElement[bool]:
    if actor.kind is Kind.CLIENT:
        return Milestone.owner_is_client.is_(True)
    return exists().where(
        Seat.id == Milestone.owner_seat_id,
        Seat.practitioner_id == actor.practitioner_id,
        Seat.state == "filled",
    )


def _put_to_client() -> ColumnElement[bool]:
    """The client learns of the change with a version that asks for their answer."""
    return exists().where(
        PlanVersion.goal_id == Milestone.goal_id,
        PlanVersion.asks_client,
        PlanVersion.published_at >= PlanChange.at,
    )


def list_changed_steps(since_at: datetime) -> Sequence[tuple[UUID, UUID, datetime]]:
    """(owner, goal, since when) of steps that somebody else changed after that, in one order.

    The lead's own are not among them: who leads looks at the plan.
    """
    client_changed = and_(
        Milestone.owner_is_client, PlanChange.by_id.is_not(None), ~_put_to_client()
    )
    seat_changed = (Seat.state == "filled") & PlanChange.by_id.is_distinct_from(
        Seat.practitioner_id
    )
    owner = case((Milestone.owner_is_client, Milestone.client_id), else_=Seat.practitioner_id)
    rows = db.session.execute(
        select(owner, Milestone.goal_id, func.min(PlanChange.at))
        .select_from(PlanChange)
        .join(Milestone, Milestone.id == PlanChange.milestone_id)
        .outerjoin(Seat, Seat.id == Milestone.owner_seat_id)
        .where(PlanChange.at > since_at, or_(client_changed, seat_changed))
        .group_by(owner, Milestone.goal_id)
    )
    return sorted((row[0], row[1], row[2]) for row in rows)


def last_told_daily(job: str) -> datetime | None:
    """When the daily mail last left."""
    row = db.session.get(JobRun, job)
    return row.done_at if row else None


def list_to_tell_at_once(now: datetime, most: int) -> Sequence[Key]:
    """Of whom something waits that may be told now and who want it at once, the longest first.

    Whoever has an account and a link is found by either; what holds for them is asked again.
    """
    by_account = exists().where(
        Account.practitioner_id == NoteNews.reader_id, Account.news_mail == HowOften.AT_ONCE
    )
    by_link = exists().where(
        or_(Link.practitioner_id == NoteNews.reader_id, Link.client_id == NoteNews.reader_id),
        Link.news_mail == HowOften.AT_ONCE,
        Link.revoked_at.is_(None),
    )
    return _keys(
        select(NoteNews.reader_id, NoteNews.goal_id)
        .where(_may_be_told(now), or_(by_account, by_link))
        .order_by(NoteNews.since_at, NoteNews.reader_id)
        .limit(most)
    )


def _may_be_told(now: datetime) -> ColumnElement[bool]:
    """As `may_be_told` of the domain."""
    long_ago = or_(NoteNews.told_at.is_(None), NoteNews.told_at <= now - APART)
    return NoteNews.since_at.is_not(None) & long_ago


def list_waiting() -> Sequence[Key]:
    """Everybody for whom something waits, goal by goal."""
    return _keys(
        select(NoteNews.reader_id, NoteNews.goal_id)
        .where(NoteNews.since_at.is_not(None))
        .order_by(NoteNews.reader_id, NoteNews.since_at)
    )


def _keys(question: Select[UUID, UUID]) -> Sequence[Key]:
    return [(row[0], row[1]) for row in db.session.execute(question)]


def lock_news(key: Key) -> NoteNews | None:
    """The row as it is now, held until the transaction ends; None where another worker has it."""
    return db.session.get(
        NoteNews, key, with_for_update={"skip_locked": True}, populate_existing=True
    )


def list_told_by(mail_id: UUID) -> Sequence[NoteNews]:
    """What one mail tells of."""
    return db.session.scalars(select(NoteNews).where(NoteNews.mail_id == mail_id)).all()
