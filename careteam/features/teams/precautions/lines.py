"""Holds and cautions laid by hand, as one reader sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.pathway import LaidByHand, PrecautionKind
from careteam.domain.pathway.vocabulary import HoldScope
from careteam.domain.wording import day_words
from careteam.features.teams.models import Precaution
from careteam.features.teams.precautions.queries import FoundPrecaution, list_precautions
from careteam.kit import clock


@dataclass(frozen=True, slots=True)
class PrecautionLine:
    """`strong` is the effect, `text` who says so and since when. `why` is empty for those who may
    not know it. `is_own`: the reader said so, and may end it without a word. `ended` tells by whom,
    when and why; empty while it stands.
    """

    id: UUID
    goal_id: UUID
    is_hold: bool
    strong: str
    text: str
    why: str
    may_end: bool
    is_own: bool
    ended: str = ""

    @property
    def about(self) -> str:
        """Beside the effect, where there is room for one line: who, since when, and why."""
        return f"{self.text} {self.why}".rstrip()


@dataclass(frozen=True, slots=True)
class Precautions:
    """`standing` act now; `over` are kept to be looked up."""

    standing: tuple[PrecautionLine, ...] = ()
    over: tuple[PrecautionLine, ...] = ()

    @property
    def ids(self) -> tuple[UUID, ...]:
        return tuple(line.id for line in self.standing)


def precautions_of(actor: Actor, client_id: UUID) -> Precautions:
    """Those the actor may read, the newest first, at one statement. Holds stand before cautions."""
    found = list_precautions(actor, client_id)
    standing = [_line(actor, each) for each in found if each.row.ended_at is None]
    return Precautions(
        standing=tuple(sorted(standing, key=lambda line: not line.is_hold)),
        over=tuple(_over(actor, found)),
    )


def _over(actor: Actor, found: Sequence[FoundPrecaution]) -> list[PrecautionLine]:
    ended = [each for each in found if each.row.ended_at is not None]
    ended.sort(key=lambda each: each.row.ended_at, reverse=True)  # type: ignore[arg-type,return-value]
    return [_line(actor, each) for each in ended]


def _line(actor: Actor, found: FoundPrecaution) -> PrecautionLine:
    row = found.row
    kind, scope = PrecautionKind(row.kind), HoldScope(row.scope)
    return PrecautionLine(
        id=row.id,
        goal_id=row.goal_id,
        is_hold=kind is PrecautionKind.HOLD,
        strong=LaidByHand(kind, scope, row.what).words,
        text=_said(actor, found),
        why=row.why if _may_know_why(actor, row) else "",
        may_end=allowed(actor, Permission.END_PRECAUTION, row),
        is_own=_is(actor, row.said_by_id),
        ended=_ended(actor, found),
    )


def _may_know_why(actor: Actor, row: Precaution) -> bool:
    """A reason can itself be the secret: whoever writes it decides whether the team reads it."""
    reasons = allowed(actor, Permission.READ_SAFETY_REASONS, row)
    return reasons or row.shares_why or _is(actor, row.author_id)


def _is(actor: Actor, practitioner_id: UUID | None) -> bool:
    return practitioner_id is not None and practitioner_id == actor.practitioner_id


def _said(actor: Actor, found: FoundPrecaution) -> str:
    """'Says Ana Sample, since 3 Mar (entered by hand).'"""
    row = found.row
    who = "You say so" if _is(actor, row.said_by_id) else f"Says {found.said_by}"
    by_hand = " (entered by hand)" if row.said_by_id != row.author_id else ""
    return f"{who}, since {_day(row.from_on)}{by_hand}."


def _ended(actor: Actor, found: FoundPrecaution) -> str:
    row = found.row
    if row.ended_at is None:
        return ""
    who = "you" if _is(actor, row.ended_by_id) else found.ended_by or "somebody"
    words = f"Ended by {who}, {_day(clock.day_of(row.ended_at))}"
    return f"{words}: {row.ended_why}" if row.ended_why else f"{words}."


def _day(day: date) -> str:
    return day_words(day, clock.today())
