"""From places, their candidates and who worked together to the best teams and single exchanges."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from careteam.domain.suggestion.optimum import Answer, suggest
from careteam.domain.suggestion.problem import APART, Problem, Team
from careteam.domain.suggestion.together import Together, lengths_of

CAP = 1000
"""How far strangers are from each other; as far as one who fits worst is from fitting best."""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat, and what each of its candidates costs there. One that is filled has one, at 0.

    Where somebody is `kept`, only they may be chosen; the others are there for an exchange.
    """

    seat: str
    fits: Mapping[str, int]
    kept: str | None = None

    @property
    def choice(self) -> list[str]:
        """Who may be chosen."""
        return sorted(self.fits) if self.kept is None else [self.kept]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A whole team by seat, and its cost."""

    people: Mapping[str, str]
    cost: int


@dataclass(frozen=True, slots=True)
class Found:
    """`teams` best first. No team costs less than `bound`.

    `left_out` are places for which only somebody was there who is wanted for another.
    """

    teams: tuple[Chosen, ...]
    is_proven: bool
    bound: float
    left_out: tuple[str, ...]
    reader: Reader

    def exchanges(self, seat: str) -> list[tuple[str, int]]:
        """Who else could take this place of the first team, the others staying: (who, what it
        costs more), the cheapest first."""
        return self.reader.exchanges(self.teams[0], seat)


class Reader:
    """Reads the numbers of a problem as seats and people."""

    def __init__(self, places: Sequence[Place], together: Together, weight: int) -> None:
        self.places = {place.seat: place for place in places}
        self.people = sorted({who for place in places for who in place.fits})
        self.number = {who: number for number, who in enumerate(self.people)}
        self.who = {place.seat: place.choice for place in places}
        self.network = together.network(self.people, CAP)
        self.problem = Problem(
            fits=tuple(
                np.array([place.fits[who] for who in self.who[place.seat]], dtype=np.int64)
                for place in places
            ),
            people=tuple(
                np.array([self.number[who] for who in self.who[place.seat]], dtype=np.int64)
                for place in places
            ),
            distances=self.network,
            weight=weight,
            one_seat_each=True,
        )

    def chosen(self, team: Team) -> Chosen:
        seats = zip(self.places, team.picks, strict=True)
        return Chosen({seat: self.who[seat][pick] for seat, pick in seats}, team.cost)

    def distance(self, one: str, other: str) -> int:
        row = self.network.rows(np.array([self.number[one]], dtype=np.int64))
        return int(row[0][self.number[other]])

    def exchanges(self, first: Chosen, seat: str) -> list[tuple[str, int]]:
        others = [who for place, who in first.people.items() if place != seat]
        free = [who for who in sorted(self.places[seat].fits) if who not in others]
        rows = self.network.rows(np.array([self.number[who] for who in others], dtype=np.int64))
        apart = rows.sum(axis=0) if others else np.zeros(len(self.people), dtype=np.int64)
        fits = self.places[seat].fits

        def cost(who: str) -> int:
            return 100 * fits[who] + self.problem.weight * int(apart[self.number[who]])

        here = cost(first.people[seat])
        found = [(who, cost(who) - here) for who in free if who != first.people[seat]]
        return sorted(found, key=lambda pair: (pair[1], pair[0]))


def tie_length(accepted: int) -> int:
    """Length of a tie with so many accepted referrals in both directions together."""
    return int(lengths_of(np.array([accepted]))[0])


def best_teams(
    places: Sequence[Place],
    together: Together,
    *,
    weight: int = 100,
    count: int = 1,
    without: Collection[str] = (),
    is_over: Callable[[], bool] = lambda: False,
) -> Found | None:
    """The `count` best teams for these places; None where no place has a candidate.

    Whoever is `without` is taken out of the network first, ties and all: who refers to the lead
    cannot count. `weight` is 100 times lambda. A place
    that only somebody could take who is better elsewhere is left out, the last such first.
    """
    shown = together.without(without)
    kept = [place for place in places if place.fits]
    left_out: list[str] = []
    while kept:
        reader = Reader(kept, shown, weight)
        answer = suggest(reader.problem, count=count, is_over=is_over)
        first = reader.chosen(answer.teams[0])
        twice = _taken_twice(kept, first)
        if twice is None:
            return _found(reader, answer, tuple(left_out))
        left_out.append(twice)
        kept = [place for place in kept if place.seat != twice]
    return None


def _found(reader: Reader, answer: Answer, left_out: tuple[str, ...]) -> Found:
    possible = [team for team in answer.teams if team.cost < APART]
    teams = tuple(reader.chosen(team) for team in possible)
    return Found(teams, answer.is_proven, answer.bound, left_out, reader)


def _taken_twice(places: Sequence[Place], team: Chosen) -> str | None:
    """The last place whose person has another as well."""
    held: set[str] = set()
    twice = None
    for place in places:
        who = team.people[place.seat]
        twice = place.seat if who in held else twice
        held.add(who)
    return twice
