"""After how long people usually answer, for lists that are ordered by it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID

import numpy as np

from careteam.access.actor import Actor
from careteam.domain.referral import working_hours_ago
from careteam.domain.responsiveness import Moment, median_hours
from careteam.features.responsiveness import queries
from careteam.features.responsiveness.reading import places_of, referrals_of
from careteam.kit import clock


def usual_hours(
    actor: Actor, receiver_ids: Collection[UUID], days_off: Collection[date] = ()
) -> dict[UUID, float]:
    """Median working hours to an answer, of those of whom it can be said. One statement.

    For whoever waits for these people's answers, and so has sent to them.
    """
    ids = list(receiver_ids)
    if not ids:
        return {}
    rows = queries.list_referral_rows(actor, among=ids)
    now = clock.now()
    moment = Moment(now.timestamp(), clock.local(now).tzinfo or UTC, days_off)
    medians = median_hours(referrals_of(rows, places_of(ids)), moment, len(ids))
    said = np.isfinite(medians)
    return {id_: float(medians[place]) for place, id_ in enumerate(ids) if said[place]}


def usual_dues(hours: dict[UUID, float], days_off: Collection[date] = ()) -> dict[UUID, datetime]:
    """By practitioner, the instant before which an answer would usually have been asked for."""
    now = clock.now()
    zone = clock.local(now).tzinfo or UTC
    return {id_: working_hours_ago(now, each, zone, days_off) for id_, each in hours.items()}
