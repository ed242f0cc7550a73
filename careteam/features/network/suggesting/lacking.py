"""A seat without a name: what empties it, and who could know somebody."""

from __future__ import annotations

from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.network.ties import SMALLEST_SHOWN
from careteam.domain.wording import count_words
from careteam.features.directory.queries import names_of
from careteam.features.network.suggesting.basis import Basis, takes
from careteam.features.network.suggesting.parts import Empty
from careteam.features.teams.models import Seat

MOST = 3


class Lacking:
    def __init__(self, actor: Actor, basis: Basis) -> None:
        self.actor, self.basis = actor, basis

    def of(self, seat: Seat, *, is_wanted: bool) -> Empty:
        """`is_wanted`: there is somebody, who is suggested for another seat."""
        return Empty(self._because(seat, is_wanted), self._could_know(seat))

    def _because(self, seat: Seat, is_wanted: bool) -> str:
        shortlist = self.basis.lists[seat.id]
        if is_wanted:
            return "The only one who could do this is suggested for another place."
        full = [each for each in shortlist.ranked if not takes(each)]
        if not full:
            return shortlist.empty_because
        people = count_words(len(full), "person", "people")
        said = f"Everybody who is left ({people}) says that they take no new clients."
        return f"{said} What you ask for takes others off." if shortlist.excluded else said

    def _could_know(self, seat: Seat) -> tuple[tuple[UUID, str, str], ...]:
        """Colleagues who cannot do it themselves; else those who work with most."""
        shortlist = self.basis.lists[seat.id]
        full = [
            (each.candidate, "takes no new clients") for each in shortlist.ranked if not takes(each)
        ]
        off = [(each.candidate, each.why) for each in shortlist.excluded]
        colleagues = [
            (UUID(each.practitioner_id), each.name, f"of this discipline, {why}")
            for each, why in (*full, *off)
        ]
        return tuple(colleagues[:MOST]) or self._connected()

    def _connected(self) -> tuple[tuple[UUID, str, str], ...]:
        most = self.basis.together.partners(MOST)
        names = names_of(UUID(who) for who, _ in most)
        return tuple(
            (
                UUID(who),
                names[UUID(who)],
                _works_with(count),
            )
            for who, count in most
            if UUID(who) in names
        )


def _works_with(count: int) -> str:
    """Fewer than five are a few, as of every figure."""
    return f"works with {'a few' if count < SMALLEST_SHOWN else count} people here"
