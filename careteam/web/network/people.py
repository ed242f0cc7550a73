"""One person of the network: beside the picture, and as a page of its own."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor
from careteam.access.permissions import Permission
from careteam.domain.network.picture import Person
from careteam.domain.network.ties import Links, pair_figures
from careteam.features.directory.queries import contacts_of
from careteam.features.network.graph import links_seen
from careteam.features.network.queries import list_people
from careteam.features.referrals.queries import ReferralLine, list_between
from careteam.features.responsiveness.usual import answering_of
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import page
from careteam.web.network.asking import known_url
from careteam.web.network.room import room
from careteam.web.network.saying import answering_words, balance_words, between_others


@room.get("/network/people/<uuid:practitioner_id>/panel", access=Permission.READ_NETWORK)
def person_panel(practitioner_id: UUID) -> ResponseReturnValue:
    """The inside of the panel beside the picture."""
    return page("network/_person.html", **_person(practitioner_id), in_panel=True)


@room.get("/network/people/<uuid:practitioner_id>", access=Permission.READ_NETWORK)
def person_show(practitioner_id: UUID) -> ResponseReturnValue:
    return page("network/person_show.html", **_person(practitioner_id), in_panel=False)


def _person(practitioner_id: UUID) -> dict[str, Any]:
    """Eight statements, however many ties there are. Raises `NotFound`."""
    actor: Actor = g.actor
    contact = contacts_of(actor, [practitioner_id]).get(practitioner_id)
    if contact is None:
        raise NotFound
    graph, links = links_seen(actor, practitioner_id)
    is_me = practitioner_id == actor.practitioner_id
    has_pair = actor.practitioner_id is not None and not is_me
    figures = pair_figures(graph, str(actor.practitioner_id), str(practitioner_id))
    shown = links if is_me else between_others(links)
    return {
        "contact": contact,
        "is_me": is_me,
        "me_id": actor.practitioner_id,
        "figures": figures if has_pair else None,
        "balance": balance_words(figures) if has_pair else "",
        "answering": answering_words(answering_of(actor, practitioner_id)),
        "pair_urls": _pair_urls(actor, practitioner_id) if has_pair else None,
        "links": shown,
        "people": _people_of(actor, shown),
        "referrals": _referrals(actor, practitioner_id) if has_pair else [],
        "refer_url": known_url("referrals.referral_new", to=practitioner_id) if has_pair else None,
        "entry_url": known_url("directory.practitioner_show", practitioner_id=practitioner_id),
        "call_log_url": known_url("today.call_log", practitioner_id=practitioner_id)
        if has_pair
        else None,
        "touch_url": known_url("relationships.person_show", practitioner_id=practitioner_id)
        if has_pair
        else None,
        "picture_url": url_for("network.network_show"),
        "day_of": _day_of,
    }


def _pair_urls(actor: Actor, other_id: UUID) -> tuple[str, str]:
    """What I sent to them, what I received from them."""
    me = actor.practitioner_id
    return (
        url_for("network.tie_show", sender_id=me, receiver_id=other_id),
        url_for("network.tie_show", sender_id=other_id, receiver_id=me),
    )


def _people_of(actor: Actor, links: Links) -> dict[str, Person]:
    """Those at the other ends, by id; entries taken out are not among them."""
    ids = {tie.receiver for tie in links.refers_to} | {tie.sender for tie in links.receives_from}
    return {person.id: person for person in list_people(actor, ids)}


def _referrals(actor: Actor, other_id: UUID) -> list[tuple[ReferralLine, str | None]]:
    """The actor's referrals with somebody, the newest first, each with its address. No client is
    named here."""
    lines = sorted(list_between(actor, other_id), key=_day_of, reverse=True)
    return [(line, known_url("referrals.referral_show", referral_id=line.id)) for line in lines]


def _day_of(line: ReferralLine) -> date:
    """The one that the line tells, not that of the last step."""
    return line.happened_on or clock.day_of(line.sent_at or line.created_at)
