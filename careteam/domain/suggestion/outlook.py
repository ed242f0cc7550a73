"""Whom of very many to look at, and what a team with anybody else costs at least."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from operator import itemgetter

import numpy as np

from careteam.domain.suggestion.bounds import as_hub
from careteam.domain.suggestion.teams import Place, Reader
from careteam.domain.suggestion.together import Together


@dataclass(frozen=True, slots=True)
class Outlook:
    """`looked` by place. No team with somebody else costs less than `rest`, which is infinite where
    everybody who may be chosen is looked at."""

    looked: Mapping[str, frozenset[str]]
    rest: float = inf


def look_out(
    places: Sequence[Place],
    together: Together,
    *,
    weight: int,
    most: int,
    without: Collection[str] = (),
    also: Collection[str] = (),
) -> Outlook:
    """Of each place the `most` with whom a team could cost least, and those of it who are `also`
    asked for.

    The fits of the places may be less than the true ones, never more: then the bound of a candidate
    holds for the true ones too (ALGORITHMS.md section 3.2, step 4), and so does `rest`. Of a place
    for which somebody is kept the others are looked at as well, for an exchange: no team has them.
    """
    looked = {place.seat: frozenset(place.fits) for place in places}
    there, shown, rest = [place for place in places if place.fits], together.without(without), inf
    many = [seat for seat, place in enumerate(there) if len(place.fits) > most]
    open_ones = [seat for seat in many if there[seat].kept is None]
    least = _least(there, open_ones, shown, weight)
    for seat in set(many).difference(open_ones):
        freed = [replace(each, kept=None) if at == seat else each for at, each in enumerate(there)]
        least |= _least(freed, [seat], shown, weight)
    for seat in many:
        place = there[seat]
        order = sorted(least[seat].items(), key=itemgetter(1, 0))
        chosen = {who for who, _ in order[:most]} | (place.fits.keys() & {*also, place.kept})
        looked[place.seat] = frozenset(chosen)
        left = (cost for who, cost in order[most:] if who not in chosen)
        rest = min(rest, next(left, inf)) if seat in open_ones else rest
    return Outlook(looked, rest)


def _least(
    places: Sequence[Place], seats: Sequence[int], together: Together, weight: int
) -> dict[int, dict[str, float]]:
    """By seat, what a team with each of its candidates costs at least."""
    if not seats:
        return {}
    reader = Reader(places, together, weight)
    everybody = [np.arange(len(each)) for each in reader.problem.fits]
    bounds = as_hub(reader.problem, everybody, seats)
    return {
        seat: dict(zip(reader.who[places[seat].seat], costs.tolist(), strict=True))
        for seat, costs in zip(seats, bounds, strict=True)
    }
