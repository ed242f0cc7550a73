"""My clients, and the clients whose team I am on, each with the one thing that comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.pathway.words import WITHIN
from careteam.domain.referral.labels import URGENCIES
from careteam.features.clients.queries import ClientLine, list_client_lines, note_lines
from careteam.features.plans.next_queries import NextMilestone, next_milestones
from careteam.features.teams.precautions.queries import clients_held
from careteam.features.teams.pressing import Led, Pressing, led_goals
from careteam.features.teams.seated_queries import count_open_required
from careteam.features.today.queries import MatterAsked, list_matters_to_ask
from careteam.kit import clock
from careteam.kit.paging import Page, page_number
from careteam.web.clients.forms import FindForm
from careteam.web.clients.room import room
from careteam.web.frame.filters import day_short, plural
from careteam.web.frame.forms import SHORT, page
from careteam.web.frame.room import SIGNED_IN

PAGE_SIZE = 50
LONGEST_TITLE = 48


@room.get("/clients", access=SIGNED_IN)
def client_list() -> ResponseReturnValue:
    find = FindForm(request.args)
    search = (find.q.data or "")[:SHORT] or None
    found = list_client_lines(g.actor, search)
    shown = _page_of(found, page_number(request.args.get("page")))
    own = [line for line in shown.items if line.is_lead and not line.stands_in]
    covered = [line for line in shown.items if line.stands_in]
    others = [line for line in shown.items if not line.is_lead]
    note_lines([*covered, *others])
    kept = {line.id for line in shown.items if line.is_lead}
    led = led_goals(g.actor, kept) if kept else []
    return page(
        "clients/client_list.html",
        find=find.q,
        search=search,
        shown=shown,
        own=own,
        covered=covered,
        others=others,
        next_things=next_things(g.actor, shown.items, led),
        held=_held(g.actor, led),
        can_add=allowed(g.actor, Permission.ADD_CLIENT),
        page_url=lambda number: url_for("clients.client_list", q=search, page=number),
    )


def _page_of(found: list[ClientLine], number: int) -> Page[ClientLine]:
    """Own clients stand before those one covers, and these before the others, across pages."""
    found = sorted(found, key=lambda line: (not line.is_lead, line.stands_in))
    last = max(1, -(-len(found) // PAGE_SIZE))
    number = min(number, last)
    start = (number - 1) * PAGE_SIZE
    return Page(found[start : start + PAGE_SIZE], number, PAGE_SIZE, len(found))


@dataclass(frozen=True, slots=True)
class NextThing:
    """`kind` is that of a pill; with `href` it is a button to where the thing is done."""

    words: str
    kind: str = "neutral"
    icon: str | None = None
    href: str | None = None


def next_things(
    actor: Actor, lines: Iterable[ClientLine], led: Iterable[Led]
) -> dict[UUID, NextThing]:
    """By client, for those with something to say. Three statements for any number of clients.

    What cannot wait comes first and tells its effect, never why; of clients that others keep,
    nothing of it.
    """
    lines = list(lines)
    known = {line.id for line in lines}
    urgent = _to_ask(list_matters_to_ask(actor)) | _urgent(led)
    steps, empty_seats = next_milestones(actor, known), count_open_required(actor, known)
    found = {
        line.id: urgent.get(line.id)
        or _of_goals(line)
        or _late(steps.get(line.id))
        or _seats(line, empty_seats.get(line.id, 0))
        or _step(steps.get(line.id))
        or _aim(line)
        for line in lines
    }
    return {key: thing for key, thing in found.items() if thing is not None}


def _held(actor: Actor, led: Iterable[Led]) -> frozenset[UUID]:
    """Clients on whom a hold stands, by the rules or by hand; of clients that others keep nothing.
    One statement.
    """
    goals = list(led)
    by_rule = frozenset(
        each.goal.client_id
        for each in goals
        if each.found is not None
        and (each.found.outcome.standing_holds or each.found.outcome.is_blocked)
    )
    return by_rule | clients_held(actor, {each.goal.client_id for each in goals})


def _to_ask(matters: Iterable[MatterAsked]) -> dict[UUID, NextThing]:
    """Urgent matters of which nobody has said whether the client was seen."""
    return {
        each.client_id: NextThing(
            f"{URGENCIES[Urgency(each.urgency)]}: was the person seen?", "alert", "siren"
        )
        for each in matters
        if each.client_id
    }


def _urgent(led: Iterable[Led]) -> dict[UUID, NextThing]:
    found: dict[UUID, Pressing] = {}
    for each in led:
        for item in each.pressing:
            worst = found.get(each.goal.client_id)
            if worst is None or item.urgency.rank > worst.urgency.rank:
                found[each.goal.client_id] = item
    return {client_id: _pressing(item) for client_id, item in found.items()}


def _pressing(item: Pressing) -> NextThing:
    sign = f"{URGENCIES[item.urgency]}: warning sign"
    words = sign if item.is_sign else f"First, {WITHIN[item.urgency]}"
    if item.is_for_telephone:
        return NextThing(words, "alert", "siren")
    return NextThing(words, "wait", "triangle-alert")


def _of_goals(line: ClientLine) -> NextThing | None:
    if not line.goals:
        href = url_for("clients.goal_new", client_id=line.id)
        return NextThing("Add a goal", href=href) if line.is_lead else None
    aside = next((goal for goal in line.goals if goal.statement is None), None)
    if aside is not None and line.is_lead:
        href = url_for("clients.goal_edit", goal_id=aside.id)
        return NextThing("Word the goal anew", href=href)
    if all(goal.status == "paused" for goal in line.goals):
        return NextThing("Paused", icon="circle-pause")
    return None


def _late(step: NextMilestone | None) -> NextThing | None:
    if step is None or step.due_on >= clock.today():
        return None
    return NextThing(f"{_short(step.title)}, was due {day_short(step.due_on)}", "wait", "clock")


def _seats(line: ClientLine, count: int) -> NextThing | None:
    if not count or not line.is_lead:
        return None
    return NextThing(f"{plural(count, 'needed place')} open", "open")


def _step(step: NextMilestone | None) -> NextThing | None:
    if step is None:
        return None
    return NextThing(f"{_short(step.title)}, {day_short(step.due_on)}", icon="milestone")


def _aim(line: ClientLine) -> NextThing | None:
    days = [goal.target_on for goal in line.goals if goal.target_on is not None]
    if not days:
        return None
    nearest = min(days)
    kind = "wait" if nearest < clock.today() else "neutral"
    return NextThing(f"Aim by {day_short(nearest)}", kind, "target")


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
