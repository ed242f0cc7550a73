"""Two entries that are one person: made one, and taken apart again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update

from careteam.access.actor import Actor
from careteam.access.guard import require
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.importing.joining import Joined, join_entries, part_entries
from careteam.features.directory.details import (
    MOST_DISCIPLINES,
    MOST_WORKPLACES,
    Details,
    details_of,
)
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import write_entry
from careteam.features.directory.queries import find_account_of
from careteam.features.imports.merging_queries import (
    find_merge,
    keys_beside,
    movable_keys,
    pointing_columns,
)
from careteam.features.imports.models import Merge
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict

_CHECKED = ("registration_checked_on", "registration_checked_by")


def joined(kept: Practitioner, gone: Practitioner) -> Joined:
    """What the entry that stays would say. Both must be loaded whole."""
    most = {"disciplines": MOST_DISCIPLINES, "workplaces": MOST_WORKPLACES}
    return join_entries(details_of(kept).values(), details_of(gone).values(), most)


def why_not(kept: Practitioner, gone: Practitioner) -> str:
    """What stands against making these two one, in words; "" where nothing does."""
    if kept.id == gone.id:
        return "This is one entry already."
    if kept.retired_at is not None or gone.retired_at is not None:
        return "One of the two is out of the directory."
    if kept.is_sample is not gone.is_sample:
        return "One of the two is a made-up person of the sample data."
    if gone.claimed_at is not None or find_account_of(gone.id) is not None:
        return (
            f"Somebody signs in as {gone.name}: keep that entry, and merge the other one into it."
        )
    return ""


@operation(Permission.MERGE_PRACTITIONER, on="kept", action="practitioner.merged")
def merge_practitioners(*, actor: Actor, kept: Practitioner, gone: Practitioner) -> Practitioner:
    """Let all that points at `gone` point at `kept`, and take `gone` out of the directory.

    Both must be loaded whole. Raises `Conflict` with the reason where they cannot be one.
    """
    require(actor, Permission.MERGE_PRACTITIONER, gone)
    reason = why_not(kept, gone)
    if reason:
        raise Conflict(reason)
    taken = joined(kept, gone)
    write_entry(kept, Details(**taken.values))
    if "accepting" in taken.filled:
        kept.accepting_said_on = gone.accepting_said_on
    if "registration_number" in taken.filled:
        for name in _CHECKED:
            setattr(kept, name, getattr(gone, name))
    gone.retired_at, gone.merged_into_id = clock.now(), kept.id
    db.session.flush()
    moved = []
    for column in pointing_columns():
        keys = movable_keys(column, gone.id, kept.id)
        _point(column, keys, gone.id, kept.id)
        if keys:
            written = [list(map(str, key)) for key in keys]
            moved.append([column.table.name, column.name, written])
    content = {"filled": taken.filled, "added": taken.added, "moved": moved}
    db.session.add(Merge(kept_id=kept.id, gone_id=gone.id, content=content))
    return kept


@operation(Permission.MERGE_PRACTITIONER, on="kept", action="practitioner.parted")
def part_practitioners(*, actor: Actor, kept: Practitioner, gone: Practitioner) -> Practitioner:
    """Undo a merge: what came with `gone` goes back to it, what came since stays with `kept`.

    Doing so twice changes nothing. Raises `Conflict` where one of the two was taken out since.
    """
    merge = find_merge(gone.id)
    if merge is None or merge.kept_id != kept.id:
        return gone
    if kept.merged_into_id is not None:
        raise Conflict(f"{kept.name} was merged into another entry. Take those two apart first.")
    if kept.removal_asked_at is not None or gone.removal_asked_at is not None:
        raise Conflict("This person asked to be removed from the directory.")
    said = part_entries(
        details_of(kept).values(),
        details_of(gone).values(),
        merge.content["filled"],
        merge.content["added"],
    )
    write_entry(kept, Details(**said))
    gone.retired_at = gone.merged_into_id = None
    merge.undone_at = clock.now()
    db.session.flush()
    columns = {(each.table.name, each.name): each for each in pointing_columns()}
    for table, name, written in merge.content["moved"]:
        column = columns.get((table, name))
        if column is not None:
            then = {tuple(key) for key in written}
            free = movable_keys(column, kept.id, gone.id)
            back = [key for key in free if tuple(map(str, key)) in then]
            _point(column, back, kept.id, gone.id)
    merge.content = {}
    return gone


def _point(column: Any, keys: Iterable[tuple[Any, ...]], old: UUID, new: UUID) -> None:
    """Let these rows name `new` instead of `old`, as they are and with no row read."""
    beside = keys_beside(column)
    places = [{f"key_{at}": value for at, value in enumerate(key)} for key in keys]
    if places:
        which = [each == bindparam(f"key_{at}") for at, each in enumerate(beside)]
        statement = update(column.table).where(column == old, *which).values({column.name: new})
        db.session.connection().execute(statement, places)
