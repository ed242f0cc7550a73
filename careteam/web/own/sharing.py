"""Who can see what, and stopping it at once; who looked; the links that specialists hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor, Kind
from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.audit.queries import list_events_of, list_reads_of
from careteam.domain.consent import OWN_TIMES
from careteam.features.clients.models import Client
from careteam.features.consents import operations
from careteam.features.consents.queries import GivenConsent, get_consent, list_consents
from careteam.features.directory.queries import names_of
from careteam.features.links.client_queries import list_held_links
from careteam.features.links.operations import end_link
from careteam.features.links.queries import get_link
from careteam.features.pathways.content import load_content
from careteam.features.plans.mirror_queries import list_shared
from careteam.features.teams.covering.operations import end_cover
from careteam.features.teams.covering.queries import get_cover, keeping_of
from careteam.features.teams.handing_over.operations import refuse
from careteam.features.teams.handing_over.queries import find_of_client
from careteam.features.teams.partners.queries import find_linked
from careteam.kit import clock
from careteam.kit.errors import Conflict, Invalid, NotFound
from careteam.web.frame.forms import page
from careteam.web.frame.room import CLIENT
from careteam.web.frame.trail import Day, change_lines, read_lines
from careteam.web.own.place import Own, behind_the_code, said
from careteam.web.own.room import room


@dataclass(frozen=True, slots=True)
class Shared:
    """What one practitioner may know today, in the words that were read out."""

    consent_id: UUID
    name: str
    sees: str
    until: date | None


def shared_with(actor: Actor, client: Client) -> list[Shared]:
    return [
        Shared(
            given.consent.id,
            given.practitioner_name,
            "; ".join([*_spoken(given), OWN_TIMES]),
            given.consent.until_on,
        )
        for given in list_consents(actor, client)
        if given.is_in_force(clock.today())
    ]


def _spoken(given: GivenConsent) -> list[str]:
    classes = load_content().catalogue.matrix.classes
    return [item.spoken for item in classes if item.id in given.consent.classes]


@room.get("/p/<uuid:link_id>/sharing", access=CLIENT)
@behind_the_code
def sharing_show(place: Own) -> ResponseReturnValue:
    linked = find_linked(g.actor, place.client.id)
    return page(
        "own/sharing_show.html",
        own=place,
        linked=linked,
        shared_steps=list_shared(g.actor, place.client.id) if linked else (),
        shared=shared_with(g.actor, place.client),
        covers=keeping_of(g.actor, place.client).covers,
        hand_over=pending(place.client),
        held=list_held_links(g.actor, place.client.id),
    )


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody is asked to keep the record from now on, as the client is told of it."""

    id: UUID
    name: str
    agreed_on: date
    agreed_how: str


HOW_AGREED = {"spoken": "in words", "screen": "on a screen", "paper": "on paper"}


def pending(client: Client) -> Pending | None:
    row = find_of_client(g.actor, client)
    if row is None:
        return None
    name = names_of([row.practitioner_id])[row.practitioner_id]
    return Pending(row.id, name, row.agreed_on, HOW_AGREED[row.agreed_how])


@room.post("/p/<uuid:link_id>/sharing/hand-over/refuse", access=CLIENT)
@behind_the_code
def hand_over_refuse(place: Own) -> ResponseReturnValue:
    row = find_of_client(g.actor, place.client)
    if row is None:
        raise NotFound
    refuse(actor=g.actor, hand_over=row)
    return said("own.sharing_show", f"{place.lead.name} goes on keeping your record.")


@room.post("/p/<uuid:link_id>/sharing/<uuid:consent_id>/stop", access=CLIENT)
@behind_the_code
def sharing_stop(place: Own, consent_id: UUID) -> ResponseReturnValue:
    given = _given(place, consent_id)
    operations.withdraw_consent(actor=g.actor, consent=given.consent, how="screen")
    undo = url_for("own.sharing_again", link_id=g.actor.link_id, consent_id=consent_id)
    words = f"{given.practitioner_name} sees nothing any more."
    return said("own.sharing_show", words, undo=undo)


@room.post("/p/<uuid:link_id>/sharing/cover/<uuid:cover_id>/end", access=CLIENT)
@behind_the_code
def cover_end(place: Own, cover_id: UUID) -> ResponseReturnValue:
    end_cover(actor=g.actor, cover=get_cover(g.actor, cover_id))
    return said("own.sharing_show", "Nobody stands in there any more.")


@room.post("/p/<uuid:link_id>/sharing/<uuid:consent_id>/again", access=CLIENT)
@behind_the_code
def sharing_again(place: Own, consent_id: UUID) -> ResponseReturnValue:
    given = _given(place, consent_id)
    try:
        operations.give_consent_again(actor=g.actor, consent=given.consent)
    except Invalid as error:
        return said("own.sharing_show", error.message, kind="alert")
    return said("own.sharing_show", f"{given.practitioner_name} sees again what you agreed.")


def _given(place: Own, consent_id: UUID) -> GivenConsent:
    given = get_consent(g.actor, consent_id)
    if given.consent.client_id != place.client.id:
        raise NotFound
    return given


@room.post("/p/<uuid:link_id>/sharing/links/<uuid:held_id>/end", access=CLIENT)
@behind_the_code
def held_link_end(place: Own, held_id: UUID) -> ResponseReturnValue:
    link = get_link(g.actor, held_id)
    if link.kind != "referral":
        raise NotFound
    try:
        end_link(actor=g.actor, link=link)
    except Conflict as error:
        return said("own.sharing_show", error.message, kind="alert")
    return said("own.sharing_show", "The link is ended. Nobody gets in by it any more.")


@room.get("/p/<uuid:link_id>/looked", access=CLIENT)
@behind_the_code
def looked_show(place: Own) -> ResponseReturnValue:
    return page("own/looked_show.html", own=place, looks=looks_at(place.client))


def looks_at(client: Client) -> list[Day]:
    """Everybody's looks but the client's own."""
    require(g.actor, Permission.READ_ACCESS_LOG, client)
    own = f"{Kind.CLIENT}:"
    return read_lines(
        [row for row in list_reads_of(client.id) if not row.actor_key.startswith(own)]
    )


def changes_of(client: Client) -> list[Day]:
    require(g.actor, Permission.READ_ACCESS_LOG, client)
    return change_lines(list_events_of(client.id))
