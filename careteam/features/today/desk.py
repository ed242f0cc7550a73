"""Today's page as a value: everything that needs one person, in order."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from careteam.access.actor import Actor
from careteam.features.referrals.queries import (
    NameAsked,
    ReferralLine,
    list_names_to_ask,
    list_waiting,
)
from careteam.features.today.queries import (
    DueMilestone,
    FirstSteps,
    MatterAsked,
    OpenSeat,
    first_steps,
    last_calls,
    list_due_milestones,
    list_matters_to_ask,
    list_open_required_seats,
)
from careteam.kit import clock

CALLS_SHOWN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Today:
    """`calls` is how the last call to somebody went, by practitioner."""

    matters: list[MatterAsked]
    incoming: list[ReferralLine]
    outgoing: list[ReferralLine]
    drafts: list[ReferralLine]
    names: list[NameAsked]
    seats: list[OpenSeat]
    milestones: list[DueMilestone]
    calls: dict[UUID, tuple[str, datetime]]
    steps: FirstSteps

    @property
    def count(self) -> int:
        """How many lines wait."""
        kinds: tuple[Sized, ...] = (
            self.matters,
            self.incoming,
            self.outgoing,
            self.drafts,
            self.names,
            self.seats,
            self.milestones,
        )
        return sum(len(kind) for kind in kinds)


def today_of(actor: Actor) -> Today:
    """Eight statements, whatever waits. Somebody without an entry sees the first steps."""
    referrals = list_waiting(actor)
    outgoing = [line for line in referrals if not line.is_incoming]
    return Today(
        matters=list_matters_to_ask(actor),
        incoming=[line for line in referrals if line.is_incoming],
        outgoing=[line for line in outgoing if line.state != "draft"],
        drafts=[line for line in outgoing if line.state == "draft"],
        names=list_names_to_ask(actor, clock.today()),
        seats=list_open_required_seats(actor),
        milestones=list_due_milestones(actor),
        calls=last_calls(actor, clock.now() - CALLS_SHOWN_FOR),
        steps=first_steps(actor),
    )
