"""A hold or a caution laid by hand, ended, and let act again. No row is ever removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.access.reach import Role, reach_of
from careteam.domain.pathway import PrecautionKind
from careteam.domain.pathway.by_hand import lacks_words
from careteam.domain.pathway.vocabulary import HoldScope
from careteam.domain.wording import instant_words
from careteam.features.clients.models import Goal
from careteam.features.teams.models import Precaution
from careteam.features.teams.precautions.mails import tell_lead
from careteam.features.teams.precautions.queries import MISTAKE as MISTAKE
from careteam.features.teams.precautions.queries import name_of, places_of
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid

Places = dict[UUID, UUID]


@dataclass(frozen=True, slots=True)
class NewPrecaution:
    """What is laid. Either `said_by_id` or `said_by_name`: somebody outside, entered by hand.

    `report_id`: the report it is taken over from.
    """

    kind: str | None
    scope: str | None
    what: str | None
    why: str | None
    said_by_id: UUID | None = None
    said_by_name: str | None = None
    from_on: date | None = None
    shares_why: bool = False
    report_id: UUID | None = None


@operation(Permission.LAY_PRECAUTION, on="goal", action="precaution.laid")
def lay_precaution(
    *, actor: Actor, goal: Goal, precaution_id: UUID, new: NewPrecaution
) -> Precaution:
    """Lay a hold or a caution on the person whose goal it is; it acts at once, for every goal.

    Whoever keeps the record may enter it for anybody on the team, everybody else for themselves;
    both for somebody outside, by name. The lead is told by mail of what others do. Raises `Invalid`
    beside the field and `Conflict` for a key that is in use.
    """
    kind, scope = _effect(new)
    if not new.why:
        raise Invalid("Say why; it is kept.", field="why")
    places = {who: seat for seat, who, _ in reversed(places_of(actor, goal))}
    _check_sayer(actor, goal, new, places)
    speaker = new.said_by_id or actor.practitioner_id
    row = Precaution(
        id=precaution_id,
        client_id=goal.client_id,
        goal_id=goal.id,
        author_id=actor.practitioner_id,
        seat_id=places.get(speaker) if speaker else None,
        kind=kind.value,
        scope=scope.value,
        what=new.what or "",
        why=new.why,
        shares_why=new.shares_why,
        said_by_id=new.said_by_id,
        said_by_name=new.said_by_name,
        from_on=_day(new.from_on),
        report_id=new.report_id,
        seen_at=clock.now() if allowed(actor, Permission.EDIT_TEAM, goal) else None,
    )
    db.session.add(row)
    tell_lead(actor, row)
    return row


def _effect(new: NewPrecaution) -> tuple[PrecautionKind, HoldScope]:
    if new.kind not in set(PrecautionKind):
        raise Invalid("Choose: a hold or a caution.", field="kind")
    kind = PrecautionKind(new.kind)
    if kind is PrecautionKind.HOLD and new.scope not in set(HoldScope):
        raise Invalid("Choose what is stopped.", field="scope")
    scope = HoldScope(new.scope or "") if kind is PrecautionKind.HOLD else HoldScope.NONE
    if lacks_words(kind, scope, new.what or ""):
        raise Invalid(_MISSING[scope if kind is PrecautionKind.HOLD else None], field="what")
    return kind, scope


_MISSING: dict[HoldScope | None, str] = {
    None: "Say what to mind.",
    HoldScope.NONE: "Say what is stopped.",
    HoldScope.LIMB: "Say which limb.",
    HoldScope.LOCAL: "Say which place.",
}


def _check_sayer(actor: Actor, goal: Goal, new: NewPrecaution, places: Places) -> None:
    if (new.said_by_id is None) == (new.said_by_name is None):
        raise Invalid("Say who says so.", field="said_by_name")
    if new.said_by_id is None or new.said_by_id == actor.practitioner_id:
        return
    standing = reach_of(actor).standing(goal.client_id)
    is_lead = standing is not None and standing.role is Role.LEAD
    if not is_lead or new.said_by_id not in places:
        raise Invalid("Choose somebody on the team, or give the name.", field="said_by")


def _day(given: date | None) -> date:
    today = clock.today()
    if given is not None and given > today:
        raise Invalid("This day is still to come.", field="from_on")
    return given or today


@operation(Permission.END_PRECAUTION, on="precaution", action="precaution.ended")
def end_precaution(*, actor: Actor, precaution: Precaution, why: str | None) -> Precaution:
    """End it for everybody; the row stays. Where somebody else said so, a word why is asked.

    Raises `Invalid` without that word, and `Conflict` where it is ended already.
    """
    if precaution.ended_at is not None:
        raise Conflict(_ended_words(precaution))
    if not why and precaution.said_by_id != actor.practitioner_id:
        raise Invalid("Say why it ends; somebody else asked for it.", field="ended_why")
    precaution.ended_at = clock.now()
    precaution.ended_by_id = actor.practitioner_id
    precaution.ended_why = why or None
    tell_lead(actor, precaution)
    return precaution


def _ended_words(precaution: Precaution) -> str:
    assert precaution.ended_at is not None
    who = name_of(precaution.ended_by_id) if precaution.ended_by_id else "Somebody"
    zone = clock.local(precaution.ended_at).tzinfo
    return f"{who} already ended this on {instant_words(precaution.ended_at, zone)}."  # type: ignore[arg-type]


@operation(Permission.END_PRECAUTION, on="precaution", action="precaution.resumed")
def resume_precaution(*, actor: Actor, precaution: Precaution) -> Precaution:
    """Take an ending back: it acts as if it had never been ended. The trail keeps both."""
    if precaution.ended_at is not None:
        precaution.ended_at = precaution.ended_by_id = precaution.ended_why = None
        tell_lead(actor, precaution)
    return precaution
