"""The client's team and how to reach it; names that were offered, and a no to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.directory.queries import names_of
from careteam.features.referrals.queries.choices import list_offered
from careteam.features.teams.labels import seat_label
from careteam.features.teams.wishing.operations import lift_refusal, note_refusal
from careteam.features.teams.wishing.queries import list_refused
from careteam.features.teams.wishing.refused import refused_names
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import page
from careteam.web.frame.room import CLIENT
from careteam.web.own.home import Person, people_of
from careteam.web.own.place import Own, behind_the_code, said
from careteam.web.own.room import room


@dataclass(frozen=True, slots=True)
class Offer:
    """A name that may be refused: it was offered, and is not on the team."""

    id: UUID
    name: str
    roles: tuple[str, ...]
    by: str


@room.get("/p/<uuid:link_id>/team", access=CLIENT)
@behind_the_code
def team_show(place: Own) -> ResponseReturnValue:
    people = people_of(g.actor, place)
    refused = refused_names(g.actor, place.client)
    no = {each.id for each in refused}
    return page(
        "own/team_show.html",
        own=place,
        people=people,
        offers=[each for each in _offers(place, people) if each.id not in no],
        refused=refused,
    )


def _offers(place: Own, people: Sequence[Person]) -> list[Offer]:
    there = {place.client.lead_id, *(each.contact.practitioner_id for each in people)}
    return [
        Offer(each.id, each.name, tuple(map(seat_label, each.disciplines)), each.by)
        for each in list_offered(g.actor, [goal.id for goal in place.goals])
        if each.id not in there
    ]


@room.post("/p/<uuid:link_id>/team/refused", access=CLIENT)
@behind_the_code
def name_refuse(place: Own) -> ResponseReturnValue:
    """Only a name the client was offered: nobody learns here who is in the directory."""
    who = _who({each.id for each in _offers(place, people_of(g.actor, place))})
    note_refusal(actor=g.actor, client=place.client, practitioner_id=who)
    words = f"{names_of([who])[who]} is offered to you no more. {place.lead.name} sees that."
    return _said(words, "own.name_allow", who)


@room.post("/p/<uuid:link_id>/team/refused/lift", access=CLIENT)
@behind_the_code
def name_allow(place: Own) -> ResponseReturnValue:
    who = _who({*list_refused(g.actor, place.client.id)})
    lift_refusal(actor=g.actor, client=place.client, practitioner_id=who)
    return _said(f"{names_of([who])[who]} may be offered to you again.", None, who)


def _who(among: set[UUID]) -> UUID:
    """Who is named in the form. Raises `NotFound`."""
    try:
        who = UUID(request.form.get("practitioner", ""))
    except ValueError:
        raise NotFound from None
    if who not in among:
        raise NotFound
    return who


def _said(words: str, undo: str | None, who: UUID) -> ResponseReturnValue:
    back = url_for(undo, link_id=g.actor.link_id) if undo else None
    return said("own.team_show", words, undo=back, undo_fields={"practitioner": str(who)})
