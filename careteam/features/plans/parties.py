"""Who is asked to agree to a plan: whoever keeps the record, the client, and everybody seated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from careteam.domain.planning import CLIENT, LEAD, Snapshot
from careteam.features.plans.owners import Owners
from careteam.features.plans.queries import OwnerSeat
from careteam.features.teams.view import seat_label


@dataclass(frozen=True, slots=True)
class Party:
    """One who is asked. `key` is `lead`, `client` or a seat's id; `name` as the reader calls them;
    `person_id` is None for the client.
    """

    key: str
    name: str
    role: str
    person_id: UUID | None
    is_reader: bool

    @property
    def seat_id(self) -> UUID | None:
        return None if self.key in (LEAD, CLIENT) else UUID(self.key)


@dataclass(frozen=True, slots=True)
class Parties:
    """In the order in which they are asked. `of_owner` leads from the owner of a milestone to the
    party: somebody with two seats is asked once, and what nobody fills yet is the lead's.
    """

    all: tuple[Party, ...]
    of_owner: Mapping[str, str]

    def by_key(self, key: str) -> Party | None:
        return next((party for party in self.all if party.key == key), None)

    @property
    def reader(self) -> Party | None:
        return next((party for party in self.all if party.is_reader), None)

    def owned(self, shot: Snapshot) -> Snapshot:
        """The snapshot with parties in place of owners."""
        return Snapshot(
            tuple(replace(step, owner=self.of_owner.get(step.owner, LEAD)) for step in shot.steps)
        )


def parties_of(owners: Owners) -> Parties:
    """Everybody the reader may know of."""
    found = [
        Party(LEAD, owners.label(LEAD), "keeps the record", owners.lead_id, owners.is_mine(LEAD)),
        Party(CLIENT, owners.label(CLIENT), "client", None, owners.reader_is_client),
    ]
    people: dict[UUID | None, str] = {owners.lead_id: LEAD}
    of_owner = {LEAD: LEAD, CLIENT: CLIENT}
    for seat in owners.seats.values():
        if not _is_filled(seat):
            continue
        key = people.setdefault(seat.practitioner_id, str(seat.id))
        of_owner[str(seat.id)] = key
        if key == str(seat.id):
            found.append(_seated(owners, seat))
    return Parties(tuple(found), of_owner)


def _is_filled(seat: OwnerSeat) -> bool:
    return seat.state == "filled" and seat.practitioner_id is not None


def _seated(owners: Owners, seat: OwnerSeat) -> Party:
    key = str(seat.id)
    role = seat_label(seat.discipline)
    return Party(key, owners.label(key), role, seat.practitioner_id, owners.is_mine(key))
