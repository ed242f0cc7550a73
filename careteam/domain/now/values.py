"""What this subject needs of a red flag."""

from typing import Protocol

from careteam.domain.pathway.vocabulary import HoldScope, Urgency


class RedFlag(Protocol):
    """A sign, how urgent it is, what to do, and which hands-on work it holds."""

    @property
    def id(self) -> str: ...

    @property
    def sign(self) -> str: ...

    @property
    def urgency(self) -> Urgency: ...

    @property
    def action(self) -> str: ...

    @property
    def hold_manual_therapy(self) -> HoldScope: ...
