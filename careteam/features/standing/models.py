"""Standing teams: people whom a practitioner would ask first, and the goals she asks them for."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.access.record import ClientRow
from careteam.kit.db import Base, Keyed, Stamped


class StandingTeam(Keyed, Stamped, Base):
    """A named set of practitioners, seen by whoever keeps it and by nobody else.

    `pathway` is what it is meant for, `asks_for` the disciplines of the goal it was kept from, both
    only to say who is missing. Nothing in it tells of a client. One that was removed keeps its row,
    so that removing it can be undone.
    """

    __tablename__ = "standing_teams"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    name: Mapped[str]
    pathway: Mapped[str | None]
    asks_for: Mapped[list[str]] = mapped_column(default=list)
    removed_at: Mapped[datetime | None]
    is_sample: Mapped[bool] = mapped_column(default=False)


class StandingMember(Base):
    """Somebody on a standing team, and for which discipline."""

    __tablename__ = "standing_members"

    team_id: Mapped[UUID] = mapped_column(
        ForeignKey("standing_teams.id", ondelete="CASCADE"), primary_key=True
    )
    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id"), primary_key=True, index=True
    )
    discipline: Mapped[str]


class StandingUse(ClientRow, Base):
    """Which standing team comes first for a goal. It counts for whoever keeps that team alone:
    after a hand-over the new lead chooses among her own.
    """

    __tablename__ = "standing_uses"
    INFORMATION_CLASS = "goal_plan"
    READ_PERMISSION: ClassVar[Permission] = Permission.EDIT_TEAM

    goal_id: Mapped[UUID] = mapped_column(
        ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True
    )
    team_id: Mapped[UUID] = mapped_column(
        ForeignKey("standing_teams.id", ondelete="CASCADE"), index=True
    )
