"""How those answer whom somebody sends to, without what is learnt of everybody else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from careteam.access.actor import Actor
from careteam.domain.responsiveness import median_hours
from careteam.domain.responsiveness.counting import waited
from careteam.features.responsiveness import queries
from careteam.features.responsiveness.reading import places_of, referrals_of, this_moment


@dataclass(frozen=True, slots=True)
class InTime:
    """Of `counted` referrals from anybody, three working days old, so many were answered within
    these. `median_hours` in working hours, None below five or where it is undefined."""

    in_time: int = 0
    counted: int = 0
    median_hours: float | None = None


def in_time_of(actor: Actor, receiver_ids: Collection[UUID]) -> dict[UUID, InTime]:
    """For whoever has sent to all of them. One statement."""
    ids = list(receiver_ids)
    if not ids:
        return {}
    moment = this_moment()
    referrals = referrals_of(queries.list_referral_rows(actor, among=ids), places_of(ids))
    clock = waited(referrals, moment)
    medians = median_hours(referrals, moment, len(ids))
    counted = np.bincount(referrals.receiver[clock.is_counted], minlength=len(ids))
    in_time = np.bincount(referrals.receiver[clock.is_counted & clock.in_time], minlength=len(ids))
    return {
        id_: InTime(
            int(in_time[at]),
            int(counted[at]),
            float(medians[at]) if np.isfinite(medians[at]) else None,
        )
        for at, id_ in enumerate(ids)
    }
