"""What stewards ask about the community's own pathways."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.pathways.models import OwnPathway, PathwayVersion
from careteam.kit.db import db
from careteam.kit.errors import NotFound


def list_own_pathways(actor: Actor) -> Sequence[OwnPathway]:
    """All of them, the retired ones last."""
    return db.session.scalars(
        select(OwnPathway)
        .where(within(actor, Permission.MANAGE_PATHWAYS, OwnPathway))
        .order_by(OwnPathway.retired_at.is_not(None), OwnPathway.title, OwnPathway.id)
    ).all()


def find_own_pathway(actor: Actor, own_id: UUID) -> OwnPathway | None:
    return db.session.scalars(
        select(OwnPathway).where(
            OwnPathway.id == own_id, within(actor, Permission.MANAGE_PATHWAYS, OwnPathway)
        )
    ).one_or_none()


def get_own_pathway(actor: Actor, own_id: UUID) -> OwnPathway:
    """Raises `NotFound`."""
    found = find_own_pathway(actor, own_id)
    if found is None:
        raise NotFound
    return found


def list_versions(actor: Actor, own: OwnPathway) -> Sequence[PathwayVersion]:
    """What was published, the newest first."""
    return db.session.scalars(
        select(PathwayVersion)
        .where(
            PathwayVersion.own_pathway_id == own.id,
            within(actor, Permission.READ_PATHWAYS, PathwayVersion),
        )
        .order_by(PathwayVersion.number.desc())
    ).all()


def get_version(actor: Actor, own: OwnPathway, version_id: UUID) -> PathwayVersion:
    """Raises `NotFound`."""
    found = next((each for each in list_versions(actor, own) if each.id == version_id), None)
    if found is None:
        raise NotFound
    return found


def newest_source(actor: Actor, pathway: str) -> str | None:
    """The text of the newest published version of one of the community's own."""
    return db.session.scalar(
        select(PathwayVersion.source)
        .join(OwnPathway, OwnPathway.id == PathwayVersion.own_pathway_id)
        .where(
            OwnPathway.pathway == pathway, within(actor, Permission.READ_PATHWAYS, PathwayVersion)
        )
        .order_by(PathwayVersion.number.desc())
        .limit(1)
    )


def find_by_name(pathway: str) -> UUID | None:
    """Whether an id is taken, for operations."""
    return db.session.scalar(select(OwnPathway.id).where(OwnPathway.pathway == pathway))
