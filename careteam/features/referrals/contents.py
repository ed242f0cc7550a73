"""What goes with a letter beside its own words: kept, and read back by the consent of today."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from careteam.audit import reads
from careteam.domain.consent import is_clinical
from careteam.domain.letter import LIVE, Group, Part, readable
from careteam.features.consents.models import Consent
from careteam.features.pathways.content import load_content
from careteam.features.referrals.models import LetterContent, Referral
from careteam.features.referrals.queries.letters import (
    disciplines_of,
    find_content,
    goal_measure_aside,
    seats_kept_from,
)
from careteam.features.teams.queries import stored_folds
from careteam.kit.db import db


@dataclass(frozen=True, slots=True)
class Reaches:
    """How far the receiver may read about the client today: classes, measures, places."""

    classes: frozenset[str] = frozenset()
    hidden_measures: frozenset[str] = frozenset()
    hidden_seats: frozenset[str] = frozenset()

    def readable(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        return readable(
            parts,
            self.classes,
            hidden_measures=self.hidden_measures,
            hidden_seats=self.hidden_seats,
        )


def reaches_of(
    client_id: UUID, goal_id: UUID | None, receiver_id: UUID, consent: Consent | None
) -> Reaches:
    """What this consent opens to the receiver, less what the safety answers restrict and hide."""
    restricted, hidden = stored_folds(client_id)
    aside = goal_measure_aside(goal_id)
    classes = frozenset(consent.classes) if consent is not None else frozenset()
    if not is_clinical(load_content().catalogue.matrix, disciplines_of(receiver_id)):
        classes -= frozenset(restricted)
    return Reaches(
        classes=classes,
        hidden_measures=frozenset(hidden) | ({aside} if aside else set()),
        hidden_seats=seats_kept_from(client_id, receiver_id),
    )


def keep_choice(referral: Referral, chosen: Collection[str]) -> None:
    """For operations: what goes with the letter, by ids of parts."""
    content = find_content(referral.id)
    if content is None:
        content = LetterContent(referral_id=referral.id)
        db.session.add(content)
    content.chosen = sorted(chosen)


def keep_sent(referral: Referral, parts: Iterable[Part]) -> None:
    """For operations: the parts as they stand now, which is when the letter leaves."""
    given = list(parts)
    keep_choice(referral, [part.id for part in given])
    content = find_content(referral.id)
    assert content is not None
    content.sent = {"parts": [asdict(part) for part in given if part.id not in LIVE]}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a letter. `chosen` is None where nothing was ever chosen: all of it goes."""

    chosen: frozenset[str] | None
    parts: tuple[Part, ...]

    def has(self, part_id: str) -> bool:
        return self.chosen is None or part_id in self.chosen


def kept_of(referral: Referral) -> Kept:
    """The choice and the parts of a letter; which of them are shown is for the caller to say."""
    content = find_content(referral.id)
    if content is None:
        return Kept(None, ())
    sent = content.sent or {}
    return Kept(frozenset(content.chosen), tuple(_part(each) for each in sent.get("parts", ())))


def _part(stored: dict[str, str]) -> Part:
    return Part(**{**stored, "group": Group(stored["group"])})  # type: ignore[arg-type]


def note_parts(client_id: UUID | None, parts: Iterable[Part]) -> None:
    """These are shown to whoever asks."""
    for part in parts:
        reads.note(client_id, part.information_class)
