"""What was given and what was received: referrals, each way, and never anything else.

In two stretches beside each other: the last six months, which move with the day, and the last
half-year that is over, which stands still. It says nothing of who fits a client.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from careteam.domain.network.periods import HalfYear, Period
from careteam.domain.relationships.tending import months_later

ROLLING_MONTHS = 6
SHOWN_HALF_YEARS = 6


@dataclass(frozen=True, slots=True)
class Exchange:
    """A counted referral with the reader at one end."""

    other: str
    is_given: bool
    on: date
    is_accepted: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """So many referrals, and how many of them were accepted and are closed."""

    count: int = 0
    accepted: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Both:
    given: Amount
    received: Amount


@dataclass(frozen=True, slots=True)
class Share:
    """Between the reader and one person. `last_on` is of all time."""

    other: str
    lately: Both
    half_year: Both
    last_on: date


@dataclass(frozen=True, slots=True)
class GivenAndReceived:
    """`since` is the day six months ago, which is left out; `over` the last half-year that is over.

    `shares` are of people with a referral in one of the two, those with most lately first.
    """

    since: date
    over: HalfYear
    lately: Both
    half_year: Both
    shares: list[Share]


def given_and_received(exchanges: Iterable[Exchange], today: date) -> GivenAndReceived:
    since = months_later(today, -ROLLING_MONTHS)
    over = HalfYear.of(today).moved(-1)
    known = [each for each in exchanges if each.on <= today]
    by_person: defaultdict[str, list[Exchange]] = defaultdict(list)
    for each in known:
        by_person[each.other].append(each)

    def share(other: str, some: list[Exchange]) -> Share:
        return Share(other, _lately(some, since), _within(some, over), max(e.on for e in some))

    shares = [share(other, some) for other, some in by_person.items()]
    shown = [each for each in shares if _total(each.lately) or _total(each.half_year)]
    shown.sort(key=lambda each: (-_total(each.lately), -_total(each.half_year), each.other))
    return GivenAndReceived(since, over, _lately(known, since), _within(known, over), shown)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One half-year. The running one is not over yet."""

    half_year: HalfYear
    given: int
    received: int
    is_running: bool = False


def over_time(exchanges: Iterable[Exchange], today: date) -> list[Stretch]:
    """The half-years from the first referral on, at most the last three years, the oldest first."""
    known = [each for each in exchanges if each.on <= today]
    if not known:
        return []
    now = HalfYear.of(today)
    first = HalfYear.of(min(each.on for each in known))
    halves = Period.between(max(first, now.moved(1 - SHOWN_HALF_YEARS)), now).half_years
    counts = Counter((HalfYear.of(each.on), each.is_given) for each in known)
    return [
        Stretch(half, counts[half, True], counts[half, False], is_running=half == now)
        for half in halves
    ]


def _lately(exchanges: list[Exchange], since: date) -> Both:
    return _both([each for each in exchanges if each.on > since])


def _within(exchanges: list[Exchange], half_year: HalfYear) -> Both:
    return _both([each for each in exchanges if HalfYear.of(each.on) == half_year])


def _both(exchanges: list[Exchange]) -> Both:
    return Both(
        _amount([each for each in exchanges if each.is_given]),
        _amount([each for each in exchanges if not each.is_given]),
    )


def _amount(exchanges: list[Exchange]) -> Amount:
    return Amount(
        len(exchanges),
        sum(each.is_accepted for each in exchanges),
        sum(each.is_closed for each in exchanges),
    )


def _total(both: Both) -> int:
    return both.given.count + both.received.count
