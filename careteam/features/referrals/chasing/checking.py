"""For `flask check`: whether the stored plans follow from events, pauses, mails and steps."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from careteam.domain.referral import BrokenHistory
from careteam.features.referrals.chasing.planning import Grounds, Planned, grounds_of
from careteam.features.referrals.chasing.queries import Case, chases_of, list_cases
from careteam.features.referrals.chasing.working import AFTER_A_FAULT
from careteam.features.referrals.models import Chase

TIMES = ("due_at", "tell_at", "propose_at", "lost_at")


def plans_that_disagree(ids: Collection[UUID]) -> Iterator[str]:
    """A line for each stored time that is not the derived one: six statements, whatever the number.

    What is due anyway is left to the worker, which plans it anew as the next thing. Whom the sender
    was told of, and that no reminder could leave, follow from nothing: they are taken as stored.
    """
    grounds, stored = grounds_of(ids), chases_of(ids)
    for case in list_cases(ids):
        try:
            found = grounds.plan(case)
        except (BrokenHistory, ValueError, KeyError):
            continue  # said where the events are checked
        yield from _differences(case, found, stored.get(case.referral_id), grounds)


def _differences(
    case: Case, found: Planned, stored: Chase | None, grounds: Grounds
) -> Iterator[str]:
    name = f"referral {case.referral_id}"
    derived = found.row()
    if stored is None:
        if any(derived[column] is not None for column in TIMES):
            yield f"{name}: it is waited for, and no plan is stored"
        return
    if stored.due_at is not None and stored.due_at <= grounds.now:
        return
    for column in TIMES:
        value = getattr(stored, column)
        if value != derived[column] and not _may_stand(column, value, derived, case, grounds):
            yield f"{name}: {column} of its plan is {value}, derived {derived[column]}"


def _may_stand(
    column: str, value: datetime | None, derived: dict[str, Any], case: Case, grounds: Grounds
) -> bool:
    """What fell due within a pause was put to its end; what failed is put off for an hour."""
    if any(value == pause.until_at for pause in grounds.pauses[case.referral_id]):
        return True
    is_due = derived[column] is not None and derived[column] <= grounds.now
    is_put_off = value is not None and value <= grounds.now + AFTER_A_FAULT
    return column == "due_at" and is_due and is_put_off
