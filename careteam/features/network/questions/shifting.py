"""What changed between two half-years in the community, as far as one may see it."""

from __future__ import annotations

from dataclasses import dataclass

from careteam.access.actor import Actor
from careteam.domain.network.graph import build_graph
from careteam.domain.network.periods import HalfYear
from careteam.domain.network.picture import Person
from careteam.domain.network.ties import Band, TieKind, seen_by
from careteam.features.network.everybody import ties_by_half
from careteam.features.network.queries import list_people, private_ids
from careteam.features.network.questions.own import two_halves

Bands = dict[tuple[str, str], Band]


@dataclass(frozen=True, slots=True)
class TieShift:
    """A tie between others whose band changed; None is below five, which may be none at all."""

    sender: Person
    receiver: Person
    before: Band | None
    after: Band | None

    @property
    def steps(self) -> int:
        """Bands up, or down where it is negative; from below five to many is three."""
        return _height(self.after) - _height(self.before)


@dataclass(frozen=True, slots=True)
class CommunityShifts:
    """`lines` are the ties that changed, the largest change first; `unchanged` counts the others
    that are shown in both half-years.

    is_there: False of a large community that no worker has gathered yet.
    """

    before: HalfYear
    after: HalfYear
    lines: list[TieShift]
    unchanged: int
    is_there: bool = True


def community_shifts_of(
    actor: Actor, asked: tuple[HalfYear | None, HalfYear | None]
) -> CommunityShifts:
    """Ties between others, each by what one may see of it in each half-year. Five statements."""
    before, after = two_halves(asked)
    ties = ties_by_half(actor, (before, after))
    if ties is None:
        return CommunityShifts(before, after, [], 0, is_there=False)
    me = str(actor.practitioner_id) if actor.practitioner_id else None
    private = private_ids(actor)

    def bands_in(half: HalfYear) -> Bands:
        seen = seen_by(build_graph(ties[half]), me, private)
        shown = (seen.edges[edge]["tie"] for edge in seen.edges)
        return {(tie.sender, tie.receiver): tie.band for tie in shown if tie.kind is TieKind.BAND}

    was, now = bands_in(before), bands_in(after)
    people = {each.id: each for each in list_people(actor, {end for t in was | now for end in t})}
    there = [ends for ends in was | now if people.keys() >= set(ends)]
    lines = [
        TieShift(people[ends[0]], people[ends[1]], was.get(ends), now.get(ends))
        for ends in there
        if was.get(ends) is not now.get(ends)
    ]
    lines.sort(key=lambda line: (-abs(line.steps), line.sender.name, line.receiver.name))
    return CommunityShifts(before, after, lines, len(there) - len(lines))


def _height(band: Band | None) -> int:
    return 0 if band is None else 1 + list(Band).index(band)
