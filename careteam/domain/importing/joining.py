"""Two entries that are one person's: what the one that stays takes over, and how it gives it back.

What was taken over is kept as names of fields and places in the other entry, never as what they
said: whoever is erased from the directory is not left over in a note about a merge.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TOGETHER = (
    ("phone",),
    ("email",),
    ("website",),
    ("social",),
    ("bio",),
    ("accepting",),
    ("usual_wait_days",),
    ("fee_from", "fee_to"),
    ("registration_body", "registration_number"),
)
"""Fields that are taken over where the entry that stays says nothing in any of them."""
LISTS = ("disciplines", "languages", "workplaces")
_NOTHING = (None, "", "unknown")


@dataclass(frozen=True, slots=True)
class Joined:
    """`values` is what the entry says then. `added` has the places in the other's lists."""

    values: dict[str, Any]
    filled: tuple[str, ...] = ()
    added: dict[str, tuple[int, ...]] = field(default_factory=dict)


def join_entries(
    kept: Mapping[str, Any], gone: Mapping[str, Any], most: Mapping[str, int]
) -> Joined:
    """Fill what is empty and add what the lists lack, up to `most` of each. The name stays."""
    values = dict(kept)
    filled: list[str] = []
    for names in TOGETHER:
        if all(kept[name] in _NOTHING for name in names):
            news = [name for name in names if gone[name] not in _NOTHING]
            values |= {name: gone[name] for name in news}
            filled += news
    added = {}
    for name in LISTS:
        room = most.get(name, len(gone[name])) - len(kept[name])
        news_at = [at for at, each in enumerate(gone[name]) if each not in kept[name]]
        added[name] = tuple(news_at[: max(0, room)])
        values[name] = (*kept[name], *(gone[name][at] for at in added[name]))
    return Joined(values, tuple(filled), {name: places for name, places in added.items() if places})


def part_entries(
    now: Mapping[str, Any],
    gone: Mapping[str, Any],
    filled: Iterable[str],
    added: Mapping[str, Sequence[int]],
) -> dict[str, Any]:
    """What the entry says without what it took over. Whatever was changed since
    stays, and the last discipline too, without which there is no entry."""
    values = dict(now)
    for name in filled:
        if now[name] == gone[name]:
            values[name] = "unknown" if name == "accepting" else None
    for name, places in added.items():
        back = [gone[name][at] for at in places if at < len(gone[name])]
        left = tuple(each for each in now[name] if each not in back)
        values[name] = left or (now[name] if name == "disciplines" else ())
    return values
