"""Boxes of the preview of an import: what a row says otherwise than the entry that is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from flask import request

from careteam.domain.importing import Draft
from careteam.features.imports.comparing import Differing
from careteam.features.imports.contents import Taken


def tick_words(rows: Iterable[Draft], differing: Mapping[int, Differing]) -> dict[str, str]:
    """What each box of these rows says, by the name of its field."""
    return {
        tick_name(row.row, name): words
        for row in rows
        if row.row in differing
        for name, words in differing[row.row].in_words().items()
    }


def tick_name(row: int, difference: str) -> str:
    return f"take-{row}-{difference}"


def ticked(differing: Mapping[int, Differing]) -> dict[int, Taken]:
    """What the sent form says of the rows that it showed, and of no other."""
    shown = {int(each) for each in request.form.getlist("ticks") if each.isdecimal()}
    return {
        row: Taken(
            each.version,
            tuple(name for name in each.differs if tick_name(row, name) in request.form),
        )
        for row, each in differing.items()
        if row in shown
    }


def tick_names(differing: Mapping[int, Differing]) -> dict[int, list[str]]:
    """The fields of each row's boxes."""
    return {row: [tick_name(row, name) for name in each.differs] for row, each in differing.items()}


def ticks_kept(taken: Mapping[int, Taken], differing: Mapping[int, Differing]) -> Iterator[str]:
    """The boxes that were ticked, but of an entry that has been changed since."""
    for row, wish in taken.items():
        if row in differing and differing[row].version == wish.version:
            yield from (tick_name(row, name) for name in wish.names)


def entries_ticked(taken: Mapping[int, Taken], differing: Mapping[int, Differing]) -> set[UUID]:
    """The entries that would be changed."""
    return {
        differing[row].entry_id
        for row, wish in taken.items()
        if row in differing
        and differing[row].version == wish.version
        and set(wish.names) & differing[row].differs.keys()
    }
