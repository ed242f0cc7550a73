"""Looking at somebody before sending them anybody: dated facts, drafts, and answers to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor
from careteam.domain.relationships.observing import FACT_LABELS, RESULTS
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import get_practitioner
from careteam.features.relationships import observations
from careteam.features.relationships.activity import may_read_by_machine, read_activity
from careteam.features.relationships.models import Observation
from careteam.features.relationships.observation_queries import (
    get_about_oneself,
    get_observation,
    list_observed,
)
from careteam.kit.errors import NotFound, TooMany
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.panels import PRACTITIONER, fill
from careteam.web.frame.room import SIGNED_IN
from careteam.web.relationships.check_forms import ActivityForm, AnswerForm, CheckForm
from careteam.web.relationships.room import room
from careteam.web.relationships.saying import answered

CHECK = "/relationships/people/<uuid:practitioner_id>/check"
ONE = "/relationships/observations/<uuid:observation_id>"


def _entry(practitioner_id: UUID) -> Practitioner:
    """Of somebody else who is in the directory. Raises `NotFound`."""
    entry = get_practitioner(g.actor, practitioner_id)
    if g.actor.practitioner_id in (None, entry.id) or entry.removal_asked_at is not None:
        raise NotFound
    return entry


def _place(practitioner_id: UUID) -> str:
    address = url_for("directory.practitioner_show", practitioner_id=practitioner_id)
    return f"{address}#observed"


@room.get(CHECK, access=SIGNED_IN)
def check_new(practitioner_id: UUID) -> ResponseReturnValue:
    entry, form = _entry(practitioner_id), CheckForm(None)
    form.begin(entry)
    return _check_page(entry, form)


def _check_page(
    entry: Practitioner,
    form: CheckForm,
    activity: ActivityForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    return page(
        "relationships/check_new.html",
        activity or form,
        status,
        check=form,
        entry=entry,
        activity=activity or ActivityForm.of(entry),
        may_count=may_read_by_machine(),
    )


@room.post(CHECK + "/activity", access=SIGNED_IN)
def activity_count(practitioner_id: UUID) -> ResponseReturnValue:
    """Counted by machine, and kept as a draft of the actor's."""
    _entry(practitioner_id)
    form = ActivityForm()
    try:
        looked = attempt(form, lambda: read_activity(g.actor, form.handle.data))
    except TooMany as error:
        form.refuse(error)
        return _refused(practitioner_id, form, error.status)
    if looked is None:
        return _refused(practitioner_id, form, 422)
    observations.note_observation(
        actor=g.actor,
        observation=observations.new_observation(g.actor, practitioner_id),
        looked=looked,
        is_shared=False,
    )
    words = f"Kept for yourself, as a draft. {looked.note}"
    return answered(words, _place(practitioner_id))


def _refused(practitioner_id: UUID, form: ActivityForm, status: int) -> ResponseReturnValue:
    """The page with the reason beside the handle; what was read before the asking is read anew."""
    entry, check = _entry(practitioner_id), CheckForm(None)
    check.begin(entry)
    return _check_page(entry, check, form, status)


@room.post(CHECK, access=SIGNED_IN)
def check_keep(practitioner_id: UUID) -> ResponseReturnValue:
    return _keep(practitioner_id, is_shared=False)


@room.post(CHECK + "/share", access=SIGNED_IN)
def check_share(practitioner_id: UUID) -> ResponseReturnValue:
    return _keep(practitioner_id, is_shared=True)


def _keep(practitioner_id: UUID, *, is_shared: bool) -> ResponseReturnValue:
    entry, form = _entry(practitioner_id), CheckForm()
    if attempt(form, lambda: _note(entry, form, is_shared=is_shared)) is None:
        return _check_page(entry, form)
    words = "Shared with the community." if is_shared else "Kept for yourself, as a draft."
    return answered(words, _place(entry.id))


def _note(entry: Practitioner, form: CheckForm, *, is_shared: bool) -> list[Observation]:
    return [
        observations.note_observation(
            actor=g.actor,
            observation=observations.new_observation(g.actor, entry.id),
            looked=looked,
            is_shared=is_shared,
        )
        for looked in form.looks()
    ]


@room.post(ONE + "/share", access=SIGNED_IN)
def observation_share(observation_id: UUID) -> ResponseReturnValue:
    row = get_observation(g.actor, observation_id)
    observations.share_observation(actor=g.actor, observation=row)
    return answered("Shared with the community.", _place(row.practitioner_id))


@room.post(ONE + "/remove", access=SIGNED_IN)
def observation_remove(observation_id: UUID) -> ResponseReturnValue:
    row = get_observation(g.actor, observation_id)
    observations.remove_observation(actor=g.actor, observation=row)
    undo = url_for("relationships.observation_restore", observation_id=row.id)
    return answered("Taken back.", _place(row.practitioner_id), undo)


@room.post(ONE + "/restore", access=SIGNED_IN)
def observation_restore(observation_id: UUID) -> ResponseReturnValue:
    row = get_observation(g.actor, observation_id)
    observations.restore_observation(actor=g.actor, observation=row)
    return answered("It is back.", _place(row.practitioner_id))


@room.get(ONE + "/answer", access=SIGNED_IN)
def observation_answer(observation_id: UUID) -> ResponseReturnValue:
    """For the person described."""
    row, form = get_about_oneself(g.actor, observation_id), AnswerForm(None)
    form.said.data, form.is_contested.data = row.said, row.is_contested
    return _answer_page(row, form)


def _answer_page(row: Observation, form: AnswerForm) -> ResponseReturnValue:
    return page(
        "relationships/answer_edit.html", form, row=row, labels=FACT_LABELS, results=RESULTS
    )


@room.post(ONE + "/answer", access=SIGNED_IN)
def observation_reply(observation_id: UUID) -> ResponseReturnValue:
    row, form = get_about_oneself(g.actor, observation_id), AnswerForm()
    saved = attempt(
        form,
        lambda: observations.answer_observation(
            actor=g.actor,
            observation=row,
            said=form.said.data,
            is_contested=form.is_contested.data,
        ),
    )
    if saved is None:
        return _answer_page(row, form)
    return answered("It stands beside the fact.", _place(row.practitioner_id))


def _of_entry(actor: Actor, entry: Practitioner) -> dict[str, Any] | None:
    """Facts about one entry, on its page: nothing once the person asked to be removed."""
    if entry.removal_asked_at is not None:
        return None
    return {
        "other": entry,
        "observed": list_observed(actor, entry.id),
        "own_id": actor.practitioner_id,
        "labels": FACT_LABELS,
        "results": RESULTS,
    }


fill(room, PRACTITIONER, "relationships/_observed.html", _of_entry)
