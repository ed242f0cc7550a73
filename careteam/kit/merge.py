"""Two people edit one thing: different fields merge, the same field is shown to both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Merge:
    """`changes` are to be applied; `clashes` hold (theirs, yours) for fields both changed."""

    changes: dict[str, object] = field(default_factory=dict)
    clashes: dict[str, tuple[object, object]] = field(default_factory=dict)


def merge(
    base: Mapping[str, object], theirs: Mapping[str, object], yours: Mapping[str, object]
) -> Merge:
    """Three-way merge by field.

    `base` is what your form showed, `theirs` what is stored now, `yours` what you sent. A field
    missing from `base` counts as changed by both when it differs, so nothing is overwritten unseen.
    """
    changes: dict[str, object] = {}
    clashes: dict[str, tuple[object, object]] = {}
    for name, mine in yours.items():
        current = theirs[name]
        if mine == current or (name in base and mine == base[name]):
            continue
        if name in base and current == base[name]:
            changes[name] = mine
        else:
            clashes[name] = (current, mine)
    return Merge(changes, clashes)
