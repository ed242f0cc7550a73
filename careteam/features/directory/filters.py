"""What a search of the directory asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from careteam.domain.matching import WorkingWay
from careteam.kit.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Empty means no wish. `within_km` counts only with `near`; without it near only orders.

    `fee` is the most somebody would pay: an entry that says no fee is left in. `retired` shows
    those taken out instead, which only a steward sees.
    """

    words: str = ""
    discipline: str = ""
    near: Place | None = None
    within_km: float | None = None
    language: str = ""
    accepting: bool = False
    ways: frozenset[WorkingWay] = frozenset()
    fee: Decimal | None = None
    public_only: bool = False
    retired: bool = False

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the filters that narrow the result, in the order of the page."""
        narrowing = (
            ("words", bool(self.words)),
            ("discipline", bool(self.discipline)),
            ("within_km", self.near is not None and self.within_km is not None),
            ("language", bool(self.language)),
            ("accepting", self.accepting),
            ("ways", bool(self.ways)),
            ("fee", self.fee is not None),
            ("public_only", self.public_only),
        )
        return tuple(name for name, used in narrowing if used)

    def without(self, name: str) -> Filters:
        """The same search with one filter dropped."""
        return replace(self, **{name: getattr(NOTHING_ASKED, name)})


NOTHING_ASKED = Filters()
