"""What the form of a hold or a caution offers: the words of the choices, and who may say so."""

from __future__ import annotations

from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.reach import Role, reach_of
from careteam.domain.pathway import PrecautionKind
from careteam.domain.pathway.vocabulary import HoldScope
from careteam.features.clients.models import Goal
from careteam.features.teams.precautions.queries import places_of

KINDS = {
    PrecautionKind.HOLD: "A hold: it stops",
    PrecautionKind.CAUTION: "A caution: it goes on, with care",
}
SCOPES = {
    HoldScope.ALL: "All hands-on work",
    HoldScope.ABDOMEN: "Hands-on work on belly, pelvis or low back",
    HoldScope.LIMB: "Hands-on work on one limb",
    HoldScope.LOCAL: "Hands-on work on or near one place",
    HoldScope.NONE: "Something else, in words",
}
SOMEBODY_ELSE = "other"


def who_may_say(actor: Actor, goal: Goal) -> dict[str, str]:
    """By the value of the choice: oneself; for the lead everybody on the team; somebody outside."""
    assert actor.practitioner_id is not None
    people: dict[UUID, str] = {actor.practitioner_id: "I do"}
    standing = reach_of(actor).standing(goal.client_id)
    if standing is not None and standing.role is Role.LEAD:
        for _, who, name in places_of(actor, goal):
            people.setdefault(who, name)
    return {str(key): name for key, name in people.items()} | {
        SOMEBODY_ELSE: "Somebody else, entered by hand"
    }
