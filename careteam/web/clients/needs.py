"""What of one client waits for whoever keeps the record, each with the place where it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from careteam.features.clients.models import Client
from careteam.features.clients.shown import ShownGoal
from careteam.features.plans.parts import PlanPart
from careteam.features.referrals.parts import ReferralsPart
from careteam.features.teams.view import SeatView, TeamView
from careteam.web.clients.consent_cards import Card
from careteam.web.frame.filters import ago, day_short

MOST_SEATS = 2


@dataclass(frozen=True, slots=True)
class Need:
    """One line; `about` says for the ear what the action is for."""

    strong: str
    text: str
    action: str
    href: str
    about: str = ""


def needs(
    client: Client, goal: ShownGoal | None, blind: Iterable[Card], parts: Mapping[str, Any]
) -> list[Need]:
    """In this order: new words, silence, people who see nothing, open places, late steps."""
    lines = [*_wording(goal)]
    if "referrals" in parts:
        lines += _silence(parts["referrals"])
    lines += [_blind(client, card) for card in blind]
    if goal is not None and goal.status == "active":
        lines += _seats(parts["team"])
        lines += _late_steps(parts["plan"])
    return lines


def _wording(goal: ShownGoal | None) -> Iterator[Need]:
    if goal is not None and goal.is_set_aside:
        yield Need(
            "The goal needs new words.",
            "Its pathway has changed; the old wording is shown to nobody.",
            "Word it anew",
            url_for("clients.goal_edit", goal_id=goal.id),
        )


def _silence(part: ReferralsPart) -> Iterator[Need]:
    for line in part.lines:
        if line.is_late and not line.is_incoming:
            yield Need(
                f"{line.other_name} has not answered.",
                f"Asked {ago(line.sent_at)}." if line.sent_at else "",
                "See the referral",
                url_for("referrals.referral_show", referral_id=line.id),
                f"to {line.other_name}",
            )


def _blind(client: Client, card: Card) -> Need:
    what = "everything they work on" if card.given else "anything yet"
    return Need(
        f"{card.name} cannot see {what}.",
        f"On the team, but {client.called} has not said what may be known.",
        "Record consent",
        url_for("clients.consent_new", client_id=client.id, practitioner=card.practitioner_id),
        f"for {card.name}",
    )


def _seats(team: TeamView) -> list[Need]:
    """The first needed places that nobody fills; the rest in one line."""
    empty = [seat for seat in team.seats if seat.state == "open" and seat.requirement == "required"]
    lines = [_seat(team, seat) for seat in empty[:MOST_SEATS]]
    if len(empty) > MOST_SEATS:
        rest = empty[MOST_SEATS:]
        lines.append(
            Need(
                "One more needed place is open."
                if len(rest) == 1
                else f"{len(rest)} more needed places are open.",
                ", ".join(seat.label for seat in rest) + ".",
                "To the team",
                url_for("teams.team_show", goal_id=team.goal.id),
            )
        )
    return lines


def _seat(team: TeamView, seat: SeatView) -> Need:
    return Need(
        f"No {seat.label.lower()} yet.",
        seat.purpose,
        "See who fits",
        url_for("teams.seat_show", goal_id=team.goal.id, seat_id=seat.id),
        f"as {seat.label.lower()}",
    )


def _late_steps(part: PlanPart) -> Iterator[Need]:
    for line in part.view.lines:
        if line.overdue and line.is_mine:
            yield Need(
                f"{line.row.title}.",
                f"Yours, was due {day_short(line.row.due_on)}.",
                "To the plan",
                url_for("plans.milestone_show", goal_id=part.view.goal.id, milestone_id=line.id),
                f"for {line.row.title}",
            )
