"""What is said of a name: with whom they work, what a change would gain, and whose interest it is.

Ties are told as far as the reader may see them, in bands; others do not even count.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from careteam.domain.suggestion.comparing import difference
from careteam.domain.suggestion.teams import CAP, Found
from careteam.domain.wording import list_words
from careteam.features.network.suggesting.basis import Basis
from careteam.features.network.suggesting.parts import Name, Other
from careteam.features.network.suggesting.wishes import Wishes
from careteam.features.teams.models import Seat
from careteam.kit import clock

MOST_NAMED = 3
STRANGER = "not known to have worked with anyone on this team"

Team = Mapping[str, str]


class Telling:
    def __init__(self, basis: Basis, found: Found | None, wishes: Wishes) -> None:
        self.basis, self.found, self.wishes = basis, found, wishes

    def name(self, seat: Seat, who: str, team: Team) -> Name:
        candidate = self.basis.people[who]
        return Name(
            id=UUID(who),
            name=candidate.name,
            fit=self.basis.choice(seat)[who],
            knows=self.knows(seat, who, team),
            interest=self.basis.interests.get(who, ""),
            is_newcomer=self.basis.is_newcomer(who),
            stands_in=self.basis.wanted[seat.id].discipline not in candidate.disciplines,
            is_kept=self.wishes.kept.get(seat.id) == UUID(who),
            is_unconfirmed=candidate.is_unconfirmed(clock.today()),
        )

    def other(self, seat: Seat, who: str, first: Team, *, within: Team | None = None) -> Other:
        """Somebody else in the seat, in the team `within` or else with the others staying."""
        before, team = first[str(seat.id)], within or first
        facts = self.basis.facts[seat.id]
        told = difference(facts[before], facts[who], self.basis.wish)
        gained, lost = list(told.gained), list(told.lost)
        now, then = self._mates(seat, who, team), self._mates(seat, before, first)
        if len(now) > len(then):
            gained.append(self.knows(seat, who, team))
        elif len(now) < len(then):
            fewer = f"works with fewer of this team than {self.basis.names[before]}"
            lost.append(fewer if now else STRANGER)
        return Other(self.name(seat, who, team), tuple(gained), tuple(lost))

    def knows(self, seat: Seat, who: str, team: Team) -> str:
        """'has worked with Ash Example (some referrals)'; nothing where no tie counts at all."""
        mates = self._mates(seat, who, team)
        if mates:
            said = [
                f"{self.basis.names[mate]} ({self.basis.tie(who, mate).value} referrals)"  # type: ignore[union-attr]
                for mate in mates
            ]
            more = [f"{len(said) - MOST_NAMED} more"] if len(said) > MOST_NAMED else []
            return f"has worked with {list_words([*said[:MOST_NAMED], *more])}"
        linked = self._linked(seat, who, team)
        if linked:
            return f"linked to {self.basis.names[linked]} through others"
        return STRANGER if self._team(seat, team) and self.basis.together else ""

    def _team(self, seat: Seat, team: Team) -> list[str]:
        return [mate for key, mate in team.items() if key != str(seat.id)]

    def _mates(self, seat: Seat, who: str, team: Team) -> list[str]:
        """Those of the team with whom a tie can be seen, the strongest first."""
        ties = [(self.basis.tie(who, mate), mate) for mate in self._team(seat, team)]
        seen = [(band.drawn_weight, mate) for band, mate in ties if band is not None]
        return [mate for _, mate in sorted(seen, key=lambda pair: (-pair[0], pair[1]))]

    def _linked(self, seat: Seat, who: str, team: Team) -> str | None:
        """The nearest of the team within reach along ties that can be seen."""
        if self.found is None:
            return None
        away = [(self.found.reader.distance(who, mate), mate) for mate in self._team(seat, team)]
        near = [pair for pair in away if pair[0] < CAP]
        return min(near)[1] if near else None
