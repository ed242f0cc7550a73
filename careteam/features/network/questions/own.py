"""What one's own referrals answer: balance, rhythm, and what changed between two half-years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from careteam.access.actor import Actor
from careteam.domain.network.graph import build_graph
from careteam.domain.network.periods import HalfYear, Period
from careteam.domain.network.picture import Person
from careteam.domain.network.rhythm import Rhythm, rhythm_of
from careteam.domain.network.ties import PairFigures, pair_figures
from careteam.features.network.queries import list_own_ties, list_people
from careteam.features.network.questions.queries import list_own_referrals
from careteam.kit import clock


@dataclass(frozen=True, slots=True)
class Balance:
    person: Person
    figures: PairFigures


def balances_of(actor: Actor, period: Period | None = None) -> list[Balance]:
    """Everybody with a counted referral, those with most first. Three statements."""
    me = str(actor.practitioner_id)
    graph = build_graph(list_own_ties(actor, period))
    found = {
        other: pair_figures(graph, me, other)
        for other in graph
        if other != me
        for ends in ((me, other), (other, me))
        if graph.has_edge(*ends) and graph.edges[ends]["weight"]
    }
    lines = [Balance(person, found[person.id]) for person in list_people(actor, list(found))]
    return sorted(
        lines,
        key=lambda line: (
            -line.figures.given - line.figures.received,
            line.person.name.casefold(),
            line.person.id,
        ),
    )


@dataclass(frozen=True, slots=True)
class Pulse:
    person: Person
    rhythm: Rhythm


def pulses_of(actor: Actor) -> list[Pulse]:
    """The rhythm with each person, both directions together, the newest last day first."""
    days = defaultdict(list)
    for referral in list_own_referrals(actor):
        days[referral.other].append(referral.on)
    today = clock.today()
    people = list_people(actor, list(days))
    found = [Pulse(person, rhythm_of(days[person.id], today)) for person in people]
    found.sort(key=lambda line: (line.person.name.casefold(), line.person.id))
    return sorted(found, key=lambda line: line.rhythm.last_on, reverse=True)


@dataclass(frozen=True, slots=True)
class Shift:
    """Referrals with one person, sent and received, in each of two half-years."""

    person: Person
    sent: tuple[int, int]
    received: tuple[int, int]

    @property
    def totals(self) -> tuple[int, int]:
        return self.sent[0] + self.received[0], self.sent[1] + self.received[1]


@dataclass(frozen=True, slots=True)
class Shifts:
    """`before` is the earlier; `halves` those there is something of, the newest first."""

    before: HalfYear
    after: HalfYear
    lines: list[Shift]
    halves: list[HalfYear] = field(default_factory=list)


def shifts_of(actor: Actor, asked: tuple[HalfYear | None, HalfYear | None]) -> Shifts:
    """What changed, the largest change first. Two statements."""
    referrals = list_own_referrals(actor)
    now = HalfYear.of(clock.today())
    before, after = two_halves(asked)
    counts: Counter[tuple[str, bool, HalfYear]] = Counter(
        (each.other, each.is_sent, HalfYear.of(each.on)) for each in referrals
    )
    ids = {other for other, _, half in counts if half in (before, after)}
    lines = [
        Shift(
            person,
            (counts[person.id, True, before], counts[person.id, True, after]),
            (counts[person.id, False, before], counts[person.id, False, after]),
        )
        for person in list_people(actor, ids)
    ]
    lines.sort(key=_by_change)
    first = min((HalfYear.of(each.on) for each in referrals), default=before)
    halves = {*Period.between(min(first, now), now).half_years, before, after}
    return Shifts(before, after, lines, sorted(halves, reverse=True))


def two_halves(asked: tuple[HalfYear | None, HalfYear | None]) -> tuple[HalfYear, HalfYear]:
    """The earlier and the later; unasked, the last whole half-year and the one before it.

    One asked for twice is compared with the one before it: with itself there is nothing to tell.
    """
    now = HalfYear.of(clock.today())
    before, after = sorted((asked[0] or now.moved(-2), asked[1] or now.moved(-1)))
    return (before, after) if before != after else (after.moved(-1), after)


def _by_change(line: Shift) -> tuple[int, str, str]:
    before, after = line.totals
    return -abs(after - before), line.person.name.casefold(), line.person.id


def fitting_people(people: Iterable[Person], discipline: str, place: str) -> set[str]:
    """The ids of those who have this main discipline and first place; empty means any."""
    return {
        person.id
        for person in people
        if (not discipline or person.discipline_id == discipline)
        and (not place or person.place == place)
    }
