"""Who is wanted for a seat, who could fill it, and the answer in words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careteam.domain.confirming import is_unconfirmed


class Accepting(StrEnum):
    """Whether a practitioner takes new clients, as last said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class WorkingWay(StrEnum):
    """How a practitioner sees clients."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HOME_VISIT = "home_visit"


class Filter(StrEnum):
    """What can take a candidate off the list."""

    DISCIPLINE = "discipline"
    RULED_OUT = "ruled_out"
    DISTANCE = "distance"
    LANGUAGE = "language"
    WAY = "way"
    ACCEPTING = "accepting"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one seat asks for.

    `alternatives` may stand in for `discipline`. `languages` are those the client speaks, `ways`
    those the client can use; empty means no wish. Without `place_known` (the client's place)
    distances play no part. Languages, ways and acceptance only order the
    list unless the matching `only_*` makes them a filter; `within_km` filters when set.
    """

    discipline: str
    alternatives: tuple[str, ...] = ()
    place_known: bool = True
    languages: tuple[str, ...] = ()
    ways: frozenset[WorkingWay] = frozenset()
    within_km: float | None = None
    only_language: bool = False
    only_way: bool = False
    only_accepting: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One practitioner of the directory, seen from the client's place.

    Who refers to whom is not here on purpose: a referrer's interest must not be able to count.
    `distance_km` is to the nearest workplace, None when either place is unknown. Languages and
    ways are names and codes as the directory holds them; empty means not known. `ruled_out` is
    a reason this person cannot be offered for this seat at all ('declined this on 3 Nov').
    `confirmed_on` is the last day on which somebody entered, checked or confirmed anything.
    `fee` of a session, 0 where it is free, and the names of the `practices` order nothing here.
    """

    practitioner_id: str
    name: str
    disciplines: tuple[str, ...]
    distance_km: float | None = None
    languages: tuple[str, ...] = ()
    accepting: Accepting = Accepting.UNKNOWN
    said_on: date | None = None
    usual_wait_days: int | None = None
    ways: frozenset[WorkingWay] = frozenset()
    last_verified_on: date | None = None
    confirmed_on: date | None = None
    ruled_out: str = ""
    fee: float | None = None
    practices: tuple[str, ...] = ()

    def is_unconfirmed(self, today: date) -> bool:
        """Nobody has said for six months that what is known of them holds."""
        return self.confirmed_on is not None and is_unconfirmed(self.confirmed_on, today)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate in its place: what speaks for them and what does not, in words."""

    candidate: Candidate
    reasons: tuple[str, ...]
    drawbacks: tuple[str, ...]
    accepting: Accepting


@dataclass(frozen=True, slots=True)
class Excluded:
    """A candidate that is not offered: every filter that takes it off, and the first one's why."""

    candidate: Candidate
    by: tuple[Filter, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The answer for one seat, best first; `empty_because` says what to change when it is empty."""

    ranked: tuple[Ranked, ...]
    excluded: tuple[Excluded, ...]
    empty_because: str = ""
    explanation: str = ""

    def offered(self, count: int = 3) -> tuple[Ranked, ...]:
        """The first `count` names, never fewer than two where there are two."""
        return self.ranked[: max(count, 2)]
