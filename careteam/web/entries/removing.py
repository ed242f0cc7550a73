"""The person has their entry removed; a steward does it for somebody who rings or writes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import get_own_entry, get_practitioner
from careteam.features.referrals.removal.operations import remove_entry
from careteam.features.referrals.removal.queries import is_named_in_records, use_of
from careteam.web.entries.room import room
from careteam.web.frame.forms import page
from careteam.web.frame.room import OWN_ENTRY
from careteam.web.frame.sending import done


@room.get("/e/<uuid:link_id>/remove", access=OWN_ENTRY)
def removal_show(link_id: UUID) -> ResponseReturnValue:
    entry = get_own_entry(g.actor)
    return page("entries/removal_show.html", entry=entry, **_what_stays(entry))


def _what_stays(entry: Practitioner) -> dict[str, Any]:
    return {"use": use_of(entry.id), "is_named": is_named_in_records(entry.id)}


@room.post("/e/<uuid:link_id>/remove", access=OWN_ENTRY)
def entry_remove(link_id: UUID) -> ResponseReturnValue:
    """Answered on the spot: the next request by this link may find nothing."""
    entry = get_own_entry(g.actor)
    stays = _what_stays(entry)
    remove_entry(actor=g.actor, practitioner=entry)
    return page("entries/removed_show.html", **stays)


@room.get("/practitioners/<uuid:practitioner_id>/remove", access=Permission.MANAGE_COMMUNITY)
def practitioner_remove_show(practitioner_id: UUID) -> ResponseReturnValue:
    entry = _removable(practitioner_id)
    return page("entries/practitioner_remove.html", entry=entry, **_what_stays(entry))


def _removable(practitioner_id: UUID) -> Practitioner:
    """Raises `NotFound`; `Forbidden` where somebody signs in as this practitioner."""
    entry = get_practitioner(g.actor, practitioner_id)
    require(g.actor, Permission.REMOVE_PRACTITIONER, entry)
    return entry


@room.post("/practitioners/<uuid:practitioner_id>/remove", access=Permission.MANAGE_COMMUNITY)
def practitioner_remove(practitioner_id: UUID) -> ResponseReturnValue:
    remove_entry(actor=g.actor, practitioner=_removable(practitioner_id))
    return done("directory.practitioner_list", "The entry is removed, as the person asked.")
