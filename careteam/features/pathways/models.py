"""The community's own pathways: a draft that is edited, and the versions that were published."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.kit.db import Base, Keyed, Stamped, Versioned


class OwnPathway(Keyed, Versioned, Stamped, Base):
    """A pathway of this community. `source` is the draft as YAML; `newest` counts what was
    published. While it is retired nobody chooses it any more, and goals keep it.
    """

    __tablename__ = "own_pathways"
    READ_PERMISSION: ClassVar[Permission] = Permission.MANAGE_PATHWAYS

    pathway: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    source: Mapped[str] = mapped_column(Text)
    copied_from: Mapped[str | None]
    newest: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    changed_by_name: Mapped[str]
    retired_at: Mapped[datetime | None]


class PathwayVersion(Keyed, Base):
    """A published version. It is never changed: goals were made from it."""

    __tablename__ = "pathway_versions"

    own_pathway_id: Mapped[UUID] = mapped_column(ForeignKey("own_pathways.id"))
    number: Mapped[int]
    title: Mapped[str]
    source: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]
    published_by_name: Mapped[str]

    __table_args__ = (UniqueConstraint("own_pathway_id", "number"),)
