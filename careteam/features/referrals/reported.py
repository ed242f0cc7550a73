"""What a report says, and what it asks of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.referral import Action
from careteam.domain.referral.labels import WANTED
from careteam.features.referrals.history import event_of
from careteam.features.referrals.models import ReferralEvent
from careteam.features.referrals.queries import events_of, find_referral
from careteam.features.teams.precautions.queries import kinds_laid_from

REPORT = "report"
"""The part of a report that asks nothing in particular."""


@dataclass(frozen=True, slots=True)
class Report:
    """`id` and `number` are those of its event. `wanted`: name of the part, heading, words.

    `taken`: what was laid from it and was no mistake, as hold or caution.
    """

    id: UUID
    number: int
    text: str
    by: str
    at: datetime
    wanted: tuple[tuple[str, str, str], ...]
    care_ended: bool
    taken: frozenset[str] = frozenset()


def reports_to_read(actor: Actor, rows: Iterable[ReferralEvent]) -> list[Report]:
    """As `reports`, with what was taken over from each: at one statement, where there are any."""
    found = reports(rows)
    taken = kinds_laid_from(actor, [each.id for each in found])
    return [replace(each, taken=taken.get(each.id, frozenset())) for each in found]


def reports(rows: Iterable[ReferralEvent]) -> list[Report]:
    """The newest first."""
    found = [
        Report(
            id=row.id,
            number=event.number,
            text=event.data.get("text", ""),
            by=event.by,
            at=event.at,
            wanted=tuple(
                (name, heading, event.data[name])
                for name, heading in WANTED.items()
                if event.data.get(name)
            ),
            care_ended=event.data.get("care_ended") == "yes",
        )
        for row, event in ((row, event_of(row)) for row in rows)
        if event.action is Action.REPORT
    ]
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a report, as what it asks for begins. `heading` is empty for its whole text;
    `receiver_id` is whoever the report is from.
    """

    heading: str
    words: str
    receiver_id: UUID
    report: Report

    def as_milestone(self, part: str) -> str:
        """The words a milestone made from this part begins with."""
        return f"{self.heading}: {self.words}" if part in ("caution", "hold") else self.words


def asked_of_plan(
    actor: Actor, goal_id: UUID, referral_id: UUID, number: int, part: str
) -> Asked | None:
    """What a report for this goal says under `part`.

    None where the actor did not send that referral, or there is no such part.
    """
    referral = find_referral(actor, referral_id)
    if referral is None or referral.goal_id != goal_id:
        return None
    if referral.sender_id != actor.practitioner_id:
        return None
    for report in reports(events_of(referral.id)):
        if report.number == number:
            parts = {name: (heading, words) for name, heading, words in report.wanted}
            parts[REPORT] = ("", report.text)
            heading, words = parts.get(part, ("", ""))
            return Asked(heading, words, referral.receiver_id, report) if words else None
    return None
