"""What the page says of a suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from uuid import UUID

from careteam.domain.suggestion.fit import Fit
from careteam.domain.suggestion.problem import FIT_UNIT
from careteam.domain.wording import count_words, list_words
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
    """A next best whole team; `behind` is how many points more it has than the first."""

    changes: tuple[Change, ...]
    behind: float

    @property
    def words(self) -> str:
        if self.behind <= 0:
            return "As good as the first"
        if self.behind < 1:
            return "Less than one point behind"
        return f"{count_words(round(self.behind), 'point')} behind"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`together`: who stays on the team and counts. `seen` is whether any tie can count at all.
    The first team has `cost`, and no team can have less than `least`, nor one with somebody who was
    not looked at. `there`: how many could be asked, where `candidates` are not all of them."""

    seats: tuple[SeatAnswer, ...]
    teams: tuple[TeamAnswer, ...]
    together: Sequence[str]
    is_proven: bool
    cost: float
    least: float
    candidates: int
    place_known: bool
    seen: bool
    there: int = 0

    @property
    def names(self) -> int:
        """Seats with a name."""
        return sum(each.first is not None for each in self.seats)

    @property
    def words(self) -> str:
        """'3 of 4 open places with a name: Ana Sample, Ben Sample and Cai Sample'. Beside the
        sliders, and read out when they move the answer."""
        named = [each.first.name for each in self.seats if each.first is not None]
        said = f"{len(named)} of {count_words(len(self.seats), 'open place')} with a name"
        shown = named[:NAMED] if len(named) > NAMED + 1 else named
        more = [f"{len(named) - len(shown)} more"] if len(shown) < len(named) else []
        return f"{said}: {list_words([*shown, *more])}" if named else said

    @property
    def proof(self) -> str:
        """What is certain about the first team."""
        if not self.names:
            return ""
        if not self.is_proven:
            return f"{UNPROVEN} {self._at_most} A name that you keep leaves less to look through."
        if self.least >= self.cost:
            return f"No other team scores better by what counts here. {PROVEN}"
        return (
            f"No other team of the people looked at scores better by what counts here. {PROVEN} "
            f"{self._at_most}"
        )

    @property
    def points(self) -> int:
        """Of the first team."""
        return round(points(self.cost))

    @property
    def _at_most(self) -> str:
        """How much better than the first a team could be."""
        which = "team with one of the others" if self.is_proven else "team"
        least = floor(points(self.least))
        here = f"It has {count_words(self.points, 'point')}, fewer are better;"
        if least <= 0:
            return f"{here} how few a {which} could have is not known."
        return f"{here} no {which} can have fewer than {least:,}."


NAMED = 6
"""Names in one sentence."""
UNPROVEN = "The best found in two seconds, not proven to be the best."
PROVEN = "This is proven, not guessed."


def points(cost: float) -> float:
    """As people read it: a name by itself has up to 1000 points, and so have two strangers."""
    return cost / FIT_UNIT
