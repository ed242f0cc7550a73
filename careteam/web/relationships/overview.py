"""Whom to keep up with: what is due, ties by how they are doing, and the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.network.rhythm import Doing
from careteam.domain.relationships.giving import given_and_received, over_time
from careteam.domain.relationships.observing import FACT_LABELS
from careteam.features.directory.queries import names_of
from careteam.features.network.queries import list_people
from careteam.features.network.questions.own import pulses_of
from careteam.features.relationships import operations
from careteam.features.relationships.giving import exchanges_of
from careteam.features.relationships.observation_queries import list_running_out
from careteam.features.relationships.queries import Group, list_groups, list_latest
from careteam.features.relationships.tending import Tended, nudges_of, tended_of
from careteam.features.standing.queries import get_team
from careteam.kit import clock
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.relationships.forms import RhythmForm
from careteam.web.relationships.people import SNOOZES
from careteam.web.relationships.room import room
from careteam.web.relationships.saying import answered, lines_of

COMING_WITHIN = timedelta(days=30)
TIES = {
    "fading": (Doing.FADING, "Fading"),
    "silent": (Doing.SILENT, "Silent"),
    "strong": (Doing.STRONG, "Strong"),
    "new": (Doing.NEW, "New"),
}


@room.get("/relationships", access=SIGNED_IN)
def overview() -> ResponseReturnValue:
    show = request.args.get("show", "")
    if show in TIES:
        return _ties_page(show)
    if show in PAGES:
        return PAGES[show][1]()
    tended = tended_of(g.actor)
    groups = list_groups(g.actor)
    return page(
        "relationships/overview.html",
        views=views(""),
        due=nudges_of(tended),
        coming=_coming(tended),
        running_out=list_running_out(g.actor) if g.actor.practitioner_id else [],
        labels=FACT_LABELS,
        groups=[(each, _rhythm_of(each)) for each in groups],
        snoozes=SNOOZES,
        here=url_for("relationships.overview"),
    )


def _rhythm_of(group: Group) -> RhythmForm:
    form = RhythmForm(None, stored=group.every_months)
    form.every_months.id = f"rhythm-{group.id}"
    return form


def _log_page() -> ResponseReturnValue:
    touches = list_latest(g.actor)
    return page(
        "relationships/log.html",
        views=views("log"),
        lines=lines_of(touches),
        names=names_of(each.practitioner_id for each in touches),
    )


def _given_page() -> ResponseReturnValue:
    exchanges = exchanges_of(g.actor)
    found = given_and_received(exchanges, clock.today())
    people = list_people(g.actor, [share.other for share in found.shares])
    return page(
        "relationships/given.html",
        views=views("given"),
        found=found,
        stretches=over_time(exchanges, clock.today()),
        people={person.id: person for person in people},
    )


PAGES: dict[str, tuple[str, Callable[[], ResponseReturnValue]]] = {
    "given": ("Given and received", _given_page),
    "log": ("Log", _log_page),
}


def views(current: str) -> list[dict[str, Any]]:
    labels = {"": "Due"}
    labels |= {name: label for name, (_, label) in TIES.items()}
    labels |= {name: label for name, (label, _) in PAGES.items()}
    shown = [
        {
            "label": label,
            "href": url_for("relationships.overview", show=name or None),
            "current": name == current,
        }
        for name, label in labels.items()
    ]
    campaigns = url_for("relationships.campaign_list")
    ask = url_for("relationships.ask_show")
    return [
        *shown,
        {"label": "Outreach", "href": campaigns, "current": current == "outreach"},
        {"label": "Who could I ask", "href": ask, "current": current == "ask"},
    ]


def _ties_page(show: str) -> ResponseReturnValue:
    """Ties with this state; among the new ones also people without a referral so far."""
    doing, label = TIES[show]
    pulses = pulses_of(g.actor)
    touched = tended_of(g.actor)
    by_id = {str(each.practitioner_id): each for each in touched}
    with_referral = {pulse.person.id for pulse in pulses}
    fresh = [
        each
        for each in touched
        if each.practitioner_id and each.last_on and str(each.practitioner_id) not in with_referral
    ]
    return page(
        "relationships/ties.html",
        views=views(show),
        show=show,
        label=label,
        pulses=[pulse for pulse in pulses if pulse.rhythm.doing is doing],
        fresh=fresh if show == "new" else [],
        tended=by_id,
        here=url_for("relationships.overview", show=show),
    )


def _coming(tended: list[Tended]) -> list[tuple[Any, Tended]]:
    """What is due within a month and not today, by day."""
    today = clock.today()
    found = []
    for each in tended:
        days = (each.dealings.next_on, each.dealings.contact_due_on, each.dealings.snoozed_until)
        later = [day for day in days if day and today < day <= today + COMING_WITHIN]
        if later and each.nudge is None:
            found.append((min(later), each))
    return sorted(found, key=lambda pair: pair[0])


@room.post("/relationships/groups/<uuid:team_id>/rhythm", access=SIGNED_IN)
def group_rhythm(team_id: UUID) -> ResponseReturnValue:
    team, form = get_team(g.actor, team_id), RhythmForm()
    wished = attempt(
        form,
        lambda: operations.wish_group_rhythm(actor=g.actor, team=team, every_months=form.months),
    )
    words = f"Noted how often to be in touch with each of “{team.name}”."
    if wished is None:
        words = "Choose one of the rhythms offered."
    return answered(words, url_for("relationships.overview"))
