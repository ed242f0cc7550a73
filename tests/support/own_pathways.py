"""A pathway of the community's own, made and published by Sorrel."""

from __future__ import annotations

from uuid import uuid4

from careteam.features.pathways import operations
from careteam.features.pathways.content import keep_up
from careteam.features.pathways.drafting import values_of
from careteam.features.pathways.models import OwnPathway, PathwayVersion
from careteam.features.pathways.published_queries import current_stamp
from careteam.kit import clock
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


def add_own_pathway() -> None:
    """Rows as they are stored, to be added by the caller's commit."""
    own = OwnPathway(
        id=uuid4(),
        pathway="own_gait",
        title="Gait",
        source="id: own_gait",
        changed_at=clock.now(),
        changed_by_name="Sorrel",
    )
    db.session.add(own)
    db.session.flush()
    db.session.add(
        PathwayVersion(
            own_pathway_id=own.id,
            number=1,
            title="Gait",
            source="id: own_gait",
            note="x",
            published_at=clock.now(),
            published_by_name="Sorrel",
        )
    )


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
