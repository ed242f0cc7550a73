"""Who a milestone belongs to, in words, and who may be given one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.reach import Role, reach_of
from careteam.domain.planning import CLIENT, LEAD
from careteam.features.plans.queries import OwnerSeat, lead_of
from careteam.features.plans.schedule import Plan
from careteam.features.teams.view import seat_label

WAITING = {"open": "nobody yet", "referred": "asked", "later": "later"}
GONE_WORDS = {"ended": "has ended", "not_wanted": "is not wanted now"}


@dataclass(frozen=True)
class Owners:
    """Names the owners of one plan for one reader."""

    seats: Mapping[UUID, OwnerSeat]
    lead_id: UUID
    lead_name: str
    client_name: str
    reader_id: UUID | None
    reader_is_client: bool
    lead_away_until: date | None = None

    def label(self, key: str) -> str:
        """'You', 'Ash Seated', 'Physiotherapist (nobody yet)', the client's name."""
        if key == CLIENT:
            return "You" if self.reader_is_client else self.client_name
        seat = None if key == LEAD else self.seats.get(UUID(key))
        if seat is None:
            return self._person(self.lead_id, self.lead_name) if key == LEAD else "Somebody else"
        if seat.state == "filled" and seat.person:
            return self._person(seat.practitioner_id, seat.person)
        return f"{seat_label(seat.discipline)} ({self.waiting(seat)})"

    def waiting(self, seat: OwnerSeat) -> str:
        if seat.is_gone:
            return GONE_WORDS[seat.state]
        if seat.state == "referred" and seat.person:
            return f"{seat.person} is asked"
        return WAITING.get(seat.state, seat.state)

    def role(self, key: str) -> str:
        """The discipline of a seat; empty for client and lead."""
        seat = None if key in (CLIENT, LEAD) else self.seats.get(UUID(key))
        return seat_label(seat.discipline) if seat else ""

    def away_until(self, key: str) -> date | None:
        """Until when the person on a seat, or whoever keeps the record, is away, as the directory
        says."""
        if key == LEAD:
            return self.lead_away_until
        seat = None if key == CLIENT else self.seats.get(UUID(key))
        return seat.away_until if seat is not None and seat.state == "filled" else None

    def is_mine(self, key: str) -> bool:
        if key == CLIENT:
            return self.reader_is_client
        if key == LEAD:
            return self.reader_id == self.lead_id
        seat = self.seats.get(UUID(key))
        return seat is not None and seat.state == "filled" and self.is_reader(seat.practitioner_id)

    def person_key(self, key: str) -> str:
        """The person behind an owner's key: who keeps the record may sit on a seat as well."""
        seat = None if key in (CLIENT, LEAD) else self.seats.get(UUID(key))
        if seat is not None and seat.state == "filled" and seat.practitioner_id is not None:
            return str(seat.practitioner_id)
        return str(self.lead_id) if key == LEAD else key

    def is_reader(self, practitioner_id: UUID | None) -> bool:
        return practitioner_id is not None and practitioner_id == self.reader_id

    def choices(self, kept: str | None = None) -> list[tuple[str, str]]:
        """Who may be given a milestone; `kept` is offered too, though its seat has ended."""
        pairs = [(LEAD, f"{self.label(LEAD)} (keeps the record)"), (CLIENT, self.client_name)]
        for seat in self.seats.values():
            if not seat.is_gone or str(seat.id) == kept:
                name = self.label(str(seat.id))
                role = seat_label(seat.discipline)
                pairs.append((str(seat.id), name if name.startswith(role) else f"{name}, {role}"))
        return pairs

    def _person(self, practitioner_id: UUID | None, name: str) -> str:
        return "You" if self.is_reader(practitioner_id) else name


def owners_of(actor: Actor, plan: Plan, client_name: str) -> Owners:
    standing = reach_of(actor).standing(plan.goal.client_id)
    keeps = standing is not None and standing.role is Role.LEAD and not standing.stands_in
    if keeps and actor.practitioner_id is not None:
        lead_id, lead_name = actor.practitioner_id, actor.name
    else:
        lead_id, lead_name = lead_of(plan.goal.client_id)
    return Owners(
        seats=plan.seats,
        lead_id=lead_id,
        lead_name=lead_name,
        client_name=client_name,
        reader_id=actor.practitioner_id,
        reader_is_client=standing is not None and standing.role is Role.SELF,
        lead_away_until=plan.lead_away_until,
    )
