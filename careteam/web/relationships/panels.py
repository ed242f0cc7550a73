"""Parts of other rooms' pages: of a directory entry, and of a referral."""

from __future__ import annotations

from typing import Any

from flask import url_for

from careteam.access.actor import Actor
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.models import Referral
from careteam.web.frame.panels import PRACTITIONER, REFERRAL, fill
from careteam.web.relationships.people import between
from careteam.web.relationships.room import room


def _of_entry(actor: Actor, entry: Practitioner) -> dict[str, Any] | None:
    if actor.practitioner_id in (None, entry.id):
        return None
    tended, lines = between(entry.id)
    back = url_for("directory.practitioner_show", practitioner_id=entry.id)
    return {"other": entry, "tended": tended, "lines": lines, "back": back}


def _of_referral(actor: Actor, referral: Referral) -> dict[str, Any] | None:
    """For either party, about the other."""
    parties = {referral.sender_id, referral.receiver_id}
    if actor.practitioner_id not in parties:
        return None
    (other_id,) = parties - {actor.practitioner_id}
    back = url_for("referrals.referral_show", referral_id=referral.id)
    return {"other_id": other_id, "back": back}


fill(room, PRACTITIONER, "relationships/_with_practitioner.html", _of_entry)
fill(room, REFERRAL, "relationships/_of_referral.html", _of_referral)
