"""Which names the client was offered for a seat, and who chose: for lead and client alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.referral import State
from careteam.domain.wording import list_words
from careteam.features.directory.queries import names_of
from careteam.features.referrals.models import Referral, SeatChoice, SeatChoiceName
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A choice among names. `others` were offered beside `chosen`; `by` offered them."""

    seat_id: UUID
    chosen_id: UUID
    chosen: str
    others: tuple[str, ...]
    chosen_by: str | None
    by: str
    on: date

    def words(self, client: str) -> str:
        """For the lead with the client's name, for the client with 'You'."""
        names = f" from {list_words([self.chosen, *self.others])}" if self.others else ""
        if self.chosen_by == "client":
            return f"{client} chose {self.chosen}{names}."
        if self.chosen_by == "lead":
            return f"{client} left it to {self.by}, who chose {self.chosen}{names}."
        return f"{self.chosen} was asked; offered were {list_words([self.chosen, *self.others])}."


def list_choices(actor: Actor, seat_ids: Collection[UUID]) -> list[ChoiceLine]:
    """Of these seats, the newest first; of a letter that never left nothing is told."""
    rows = db.session.execute(
        select(SeatChoice, Referral.receiver_id)
        .join(Referral, Referral.id == SeatChoice.referral_id)
        .where(
            SeatChoice.seat_id.in_(list(seat_ids)),
            Referral.status.not_in([State.DRAFT, State.DISCARDED]),
            within(actor, Permission.READ_SAFETY_REASONS, SeatChoice),
        )
        .order_by(SeatChoice.created_at.desc(), SeatChoice.referral_id)
    ).all()
    offered = _offered([choice.referral_id for choice, _ in rows])
    named = {id_ for ids in offered.values() for id_ in ids}
    names = names_of(named | {row.author_id for row, _ in rows} | {to for _, to in rows})
    return [_line(choice, to, offered[choice.referral_id], names) for choice, to in rows]


@dataclass(frozen=True, slots=True)
class OfferedName:
    """A name offered for places of these disciplines, and whoever offered it last."""

    id: UUID
    name: str
    disciplines: tuple[str, ...]
    by: str


def list_offered(actor: Actor, goal_ids: Collection[UUID]) -> list[OfferedName]:
    """Every name that was offered for a place of these goals, whatever came of it, by name."""
    rows = db.session.execute(
        select(SeatChoiceName.practitioner_id, Seat.discipline, SeatChoice.author_id)
        .join(SeatChoice, SeatChoice.referral_id == SeatChoiceName.referral_id)
        .join(Referral, Referral.id == SeatChoice.referral_id)
        .join(Seat, Seat.id == SeatChoice.seat_id)
        .where(
            SeatChoice.goal_id.in_(list(goal_ids)),
            Referral.status.not_in([State.DRAFT, State.DISCARDED]),
            within(actor, SeatChoice.READ_PERMISSION, SeatChoice),
        )
        .order_by(SeatChoice.created_at, Seat.discipline)
    ).all()
    names = names_of({who for who, _, _ in rows} | {by for _, _, by in rows if by})
    places: dict[UUID, dict[str, None]] = defaultdict(dict)
    last: dict[UUID, str] = {}
    for who, discipline, by in rows:
        places[who][discipline] = None
        last[who] = names.get(by, "") if by else ""
    found = [OfferedName(who, names[who], tuple(places[who]), last[who]) for who in places]
    return sorted(found, key=lambda each: (each.name, each.id))


def _line(
    choice: SeatChoice, receiver_id: UUID, offered: Sequence[UUID], names: dict[UUID, str]
) -> ChoiceLine:
    others = sorted(names[id_] for id_ in offered if id_ != receiver_id)
    return ChoiceLine(
        seat_id=choice.seat_id,
        chosen_id=receiver_id,
        chosen=names[receiver_id],
        others=tuple(others),
        chosen_by=choice.chosen_by,
        by=names.get(choice.author_id, "the lead") if choice.author_id else "the lead",
        on=clock.day_of(choice.created_at),
    )


def _offered(referral_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    if not referral_ids:
        return found
    rows = db.session.execute(
        select(SeatChoiceName.referral_id, SeatChoiceName.practitioner_id).where(
            SeatChoiceName.referral_id.in_(list(referral_ids))
        )
    )
    for referral_id, practitioner_id in rows:
        found[referral_id].append(practitioner_id)
    return found


def find_choice(referral_id: UUID) -> tuple[SeatChoice, list[UUID]] | None:
    """What was noted with a referral, for whoever already reaches it as its sender."""
    choice = db.session.get(SeatChoice, referral_id)
    return (choice, _offered([referral_id])[referral_id]) if choice else None
