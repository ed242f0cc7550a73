"""Whom of very many to look at, and what a team with anybody else costs at least."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from careteam.domain.suggestion.bounds import as_hub
from careteam.domain.suggestion.teams import Place, Reader
from careteam.domain.suggestion.together import Together


@dataclass(frozen=True, slots=True)
class Outlook:
    """`looked` by place. No team with somebody else costs less than `rest`, which is infinite where
    everybody is looked at."""

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
    holds for the true ones too (ALGORITHMS.md section 3.2, step 4), and so does `rest`.
    """
    looked = {place.seat: frozenset(place.fits) for place in places}
    kept = [place for place in places if place.fits]
    many = [seat for seat, place in enumerate(kept) if len(place.fits) > most]
    if not many:
        return Outlook(looked)
    reader = Reader(kept, together.without(without), weight)
    everybody = [np.arange(len(each)) for each in reader.problem.fits]
    rest = inf
    for seat, least in zip(many, as_hub(reader.problem, everybody, many), strict=True):
        place = kept[seat]
        order = np.argsort(least, kind="stable").tolist()
        who = reader.who[place.seat]
        chosen = {who[at] for at in order[:most]} | (place.fits.keys() & set(also))
        looked[place.seat] = frozenset(chosen)
        left = [float(least[at]) for at in order[most:] if who[at] not in chosen]
        rest = min([rest, *left[:1]])
    return Outlook(looked, rest)
