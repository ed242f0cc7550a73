"""In which order lists of referrals stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Float, bindparam, case, cast, extract, func

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import State, working_hours_ago
from careteam.features.referrals.chasing.planning import calendar
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.stages import chase_hours
from careteam.kit import clock
from careteam.kit.db import read_later

Dues = Mapping[UUID, datetime]
"""By practitioner: what was sent to them before this instant is past their usual answer."""
UNDECIDED = (State.SENT, State.ACKNOWLEDGED)
UNHURRIED_HOURS = 30 * 24.0
"""For what no answer is chased for."""


def _rank() -> ColumnElement[int]:
    return case({urgency: urgency.rank for urgency in Urgency}, value=Referral.urgency, else_=0)


def most_urgent_first() -> tuple[Any, ...]:
    return _rank().desc(), func.coalesce(Referral.status_at, Referral.created_at), Referral.id


def newest_first() -> tuple[Any, ...]:
    return func.coalesce(Referral.status_at, Referral.created_at).desc(), Referral.id


def past_usual_first(known: Sequence[UUID]) -> tuple[Any, ...]:
    """What belongs to the telephone, then what is furthest past the usual answer of its receiver.

    Where nothing is known of a receiver, and where the answer is not theirs to give, it is counted
    from the time that the urgency allows, in working time as the policy counts it. `known` are
    those of whom something is; what, comes with each asking as `instants` names it.
    """
    for_the_telephone = case(
        {each: 1 for each in Urgency if each.is_telephone_matter}, value=Referral.urgency, else_=0
    )
    return for_the_telephone.desc(), (_due(known) - _since()).desc(), Referral.id


def receivers(dues: Dues) -> tuple[UUID, ...]:
    """Always in the same order, so that a statement about the same people is the same."""
    return tuple(sorted(dues))


def instants(dues: Dues) -> dict[str, float]:
    """By the names that `past_usual_first` gives them."""
    return {_name(number): dues[who].timestamp() for number, who in enumerate(receivers(dues))}


def _name(number: int) -> str:
    return f"due_{number}"


def _due(known: Sequence[UUID]) -> ColumnElement[float]:
    allowed = {each: _read_allowed(each) for each in Urgency}
    by_urgency = case(allowed, value=Referral.urgency, else_=_read_allowed(Urgency.ROUTINE))
    if not known:
        return by_urgency
    usual = {who: bindparam(_name(number), type_=Float()) for number, who in enumerate(known)}
    by_person = case(usual, value=Referral.receiver_id, else_=by_urgency)
    return case((Referral.status.in_(UNDECIDED), by_person), else_=by_urgency)


def _read_allowed(urgency: Urgency) -> ColumnElement[float]:
    return read_later(lambda: _allowed_since(urgency).timestamp(), Float())


def _allowed_since(urgency: Urgency) -> datetime:
    """What was sent before is past what its urgency allows. For the telephone each hour counts."""
    now, days = clock.now(), calendar()
    hours = chase_hours(urgency) or UNHURRIED_HOURS
    if urgency.is_telephone_matter:
        return now - timedelta(hours=hours)
    return working_hours_ago(now, hours, days.zone, days.days_off)


def _since() -> ColumnElement[float]:
    """Since when it waits: an answer from the sending on, all else from its last step."""
    last_step = func.coalesce(Referral.status_at, Referral.created_at)
    at = case(
        (Referral.status.in_(UNDECIDED), func.coalesce(Referral.sent_at, last_step)),
        else_=last_step,
    )
    return cast(extract("epoch", at), Float)
