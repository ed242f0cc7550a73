"""Why nobody is left for a seat although its discipline is in the directory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.matching import Shortlist, Wanted
from careteam.domain.wording import list_words
from careteam.features.directory.queries import candidates_for

Away = Mapping[str, Collection[UUID]]
"""People who are not looked at, by why, in words that follow "is" or "are"."""


def why_nobody(
    actor: Actor, lists: Mapping[UUID, tuple[Wanted, Shortlist]], away: Away
) -> dict[UUID, Shortlist]:
    """The same lists. An empty one says how many of its discipline there are who were not looked
    at, and why: without that it would say that the directory knows nobody. Who they are is not
    said; whom a client refuses is named where it can be taken back, and nowhere else."""
    found = {seat_id: shortlist for seat_id, (_, shortlist) in lists.items()}
    empty = {
        seat_id: {wanted.discipline, *wanted.alternatives}
        for seat_id, (wanted, shortlist) in lists.items()
        if not shortlist.ranked and not shortlist.excluded
    }
    ids = {who for several in away.values() for who in several}
    if not empty or not ids:
        return found
    people = candidates_for(actor, set().union(*empty.values()), among=ids)
    for seat_id, disciplines in empty.items():
        there = {UUID(each.practitioner_id) for each in people if disciplines & {*each.disciplines}}
        if there:
            said = _words(there, away)
            found[seat_id] = replace(found[seat_id], empty_because=said)
    return found


def _words(there: Collection[UUID], away: Away) -> str:
    """Whoever is away for two reasons counts for the first."""
    left, parts = set(there), []
    for why, who in away.items():
        count = len(left & set(who))
        left -= set(who)
        if count:
            parts.append(f"{count} {'is' if count == 1 else 'are'} {why}")
    return f"Nobody else who could do this is in the directory: {list_words(parts)}."
