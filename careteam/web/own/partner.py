"""What stands in the partner's plan too, and unlinking in one tap."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.features.teams.partners.operations import unlink
from careteam.features.teams.partners.queries import get_side
from careteam.web.frame.room import CLIENT
from careteam.web.own.place import Own, behind_the_code, said
from careteam.web.own.room import room


@room.post("/p/<uuid:link_id>/partner/<uuid:side_id>/end", access=CLIENT)
@behind_the_code
def partner_unlink(place: Own, side_id: UUID) -> ResponseReturnValue:
    unlink(actor=g.actor, side=get_side(g.actor, place.client.id, side_id))
    words = "Unlinked. Nothing passes between the two plans any more; your steps stay yours."
    return said("own.sharing_show", words)
