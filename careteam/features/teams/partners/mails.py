"""What is mailed of a link that a client has ended: to the lead, without a name."""

from __future__ import annotations

from careteam.access.actor import Actor
from careteam.features.teams.covering.mails import tell
from careteam.features.teams.models import Partner


def tell_end(actor: Actor, side: Partner) -> None:
    if side.author_id is not None and side.author_id != actor.practitioner_id:
        tell(actor, side.author_id, "A link has ended", "emails/partner_unlinked.txt")
