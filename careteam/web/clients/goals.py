"""Adding a goal, with a pathway or without, and the goal's own page."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.features.clients import goals as operations
from careteam.features.clients.goals import Wording, asks_for_anchor
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import (
    get_client,
    get_goal,
    get_led_client,
    get_led_goal,
    list_wordings,
)
from careteam.features.clients.shown import shown_goal
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.standing.operations import use_team
from careteam.features.standing.queries import get_team, list_teams
from careteam.features.teams.proposing import propose_team
from careteam.features.teams.renewing import newer_pathway
from careteam.kit.errors import NotFound
from careteam.web.clients.forms import GoalForm, ReasonForm, WordingForm
from careteam.web.clients.room import room
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done


@room.get("/clients/<uuid:client_id>/goals/new", access=SIGNED_IN)
def goal_new(client_id: UUID) -> ResponseReturnValue:
    client = get_led_client(g.actor, client_id)
    form = _goal_form(client)
    return _new_page(form, client, uuid4(), _replaced(request.args.get("replaces")))


def _goal_form(client: Client) -> GoalForm:
    form = GoalForm()
    form.offer_pathways()
    form.offer_teams([(str(team.id), team.name) for team in list_teams(g.actor)])
    offered = request.args.get("pathway")
    if not form.is_submitted() and offered in load_content().pathways:
        form.pathway.data = offered
    pathway = load_content().pathways.get(form.pathway.data or "")
    form.offer_measures(pathway, client.hidden_measures)
    return form


def _replaced(given: str | None) -> Goal | None:
    """The goal that the new one is to stand in place of, if it is the actor's."""
    if not given:
        return None
    try:
        return get_led_goal(g.actor, UUID(given))
    except ValueError:
        return None


def _new_page(
    form: GoalForm, client: Client, new_id: UUID, replaces: Goal | None
) -> ResponseReturnValue:
    return page(
        "clients/goal_new.html",
        form,
        client=client,
        new_id=new_id,
        replaces=replaces,
        pathways=load_content().pathways,
        asks_for_anchor=asks_for_anchor,
    )


@room.post("/clients/<uuid:client_id>/goals/new", access=SIGNED_IN)
def goal_create(client_id: UUID) -> ResponseReturnValue:
    client = get_led_client(g.actor, client_id)
    form, replaces = _goal_form(client), _replaced(request.form.get("replaces"))
    new_id = form.new_id
    if _is_there(new_id):
        return redirect(url_for("clients.client_show", client_id=client.id, goal=new_id), 303)
    goal = attempt(form, lambda: _add(form, client, new_id, replaces))
    if goal is None:
        return _new_page(form, client, new_id, replaces)
    words = "The goal is added."
    if form.standing_team.data:
        words += " Your standing team comes first once you look for people."
    return done("clients.client_show", words, client_id=client.id, goal=goal.id)


def _is_there(goal_id: UUID) -> bool:
    try:
        return bool(get_goal(g.actor, goal_id))
    except NotFound:
        return False


def wording(form: WordingForm) -> Wording:
    return Wording(
        statement=form.statement.data or "",
        measure=form.measure.data,
        baseline=form.baseline.data,
        target=form.target.data,
        target_on=form.target_on.data,
    )


def _add(form: GoalForm, client: Client, new_id: UUID, replaces: Goal | None) -> Goal:
    """The goal, its seats with the lead's own filled, the standing team that comes first, and the
    goal it replaces, in one piece."""
    goal = operations.add_goal(
        actor=g.actor,
        client=client,
        goal_id=new_id,
        wording=wording(form),
        pathway=form.pathway.data,
        anchor_on=form.anchor_on.data,
        clinical_lead=form.clinical_lead.data,
    )
    propose_team(actor=g.actor, goal=goal)
    if form.standing_team.data:
        team = get_team(g.actor, UUID(form.standing_team.data))
        use_team(actor=g.actor, goal=goal, team=team)
    if replaces is not None:
        operations.replace_goal(actor=g.actor, goal=replaces, replacement=goal)
    return goal


@room.get("/goals/<uuid:goal_id>", access=SIGNED_IN)
def goal_show(goal_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    client = get_client(g.actor, goal.client_id)
    is_lead = allowed(g.actor, Permission.EDIT_GOAL, goal)
    return page(
        "clients/goal_show.html",
        ReasonForm(),
        goal=goal,
        client=client,
        shown=shown_goal(g.actor, goal),
        pathway=pathway_of(goal),
        measures=load_content().catalogue.measures,
        wordings=list_wordings(g.actor, goal),
        is_lead=is_lead,
        newer=newer_pathway(goal) if is_lead else None,
    )
