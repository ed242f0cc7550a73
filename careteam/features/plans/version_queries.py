"""Questions about versions of a plan and the answers to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.domain.referral import Route
from careteam.features.clients.models import Goal
from careteam.features.plans.models import PlanAgreement, PlanVersion
from careteam.features.referrals.models import Referral
from careteam.kit.db import db
from careteam.kit.errors import NotFound

LONGEST_NUMBER = 6


def list_versions(actor: Actor, goal: Goal) -> Sequence[PlanVersion]:
    """The versions of a goal's plan that the actor may see, the first first."""
    return db.session.scalars(_versions(actor), {"goal_id": goal.id}).all()


@kept
def _versions(actor: Actor) -> Select[PlanVersion]:
    """Of the goal bound as `goal_id`."""
    shown = within(actor, Permission.ANSWER_PLAN, PlanVersion)
    return (
        select(PlanVersion)
        .where(PlanVersion.goal_id == bindparam("goal_id"), shown)
        .order_by(PlanVersion.number)
    )


def get_version(actor: Actor, goal: Goal, number: str | int) -> PlanVersion:
    """One version by its number, as it stands in an address. Raises `NotFound`."""
    text = str(number)
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise NotFound
    found = db.session.scalars(
        select(PlanVersion).where(
            PlanVersion.goal_id == goal.id,
            PlanVersion.number == int(text),
            within(actor, Permission.ANSWER_PLAN, PlanVersion),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_answers(actor: Actor, goal: Goal) -> Sequence[PlanAgreement]:
    """Every answer to any version that the actor may see, the earlier ones of a party first."""
    return db.session.scalars(_answers(actor), {"goal_id": goal.id}).all()


@kept
def _answers(actor: Actor) -> Select[PlanAgreement]:
    """Of the goal bound as `goal_id`."""
    shown = within(actor, Permission.ANSWER_PLAN, PlanAgreement)
    return (
        select(PlanAgreement)
        .where(PlanAgreement.goal_id == bindparam("goal_id"), shown)
        .order_by(PlanAgreement.version_id, PlanAgreement.party, PlanAgreement.number)
    )


def answers_to(version: PlanVersion, party: str) -> Sequence[PlanAgreement]:
    """What one party has said to a version so far, for operations."""
    return db.session.scalars(
        select(PlanAgreement)
        .where(PlanAgreement.version_id == version.id, PlanAgreement.party == party)
        .order_by(PlanAgreement.number)
    ).all()


def latest_number(goal_id: UUID) -> int:
    """The number of the last version published, 0 before the first. For operations."""
    found = db.session.scalar(
        select(func.max(PlanVersion.number)).where(PlanVersion.goal_id == goal_id)
    )
    return found or 0


def referrals_by_link(seat_ids: Collection[UUID]) -> dict[UUID, Referral]:
    """By seat, the referral that filled it and went by mail or link: one statement."""
    rows = db.session.scalars(
        select(Referral)
        .where(
            Referral.seat_id.in_(seat_ids),
            Referral.sent_by.in_([Route.MAIL, Route.LINK]),
            Referral.accepted_at.is_not(None),
        )
        .order_by(Referral.sent_at, Referral.id)
    )
    return {row.seat_id: row for row in rows if row.seat_id is not None}
