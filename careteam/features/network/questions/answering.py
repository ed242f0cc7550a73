"""Who answers, who does not: of those to whom the member sends."""

from __future__ import annotations

import enum
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.network.figures import FEW
from careteam.domain.network.picture import Person
from careteam.features.network.queries import list_people
from careteam.features.network.questions.queries import OwnReferral, list_own_referrals
from careteam.features.responsiveness.asked import InTime, in_time_of

MOSTLY = 3 / 4
HALF = 1 / 2


class Verdict(enum.IntEnum):
    """Within three working days: at least three of four, at least half, less; or too few."""

    ANSWERS = 0
    HALF = 1
    SELDOM = 2
    FEW = 3


@dataclass(frozen=True, slots=True)
class Answerer:
    """`sent`, `answered`, `refused` and `waiting` are the member's own, past ones logged by hand
    left out; `figures` rest on the referrals of everybody to this person."""

    person: Person
    sent: int
    answered: int
    refused: int
    waiting: int
    figures: InTime

    @property
    def verdict(self) -> Verdict:
        if self.figures.counted < FEW:
            return Verdict.FEW
        share = self.figures.in_time / self.figures.counted
        if share >= MOSTLY:
            return Verdict.ANSWERS
        return Verdict.HALF if share >= HALF else Verdict.SELDOM


def answerers_of(actor: Actor) -> list[Answerer]:
    """Those who seldom answer last but for those of whom too little is known. Three statements."""
    sent: dict[str, list[OwnReferral]] = defaultdict(list)
    for referral in list_own_referrals(actor):
        if referral.is_sent and not referral.is_past:
            sent[referral.other].append(referral)
    figures = in_time_of(actor, [UUID(id_) for id_ in sent])
    lines = [
        Answerer(
            person,
            sent=len(sent[person.id]),
            answered=sum(each.is_answered for each in sent[person.id]),
            refused=sum(each.is_refused for each in sent[person.id]),
            waiting=sum(each.is_open for each in sent[person.id]),
            figures=figures[UUID(person.id)],
        )
        for person in list_people(actor, list(sent))
    ]
    return sorted(
        lines,
        key=lambda line: (line.verdict, -line.sent, line.person.name.casefold(), line.person.id),
    )
