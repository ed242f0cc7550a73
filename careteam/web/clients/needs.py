"""What of one client waits for whoever keeps the record, each with the place where it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import url_for

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.planning import CLIENT
from careteam.domain.referral import State
from careteam.features.clients.models import Client
from careteam.features.clients.shown import ShownGoal
from careteam.features.notes.new_queries import NewNotes
from careteam.features.plans.parts import PlanPart
from careteam.features.plans.view import Line
from careteam.features.referrals.parts import ReferralsPart
from careteam.features.referrals.queries import ReferralLine
from careteam.features.teams.view import SeatView, TeamView
from careteam.features.today.queries import MatterAsked
from careteam.kit import clock
from careteam.web.clients.consent_cards import Card
from careteam.web.frame.filters import ago, day_short, instant, plural

MOST_SEATS = 2
ASK_NEXT = "Ask the next one"


@dataclass(frozen=True, slots=True)
class Need:
    """One line; `about` says for the ear what the action is for.

    `since_on` is the day it waits from, None where nobody waits yet. With `phone` the person named
    `called` can be rung from the line. `is_press`: the action is a press, not a page to go to.
    """

    strong: str
    text: str
    action: str
    href: str
    about: str = ""
    since_on: date | None = None
    is_safety: bool = False
    called: str = ""
    phone: str | None = None
    is_press: bool = False


def needs(
    client: Client,
    goal: ShownGoal | None,
    blind: Iterable[Card],
    parts: Mapping[str, Any],
    matters: Iterable[MatterAsked],
) -> list[Need]:
    """Safety first, then what waits longest; places that nobody was asked to fill come last."""
    lines = [_urgent(matter) for matter in matters if matter.client_id == client.id]
    lines += [*_wording(goal), *(_blind(client, card) for card in blind)]
    if goal is not None:
        lines += _referrals(parts["referrals"])
        lines += _new_notes(parts["notes"].new)
    if goal is not None and goal.status == "active":
        lines += _late_steps(client, parts["plan"], parts["team"])
        lines += _seats(parts["team"])
    return sorted(lines, key=_rank)


def _rank(need: Need) -> tuple[bool, date]:
    return not need.is_safety, need.since_on or date.max


def _urgent(matter: MatterAsked) -> Need:
    return Need(
        f"Was {matter.who} seen?",
        f"Urgent, {instant(matter.at)}. {matter.done}",
        "Say so",
        url_for("today.today", _anchor="seen"),
        f"whether {matter.who} was seen",
        since_on=clock.day_of(matter.at),
        is_safety=True,
    )


def _wording(goal: ShownGoal | None) -> Iterator[Need]:
    """A pathway is left because the answers said so, so this is of safety."""
    if goal is not None and goal.is_set_aside:
        yield Need(
            "The goal needs new words.",
            "Its pathway has changed; the old wording is shown to nobody.",
            "Word it anew",
            url_for("clients.goal_edit", goal_id=goal.id),
            is_safety=True,
        )


def _blind(client: Client, card: Card) -> Need:
    """Who treats without seeing what to avoid is a matter of safety."""
    what = "everything they work on" if card.given else "anything yet"
    return Need(
        f"{card.name} cannot see {what}.",
        f"On the team, but {client.called} has not said what may be known.",
        "Record consent",
        url_for("clients.consent_new", client_id=client.id, practitioner=card.practitioner_id),
        f"for {card.name}",
        is_safety=True,
    )


_TURNS = {
    State.NEEDS_INFORMATION: ("asks you something.", "Answer"),
    State.REPORTED: ("has reported.", "Read and close"),
    State.DECLINED: ("said no.", ASK_NEXT),
    State.REDIRECTED: ("named somebody else.", ASK_NEXT),
    State.EXPIRED: ("never answered.", ASK_NEXT),
    State.DID_NOT_ATTEND: ("says nobody came.", "Book again"),
    State.ACCEPTED: ("accepted; you arrange it.", "Arrange"),
}
"""What a sender reads when it is their turn, by the state of the referral."""


def _referrals(part: ReferralsPart) -> Iterator[Need]:
    for line in part.lines:
        if not line.needs_actor:
            continue
        if line.state is State.DRAFT:
            yield _draft(line)
        elif line.is_incoming:
            yield _turn(line, "waits for you.", "See the referral")
        elif line.is_lost:
            yield _turn(line, "was not reached: the mail did not arrive.", "See the referral")
        elif line.is_late:
            yield _turn(line, "has not answered.", "See the referral")
        else:
            yield _turn(line, *_TURNS.get(line.state, ("waits for you.", "See the referral")))


def _turn(line: ReferralLine, words: str, action: str) -> Need:
    since = line.sent_at if line.is_late else line.status_at
    if action == ASK_NEXT:
        href = url_for("referrals.referral_new", after=line.id)
    else:
        href = url_for("referrals.referral_show", referral_id=line.id, _anchor="actions")
    return Need(
        f"{line.other_name} {words}",
        _when(line),
        action,
        href,
        f"after {line.other_name}" if action == ASK_NEXT else line.other_name,
        since_on=clock.day_of(since or line.created_at),
        is_safety=line.urgency.rank >= Urgency.URGENT.rank,
        called=line.other_name,
        phone=line.other_phone,
    )


def _when(line: ReferralLine) -> str:
    if line.is_late and line.sent_at:
        return f"Asked {ago(line.sent_at)}."
    return f"{ago(line.status_at or line.created_at).capitalize()}."


def _draft(line: ReferralLine) -> Need:
    return Need(
        f"A letter to {line.other_name} is not sent.",
        f"Begun {ago(line.created_at)}.",
        "Go on",
        url_for("referrals.draft_edit", referral_id=line.id),
        f"with the letter to {line.other_name}",
        since_on=clock.day_of(line.created_at),
    )


def _new_notes(found: Iterable[NewNotes]) -> Iterator[Need]:
    for new in found:
        is_one = new.count == 1
        yield Need(
            "1 new note." if is_one else f"{new.count} new notes.",
            f"{ago(new.since_at).capitalize()}." if is_one else f"The first {ago(new.since_at)}.",
            "Read it" if is_one else "Read them",
            url_for("notes.note_open", goal_id=new.goal_id),
            since_on=clock.day_of(new.since_at),
            is_press=True,
        )


def _late_steps(client: Client, part: PlanPart, team: TeamView) -> Iterator[Need]:
    """Own steps one by one; those of others by person, with the oldest day and a way to ask."""
    late = sorted(
        (line for line in part.view.lines if line.overdue),
        key=lambda line: (line.value.owner, line.row.due_on, line.row.title),
    )
    yield from (_own_step(part, line) for line in late if line.is_mine)
    others = [line for line in late if not line.is_mine]
    for owner, lines in groupby(others, key=lambda line: line.value.owner):
        yield _late_others(part, list(lines), _number(client, team, owner))


def _own_step(part: PlanPart, line: Line) -> Need:
    return Need(
        f"{line.row.title}.",
        f"Yours, was due {day_short(line.row.due_on)}.",
        "To the plan",
        url_for("plans.milestone_show", goal_id=part.view.goal.id, milestone_id=line.id),
        f"for {line.row.title}",
        since_on=line.row.due_on,
    )


def _late_others(part: PlanPart, lines: list[Line], phone: str | None) -> Need:
    first, goal_id = lines[0], part.view.goal.id
    is_one = len(lines) == 1
    href = (
        url_for("plans.milestone_show", goal_id=goal_id, milestone_id=first.id)
        if is_one
        else url_for("plans.plan_show", goal_id=goal_id)
    )
    what = first.row.title if is_one else plural(len(lines), "late step")
    return Need(
        f"{first.owner}: {what}.",
        f"{'Was' if is_one else 'The first was'} due {day_short(first.row.due_on)}, "
        f"{ago(first.row.due_on)}.",
        "To the plan",
        href,
        f"for {first.owner}",
        since_on=first.row.due_on,
        called=first.owner,
        phone=phone,
    )


def _number(client: Client, team: TeamView, owner: str) -> str | None:
    """Where the owner can be rung; a client only where that is known to be safe or not asked."""
    if owner == CLIENT:
        return client.phone if client.safe_contact in (None, "phone") else None
    seat = next((seat for seat in team.seats if str(seat.id) == owner), None)
    return seat.phone if seat is not None and seat.state == "filled" else None


def _seats(team: TeamView) -> list[Need]:
    """Needed places that nobody fills: urgent ones each, of the others the first ones."""
    empty = [seat for seat in team.seats if seat.state == "open" and seat.requirement == "required"]
    urgent = [seat for seat in empty if seat.urgent]
    usual = [seat for seat in empty if not seat.urgent]
    lines = [_seat(team, seat) for seat in (*urgent, *usual[:MOST_SEATS])]
    if len(usual) > MOST_SEATS:
        lines.append(_more_seats(team, usual[MOST_SEATS:]))
    return lines


def _seat(team: TeamView, seat: SeatView) -> Need:
    """What is for today leads to what to do, never to names."""
    action, href = "See who fits", url_for("teams.seat_show", goal_id=team.goal.id, seat_id=seat.id)
    if seat.leads_to_now:
        action = "What to do now"
        href = url_for("now.now_show", flag=seat.flag or None, goal=team.goal.id)
    return Need(
        f"No {seat.label.lower()} yet.",
        seat.purpose,
        action,
        href,
        f"as {seat.label.lower()}",
        is_safety=bool(seat.urgent),
    )


def _more_seats(team: TeamView, rest: list[SeatView]) -> Need:
    return Need(
        "One more needed place is open."
        if len(rest) == 1
        else f"{len(rest)} more needed places are open.",
        ", ".join(seat.label for seat in rest) + ".",
        "To the team",
        url_for("teams.team_show", goal_id=team.goal.id),
    )
