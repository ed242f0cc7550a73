"""Whom a suggestion looks at, where more could be asked than a page can weigh.

Of each discipline those whose entries fit best, and those who work most with whoever is looked at
for the other places or is on the team. Nothing here is told: it only bounds what a page costs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.suggestion.together import Together
from careteam.features.network.queries.choosing import list_first_by_entry
from careteam.features.network.suggesting.wishes import Wishes
from careteam.features.teams.candidates import Sought

BY_ENTRY, BY_TIES = 40, 30
"""So many of each discipline are looked at, by what their entry says and by their ties."""
LIGHT = 400
"""Of so many by their entry, and of the partners of those on the team, the ties are looked at."""


@dataclass(slots=True)
class Choosing:
    """`there` counts by discipline those whom no wish takes off, once anybody has been asked for.
    is_cut: not all of them are looked at."""

    actor: Actor
    wishes: Wishes
    together: Together
    fixed: Collection[str]
    there: dict[str, int] = field(default_factory=dict)
    is_cut: bool = False

    def __call__(self, sought: Sought) -> set[UUID]:
        """Those to look at."""
        by_discipline = self._first(sought)
        first = {name: ids[:BY_ENTRY] for name, ids in by_discipline.items()}
        found = {who for ids in first.values() for who in ids}
        for name, ids in by_discipline.items():
            if len(ids) <= BY_ENTRY + BY_TIES:
                found.update(ids)
                continue
            self.is_cut = True
            others = [who for other, ids in first.items() if other != name for who in ids]
            tied = self.together.bonds({*self.fixed, *others})
            rest = [who for who in ids[BY_ENTRY:] if who in tied]
            found.update(sorted(rest, key=lambda who: -tied[who])[:BY_TIES])
        return {*map(UUID, found), *self.wishes.kept.values()}

    def _first(self, sought: Sought) -> dict[str, list[str]]:
        bonds = self.together.bonds(self.fixed)
        partners = sorted(bonds, key=lambda who: (-bonds[who], who))[:LIGHT]
        also = {*map(UUID, partners), *self.wishes.kept.values()}
        rows = list_first_by_entry(self.actor, sought, self.wishes.weights, LIGHT, also)
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            found[row.discipline].append(str(row.id))
            self.there[row.discipline] = row.there
        return found
