"""The room; its entry in the navigation says how many referrals wait for the reader."""

from typing import Any

from flask import Flask
from flask.sansio.blueprints import BlueprintSetupState

from careteam.access.actor import Actor
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.queries import count_needing, list_between, names_told_of
from careteam.web.frame.navigation import count_with
from careteam.web.frame.panels import PRACTITIONER, fill
from careteam.web.frame.room import Room

room = Room("referrals", __name__)


def _show_count(state: BlueprintSetupState) -> None:
    if isinstance(state.app, Flask):
        count_with(state.app, "referrals.referral_list", count_needing)


def _between(actor: Actor, entry: Practitioner) -> dict[str, Any] | None:
    """What the page of a directory entry shows of the reader's referrals with that person."""
    if actor.practitioner_id in (None, entry.id):
        return None
    return {
        "lines": list_between(actor, entry.id, 8),
        "names": names_told_of(actor, entry.id),
        "other": entry,
    }


room.record(_show_count)
fill(room, PRACTITIONER, "referrals/_with_practitioner.html", _between)
