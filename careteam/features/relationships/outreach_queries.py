"""Outreach of one's own, joined to the contacts that were noted and the referrals that came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.relationships.outreach import Contact, Received
from careteam.domain.relationships.touches import Kind
from careteam.features.directory.models import Practitioner, Workplace
from careteam.features.referrals.models import Referral
from careteam.features.relationships.models import Call, Campaign, CampaignTarget, Touch
from careteam.features.responsiveness.queries import UNCOUNTED
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import NotFound


def find_campaign(actor: Actor, campaign_id: UUID) -> Campaign | None:
    """One of the actor's, removed or not."""
    return db.session.scalars(
        select(Campaign).where(
            Campaign.id == campaign_id, within(actor, Permission.KEEP_OWN_NOTES, Campaign)
        )
    ).one_or_none()


def get_campaign(actor: Actor, campaign_id: UUID, *, removed: bool = False) -> Campaign:
    """Raises `NotFound`; for one that was removed as well, unless it is asked for."""
    found = find_campaign(actor, campaign_id)
    if found is None or (found.removed_at is not None and not removed):
        raise NotFound
    return found


def list_campaigns(actor: Actor) -> list[tuple[Campaign, int]]:
    """The newest first, each with how many it is about. One statement."""
    count = (
        select(func.count())
        .where(CampaignTarget.campaign_id == Campaign.id)
        .correlate(Campaign)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Campaign, count)
        .where(within(actor, Permission.KEEP_OWN_NOTES, Campaign), Campaign.removed_at.is_(None))
        .order_by(Campaign.began_on.desc(), Campaign.created_at.desc(), Campaign.id)
    )
    return [(campaign, targets) for campaign, targets in rows]


def get_target(actor: Actor, campaign: Campaign, target_id: UUID) -> CampaignTarget:
    """Raises `NotFound`."""
    found = db.session.scalars(
        select(CampaignTarget).where(
            CampaignTarget.id == target_id,
            CampaignTarget.campaign_id == campaign.id,
            within(actor, Permission.KEEP_OWN_NOTES, CampaignTarget),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Targeted:
    """A person or practice of an outreach; `is_gone`: taken out of the directory."""

    row: CampaignTarget
    name: str
    is_gone: bool

    @property
    def key(self) -> UUID | str:
        """What contacts and referrals are told apart by."""
        return self.row.practitioner_id or (self.row.practice or "").casefold()


def list_targets(actor: Actor, campaign: Campaign) -> list[Targeted]:
    """By name. One statement."""
    rows = db.session.execute(
        select(CampaignTarget, Practitioner.name, Practitioner.retired_at)
        .outerjoin(Practitioner, Practitioner.id == CampaignTarget.practitioner_id)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, CampaignTarget),
            CampaignTarget.campaign_id == campaign.id,
        )
    )
    found = [Targeted(row, name or row.practice or "", bool(gone)) for row, name, gone in rows]
    return sorted(found, key=lambda each: (each.name.casefold(), str(each.row.id)))


def contacts_since(actor: Actor, campaign: Campaign) -> dict[UUID | str, list[Contact]]:
    """The actor's contacts since an outreach began, by person and folded practice.

    Calls that were answered are among them. Two statements.
    """
    found: defaultdict[UUID | str, list[Contact]] = defaultdict(list)
    touches = db.session.execute(
        select(Touch.practitioner_id, Touch.practice, Touch.kind, Touch.happened_on).where(
            within(actor, Permission.KEEP_OWN_NOTES, Touch),
            Touch.removed_at.is_(None),
            Touch.happened_on >= campaign.began_on,
            or_(Touch.practice.is_not(None), Touch.practitioner_id.in_(_people_of(campaign))),
        )
    )
    for row in touches:
        key = row.practitioner_id or (row.practice or "").casefold()
        found[key].append(Contact(Kind(row.kind), row.happened_on))
    calls = db.session.execute(
        select(Call.practitioner_id, Call.at).where(
            within(actor, Permission.KEEP_OWN_NOTES, Call),
            Call.outcome == "spoke",
            Call.practitioner_id.in_(_people_of(campaign)),
        )
    )
    for practitioner_id, at in calls:
        found[practitioner_id].append(Contact(Kind.CALL, clock.day_of(at)))
    return found


def _people_of(campaign: Campaign) -> Any:
    return select(CampaignTarget.practitioner_id).where(
        CampaignTarget.campaign_id == campaign.id, CampaignTarget.practitioner_id.is_not(None)
    )


def received_by(actor: Actor) -> dict[UUID | str, list[Received]]:
    """Every counted referral to the actor, by its sender and by each practice of theirs, folded.

    Two statements, whose cost is that of the referrals one received.
    """
    mine = (
        within(actor, Permission.READ_NETWORK, Referral),
        Referral.receiver_id == actor.practitioner_id,
        Referral.status.not_in(UNCOUNTED),
    )
    rows: Sequence[Any] = db.session.execute(
        select(
            Referral.sender_id,
            Referral.happened_on,
            func.coalesce(Referral.sent_at, Referral.created_at).label("left_at"),
            Referral.first_visit_at,
        ).where(*mine)
    ).all()
    practices = _practices_of({row.sender_id for row in rows})
    found: defaultdict[UUID | str, list[Received]] = defaultdict(list)
    for row in rows:
        seen_on: date | None = clock.day_of(row.first_visit_at) if row.first_visit_at else None
        received = Received(row.happened_on or clock.day_of(row.left_at), seen_on)
        for key in (row.sender_id, *practices.get(row.sender_id, ())):
            found[key].append(received)
    return found


def _practices_of(ids: Collection[UUID]) -> dict[UUID, set[str]]:
    rows = db.session.execute(
        select(Workplace.practitioner_id, Workplace.practice).where(
            Workplace.practitioner_id.in_(ids), Workplace.practice.is_not(None)
        )
    )
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for practitioner_id, practice in rows:
        found[practitioner_id].add((practice or "").casefold())
    return found
