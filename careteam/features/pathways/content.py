"""The pathways to choose from and their catalogue: what is shipped, read once and checked whole,
and what this community has published itself.

``shipped`` is called when the application starts: shipped content that breaks its format raises
``ContentError`` with file, line and reason, and nothing starts. A published pathway that cannot be
read any more is left out, logged, and shown to the stewards.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from careteam.domain.pathway.catalogue import Content
from careteam.domain.pathway.values import Pathway
from careteam.features.pathways.published_queries import (
    Published,
    current_stamp,
    list_published,
    sources_of,
)
from careteam.features.pathways.reading.catalogue import read_catalogue
from careteam.features.pathways.reading.entry import ContentError, read_file
from careteam.features.pathways.reading.pathway import read_pathway
from careteam.features.pathways.reading.typed import read_typed

__all__ = ["CONTENT_FOLDER", "ContentError", "load_content", "read_content", "shipped"]

CONTENT_FOLDER = Path(__file__).parents[2] / "content"
OWN = "own_"
"""How ids of the community's own pathways begin, so that no shipped one ever has the same."""
log = logging.getLogger(__name__)


class HasPathway(Protocol):
    @property
    def pathway(self) -> str | None: ...
    @property
    def pathway_version(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Broken:
    """A published version that cannot be read any more, and why."""

    published: Published
    reason: str


@dataclass(frozen=True)
class Held:
    """What this process holds, and the stamp under which it was read. `read` is by row."""

    content: Content
    stamp: UUID | None = None
    read: Mapping[UUID, Pathway | ContentError] = field(default_factory=dict)
    broken: tuple[Broken, ...] = ()


@cache
def shipped() -> Content:
    """The content of this package, read on the first call. Raises ContentError."""
    return read_content(CONTENT_FOLDER)


class _Process:
    """One value in one place, replaced whole, so that threads see the old or the new."""

    held: Held | None = None


def load_content() -> Content:
    """What this process knows to be shipped and published. It asks the database nothing."""
    return _Process.held.content if _Process.held else shipped()


def broken_versions() -> tuple[Broken, ...]:
    return _Process.held.broken if _Process.held else ()


def keep_up(stamp: UUID | None) -> None:
    """Take in what was published since, by this process or another.

    `stamp` is that of the community as it stands. Nothing is asked or read while it is the one
    this process knows, and a version is read once only.
    """
    known = _Process.held or Held(shipped())
    if stamp != known.stamp:
        _Process.held = _taken_in(stamp, known)


def pathway_of(goal: HasPathway) -> Pathway | None:
    """The pathway of a goal, in the version the goal was made from.

    A goal may be younger than what this process knows: then it asks once more.
    """
    name, version = goal.pathway, goal.pathway_version
    if name and name.startswith(OWN) and not load_content().holds(name, version):
        keep_up(current_stamp())
    return load_content().find(name, version)


def read_own(name: str, source: str) -> Pathway:
    """A pathway of the community's own from its text. Raises ContentError.

    It may lead over to shipped pathways only: its neighbours may be retired.
    """
    base = shipped()
    return read_pathway(read_typed(f"{name}.yaml", source), base.catalogue, base.pathways)


def _taken_in(stamp: UUID | None, known: Held) -> Held:
    listed = list_published() if stamp else []
    read = {each.id: known.read[each.id] for each in listed if each.id in known.read}
    sources = sources_of([each.id for each in listed if each.id not in read])
    names = {each.id: each.pathway for each in listed}
    read |= {key: _read(names[key], source) for key, source in sources.items()}
    broken = [
        Broken(each, str(found))
        for each in listed
        if isinstance(found := read.get(each.id), ContentError)
    ]
    for each in broken:
        log.error(
            "published pathway left out",
            extra={"pathway": each.published.pathway, "reason": each.reason},
        )
    return Held(_joined(listed, read), stamp, read, tuple(broken))


def _read(name: str, source: str) -> Pathway | ContentError:
    try:
        return read_own(name, source)
    except ContentError as error:
        return error


def _joined(listed: Iterable[Published], read: Mapping[UUID, Pathway | ContentError]) -> Content:
    base = shipped()
    pathways, kept = dict(base.pathways), dict[str, tuple[Pathway, ...]]()
    for each in listed:
        found = read.get(each.id)
        if isinstance(found, Pathway):
            kept[each.pathway] = (*kept.get(each.pathway, ()), found)
            if each.is_offered:
                pathways[each.pathway] = found
    return Content(MappingProxyType(pathways), base.catalogue, MappingProxyType(kept))


def read_content(folder: Path) -> Content:
    """The content of a folder with ``catalogue`` and ``pathways`` in it. Raises ContentError."""
    catalogue = read_catalogue(folder / "catalogue")
    files = sorted((folder / "pathways").glob("*.yaml"))
    if not files:
        raise ContentError("pathways", 1, "no pathway files")
    names = [path.stem for path in files]
    pathways = {path.stem: read_pathway(read_file(path), catalogue, names) for path in files}
    return Content(MappingProxyType(pathways), catalogue)
