"""The first names of the plain order, each with why. Only those who are named are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.matching import (
    Candidate,
    Offered,
    Ranked,
    Shortlist,
    Wanted,
    order_candidates,
    ruled_out_words,
)
from careteam.features.directory.queries import (
    AWAY,
    OTHERS,
    Enquiry,
    Look,
    candidates_for,
    list_places,
)
from careteam.features.directory.queries.order import Placed
from careteam.kit import clock
from careteam.kit.languages import language_name
from careteam.kit.paging import Page


@dataclass(frozen=True, slots=True)
class Names:
    """Those of a list who were looked at, in its order. In all `there` could be offered, and `away`
    cannot now. `places` are those of the plain order, of whoever does not come first."""

    shortlist: Shortlist
    there: int = 0
    away: int = 0
    places: Mapping[str, int] = field(default_factory=dict)

    def others(self, offered: Offered, number: int, size: int) -> Page[Ranked]:
        """A page of those who stand behind the names offered first."""
        start = len(offered.beside) + (number - 1) * size
        wanted = range(start + 1, start + size + 1)
        items = [
            each for each in offered.others if self.places[each.candidate.practitioner_id] in wanted
        ]
        return Page(items, number, size, self.there - len(offered.first))


def names_in_order(
    actor: Actor, asked: Sequence[tuple[Wanted, Enquiry]], look: Look
) -> list[Names]:
    """For each list what was looked at; the wishes of a list only order it. Five statements."""
    placed = list_places(actor, [enquiry for _, enquiry in asked], look)
    people = _people(actor, [enquiry for _, enquiry in asked], {each.id for each in placed})
    return [
        _names(wanted, [each for each in placed if each.at == at], people)
        for at, (wanted, _) in enumerate(asked)
    ]


def _people(
    actor: Actor, lists: Sequence[Enquiry], ids: Collection[UUID]
) -> Mapping[str, Candidate]:
    disciplines = {name for each in lists for name in each.disciplines}
    near = next((each.near for each in lists), None)
    found = candidates_for(actor, disciplines, near, among=ids) if ids else ()
    return {each.practitioner_id: with_language_names(each) for each in found}


def _names(wanted: Wanted, placed: Sequence[Placed], people: Mapping[str, Candidate]) -> Names:
    at = {str(each.id): each for each in placed}
    found = order_candidates(wanted, [people[who] for who in at if who in people], clock.today())
    there = {each.group: each.there for each in placed}
    away = there.pop(AWAY, 0)
    if away and not there:
        found = replace(found, empty_because=ruled_out_words(away))
    return Names(
        replace(found, ranked=tuple(_by_place(found.ranked, at))),
        sum(there.values()),
        away,
        {who: each.place for who, each in at.items() if each.group == OTHERS},
    )


def _by_place(ranked: Iterable[Ranked], at: Mapping[str, Placed]) -> list[Ranked]:
    """Where nothing but the name decides, as the directory files it: a page ends where it does."""

    def key(each: Ranked) -> tuple[int, int]:
        place = at[each.candidate.practitioner_id]
        return place.group, place.place

    return sorted(ranked, key=key)


def with_language_names(candidate: Candidate) -> Candidate:
    """The directory holds language codes; the reasons are read by people."""
    return replace(candidate, languages=tuple(language_name(code) for code in candidate.languages))
