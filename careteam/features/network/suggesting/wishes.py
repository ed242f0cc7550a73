"""What matters to this client, and who is kept or left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from careteam.domain.suggestion.fit import Matter, Weights, weights_of
from careteam.features.teams.candidates import Hard

USUAL = 2
"""Where a slider stands by itself; nothing is 0, and twice as much as usual is 4."""
AS_KNOWN = 100
"""Weight of the network as usual: 100 times the lambda of the literature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """`near`, `quick`, `fee` and `knows` are 0 to 4; `kept` gives the name chosen for a seat.
    `later`: for the seats put off until later as well."""

    near: int = USUAL
    quick: int = USUAL
    fee: int = USUAL
    knows: int = USUAL
    later: bool = False
    hard: Hard = field(default_factory=Hard)
    kept: Mapping[UUID, UUID] = field(default_factory=dict)

    @property
    def states(self) -> tuple[str, ...]:
        """States of the seats to fill."""
        return ("open", "later") if self.later else ("open",)

    @property
    def weights(self) -> Weights:
        """Language and room have no slider: they count as usual beside the others."""
        return weights_of(
            {
                Matter.DISTANCE: self.near / USUAL,
                Matter.ANSWER: self.quick / USUAL,
                Matter.FEE: self.fee / USUAL,
            }
        )

    @property
    def knowing(self) -> int:
        return AS_KNOWN * self.knows // USUAL
