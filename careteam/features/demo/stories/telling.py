"""All stories, in their order."""

from __future__ import annotations

from sqlalchemy import delete

from careteam.features.demo.removal_queries import going_matters
from careteam.features.demo.stories import baby, inbox, runner, weight
from careteam.features.demo.stories.story import Cast
from careteam.features.outbox.models import Message
from careteam.kit.db import db


def tell_stories() -> None:
    """Play all stories. The cast must be there; nothing is committed.

    What they made wait for the mail is taken away: nobody made up is written to.
    """
    cast = Cast.assembled()
    for chapter in (runner, baby, weight, inbox):
        chapter.tell(cast)
    db.session.execute(delete(Message).where(Message.about_id.in_(going_matters())))
