"""What others on the team added that whoever keeps the record has not looked at yet.

A value, a hold or a caution, a clearance, a file: how many and from whom, and not a word of them.
What a client ended is asked for by the same statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.domain.wording import list_words
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import IDENTITY
from careteam.features.directory.models import Practitioner
from careteam.features.letters.models import Attachment
from careteam.features.measures.models import Measurement
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Clearance, Precaution
from careteam.features.today.ended_queries import CONSENT, LINK, REFUSAL, select_ended
from careteam.kit import clock
from careteam.kit.db import columns_of, db
from careteam.kit.errors import NotFound

MOST = 200


class AddedKind(StrEnum):
    """The most pressing first. A consent or a link was ended, a name refused by the client; all
    else came."""

    CONSENT = CONSENT
    LINK = LINK
    REFUSAL = REFUSAL
    HOLD = "hold"
    CLEARANCE = "clearance"
    FILE = "file"
    VALUE = "value"

    @property
    def is_ended(self) -> bool:
        return self in (AddedKind.CONSENT, AddedKind.LINK, AddedKind.REFUSAL)


@dataclass(frozen=True, slots=True)
class Added:
    """What came to one place since it was last looked at: a goal, for a file a referral, for what
    was ended that itself.

    `called` is None without a client; `until_at` is when the latest of it came.
    """

    kind: AddedKind
    place_id: UUID
    called: str | None
    by: str
    count: int
    since_at: datetime
    until_at: datetime


def list_added(actor: Actor) -> list[Added]:
    """By place, the most pressing kind first, then what waits longest: one statement.

    As far as the actor may read it. Of clients that somebody else keeps it is noted that they were
    looked at.
    """
    if actor.practitioner_id is None:
        return []
    rows = columns_of(_added(actor)).all()
    by_place: defaultdict[tuple[str, UUID], list[Any]] = defaultdict(list)
    for row in rows:
        by_place[row.kind, row.place_id].append(row)
        if row.client_id is not None and row.lead_id != actor.practitioner_id:
            reads.note(row.client_id, IDENTITY)
    order = list(AddedKind)
    found = [_of(AddedKind(kind), place_id, some) for (kind, place_id), some in by_place.items()]
    return sorted(found, key=lambda each: order.index(each.kind))


@kept
def _added(actor: Actor) -> CompoundSelect[Any]:
    kinds = (AddedKind.HOLD, AddedKind.CLEARANCE, AddedKind.VALUE)
    of_goals = (_of_goals(actor, kind) for kind in kinds)
    ended = (select_ended(actor, kind) for kind in AddedKind if kind.is_ended)
    return union_all(*of_goals, _files(actor), *ended).order_by("at").limit(MOST)


def _of(kind: AddedKind, place_id: UUID, rows: list[Any]) -> Added:
    names = dict.fromkeys(row.by for row in rows)
    return Added(
        kind, place_id, rows[0].called, list_words(list(names)), len(rows), rows[0].at, rows[-1].at
    )


def _of_goals(actor: Actor, kind: AddedKind) -> Select[Any]:
    model, _ = _PLACES[kind]
    return _all_of_goals(kind).where(
        within(actor, Permission.EDIT_TEAM, model),
        within(actor, Permission.READ_RECORD, model),
        within(actor, Permission.READ_RECORD, Goal),
    )


@cache
def _all_of_goals(kind: AddedKind) -> Select[Any]:
    """Whoever may read it; put together once and kept, as Today asks it."""
    model, _ = _PLACES[kind]
    found = (
        _columns(model, kind, model.goal_id)
        .join(Client, Client.id == model.client_id)
        .join(Goal, Goal.id == model.goal_id)
        .where(model.seen_at.is_(None))
    )
    if kind is AddedKind.HOLD:
        return found.where(Precaution.ended_at.is_(None))
    if kind is AddedKind.CLEARANCE:
        return found.where(Clearance.taken_back_at.is_(None))
    return found


def _files(actor: Actor) -> Select[Any]:
    return _all_files().where(or_(_sent_for_it(actor), _kept_by(actor)))


@cache
def _all_files() -> Select[Any]:
    return (
        _columns(Attachment, AddedKind.FILE, Attachment.referral_id)
        .join(Referral, Referral.id == Attachment.referral_id)
        .outerjoin(Client, Client.id == Attachment.client_id)
        .where(Attachment.seen_at.is_(None))
    )


def _sent_for_it(actor: Actor) -> ColumnElement[bool]:
    return within(actor, Permission.WRITE_REFERRAL, Referral)


def _kept_by(actor: Actor) -> ColumnElement[bool]:
    """Files about a client whose record the actor keeps, or stands in for whoever does, though
    somebody else sent for them."""
    return and_(
        Attachment.client_id.is_not(None),
        Attachment.author_id.is_distinct_from(Referral.sender_id),
        within(actor, Permission.EDIT_TEAM, Attachment),
        within(actor, Permission.READ_RECORD, Attachment),
    )


def list_files_that_came(actor: Actor, referral_id: UUID) -> Sequence[Attachment]:
    """What the receiver of a referral added, for whoever keeps the client's record now; the
    latest first. Raises `NotFound` where there is nothing."""
    found = db.session.scalars(
        select(Attachment)
        .join(Referral, Referral.id == Attachment.referral_id)
        .where(Attachment.referral_id == referral_id, _kept_by(actor))
        .order_by(Attachment.created_at.desc(), Attachment.id)
    ).all()
    if not found:
        raise NotFound
    return found


def _columns(model: Any, kind: AddedKind, place_id: Any) -> Select[Any]:
    return (
        select(
            literal(kind.value).label("kind"),
            place_id.label("place_id"),
            model.client_id.label("client_id"),
            func.coalesce(Client.preferred_name, Client.name).label("called"),
            Client.lead_id.label("lead_id"),
            Practitioner.name.label("by"),
            model.created_at.label("at"),
        )
        .select_from(model)
        .join(Practitioner, Practitioner.id == model.author_id)
    )


def mark_seen(actor: Actor, kind: AddedKind, place_id: UUID, until_at: datetime) -> None:
    """For operations: what came to this place until then and the actor may read is seen."""
    model, column = _PLACES[kind]
    if kind is AddedKind.FILE:
        reached = model.id.in_(
            select(Attachment.id)
            .join(Referral, Referral.id == Attachment.referral_id)
            .where(or_(_sent_for_it(actor), _kept_by(actor)))
        )
    else:
        reached = within(actor, Permission.READ_RECORD, model)
    db.session.execute(
        update(model)
        .where(
            getattr(model, column) == place_id,
            model.seen_at.is_(None),
            model.created_at <= until_at,
            reached,
        )
        .values(seen_at=clock.now())
        .execution_options(synchronize_session=False)
    )


_PLACES: dict[AddedKind, tuple[Any, str]] = {
    AddedKind.HOLD: (Precaution, "goal_id"),
    AddedKind.CLEARANCE: (Clearance, "goal_id"),
    AddedKind.FILE: (Attachment, "referral_id"),
    AddedKind.VALUE: (Measurement, "goal_id"),
}
