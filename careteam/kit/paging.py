"""One page of a long list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """`items` of page `number` (from 1); `total` counts all pages' items."""

    items: Sequence[Item]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_more(self) -> bool:
        return self.number < self.last


def page_number(given: str | None) -> int:
    """A page number from an address; nonsense means the first page."""
    if given and given.isascii() and given.isdigit() and len(given) <= 6:
        return max(1, int(given))
    return 1
