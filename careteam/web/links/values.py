"""A value of a measure that belongs to the holder's part."""

from __future__ import annotations

from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.features.measures.models import Measurement
from careteam.features.measures.offered import offered_measures
from careteam.features.measures.operations import (
    WAYS,
    record_measurement,
    take_back_measurement,
)
from careteam.features.measures.queries import find_measurement, get_measurement
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import LINK
from careteam.web.frame.sending import done
from careteam.web.links.place import Place, on_the_team, said
from careteam.web.links.place_forms import ValueForm
from careteam.web.links.room import room


@room.get("/r/<uuid:link_id>/value", access=LINK)
@on_the_team
def value_new(place: Place) -> ResponseReturnValue:
    return _value_page(_offered(ValueForm(formdata=None), place), place)


def _offered(form: ValueForm, place: Place) -> ValueForm:
    """Raises `NotFound` where nothing is measured that the holder may know."""
    offered = offered_measures(g.actor, place.goal)
    if not offered:
        raise NotFound
    form.offer(offered)
    return form


def _value_page(form: ValueForm, place: Place) -> ResponseReturnValue:
    return page("links/value_new.html", form, place=place, new_id=form.new_id)


@room.post("/r/<uuid:link_id>/value", access=LINK)
@on_the_team
def value_record(place: Place) -> ResponseReturnValue:
    form = _offered(ValueForm(), place)
    if find_measurement(g.actor, place.goal, form.new_id) is not None:
        return done("links.link_show", link_id=g.actor.link_id)
    row = attempt(form, lambda: _record(form, place))
    if row is None:
        return _value_page(form, place)
    undo = url_for("links.value_take_back", link_id=g.actor.link_id, measurement_id=row.id)
    return said("links.link_show", "The value is recorded.", undo=undo)


def _record(form: ValueForm, place: Place) -> Measurement:
    assert form.value.data is not None
    assert form.taken_on.data is not None
    return record_measurement(
        actor=g.actor,
        goal=place.goal,
        measurement_id=form.new_id,
        measure=form.measure.data or "",
        value=form.value.data,
        taken_on=form.taken_on.data,
        how=form.how.data or WAYS[0],
        note=form.note.data,
    )


@room.post("/r/<uuid:link_id>/values/<uuid:measurement_id>/take-back", access=LINK)
@on_the_team
def value_take_back(place: Place, measurement_id: UUID) -> ResponseReturnValue:
    row = get_measurement(g.actor, place.goal, measurement_id)
    take_back_measurement(actor=g.actor, measurement=row)
    return said("links.link_show", "The value is taken back.")
