"""One's dealings with one person: what there was, how often it should be, and one-tap notes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.relationships.touches import LABELS, Kind
from careteam.features.directory.queries import contacts_of
from careteam.features.relationships import operations
from careteam.features.relationships.models import Touch
from careteam.features.relationships.queries import (
    find_tending,
    find_touch,
    list_calls,
    list_groups,
    list_tellable,
    list_touches,
    practices_at,
)
from careteam.features.relationships.tending import Tended, tended_with
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import attempt, page, proposed_id, whole_number
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import safe_path
from careteam.web.relationships.forms import RhythmForm, TouchForm, UpdateForm, offered
from careteam.web.relationships.room import room
from careteam.web.relationships.saying import answered, back_or, lines_of, presses

PERSON = "/relationships/people/<uuid:practitioner_id>"
SNOOZES = ((7, "For a week"), (30, "For a month"), (90, "For three months"))


@room.get(PERSON, access=SIGNED_IN)
def person_show(practitioner_id: UUID) -> ResponseReturnValue:
    return person_page(practitioner_id, None)


def person_page(practitioner_id: UUID, form: TouchForm | None) -> ResponseReturnValue:
    contact = _contact(practitioner_id)
    shown = form or TouchForm(None)
    shown.offer(with_person=True)
    tending = find_tending(g.actor, practitioner_id)
    return page(
        "relationships/person_show.html",
        form,
        touch_form=shown,
        contact=contact,
        presses=presses(offered(with_person=True)),
        new_id=proposed_id(),
        lines=lines_of(
            list_touches(g.actor, practitioner_id), list_calls(g.actor, practitioner_id)
        ),
        tended=tended_with(g.actor, practitioner_id),
        tending=tending,
        rhythm=RhythmForm(None, stored=tending.every_months if tending else None),
        groups=list_groups(g.actor, practitioner_id),
        practices=practices_at(practitioner_id),
        snoozes=SNOOZES,
        back=safe_path(request.values.get("back")),
    )


def _contact(practitioner_id: UUID) -> Any:
    """Of somebody else. Raises `NotFound`, also for somebody without an entry of their own."""
    contact = contacts_of(g.actor, [practitioner_id]).get(practitioner_id)
    if contact is None or g.actor.practitioner_id in (None, practitioner_id):
        raise NotFound
    return contact


def address_of(practitioner_id: UUID) -> str:
    return url_for("relationships.person_show", practitioner_id=practitioner_id)


@room.post(PERSON + "/touches", access=SIGNED_IN)
def touch_log(practitioner_id: UUID) -> ResponseReturnValue:
    """With a kind alone it is noted for today."""
    contact = _contact(practitioner_id)
    to = back_or(address_of(practitioner_id))
    form = TouchForm()
    if find_touch(g.actor, form.new_id) is not None:
        return redirect(to, 303)
    form.offer(with_person=True)
    touch = operations.new_touch(g.actor, form.new_id, practitioner_id=practitioner_id)
    if attempt(form, lambda: operations.log_touch(actor=g.actor, touch=touch, said=form.said())):
        return _logged(touch, contact.name, to)
    return person_page(practitioner_id, form)


def _logged(touch: Touch, name: str, to: str) -> ResponseReturnValue:
    words = f"Noted with {name}: {LABELS[Kind(touch.kind)].lower()}."
    return answered(words, to, url_for("relationships.touch_remove", touch_id=touch.id))


@room.get(PERSON + "/client-update", access=SIGNED_IN)
def update_new(practitioner_id: UUID) -> ResponseReturnValue:
    return _update_page(practitioner_id, UpdateForm(None))


def _update_page(practitioner_id: UUID, form: UpdateForm) -> ResponseReturnValue:
    contact = _contact(practitioner_id)
    clients = list_tellable(g.actor, practitioner_id, clock.today())
    form.offer(clients)
    return page(
        "relationships/update_new.html",
        form,
        contact=contact,
        clients=clients,
        new_id=proposed_id(),
    )


@room.post(PERSON + "/client-update", access=SIGNED_IN)
def update_log(practitioner_id: UUID) -> ResponseReturnValue:
    """The consent is asked for again here: it may have ended since the page was opened."""
    contact, form = _contact(practitioner_id), UpdateForm()
    to = address_of(practitioner_id)
    if find_touch(g.actor, form.new_id) is not None:
        return redirect(to, 303)
    form.offer(list_tellable(g.actor, practitioner_id, clock.today()))
    touch = operations.new_touch(g.actor, form.new_id, practitioner_id=practitioner_id)
    kept = attempt(
        form,
        lambda: operations.log_touch(
            actor=g.actor, touch=touch, said=form.said(), client_id=form.client_id
        ),
    )
    return _logged(touch, contact.name, to) if kept else _update_page(practitioner_id, form)


@room.post(PERSON + "/rhythm", access=SIGNED_IN)
def rhythm_save(practitioner_id: UUID) -> ResponseReturnValue:
    contact, form = _contact(practitioner_id), RhythmForm()
    tending = operations.tending_with(g.actor, practitioner_id)
    wished = attempt(
        form,
        lambda: operations.wish_rhythm(actor=g.actor, tending=tending, every_months=form.months),
    )
    words = f"Noted how often to be in touch with {contact.name}."
    if wished is None:
        words = "Choose one of the rhythms offered."
    return answered(words, back_or(address_of(practitioner_id)))


@room.post(PERSON + "/snooze", access=SIGNED_IN)
def snooze(practitioner_id: UUID) -> ResponseReturnValue:
    """For one of the stretches offered; nought ends it."""
    contact, days = _contact(practitioner_id), days_of_snooze()
    until = clock.today() + timedelta(days=days) if days else None
    tending = operations.tending_with(g.actor, practitioner_id)
    operations.snooze(actor=g.actor, tending=tending, until=until)
    to = back_or(address_of(practitioner_id))
    if until is None:
        return answered(f"{contact.name} is named again when something is due.", to)
    undo = url_for("relationships.snooze", practitioner_id=practitioner_id)
    return answered(f"{contact.name} is put off until {until:%-d %B}.", to, undo)


def days_of_snooze() -> int:
    """Raises `NotFound` for a stretch that is not offered."""
    days = whole_number(request.form.get("days")) or 0
    if days not in {0, *(each for each, _ in SNOOZES)}:
        raise NotFound
    return days


def between(practitioner_id: UUID) -> tuple[Tended | None, list[Any]]:
    """What is known of somebody, and the latest touches, for a part of another page."""
    return tended_with(g.actor, practitioner_id), lines_of(
        list_touches(g.actor, practitioner_id, 3)
    )
