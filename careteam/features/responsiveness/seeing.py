"""After how many days people usually see somebody who is referred to them, for lists of names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from careteam.access.actor import Actor
from careteam.domain.responsiveness import median_days
from careteam.domain.wording import seen_words
from careteam.features.responsiveness import queries
from careteam.features.responsiveness.reading import places_of, referrals_of, this_moment

NOT_KNOWN = "not known how soon they see people"
"""Also where fewer than five went there, or where it is not for the reader to know."""


@dataclass(frozen=True, slots=True)
class SeesIn:
    """Median days from sending to the first appointment of `n` accepted referrals."""

    days: float
    n: int

    @property
    def words(self) -> str:
        return seen_words(round(self.days), self.n)


def sees_in(actor: Actor, receiver_ids: Collection[UUID]) -> dict[UUID, SeesIn]:
    """By practitioner, of whom it is known and for the actor to read. Two statements.

    Whose figures are for whom is as in `parts.part_of`; of others it is as unknown as of those
    to whom fewer than five were sent, so that nothing tells the one from the other.
    """
    ids = sorted(queries.readable_among(actor, receiver_ids), key=str)
    if not ids:
        return {}
    rows = queries.list_referral_rows(actor, among=ids)
    days, counted = median_days(referrals_of(rows, places_of(ids)), this_moment(), len(ids))
    return {
        id_: SeesIn(float(days[place]), int(counted[place]))
        for place, id_ in enumerate(ids)
        if np.isfinite(days[place])
    }
