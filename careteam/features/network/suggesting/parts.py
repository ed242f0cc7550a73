"""What the page says of a suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from careteam.domain.suggestion.fit import Fit
from careteam.features.teams.models import Seat


@dataclass(frozen=True, slots=True)
class Name:
    """One name for one seat of one team.

    `knows` says with whom of this team they work, as far as the reader may know. `interest` is
    what the reader has to tell the client of. `stands_in`: of another discipline that may.
    """

    id: UUID
    name: str
    fit: Fit
    knows: str
    interest: str = ""
    is_newcomer: bool = False
    stands_in: bool = False
    is_kept: bool = False
    is_unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """Another name for the seat, the rest of the team staying: against the first."""

    name: Name
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """Why a seat has no name, and who could know somebody: names with a few words."""

    because: str
    could_know: tuple[tuple[UUID, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SeatAnswer:
    seat: Seat
    first: Name | None
    others: tuple[Other, ...] = ()
    more: int = 0
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One seat of another team, against the first."""

    seat: Seat
    other: Other
    instead_of: str


@dataclass(frozen=True, slots=True)
class TeamAnswer:
    """A next best whole team; `behind` is how much more it costs, as a share of the first."""

    changes: tuple[Change, ...]
    behind: float

    @property
    def words(self) -> str:
        if self.behind <= 0:
            return "As good as the first"
        percent = round(100 * self.behind)
        return f"Scores {percent} % behind" if percent else "Scores less than 1 % behind"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`together`: who stays on the team and counts. `seen` is whether any tie can count at all.
    `there`: how many could be asked, where `candidates` are not all of them, and `beyond` how much
    better a team with one of the others could be at most, as a share of the first one's cost."""

    seats: tuple[SeatAnswer, ...]
    teams: tuple[TeamAnswer, ...]
    together: Sequence[str]
    is_proven: bool
    gap: float
    candidates: int
    place_known: bool
    seen: bool
    there: int = 0
    beyond: float = 0.0

    @property
    def names(self) -> int:
        """Seats with a name."""
        return sum(each.first is not None for each in self.seats)

    @property
    def proof(self) -> str:
        """What is certain about the first team."""
        if not self.names:
            return ""
        if not self.is_proven:
            return (
                "The best found in two seconds, not proven to be the best: no team can score more "
                f"than {_percent(max(self.gap, self.beyond))} better."
            )
        if not self.beyond:
            return f"No other team scores better by what counts here. {PROVEN}"
        return (
            f"No other team of the people looked at scores better by what counts here. {PROVEN} "
            f"No team with one of the others can score more than {_percent(self.beyond)} better."
        )


PROVEN = "This is proven, not guessed."


def _percent(share: float) -> str:
    return f"{max(1, ceil(100 * share))} %"
