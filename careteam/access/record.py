"""What every row about a client carries, so that access to it can be decided and written down."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, event
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from careteam.access.permissions import Permission
from careteam.audit import reads


class ClientRow:
    """A row about one client.

    `INFORMATION_CLASS` fixes the class for the whole model; where it is None the class is the
    row's own and must be given. `author_id` is the practitioner who recorded it, None where the
    client did. `SEAT_COLUMN` names the column that ties the row to a seat, if one does.
    """

    INFORMATION_CLASS: ClassVar[str | None] = None
    SEAT_COLUMN: ClassVar[str | None] = None
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_RECORD

    information_class: Mapped[str]

    @declared_attr
    def client_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)

    @declared_attr
    def author_id(cls) -> Mapped[UUID | None]:
        return mapped_column(ForeignKey("practitioners.id"))


def _fix_class(row: Any, _args: Any, given: dict[str, Any]) -> None:
    fixed = type(row).INFORMATION_CLASS
    if fixed is not None:
        given.setdefault("information_class", fixed)


def _note_read(row: Any, _context: Any) -> None:
    reads.note(row.client_id, row.information_class)


event.listen(ClientRow, "init", _fix_class, propagate=True)
event.listen(ClientRow, "load", _note_read, propagate=True)
