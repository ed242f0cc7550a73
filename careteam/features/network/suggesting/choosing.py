"""Whom a suggestion looks at, where more could be asked than a page can weigh.

Those with whom a team could be best by what entries say and by who works with whom, and of the
newcomers those whose entries fit best. Of everybody else it is known how good a team with them
could be at most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor, inf
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.suggestion.outlook import look_out
from careteam.domain.suggestion.teams import Place
from careteam.domain.suggestion.together import Together
from careteam.features.network.queries.choosing import SURELY, list_by_entry
from careteam.features.network.suggesting.wishes import Wishes
from careteam.features.teams.candidates import Sought
from careteam.features.teams.models import Seat

MOST, NEWCOMERS = 40, 10
"""So many are looked at for each place: of all, and of the newcomers."""
ROUNDED = 2.5
"""What the five whole parts of a fit may be below their sum."""
UUID_LETTERS = 36
"""Of a key with its hyphens."""


@dataclass(slots=True)
class Choosing:
    """`there` counts by discipline those whom no wish takes off, once anybody has been asked for.
    is_cut: not all of them are looked at; no team with one of the others costs less than `rest`."""

    actor: Actor
    wishes: Wishes
    together: Together
    fixed: Collection[str]
    decide: Collection[str]
    seats: Sequence[Seat]
    there: Counter[str] = field(default_factory=Counter)
    is_cut: bool = False
    rest: float = inf

    def __call__(self, sought: Sought) -> set[UUID]:
        """Those to look at."""
        costs, newcomers = self._read(sought)
        places = [self._place(seat, sought, costs) for seat in self.seats]
        first = {
            who
            for place in places
            for who in sorted(place.fits.keys() & newcomers, key=place.fits.__getitem__)[:NEWCOMERS]
        }
        outlook = look_out(
            [*(Place(who, {who: 0}) for who in self.fixed), *places],
            self.together,
            weight=self.wishes.knowing,
            most=MOST,
            without=self.decide,
            also=first,
        )
        looked = {who for place in places for who in outlook.looked[place.seat]}
        self.is_cut = looked < {who for place in places for who in place.fits}
        self.rest = outlook.rest
        return {*map(UUID, looked), *self.wishes.kept.values()}

    def _read(self, sought: Sought) -> tuple[Mapping[str, dict[str, int]], set[str]]:
        """What everybody costs at least, by discipline, and who of them is a newcomer."""
        kept = set(self.wishes.kept.values())
        costs: defaultdict[str, dict[str, int]] = defaultdict(dict)
        newcomers = set[str]()
        for discipline, stored, is_off, is_known, cost in list_by_entry(
            self.actor, sought, self.wishes.weights, kept
        ):
            who = _key(stored)
            costs[discipline][who] = max(0, floor(cost - ROUNDED))
            self.there[discipline] += not is_off
            if not (is_known or self.together.is_tied(who)):
                newcomers.add(who)
        return costs, newcomers

    def _place(self, seat: Seat, sought: Sought, costs: Mapping[str, dict[str, int]]) -> Place:
        """Who could fill the seat, and whoever is kept for it, whatever they cost."""
        kept = self.wishes.kept.get(seat.id)
        fits = dict(costs.get(seat.discipline, {}))
        if self.there[seat.discipline] < SURELY:
            for other in sought.disciplines[seat.discipline]:
                fits = {**costs.get(other, {}), **fits}
        if kept is None:
            return Place(str(seat.id), fits)
        could = str(kept) if str(kept) in fits else None
        return Place(str(seat.id), {**fits, str(kept): 0}, could)


def _key(stored: str) -> str:
    """SQLite writes a key without hyphens, PostgreSQL with them."""
    if len(stored) == UUID_LETTERS:
        return stored
    return "-".join((stored[:8], stored[8:12], stored[12:16], stored[16:20], stored[20:]))
