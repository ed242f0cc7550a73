"""Holds and cautions that somebody laid by hand, beside those that the answers bring.

A report, a call or what is seen on the day can stop something that no question asks about. The
scopes are those of the rules; what is no hands-on work, such as running, is named in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from careteam.domain.pathway.vocabulary import HoldScope
from careteam.domain.pathway.words import HELD


class PrecautionKind(StrEnum):
    HOLD = "hold"
    CAUTION = "caution"


_FORBIDS = ("no ", "not ", "do not ", "don't ", "avoid ", "stop ", "nothing ", "never ")
"""How words begin that say by themselves that something is stopped."""


@dataclass(frozen=True, slots=True)
class LaidByHand:
    """What is stopped, or to be minded. A caution has the scope ``none``, and so has a hold of what
    is no hands-on work. ``what`` may be empty where the scope says it all.
    """

    kind: PrecautionKind
    scope: HoldScope
    what: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether the scope says it all."""
        return self.kind is PrecautionKind.HOLD and not self.what

    @property
    def words(self) -> str:
        """One sentence that says the effect."""
        words = self.what.strip().rstrip(".")
        if self.kind is PrecautionKind.CAUTION:
            return f"{_upper(words)}."
        if self.scope is HoldScope.NONE and words.casefold().startswith(_FORBIDS):
            return f"{_upper(words)}."
        if self.scope is HoldScope.NONE:
            return f"On hold: {words}."
        held = _upper(HELD[self.scope])
        return f"{held}: {words}." if words else f"{held}."


def lacks_words(kind: PrecautionKind, scope: HoldScope, what: str) -> bool:
    """Whether it needs words that it does not have."""
    is_said = kind is PrecautionKind.HOLD and scope in (HoldScope.ALL, HoldScope.ABDOMEN)
    return not is_said and not what.strip()


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
