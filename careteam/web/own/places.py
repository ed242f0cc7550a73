"""Who knows of whom: a place on the team kept from one of its members by the client, and back."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Goal
from careteam.features.clients.shown import shown_goals
from careteam.features.directory.queries import names_of
from careteam.features.plans.queries import THERE, list_owner_seats
from careteam.features.teams.covering.queries import covers_between
from careteam.features.teams.handing_over.queries import asked_to_keep
from careteam.features.teams.labels import seat_label
from careteam.features.teams.models import Seat
from careteam.features.teams.operations import hide_seat, show_seat
from careteam.features.teams.queries import get_seat, hidings_of
from careteam.kit import clock
from careteam.kit.errors import Invalid, NotFound
from careteam.web.frame.forms import page
from careteam.web.frame.room import CLIENT
from careteam.web.own.place import Own, behind_the_code, said
from careteam.web.own.room import room


@dataclass(frozen=True, slots=True)
class Knower:
    """A member of the team, and whether the place is kept from them."""

    id: UUID
    name: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place of one team; `name` is empty while nobody is asked to fill it."""

    id: UUID
    role: str
    name: str
    knowers: tuple[Knower, ...]

    @property
    def kept_from(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.knowers if each.is_kept)


@room.get("/p/<uuid:link_id>/places", access=CLIENT)
@behind_the_code
def place_list(place: Own) -> ResponseReturnValue:
    shown, know_all = shown_goals(g.actor, place.goals), _know_all(place)
    pairs = [(goal, _places(row, know_all)) for goal, row in zip(shown, place.goals, strict=True)]
    teams = [(goal, places) for goal, places in pairs if places]
    return page("own/place_list.html", own=place, teams=teams)


def _know_all(place: Own) -> set[UUID]:
    """Whoever keeps the record or is asked to, and whoever stands in now or will."""
    client, covers = place.client, covers_between(place.client, clock.today(), date.max)
    return {client.lead_id, *asked_to_keep(client), *(cover.practitioner_id for cover in covers)}


def _places(goal: Goal, know_all: Set[UUID]) -> list[Place]:
    """The places of a team in its order; also who left it stays named where a place is kept."""
    seats = [seat for seat in list_owner_seats(g.actor, goal) if seat.state in THERE]
    hidings = hidings_of(g.actor, goal)
    members = {seat.practitioner_id for seat in seats if seat.practitioner_id}
    names = names_of(members.union(*hidings.values()))
    return [
        Place(
            seat.id,
            seat_label(seat.discipline),
            seat.person or "",
            tuple(
                Knower(who, name, who in hidings[seat.id])
                for who, name in sorted(names.items(), key=lambda each: (each[1], each[0]))
                if who in members | hidings[seat.id]
                and who not in know_all
                and who != seat.practitioner_id
            ),
        )
        for seat in seats
    ]


def _seat(place: Own, seat_id: UUID) -> Seat:
    seat = get_seat(g.actor, seat_id)
    place.goal(seat.goal_id)
    return seat


def _member() -> UUID:
    """Who is named in the form. Raises `NotFound`."""
    try:
        return UUID(request.form.get("practitioner", ""))
    except ValueError:
        raise NotFound from None


@room.post("/p/<uuid:link_id>/places/<uuid:seat_id>/hide", access=CLIENT)
@behind_the_code
def place_hide(place: Own, seat_id: UUID) -> ResponseReturnValue:
    seat, member = _seat(place, seat_id), _member()
    try:
        hide_seat(actor=g.actor, seat=seat, practitioner_id=member)
    except Invalid as error:
        return said("own.place_list", error.message, kind="alert")
    undo = url_for("own.place_unhide", link_id=g.actor.link_id, seat_id=seat_id)
    words = f"{names_of([member])[member]} does not see this place any more."
    return said("own.place_list", words, undo=undo, undo_fields={"practitioner": str(member)})


@room.post("/p/<uuid:link_id>/places/<uuid:seat_id>/show", access=CLIENT)
@behind_the_code
def place_unhide(place: Own, seat_id: UUID) -> ResponseReturnValue:
    show_seat(actor=g.actor, seat=_seat(place, seat_id), practitioner_id=_member())
    return said("own.place_list", "They see this place again.")
