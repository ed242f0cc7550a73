"""What a brought row says otherwise than the entry that is there, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from careteam.domain.importing.words import fold

ALONE = ("name", "email", "phone", "website", "accepting", "bio")
TOGETHER = {
    "fee": ("fee_from", "fee_to"),
    "registration": ("registration_body", "registration_number"),
}
"""Parts that are taken together or not at all."""
_NOTHING = (None, "", "unknown")


class WorkLike(Protocol):
    """A place of work in words; as a named tuple or a frozen dataclass with these four fields."""

    @property
    def practice(self) -> str | None: ...
    @property
    def place(self) -> str | None: ...
    @property
    def days(self) -> str | None: ...
    @property
    def phone(self) -> str | None: ...


def differences(
    says: Mapping[str, Any], brought: Mapping[str, Any], most: Mapping[str, int]
) -> dict[str, dict[str, Any]]:
    """What the entry would say by the name of each difference; empty where it says all of it.

    An empty cell takes nothing away, and of a list only what it lacks is added, up to `most`.
    """
    found = {
        name: {name: brought[name]}
        for name in ALONE
        if brought[name] not in _NOTHING and not _said(name, says[name], brought[name])
    }
    for word, names in TOGETHER.items():
        values = {name: brought[name] for name in names if brought[name] not in _NOTHING}
        if any(says[name] != value for name, value in values.items()):
            found[word] = values
    for name in ("disciplines", "languages"):
        lacks = [each for each in brought[name] if each not in says[name]]
        room = most.get(name, len(says[name]) + len(lacks)) - len(says[name])
        if lacks[: max(0, room)]:
            found[name] = {name: (*says[name], *lacks[:room])}
    for work in brought["workplaces"]:
        places = _with_work(says["workplaces"], work, most["workplaces"])
        if places != tuple(says["workplaces"]):
            found["workplaces"] = {"workplaces": places}
    return found


def _said(name: str, now: Any, brought: Any) -> bool:
    """Whether the entry says it already; a note may stand within a longer one."""
    if name == "bio":
        return brought in (now or "")
    return bool(brought == now or (name == "website" and _bare(now) == _bare(brought)))


def _bare(address: str | None) -> str:
    return (address or "").casefold().partition("://")[2].removeprefix("www.").rstrip("/")


def _with_work(works: tuple[Any, ...], work: WorkLike, most: int) -> tuple[Any, ...]:
    """The places of work with this one, which fills the one that it fits or comes last."""
    for at, there in enumerate(works):
        if all(_fits(getattr(there, part), getattr(work, part)) for part in ("practice", "place")):
            return (*works[:at], _filled(there, work), *works[at + 1 :])
    return (*works, work) if len(works) < most else works


def _fits(there: str | None, brought: str | None) -> bool:
    return not there or not brought or fold(there) == fold(brought)


def _filled(there: Any, work: WorkLike) -> Any:
    parts = ("practice", "place", "days", "phone")
    return type(there)(*(getattr(there, part) or getattr(work, part) for part in parts))
