"""The standing teams one keeps, and one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.directory.catalogue import label_of
from careteam.features.directory.filters import Filters
from careteam.features.directory.meant import meant_by
from careteam.features.directory.queries import Listed, list_practitioners, names_of
from careteam.features.standing import operations
from careteam.features.standing.models import StandingTeam
from careteam.features.standing.queries import find_team, get_team, list_teams
from careteam.features.standing.views import Keepable, StandingView, keepable_of, view_teams
from careteam.web.frame.forms import attempt, page, proposed_id
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.standing.forms import TeamForm, id_of
from careteam.web.standing.room import room

MOST_FOUND = 12
LONGEST = 100


@room.get("/standing-teams", access=SIGNED_IN)
def team_list() -> ResponseReturnValue:
    return page("standing/team_list.html", views=view_teams(g.actor, list_teams(g.actor)))


@room.get("/standing-teams/new", access=SIGNED_IN)
def team_new() -> ResponseReturnValue:
    goal, kept = _kept(request.args.get("goal"))
    form = TeamForm(formdata=None, data={"pathway": kept.pathway if kept else None})
    return _new_page(form, goal, kept)


def _kept(given: str | None) -> tuple[Goal | None, Keepable | None]:
    """The goal whose team is to be kept, if it is the actor's, and what of it may be."""
    if not given:
        return None, None
    goal = get_led_goal(g.actor, id_of(given))
    return goal, keepable_of(g.actor, get_client(g.actor, goal.client_id), goal)


def _new_page(form: TeamForm, goal: Goal | None, kept: Keepable | None) -> ResponseReturnValue:
    form.offer_pathways()
    people, left = (kept.people, kept.left) if kept else ({}, [])
    names = names_of([*people, *(who for who, _, _ in left)])
    return page(
        "standing/team_new.html",
        form,
        goal=goal,
        people=[(names[id_], label_of(people[id_])) for id_ in people if id_ in names],
        left=[(names[id_], label_of(name), why) for id_, name, why in left if id_ in names],
        new_id=proposed_id(),
    )


@room.post("/standing-teams/new", access=SIGNED_IN)
def team_make() -> ResponseReturnValue:
    form = TeamForm()
    form.offer_pathways()
    goal, kept = _kept(form.goal.data)
    if find_team(g.actor, form.new_id) is not None:
        return redirect(url_for("standing.team_show", team_id=form.new_id), 303)
    made = attempt(form, lambda: _make(form, kept))
    if made is None:
        return _new_page(form, goal, kept)
    words = "The team is kept. Only you see it."
    return done("standing.team_show", words, team_id=made.id)


def _make(form: TeamForm, kept: Keepable | None) -> StandingTeam:
    return operations.make_team(
        actor=g.actor,
        team=operations.new_team(g.actor, form.new_id, kept.asks_for if kept else None),
        name=form.name.data or "",
        pathway=form.pathway.data,
        members=kept.people if kept else None,
    )


@room.get("/standing-teams/<uuid:team_id>", access=SIGNED_IN)
def team_show(team_id: UUID) -> ResponseReturnValue:
    team = get_team(g.actor, team_id)
    return team_page(team, TeamForm(formdata=None, data=_stored(team)))


def _stored(team: StandingTeam) -> dict[str, Any]:
    return {"name": team.name, "pathway": team.pathway}


def team_page(team: StandingTeam, form: TeamForm) -> ResponseReturnValue:
    form.offer_pathways()
    view = view_teams(g.actor, [team])[0]
    words = " ".join(request.args.get("q", "").split())[:LONGEST]
    wanted = request.args.get("discipline", "")
    return page(
        "standing/team_show.html",
        form,
        view=view,
        words=words,
        wanted=wanted,
        wanted_label=label_of(wanted) if wanted else "",
        found=_found(view, words, wanted),
        meant=meant_by(words)[:3] if words else (),
    )


def _found(view: StandingView, words: str, wanted: str) -> list[tuple[Listed, str]]:
    """People to add, each with the discipline they would be there for. Nobody unless asked."""
    if not words and not wanted:
        return []
    listed = list_practitioners(
        g.actor, Filters(words=words, discipline=wanted), size=MOST_FOUND + len(view.members)
    )
    fresh = [
        each
        for each in listed.items
        if str(each.entry.id) not in view.ids and each.entry.id != g.actor.practitioner_id
    ]
    named = [(each, wanted or _main(each)) for each in fresh]
    return [(each, discipline) for each, discipline in named if discipline][:MOST_FOUND]


def _main(listed: Listed) -> str:
    """The first discipline of somebody, '' where none is noted."""
    return listed.entry.disciplines[0].discipline if listed.entry.disciplines else ""


@room.post("/standing-teams/<uuid:team_id>", access=SIGNED_IN)
def team_save(team_id: UUID) -> ResponseReturnValue:
    team, form = get_team(g.actor, team_id), TeamForm()
    form.offer_pathways()
    saved = attempt(
        form,
        lambda: operations.rename_team(
            actor=g.actor, team=team, name=form.name.data or "", pathway=form.pathway.data
        ),
    )
    if saved is None:
        return team_page(team, form)
    return done("standing.team_show", "The team is saved.", team_id=team.id)


@room.post("/standing-teams/<uuid:team_id>/remove", access=SIGNED_IN)
def team_remove(team_id: UUID) -> ResponseReturnValue:
    team = operations.remove_team(actor=g.actor, team=get_team(g.actor, team_id))
    undo = url_for("standing.team_restore", team_id=team.id)
    return done("standing.team_list", f"“{team.name}” is removed.", undo=undo)


@room.post("/standing-teams/<uuid:team_id>/restore", access=SIGNED_IN)
def team_restore(team_id: UUID) -> ResponseReturnValue:
    """Again once it is back changes nothing."""
    team = find_team(g.actor, team_id)
    if team is None or team.removed_at is not None:
        team = get_team(g.actor, team_id, removed=True)
        operations.restore_team(actor=g.actor, team=team)
    return done("standing.team_show", "The team is back.", team_id=team.id)
