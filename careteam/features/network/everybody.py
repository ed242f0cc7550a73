"""The community as a whole: all of a small one, of a large one the part that is asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np

from careteam.access.actor import Actor
from careteam.domain.network.crowd import Crowd, Flags
from careteam.domain.network.graph import TieRow, build_graph
from careteam.domain.network.periods import HalfYear, Period
from careteam.domain.network.ties import band_of, seen_by
from careteam.domain.suggestion.together import Together
from careteam.features.network import queries, version
from careteam.features.network.graph import (
    Filters,
    Part,
    Sight,
    community_of,
    neighbourhood_of,
    sight_of,
)
from careteam.features.network.knowing import crowd as gathering
from careteam.features.network.knowing.crowd import Gathered, gathered, is_large
from careteam.features.network.knowing.queries import mark_of_state

WISHES = ("discipline", "place", "accepting")
"""The filters that choose people before the part is cut."""


def everybody_of(actor: Actor, filters: Filters) -> Sight:
    """A community that pages can read is read whole; of a larger one those who receive most.

    With a discipline, a place or "takes new clients" it is those who receive most of them. Whoever
    the member has a tie with is there in any case. Before a large community has been gathered it is
    the member's own network.
    """
    if not is_large(actor):
        return community_of(actor, filters.period)
    found = gathered(actor)
    if found.crowd is None:
        own = neighbourhood_of(actor, 1, filters.period)
        return replace(
            own, is_community=True, part=Part(percent=found.percent, has_failed=found.has_failed)
        )
    cut = cut_of(actor, filters, found, found.crowd)
    crowd, me = cut.crowd, cut.me
    people = queries.list_people(actor, cut.known | {*cut.chosen, *([me] if me else [])})
    others = crowd.flags(person.id for person in people if person.id != me)
    rows = [*cut.own_rows, *crowd.ties_among(others)]
    whole = seen_by(build_graph(rows), me, cut.private)
    seen = whole
    if filters.period:
        lately: list[TieRow] = queries.list_own_ties(actor, filters.period)
        lately += crowd.ties_among(others, filters.period)
        seen = seen_by(build_graph(lately), me, cut.private)
    return replace(sight_of(people, seen, me, whole=whole, is_community=True), part=cut.part)


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a large community that a page shows.

    known: whoever the member has a tie with, read anew as `own_rows`.
    chosen: those who receive most of those who fit, by what was gathered.
    gone: whoever was taken out of the directory since.
    """

    crowd: Crowd
    me: str | None
    private: frozenset[str]
    own_rows: list[TieRow]
    known: frozenset[str]
    chosen: list[str]
    gone: frozenset[str]
    part: Part


def cut_of(actor: Actor, filters: Filters, found: Gathered, crowd: Crowd) -> Cut:
    """`crowd` is what was `found`."""
    private = queries.private_ids(actor)
    own_rows = queries.list_own_ties(actor)
    known = frozenset(end for row in own_rows for end in (row.sender, row.receiver))
    gone = _gone(actor, found)
    there = ~crowd.flags(gone)
    fits = _fitting(crowd, filters, there)
    chosen = crowd.first(max(1, gathering.LARGE - len(known) - 1), fits, crowd.flags(private))
    part = Part(
        shown=len(chosen),
        fits=int(fits.sum()),
        people=int(there.sum()),
        by_discipline=crowd.count_disciplines(there),
        by_place=crowd.count_places(there),
        at=found.at,
        percent=found.percent,
    )
    me = str(actor.practitioner_id) if actor.practitioner_id else None
    return Cut(crowd, me, private, own_rows, known, chosen, gone, part)


def _gone(actor: Actor, found: Gathered) -> frozenset[str]:
    return frozenset() if found.is_fresh else queries.gone_ids(actor)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are: the numbers beside the filters."""

    people: int
    by_discipline: dict[str, int]
    by_place: dict[str, int]
    is_large: bool


def counts_of(actor: Actor) -> Counts:
    """Of a large community as it was gathered, without those taken out of the directory since."""
    large = is_large(actor)
    found = gathered(actor) if large else None
    if found is not None and (crowd := found.crowd) is not None:
        there = ~crowd.flags(_gone(actor, found))
        by_discipline, by_place = crowd.count_disciplines(there), crowd.count_places(there)
        return Counts(int(there.sum()), by_discipline, by_place, large)
    return Counts(
        queries.count_people(actor),
        queries.count_disciplines(actor),
        queries.count_places(actor),
        large,
    )


def ties_by_half(actor: Actor, halves: Collection[HalfYear]) -> dict[HalfYear, list[TieRow]] | None:
    """Ties with five referrals in each half-year, the actor's own with any number or the same.

    None for a large community before it was gathered.
    """
    if not is_large(actor):
        return {half: queries.list_all_ties(actor, Period(half, half)) for half in halves}
    crowd = gathered(actor).crowd
    if crowd is None:
        return None
    return {half: crowd.ties_among(crowd.who(), Period(half, half)) for half in halves}


def worked_together(actor: Actor, without: frozenset[UUID]) -> Together:
    """As `queries.list_worked_together`, from what is gathered: always of a large community, of a
    smaller one where nothing has changed since. Each tie weighs the lowest number of its band."""
    found = gathered(actor)
    if found.crowd is None or not (found.is_fresh or is_large(actor)):
        return _as_read(actor).without({str(id_) for id_ in without})
    hidden = queries.private_ids(actor) | {str(id_) for id_ in without}
    ties = found.crowd.accepted_ties(found.crowd.flags(hidden))
    return Together(found.crowd.at, *(column.astype(np.int64) for column in ties))


_read: dict[str, Together] = {}
"""Of the state of the network that this process read last, by its mark. Nothing in it is for one
member alone; whoever moves a slider asks again of the same state."""


def _as_read(actor: Actor) -> Together:
    mark = "" if version.is_moving() else mark_of_state()
    kept = _read.get(mark)
    if kept is None:
        ties = queries.list_worked_together(actor)
        kept = Together.of(
            {
                (tie.sender, tie.receiver): band.drawn_weight
                for tie in ties
                if (band := band_of(tie.given)) is not None
            }
        )
        _read.clear()
        if mark:
            _read[mark] = kept
    return kept


def _fitting(crowd: Crowd, filters: Filters, there: Flags) -> Flags:
    """Who fits; where nobody does, who would without one of the wishes, to say which to drop."""
    wishes: dict[str, Any] = {name: getattr(filters, name) for name in WISHES}
    fits = crowd.who(**wishes) & there
    if fits.any():
        return fits
    for name in filters.used:
        if name in wishes:
            fits |= crowd.who(**{**wishes, name: type(wishes[name])()}) & there
    return fits
