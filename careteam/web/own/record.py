"""Download it all: the whole record that the client may read, as one file to keep and to print."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor
from careteam.audit import reads
from careteam.domain.consent import ALERTS
from careteam.features.clients.models import Goal, GoalWording
from careteam.features.clients.queries import list_goals, list_wordings
from careteam.features.clients.shown import ShownGoal, shown_goal
from careteam.features.consents.queries import list_consents
from careteam.features.measures.models import Measurement
from careteam.features.measures.queries import list_all_measurements
from careteam.features.notes.parts import NoteLine, notes_part
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.plans.mirror_queries import list_shared
from careteam.features.plans.view import PlanView, view_plan
from careteam.features.teams.clearances.lines import ClearanceLine, clearance_lines
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.partners.queries import find_linked
from careteam.features.teams.parts import effect_lines
from careteam.features.teams.queries import list_answers
from careteam.kit import clock
from careteam.web.frame.files import taken_away
from careteam.web.frame.room import CLIENT
from careteam.web.own.home import people_of
from careteam.web.own.place import Own, behind_the_code
from careteam.web.own.room import room
from careteam.web.own.sharing import changes_of, looks_at

ALL = 10_000


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything of one goal. `answers` are question and answer as they were put."""

    goal: ShownGoal
    wordings: list[GoalWording]
    answers: list[tuple[str, str]]
    plan: PlanView
    values: list[tuple[str, Measurement]]
    notes: list[NoteLine]
    cleared: tuple[ClearanceLine, ...]


@room.get("/p/<uuid:link_id>/record", access=CLIENT)
@behind_the_code
def record_download(place: Own) -> ResponseReturnValue:
    client = place.client
    reads.note(client.id, ALERTS)
    text = render_template(
        "own/record_file.html",
        own=place,
        made_at=clock.now(),
        people=people_of(g.actor, place),
        avoid=effect_lines(standing_outcomes(client.id).safety.effects_only()),
        goals=[_kept(g.actor, place, goal) for goal in list_goals(g.actor, client)],
        consents=list_consents(g.actor, client),
        linked=find_linked(g.actor, client.id),
        shared=list_shared(g.actor, client.id),
        classes=load_content().catalogue.matrix.class_by_id,
        looks=looks_at(client),
        changes=changes_of(client),
    )
    name = f"record-{clock.today().isoformat()}.html"
    return taken_away(text.encode(), name, "text/html")


def _kept(actor: Actor, place: Own, goal: Goal) -> Kept:
    measures = load_content().catalogue.measures
    values = list_all_measurements(actor, goal)
    return Kept(
        goal=shown_goal(actor, goal),
        wordings=list(list_wordings(actor, goal)),
        answers=_answers(actor, goal),
        plan=view_plan(actor, goal, place.client.called),
        values=[
            (measures[v.measure].name if v.measure in measures else v.measure, v) for v in values
        ],
        notes=list(notes_part(actor, goal, place.client.called, size=ALL).lines),
        cleared=clearance_lines(actor, goal),
    )


def _answers(actor: Actor, goal: Goal) -> list[tuple[str, str]]:
    pathway = pathway_of(goal)
    questions = pathway.question_by_id if pathway else {}
    return [
        (
            questions[row.question].ask if row.question in questions else row.question,
            row.value if row.value is not None else "left to somebody else",
        )
        for row in list_answers(actor, goal)
    ]
