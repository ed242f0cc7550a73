"""How it is going: a number or two and a line of text, in less than twenty seconds."""

from __future__ import annotations

from uuid import UUID, uuid5

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.now import RedFlag
from careteam.features.clients.models import Goal
from careteam.features.measures.models import Measurement
from careteam.features.measures.offered import asked_of_client
from careteam.features.measures.operations import record_measurement, take_back_measurement
from careteam.features.measures.queries import find_measurement, list_given_by_client
from careteam.features.notes.operations import take_back_note, write_note
from careteam.features.notes.parts import notes_part
from careteam.features.notes.queries import find_note
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.today.told import sign_in, tell_lead
from careteam.kit import clock
from careteam.kit.errors import Invalid, NotFound
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import CLIENT
from careteam.web.own.forms import Asked, CheckInForm, check_in_form
from careteam.web.own.helping import numbers, show_sign
from careteam.web.own.place import Own, behind_the_code, said
from careteam.web.own.room import room

VALUES_SHOWN = 5
ABOUT = {
    "functional_status": "What I can and cannot do",
    "presenting_problem": "What brought me here, such as pain",
    "mental_health": "My mood",
    "lifestyle_logs": "Food, sleep, activity",
    "medicines_allergies": "My medicines",
    "goal_plan": "The plan itself, dates and times",
}
"""Kinds of information that a line may be about, in a client's words. The kind decides who reads
it, so it is chosen each time; those that a client hardly writes of are left out."""


@room.get("/p/<uuid:link_id>/check-in", access=CLIENT)
@behind_the_code
def check_in_new(place: Own) -> ResponseReturnValue:
    goal = _goal(place)
    return _page(_form(place, goal, formdata=None), place, goal)


def _goal(place: Own) -> Goal:
    """The goal a line of text belongs to: the first that is pursued. Raises `NotFound`."""
    if not place.goals:
        raise NotFound
    return place.goals[0]


def asked_of(place: Own) -> list[Asked]:
    """What the active goals ask of the client, each measure once."""
    found: dict[str, Asked] = {}
    for goal in place.goals:
        for offered in asked_of_client(g.actor, goal) if goal.status == "active" else ():
            found.setdefault(offered.id, Asked(goal, offered))
    return list(found.values())


def _form(place: Own, goal: Goal, **options: object) -> CheckInForm:
    return check_in_form(asked_of(place), _about(goal), **options)


def _about(goal: Goal) -> list[tuple[str, str]]:
    """With the subject of the goal's own pathway, where it has one of its own."""
    content = load_content()
    pathway = pathway_of(goal)
    subject = pathway.subject_class if pathway else None
    pairs = list(ABOUT.items())
    if subject and subject not in ABOUT:
        spoken = content.catalogue.matrix.class_by_id[subject].spoken
        pairs.insert(0, (subject, spoken[:1].upper() + spoken[1:]))
    return pairs


def _page(form: CheckInForm, place: Own, goal: Goal) -> tuple[str, int]:
    """A sign in what was typed is told at once, also where the form is not complete."""
    sign = sign_in(form.body.data, goal)
    shown: tuple[str, int] = page(
        "own/check_in_new.html",
        form,
        own=place,
        asked=asked_of(place),
        values=_own_values(place),
        notes=notes_part(g.actor, goal, place.client.called, size=3),
        new_id=form.new_id,
        sign=sign.flag if sign else None,
        numbers=numbers(),
    )
    return shown


def _own_values(place: Own) -> list[tuple[str, Measurement]]:
    """What the client gave last, with the measure's name, the latest first."""
    measures = load_content().catalogue.measures
    standing = {goal.id for goal in place.goals}
    return [
        (measures[row.measure].name if row.measure in measures else row.measure, row)
        for row in list_given_by_client(g.actor, place.client.id, VALUES_SHOWN)
        if row.goal_id in standing
    ]


@room.post("/p/<uuid:link_id>/check-in", access=CLIENT)
@behind_the_code
def check_in_save(place: Own) -> ResponseReturnValue:
    goal = _goal(place)
    form = _form(place, goal)
    saved = attempt(form, lambda: _save(form, place, goal))
    sign = sign_in(form.body.data, goal)
    if saved is None:
        return _page(form, place, goal) if sign is None else _told(form, place, goal, sign.flag)
    if sign is not None:
        return show_sign(place, goal, form.new_id, sign.flag)
    here = {"link_id": g.actor.link_id, "check_in_id": form.new_id}
    undo = url_for("own.check_in_take_back", **here)
    return said("own.home_show", f"Thank you. {place.reader.name} can read it.", undo=undo)


def _told(form: CheckInForm, place: Own, goal: Goal, flag: RedFlag) -> ResponseReturnValue:
    """The form is not complete and what is in it cannot wait: nothing of it is kept but that the
    lead is told, so this is answered as a change that was made."""
    tell_lead(actor=g.actor, goal=goal, matter_id=form.new_id, sign=flag)
    shown, _ = _page(form, place, goal)
    return shown, 200


def _save(form: CheckInForm, place: Own, goal: Goal) -> bool:
    """The values and the line, each once however often the form is sent."""
    values = form.values(asked_of(place))
    if not values and not form.body.data:
        raise Invalid("Give a number, or write a line.", field="body")
    for asked, value in values:
        _record(form, asked, value)
    if form.body.data and find_note(g.actor, goal, form.new_id) is None:
        write_note(
            actor=g.actor,
            goal=goal,
            note_id=form.new_id,
            body=form.body.data,
            audience=None,
            information_class=form.information_class.data,
        )
    return True


def _record(form: CheckInForm, asked: Asked, value: float) -> None:
    key = uuid5(form.new_id, asked.offered.id)
    if find_measurement(g.actor, asked.goal, key) is not None:
        return
    try:
        record_measurement(
            actor=g.actor,
            goal=asked.goal,
            measurement_id=key,
            measure=asked.offered.id,
            value=value,
            taken_on=clock.today(),
        )
    except Invalid as error:
        raise Invalid(error.message, field=asked.field) from None


@room.post("/p/<uuid:link_id>/check-in/<uuid:check_in_id>/take-back", access=CLIENT)
@behind_the_code
def check_in_take_back(place: Own, check_in_id: UUID) -> ResponseReturnValue:
    """All that one sending gave, as the Undo right after it does."""
    values = [
        find_measurement(g.actor, asked.goal, uuid5(check_in_id, asked.offered.id))
        for asked in asked_of(place)
    ]
    given = [value for value in values if value is not None]
    note = find_note(g.actor, _goal(place), check_in_id)
    if not given and note is None:
        raise NotFound
    for value in given:
        take_back_measurement(actor=g.actor, measurement=value)
    if note is not None:
        take_back_note(actor=g.actor, note=note)
    return said("own.check_in_new", "It is taken back.")


@room.post("/p/<uuid:link_id>/values/<uuid:measurement_id>/take-back", access=CLIENT)
@behind_the_code
def value_take_back(place: Own, measurement_id: UUID) -> ResponseReturnValue:
    found = (find_measurement(g.actor, goal, measurement_id) for goal in place.goals)
    value = next(filter(None, found), None)
    if value is None:
        raise NotFound
    take_back_measurement(actor=g.actor, measurement=value)
    return said("own.check_in_new", "It is taken back.")


@room.post("/p/<uuid:link_id>/notes/<uuid:note_id>/take-back", access=CLIENT)
@behind_the_code
def note_take_back(place: Own, note_id: UUID) -> ResponseReturnValue:
    """Also one that was written for another goal, from the page that lists them all."""
    found = (find_note(g.actor, goal, note_id) for goal in place.goals)
    note = next(filter(None, found), None)
    if note is None:
        raise NotFound
    take_back_note(actor=g.actor, note=note)
    return said("own.note_list", "It is taken back.")
