"""One touch: changed, taken back, its next step done; and the touches with a practice."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.relationships.touches import LABELS, Kind
from careteam.features.directory.queries import names_of
from careteam.features.relationships import operations
from careteam.features.relationships.models import Touch
from careteam.features.relationships.queries import (
    find_practice_tending,
    find_touch,
    get_touch,
    list_touches_at,
)
from careteam.features.relationships.tending import tended_at
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.kit.text import clean
from careteam.web.frame.forms import attempt, page, proposed_id
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import safe_path
from careteam.web.relationships.forms import PracticeForm, RhythmForm, TouchForm, offered
from careteam.web.relationships.people import SNOOZES, address_of, days_of_snooze
from careteam.web.relationships.room import room
from careteam.web.relationships.saying import answered, back_or, lines_of, presses

TOUCH = "/relationships/touches/<uuid:touch_id>"
LONGEST_NAME = 120


def place_of(touch: Touch) -> str:
    """The page that lists it."""
    if touch.practitioner_id is not None:
        return address_of(touch.practitioner_id)
    return url_for("relationships.practice_show", name=touch.practice)


@room.get(TOUCH, access=SIGNED_IN)
def touch_edit(touch_id: UUID) -> ResponseReturnValue:
    touch, form = get_touch(g.actor, touch_id), TouchForm(None)
    form.show(touch)
    return _edit_page(touch, form)


def _edit_page(touch: Touch, form: TouchForm) -> ResponseReturnValue:
    form.offer(with_person=touch.practitioner_id is not None, kind=touch.kind)
    name = next(iter(names_of([touch.practitioner_id]).values()), touch.practice)
    return page(
        "relationships/touch_edit.html", form, touch=touch, name=name, place=place_of(touch)
    )


@room.post(TOUCH, access=SIGNED_IN)
def touch_save(touch_id: UUID) -> ResponseReturnValue:
    touch, form = get_touch(g.actor, touch_id), TouchForm()
    form.offer(with_person=touch.practitioner_id is not None, kind=touch.kind)
    saved = attempt(
        form, lambda: operations.change_touch(actor=g.actor, touch=touch, said=form.said())
    )
    return answered("It is saved.", place_of(touch)) if saved else _edit_page(touch, form)


@room.post(TOUCH + "/remove", access=SIGNED_IN)
def touch_remove(touch_id: UUID) -> ResponseReturnValue:
    touch = find_touch(g.actor, touch_id)
    if touch is None:
        raise NotFound
    operations.remove_touch(actor=g.actor, touch=touch)
    undo = url_for("relationships.touch_restore", touch_id=touch.id)
    return answered("Taken back.", back_or(place_of(touch)), undo)


@room.post(TOUCH + "/restore", access=SIGNED_IN)
def touch_restore(touch_id: UUID) -> ResponseReturnValue:
    touch = find_touch(g.actor, touch_id)
    if touch is None:
        raise NotFound
    operations.restore_touch(actor=g.actor, touch=touch)
    return answered("It is back.", back_or(place_of(touch)))


@room.post(TOUCH + "/step-done", access=SIGNED_IN)
def step_done(touch_id: UUID) -> ResponseReturnValue:
    touch = operations.finish_step(actor=g.actor, touch=get_touch(g.actor, touch_id))
    undo = url_for("relationships.step_open", touch_id=touch.id)
    return answered("The next step is done.", back_or(place_of(touch)), undo)


@room.post(TOUCH + "/step-open", access=SIGNED_IN)
def step_open(touch_id: UUID) -> ResponseReturnValue:
    touch = operations.reopen_step(actor=g.actor, touch=get_touch(g.actor, touch_id))
    return answered("The next step is open again.", back_or(place_of(touch)))


@room.get("/relationships/practice", access=SIGNED_IN)
def practice_show() -> ResponseReturnValue:
    """One practice by its name; without one, the form begins with it."""
    form = PracticeForm(None)
    form.practice.data = clean(request.args.get("name", "")[:LONGEST_NAME])
    return _practice_page(form, None)


def _practice_page(shown: PracticeForm, form: PracticeForm | None) -> ResponseReturnValue:
    shown.offer(with_person=False)
    name = shown.practice.data or ""
    tending = find_practice_tending(g.actor, name) if name else None
    return page(
        "relationships/practice_show.html",
        form,
        touch_form=shown,
        name=name,
        presses=presses(offered(with_person=False)),
        new_id=proposed_id(),
        lines=lines_of(list_touches_at(g.actor, name)) if name else [],
        tended=tended_at(g.actor, name) if name else None,
        tending=tending,
        rhythm=RhythmForm(None, stored=tending.every_months if tending else None),
        snoozes=SNOOZES,
        back=safe_path(request.values.get("back")),
    )


@room.post("/relationships/practice", access=SIGNED_IN)
def practice_log() -> ResponseReturnValue:
    form = PracticeForm()
    form.offer(with_person=False)
    known = find_touch(g.actor, form.new_id)
    if known is not None:
        return redirect(back_or(place_of(known)), 303)
    made = attempt(form, lambda: _log_at(form))
    if made is None:
        return _practice_page(form, form)
    words = f"Noted with {made.practice}: {LABELS[Kind(made.kind)].lower()}."
    undo = url_for("relationships.touch_remove", touch_id=made.id)
    return answered(words, back_or(place_of(made)), undo)


def _log_at(form: PracticeForm) -> Touch:
    touch = operations.new_touch(g.actor, form.new_id, practice=form.practice.data)
    return operations.log_touch(actor=g.actor, touch=touch, said=form.said())


@room.post("/relationships/practice/rhythm", access=SIGNED_IN)
def practice_rhythm() -> ResponseReturnValue:
    form, name = RhythmForm(), _named()
    tending = operations.tending_at(g.actor, name)
    wished = attempt(
        form,
        lambda: operations.wish_rhythm(actor=g.actor, tending=tending, every_months=form.months),
    )
    words = f"Noted how often to be in touch with {name}."
    if wished is None:
        words = "Choose one of the rhythms offered."
    return answered(words, url_for("relationships.practice_show", name=name))


@room.post("/relationships/practice/snooze", access=SIGNED_IN)
def practice_snooze() -> ResponseReturnValue:
    """For one of the stretches offered; nought ends it."""
    name, days = _named(), days_of_snooze()
    until = clock.today() + timedelta(days=days) if days else None
    operations.snooze(actor=g.actor, tending=operations.tending_at(g.actor, name), until=until)
    to = back_or(url_for("relationships.practice_show", name=name))
    if until is None:
        return answered(f"{name} is named again when something is due.", to)
    return answered(f"{name} is put off until {until:%-d %B}.", to)


def _named() -> str:
    """Raises `NotFound` where no practice is named."""
    name = clean(request.form.get("practice", "")[:LONGEST_NAME])
    if not name:
        raise NotFound
    return name
