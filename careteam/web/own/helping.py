"""Help now: numbers to ring, what to do about which sign; and the sign that somebody wrote of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app, g
from flask.typing import ResponseReturnValue

from careteam.domain.now import EmergencyNumbers, RedFlag, numbers_for
from careteam.domain.pathway.vocabulary import Urgency
from careteam.features.clients.models import Goal
from careteam.features.links.clients import whom_to_ring
from careteam.features.links.operations import note_use
from careteam.features.links.queries import own_link
from careteam.features.pathways.content import load_content
from careteam.features.today.told import tell_lead
from careteam.settings import Settings
from careteam.web.frame.forms import page
from careteam.web.frame.room import CLIENT
from careteam.web.own.place import Own
from careteam.web.own.room import room


@room.get("/p/<uuid:link_id>/help", access=CLIENT)
def help_show(link_id: UUID) -> ResponseReturnValue:
    """Also before the code: it tells nothing of the client, and must not wait for one."""
    catalogue = load_content().catalogue
    flags = (*catalogue.general_red_flags, *catalogue.shared_red_flags)
    return page(
        "own/help_show.html",
        numbers=numbers(),
        leads=whom_to_ring(g.visit.client_id),
        emergencies=[flag for flag in flags if flag.urgency is Urgency.EMERGENCY],
        same_day=[flag for flag in flags if flag.urgency is Urgency.SAME_DAY],
    )


def numbers() -> EmergencyNumbers:
    """The numbers of the community's country."""
    settings: Settings = current_app.extensions["careteam_settings"]
    return numbers_for(settings.country)


def show_signs(place: Own, flags: Sequence[RedFlag], *, onwards: str) -> ResponseReturnValue:
    """What answers to safety questions mean, the most urgent first. They stand on the lead's Today
    by themselves, until somebody has seen to them."""
    return _signs(place, flags, answered=True, onwards=onwards)


def show_sign(place: Own, goal: Goal, matter_id: UUID, flag: RedFlag) -> ResponseReturnValue:
    """What to do now, at once; then whoever keeps the record is told. The words are kept."""
    tell_lead(actor=g.actor, goal=goal, matter_id=matter_id, sign=flag)
    return _signs(place, [flag])


def _signs(place: Own, flags: Sequence[RedFlag], **more: Any) -> ResponseReturnValue:
    note_use(own_link(g.actor))
    return page("own/sign_show.html", own=place, flags=flags, numbers=numbers(), **more)
