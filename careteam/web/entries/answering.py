"""What was observed about the person, and what they say to it, by the link to their entry."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.domain.relationships.observing import FACT_LABELS, RESULTS
from careteam.features.relationships.models import Observation
from careteam.features.relationships.observation_queries import get_about_oneself
from careteam.features.relationships.observations import answer_observation
from careteam.web.entries.room import room
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import OWN_ENTRY
from careteam.web.frame.sending import done
from careteam.web.relationships.check_forms import AnswerForm

ONE = "/e/<uuid:link_id>/observations/<uuid:observation_id>"


@room.get(ONE, access=OWN_ENTRY)
def observation_show(link_id: UUID, observation_id: UUID) -> ResponseReturnValue:
    row, form = get_about_oneself(g.actor, observation_id), AnswerForm(None)
    form.said.data, form.is_contested.data = row.said, row.is_contested
    return _answer_page(row, form)


def _answer_page(row: Observation, form: AnswerForm) -> ResponseReturnValue:
    return page("entries/observation_show.html", form, row=row, labels=FACT_LABELS, results=RESULTS)


@room.post(ONE, access=OWN_ENTRY)
def observation_reply(link_id: UUID, observation_id: UUID) -> ResponseReturnValue:
    row, form = get_about_oneself(g.actor, observation_id), AnswerForm()
    saved = attempt(
        form,
        lambda: answer_observation(
            actor=g.actor,
            observation=row,
            said=form.said.data,
            is_contested=form.is_contested.data,
        ),
    )
    if saved is None:
        return _answer_page(row, form)
    return done("entries.entry_show", "It stands beside the fact.", link_id=link_id)
