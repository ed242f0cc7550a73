"""After how long people usually answer, for lists that are ordered by it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from careteam.access.actor import Actor
from careteam.domain.referral import working_hours_ago
from careteam.domain.responsiveness import median_hours
from careteam.features.referrals.chasing.planning import calendar
from careteam.features.responsiveness import queries
from careteam.features.responsiveness.queries import MOST_NAMED
from careteam.features.responsiveness.reading import places_of, referrals_of, this_moment
from careteam.kit import clock


def usual_hours(actor: Actor, receiver_ids: Collection[UUID]) -> dict[UUID, float]:
    """Median working hours to an answer, of those of whom it can be said. One statement.

    For whoever waits for these people's answers, and so has sent to them.
    """
    ids = list(receiver_ids)
    if not ids:
        return {}
    rows = queries.list_referral_rows(actor, among=ids)
    medians = median_hours(referrals_of(rows, places_of(ids)), this_moment(), len(ids))
    said = np.isfinite(medians)
    return {id_: float(medians[place]) for place, id_ in enumerate(ids) if said[place]}


def known_hours(actor: Actor, receiver_ids: Collection[UUID]) -> dict[UUID, float]:
    """Those of `usual_hours` whom the actor may know: herself, whoever she sent to, and claimed
    entries whose accounts do not keep their ties private."""
    known = sorted(queries.readable_among(actor, receiver_ids), key=str)
    hours: dict[UUID, float] = {}
    for start in range(0, len(known), MOST_NAMED):
        hours.update(usual_hours(actor, known[start : start + MOST_NAMED]))
    return hours


@dataclass(frozen=True, slots=True)
class Answering:
    """`hours`: the median of `n` waits, None where too few or still too open to say."""

    hours: float | None
    n: int


def answering_of(actor: Actor, receiver_id: UUID) -> Answering | None:
    """How soon one practitioner answers; None where that is not for the actor."""
    if not queries.readable_among(actor, [receiver_id]):
        return None
    rows = queries.list_referral_rows(actor, receiver_id)
    referrals = referrals_of(rows, places_of([receiver_id]))
    hours = float(median_hours(referrals, this_moment(), 1)[0])
    counted = int(np.count_nonzero(np.isfinite(referrals.delivered)))
    return Answering(hours if np.isfinite(hours) else None, counted)


def usual_dues(hours: dict[UUID, float]) -> dict[UUID, datetime]:
    """By practitioner, the instant before which an answer would usually have been asked for."""
    now, days = clock.now(), calendar()
    return {
        id_: working_hours_ago(now, each, days.zone, days.days_off) for id_, each in hours.items()
    }
