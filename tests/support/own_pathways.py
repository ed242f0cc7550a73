"""A pathway of the community's own, made and published by Sorrel."""

from __future__ import annotations

from careteam.features.pathways import operations
from careteam.features.pathways.content import keep_up
from careteam.features.pathways.drafting import values_of
from careteam.features.pathways.models import OwnPathway
from careteam.features.pathways.published_queries import current_stamp
from careteam.kit.db import db
from tests.personas import World

NAME = "own_desk_backs"


def a_copy(world: World, of: str = "chronic_low_back_pain") -> OwnPathway:
    own = operations.copy_pathway(actor=world.sorrel, pathway=of, title="Desk backs")
    _commit(own)
    return own


def publish(world: World, own: OwnPathway, note: str = "First") -> None:
    """Published, and taken in as the next request of any process would."""
    operations.publish_pathway(actor=world.sorrel, own=own, note=note, version=own.version)
    _commit(own)
    take_in()


def take_in() -> None:
    keep_up(current_stamp())


def reword_first_milestone(world: World, own: OwnPathway, name: str) -> None:
    steps = values_of(own.source)["milestones"]
    steps[0]["name"] = name
    operations.change_parts(actor=world.sorrel, own=own, parts={"milestones": steps})
    _commit(own)


def _commit(own: OwnPathway) -> None:
    """The row stays readable when a visitor's request has closed the session."""
    db.session.commit()
    db.session.refresh(own)
