"""What a process asks about published pathways, of no actor: everybody works by them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from careteam.features.accounts.models import Community
from careteam.features.pathways.models import OwnPathway, PathwayVersion
from careteam.kit.db import db


@dataclass(frozen=True, slots=True)
class Published:
    """One published version without its text."""

    id: UUID
    pathway: str
    number: int
    is_offered: bool


def current_stamp() -> UUID | None:
    """Another one each time the published pathways have changed."""
    with db.session.no_autoflush:
        return db.session.scalar(select(Community.pathways_stamp).order_by(Community.created_at))


def list_published() -> list[Published]:
    """Every version of every pathway of the community's own, the oldest of each first."""
    with db.session.no_autoflush:
        rows = db.session.execute(
            select(
                PathwayVersion.id,
                OwnPathway.pathway,
                PathwayVersion.number,
                OwnPathway.retired_at.is_(None),
            )
            .join(OwnPathway, OwnPathway.id == PathwayVersion.own_pathway_id)
            .order_by(OwnPathway.pathway, PathwayVersion.number)
        )
        return [Published(*row) for row in rows]


def sources_of(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The texts of these versions."""
    if not ids:
        return {}
    with db.session.no_autoflush:
        rows = db.session.execute(
            select(PathwayVersion.id, PathwayVersion.source).where(PathwayVersion.id.in_(ids))
        )
        return {row.id: row.source for row in rows}
