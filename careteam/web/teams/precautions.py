"""A hold or a caution laid by hand: begun from a report or bare, ended, and let act again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.domain.pathway import PrecautionKind
from careteam.domain.pathway.vocabulary import HoldScope
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import find_client, get_goal
from careteam.features.referrals.reported import Asked, asked_of_plan
from careteam.features.teams.models import Precaution
from careteam.features.teams.precautions import operations
from careteam.features.teams.precautions.choosing import SOMEBODY_ELSE, who_may_say
from careteam.features.teams.precautions.queries import find_precaution, get_precaution
from careteam.kit import clock
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.precautions import EndPrecautionForm, PrecautionForm, precaution_form
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.room import room

LAID = {PrecautionKind.HOLD: "The hold acts from now on.", PrecautionKind.CAUTION: "It is told."}

FROM_REPORT = ("referral", "report", "part")
"""What of the address says from which report it is taken over."""


@room.app_template_global("end_precaution_form")
def end_form(key: str) -> EndPrecautionForm:
    """The form on a line. Many stand on one page, so `key` makes the id of its field its own."""
    form = EndPrecautionForm(formdata=None)
    form.ended_why.id = form.ended_why.label.field_id = f"ended-{key}"
    return form


def _goal(goal_id: UUID) -> Goal:
    goal = get_goal(g.actor, goal_id)
    require(g.actor, Permission.LAY_PRECAUTION, goal)
    return goal


@room.get("/goals/<uuid:goal_id>/precautions/new", access=SIGNED_IN)
def precaution_new(goal_id: UUID) -> ResponseReturnValue:
    goal = _goal(goal_id)
    kind, asked = request.args.get("kind", ""), _from_report(goal)
    begun = {"kind": kind} if kind in set(PrecautionKind) else {}
    if asked is not None:
        begun |= _begun(goal, asked)
    return _page(precaution_form(g.actor, goal, begun, formdata=None), goal, uuid4())


def _from_report(goal: Goal) -> Asked | None:
    """The part of a report that the address names. Its words stand in no address."""
    referral_id = request.args.get("referral", type=UUID)
    number = request.args.get("report", type=int)
    if referral_id is None or number is None:
        return None
    return asked_of_plan(g.actor, goal.id, referral_id, number, request.args.get("part", ""))


def _begun(goal: Goal, asked: Asked) -> dict[str, Any]:
    """What is no more than words stands as words: the scope is for whoever reads it to choose."""
    report, sayer = asked.report, str(asked.receiver_id)
    is_on_team = sayer in who_may_say(g.actor, goal)
    return {
        "what": asked.words[:1000],
        "why": report.text[:2000],
        "scope": HoldScope.NONE.value,
        "from_on": clock.day_of(report.at),
        "said_by": sayer if is_on_team else SOMEBODY_ELSE,
        "said_by_name": None if is_on_team else report.by,
    }


def _page(form: PrecautionForm, goal: Goal, new_id: UUID) -> ResponseReturnValue:
    client = find_client(g.actor, goal.client_id)
    return page(
        "teams/precaution_new.html",
        form,
        goal=goal,
        client=client,
        new_id=new_id,
        from_report={key: request.args[key] for key in FROM_REPORT if key in request.args},
    )


@room.post("/goals/<uuid:goal_id>/precautions/new", access=SIGNED_IN)
def precaution_lay(goal_id: UUID) -> ResponseReturnValue:
    goal = _goal(goal_id)
    form = precaution_form(g.actor, goal)
    if find_precaution(g.actor, goal, form.new_id) is not None:
        return redirect(_client_page(goal), 303)
    laid = attempt(form, lambda: _lay(form, goal))
    if laid is None:
        return _page(form, goal, form.new_id)
    undo = url_for("teams.precaution_end", goal_id=goal.id, precaution_id=laid.id)
    words = LAID[PrecautionKind(laid.kind)]
    return _answer(goal, words, undo=undo, undo_fields={"ended_why": operations.MISTAKE})


def _lay(form: PrecautionForm, goal: Goal) -> Precaution:
    asked = _from_report(goal)
    new = replace(form.new, report_id=asked.report.id if asked is not None else None)
    return operations.lay_precaution(actor=g.actor, goal=goal, precaution_id=form.new_id, new=new)


def _client_page(goal: Goal) -> str:
    return url_for("clients.client_show", client_id=goal.client_id, goal=goal.id)


def _answer(goal: Goal, words: str, **more: Any) -> ResponseReturnValue:
    place: dict[str, Any] = {"client_id": goal.client_id, "goal": goal.id}
    return done("clients.client_show", words, **place, **more)


@room.post("/goals/<uuid:goal_id>/precautions/<uuid:precaution_id>/end", access=SIGNED_IN)
def precaution_end(goal_id: UUID, precaution_id: UUID) -> ResponseReturnValue:
    goal, form = get_goal(g.actor, goal_id), EndPrecautionForm()
    row = get_precaution(g.actor, goal, precaution_id)
    try:
        ended = attempt(form, lambda: _end(row, form))
    except Conflict as error:
        return _answer(goal, error.message, kind="alert")
    if ended is None:
        return _end_page(form, goal, row)
    undo = url_for("teams.precaution_resume", goal_id=goal.id, precaution_id=row.id)
    return _answer(goal, "It is ended and no longer told.", undo=undo)


def _end(row: Precaution, form: EndPrecautionForm) -> Precaution:
    return operations.end_precaution(actor=g.actor, precaution=row, why=form.ended_why.data)


def _end_page(form: EndPrecautionForm, goal: Goal, row: Precaution) -> ResponseReturnValue:
    client = find_client(g.actor, goal.client_id)
    return page("teams/precaution_end.html", form, goal=goal, client=client, precaution=row)


@room.post("/goals/<uuid:goal_id>/precautions/<uuid:precaution_id>/resume", access=SIGNED_IN)
def precaution_resume(goal_id: UUID, precaution_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    row = get_precaution(g.actor, goal, precaution_id)
    operations.resume_precaution(actor=g.actor, precaution=row)
    return _answer(goal, "It acts again.")
