"""All that says whether somebody is to be written to, in one statement however much there is.

Each row is one fact about one person or practice: the fold is `tending.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Integer,
    Select,
    String,
    Uuid,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.domain.relationships.tending import TOO_LATE_TO_THANK
from careteam.features.directory.models import Practitioner, Workplace
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.relationships.models import (
    Call,
    GroupTending,
    PracticeTending,
    Tending,
    Touch,
)
from careteam.features.responsiveness.queries import UNCOUNTED
from careteam.features.standing.models import StandingMember, StandingTeam
from careteam.kit import clock
from careteam.kit.db import UTCInstant, db, read_later

SEEN = ("seen", "start")
"""Actions of a referral that say that its client was seen."""
_NULLS: dict[str, Any] = {
    "practitioner_id": cast(null(), Uuid),
    "practice": cast(null(), String),
    "words": cast(null(), String),
    "first_on": cast(null(), Date),
    "last_on": cast(null(), Date),
    "at": cast(null(), UTCInstant),
    "months": cast(null(), Integer),
    "touch_id": cast(null(), Uuid),
}


def list_facts(actor: Actor, practitioner_id: UUID | None = None) -> Sequence[Any]:
    """Facts with the name of whom they are about, of everybody or of one person.

    Entries that were taken out are left out.
    """
    if actor.practitioner_id is None:
        return []
    statement = _facts(actor)
    if practitioner_id is not None:
        about = statement.selected_columns["practitioner_id"]
        statement = statement.where(about == practitioner_id)
    return db.session.execute(statement).all()


@kept
def _facts(actor: Actor) -> Select[Any]:
    facts = union_all(
        _touches(actor),
        _next_steps(actor),
        _calls(actor),
        _referrals(actor),
        _referrals_of_practices(actor),
        _sightings(actor),
        _wishes(actor),
        _practice_wishes(actor),
        _group_wishes(actor),
    ).subquery()
    return (
        select(facts, Practitioner.name)
        .outerjoin(Practitioner, Practitioner.id == facts.c.practitioner_id)
        .where(Practitioner.retired_at.is_(None))
    )


def _fact(name: str, **columns: Any) -> Select[Any]:
    given = _NULLS | columns
    return select(
        literal(name).label("fact"), *(column.label(label) for label, column in given.items())
    )


def _touches(actor: Actor) -> Select[Any]:
    """First and last of each kind."""
    return (
        _fact(
            "touch",
            practitioner_id=Touch.practitioner_id,
            practice=Touch.practice,
            words=Touch.kind,
            first_on=func.min(Touch.happened_on),
            last_on=func.max(Touch.happened_on),
        )
        .where(within(actor, Permission.KEEP_OWN_NOTES, Touch), Touch.removed_at.is_(None))
        .group_by(Touch.practitioner_id, Touch.practice, Touch.kind)
    )


def _next_steps(actor: Actor) -> Select[Any]:
    """Open ones, and those done today."""
    return _fact(
        "step",
        practitioner_id=Touch.practitioner_id,
        practice=Touch.practice,
        words=Touch.next_step,
        first_on=Touch.next_done_on,
        last_on=Touch.next_on,
        touch_id=Touch.id,
    ).where(
        within(actor, Permission.KEEP_OWN_NOTES, Touch),
        Touch.removed_at.is_(None),
        Touch.next_on.is_not(None),
        or_(Touch.next_done_on.is_(None), Touch.next_done_on == clock.today()),
    )


def _calls(actor: Actor) -> Select[Any]:
    return (
        _fact("call", practitioner_id=Call.practitioner_id, at=func.max(Call.at))
        .where(within(actor, Permission.KEEP_OWN_NOTES, Call), Call.outcome == "spoke")
        .group_by(Call.practitioner_id)
    )


def _referrals(actor: Actor) -> Select[Any]:
    """The last one either way with each person for whom a rhythm is wished."""
    me = actor.practitioner_id
    wished = union(
        select(Tending.practitioner_id).where(
            within(actor, Permission.KEEP_OWN_NOTES, Tending), Tending.every_months.is_not(None)
        ),
        select(StandingMember.practitioner_id)
        .join(GroupTending, GroupTending.team_id == StandingMember.team_id)
        .where(within(actor, Permission.KEEP_OWN_NOTES, GroupTending)),
    ).subquery()
    ends = union_all(
        *(
            select(
                other.label("other"),
                Referral.happened_on,
                func.coalesce(Referral.sent_at, Referral.created_at).label("left_at"),
            ).where(
                within(actor, Permission.READ_NETWORK, Referral),
                mine == me,
                Referral.status.not_in(UNCOUNTED),
                other.in_(select(wished.c[0])),
            )
            for mine, other in (
                (Referral.sender_id, Referral.receiver_id),
                (Referral.receiver_id, Referral.sender_id),
            )
        )
    ).subquery()
    return _fact(
        "referral",
        practitioner_id=ends.c.other,
        last_on=func.max(ends.c.happened_on),
        at=func.max(ends.c.left_at),
    ).group_by(ends.c.other)


def _referrals_of_practices(actor: Actor) -> Select[Any]:
    """The last one either way with anybody at each practice for which a rhythm is wished."""
    me = actor.practitioner_id
    other = case((Referral.sender_id == me, Referral.receiver_id), else_=Referral.sender_id)
    return (
        _fact(
            "referral",
            practice=PracticeTending.practice,
            last_on=func.max(Referral.happened_on),
            at=func.max(func.coalesce(Referral.sent_at, Referral.created_at)),
        )
        .select_from(PracticeTending)
        .join(Workplace, func.lower(Workplace.practice) == func.lower(PracticeTending.practice))
        .join(Referral, Workplace.practitioner_id == other)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, PracticeTending),
            PracticeTending.every_months.is_not(None),
            within(actor, Permission.READ_NETWORK, Referral),
            Referral.status.not_in(UNCOUNTED),
            or_(Referral.sender_id == me, Referral.receiver_id == me),
        )
        .group_by(PracticeTending.practice)
    )


def _sightings(actor: Actor) -> Select[Any]:
    """When a client whom somebody sent was first seen, within the days of a thank-you."""
    since = read_later(
        lambda: clock.now() - TOO_LATE_TO_THANK - timedelta(days=1), Referral.status_at.type
    )
    seen = (
        select(Referral.sender_id, func.min(ReferralEvent.at).label("at"))
        .join(ReferralEvent, ReferralEvent.referral_id == Referral.id)
        .where(
            within(actor, Permission.ACT_ON_REFERRAL, Referral),
            Referral.receiver_id == actor.practitioner_id,
            Referral.status_at >= since,
            ReferralEvent.action.in_(SEEN),
        )
        .group_by(Referral.id, Referral.sender_id)
        .subquery()
    )
    return _fact("seen", practitioner_id=seen.c.sender_id, at=func.max(seen.c.at)).group_by(
        seen.c.sender_id
    )


def _wishes(actor: Actor) -> Select[Any]:
    return _fact(
        "wish",
        practitioner_id=Tending.practitioner_id,
        months=Tending.every_months,
        first_on=Tending.wished_on,
        last_on=Tending.snoozed_until,
    ).where(within(actor, Permission.KEEP_OWN_NOTES, Tending))


def _practice_wishes(actor: Actor) -> Select[Any]:
    return _fact(
        "wish",
        practice=PracticeTending.practice,
        months=PracticeTending.every_months,
        first_on=PracticeTending.wished_on,
        last_on=PracticeTending.snoozed_until,
    ).where(within(actor, Permission.KEEP_OWN_NOTES, PracticeTending))


def _group_wishes(actor: Actor) -> Select[Any]:
    return (
        _fact(
            "group",
            practitioner_id=StandingMember.practitioner_id,
            months=GroupTending.every_months,
            first_on=GroupTending.wished_on,
        )
        .join(GroupTending, GroupTending.team_id == StandingMember.team_id)
        .join(StandingTeam, StandingTeam.id == StandingMember.team_id)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, GroupTending),
            StandingTeam.removed_at.is_(None),
        )
    )
