"""The list of a large community: ordered by what is gathered, read for the lines of one page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from careteam.access.actor import Actor
from careteam.domain.network.crowd import Flags
from careteam.domain.network.graph import TieRow, build_graph
from careteam.domain.network.picture import Person
from careteam.domain.network.ties import seen_by
from careteam.domain.responsiveness import HOURS
from careteam.features.network import queries
from careteam.features.network.everybody import WISHES, Cut, cut_of
from careteam.features.network.graph import Filters, Sight
from careteam.features.network.knowing.crowd import gathered, is_large
from careteam.features.responsiveness.usual import known_hours


@dataclass(frozen=True, slots=True)
class Ranked:
    """One page of the list. `sight` holds the people on it and every tie of theirs in view.

    total: how many fit. usual_of: of how many it is known how soon they answer, and of how many in
    all; None where nobody asked.
    """

    sight: Sight
    number: int
    total: int
    usual_of: tuple[int, int] | None = None


def page_of_everybody(actor: Actor, filters: Filters, number: int, size: int) -> Ranked | None:
    """The people that `everybody_of` and the filters leave, in the same order, one page of them.

    None where a page can read everybody, where nothing is gathered yet, and where nobody fits: the
    whole has to be looked at then.
    """
    found = gathered(actor) if is_large(actor) else None
    if found is None or found.crowd is None:
        return None
    cut = cut_of(actor, filters, found, found.crowd)
    near = queries.list_people(actor, cut.known | ({cut.me} if cut.me else set()))
    view = _View(actor, filters, cut, {one.id: one for one in near if one.id != cut.me})
    ordered = view.ordered
    if not ordered:
        return None
    number = min(number, -(-len(ordered) // size))
    shown = ordered[(number - 1) * size : number * size]
    return Ranked(_sight(view, shown), number, len(ordered), view.usual_of)


@dataclass(frozen=True)
class _View:
    """Everybody in view, by their numbers in the crowd; `near` are the member's own ties.

    Whoever is near but came to the directory since it was gathered has no number, and stands
    behind those who receive as much.
    """

    actor: Actor
    filters: Filters
    cut: Cut
    near: dict[str, Person]

    @cached_property
    def there(self) -> Flags:
        """Who is in view, without the member."""
        crowd, cut = self.cut.crowd, self.cut
        away = {*cut.gone, *(cut.known - self.near.keys()), *([cut.me] if cut.me else [])}
        return crowd.flags([*cut.chosen, *self.near]) & ~crowd.flags(away)

    @cached_property
    def newcomers(self) -> list[Person]:
        found = (one for one in self.near.values() if one.id not in self.cut.crowd.at)
        return sorted(found, key=lambda one: (one.name.casefold(), one.id))

    @cached_property
    def own_rows(self) -> list[TieRow]:
        """The member's own ties, of the period where there is one."""
        period = self.filters.period
        return queries.list_own_ties(self.actor, period) if period else self.cut.own_rows

    @cached_property
    def own(self) -> nx.DiGraph[str]:
        return seen_by(build_graph(self.own_rows), self.cut.me, self.cut.private)

    @cached_property
    def ties(self) -> tuple[NDArray[Any], ...]:
        """Of others: who sends, who receives, and the drawn weight."""
        shared = self.there & ~self.cut.crowd.flags(self.cut.private)
        return self.cut.crowd.weighted(shared, self.filters.period)

    @cached_property
    def ids(self) -> list[str]:
        """Everybody in view, in the order of their names."""
        people = self.cut.crowd.people
        return [people[at] for at in np.flatnonzero(self.there).tolist()] + [
            one.id for one in self.newcomers
        ]

    @cached_property
    def received(self) -> dict[str, int]:
        """The drawn weight that each of `ids` receives."""
        crowd = self.cut.crowd
        _, receiver, drawn = self.ties
        weights = np.bincount(receiver, drawn, minlength=len(crowd.people))[self.there]
        found = dict.fromkeys(self.ids, 0)
        found.update(zip(self.ids, weights.astype(int).tolist(), strict=False))
        for sender, receiver_id in self.own.edges:
            if sender == self.cut.me and receiver_id in found:
                found[receiver_id] += self.own.edges[sender, receiver_id]["weight"]
        return found

    @cached_property
    def usual(self) -> dict[str, float] | None:
        if not self.filters.answers:
            return None
        me = [self.cut.me] if self.cut.me else []
        hours = known_hours(self.actor, [UUID(id_) for id_ in (*self.ids, *me)])
        return {str(id_): each for id_, each in hours.items()}

    @property
    def usual_of(self) -> tuple[int, int] | None:
        if self.usual is None:
            return None
        return sum(id_ in self.usual for id_ in self.ids), len(self.ids)

    @cached_property
    def ordered(self) -> list[str]:
        """Those who fit, whoever receives most first, then by name."""
        wanted, strong, longest = self._wanted(), self._strong(), self.filters.answers * HOURS
        usual = self.usual or {}
        fitting = [
            id_
            for id_ in self.ids
            if id_ in wanted
            and (strong is None or id_ in strong)
            and (not longest or usual.get(id_, longest + 1) <= longest)
        ]
        return sorted(fitting, key=lambda id_: -self.received[id_])

    def _wanted(self) -> set[str]:
        """Who fits by their entry: those near as it is now, the others as it was gathered."""
        crowd = self.cut.crowd
        fits = crowd.who(**{name: getattr(self.filters, name) for name in WISHES})
        found = {crowd.people[at] for at in np.flatnonzero(self.there & fits).tolist()}
        near = {one.id for one in self.near.values() if self.filters.wants(one)}
        return (found - self.near.keys()) | near

    def _strong(self) -> set[str] | None:
        """Whoever has a tie as strong as is asked for, None where nothing is."""
        least = max(self.filters.at_least, 1 if self.filters.period else 0)
        if not least:
            return None
        sender, receiver, drawn = self.ties
        ends = np.union1d(sender[drawn >= least], receiver[drawn >= least])
        found = {self.cut.crowd.people[at] for at in ends.tolist()}
        for one, other in self.own.edges:
            if self.own.edges[one, other]["weight"] >= least:
                found |= {one, other}
        return found


def _sight(view: _View, shown: list[str]) -> Sight:
    """The people of one page as their entries are now; who does not fit any more is left out."""
    cut, filters = view.cut, view.filters
    people = [one for one in queries.list_people(view.actor, shown) if filters.wants(one)]
    few = cut.crowd.flags(one.id for one in people)
    rows = [*view.own_rows, *cut.crowd.ties_at(few, view.there, filters.period)]
    return Sight(
        tuple(people),
        seen_by(build_graph(rows), cut.me, cut.private),
        cut.me,
        is_community=True,
        received=Counter({id_: view.received[id_] for id_ in shown}),
        usual=view.usual,
        part=cut.part,
    )
