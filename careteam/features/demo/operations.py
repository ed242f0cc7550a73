"""Filling an empty community with the worked example, and taking it out again."""

from __future__ import annotations

from random import Random

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.features.accounts.models import Account, Community
from careteam.features.accounts.queries import find_account_by_email, find_community
from careteam.features.demo.cast import MAIN
from careteam.features.demo.keeping_in_touch import add_keeping_in_touch
from careteam.features.demo.past import add_past
from careteam.features.demo.people import add_people
from careteam.features.demo.queries import is_empty
from careteam.features.demo.small_things import add_small_things
from careteam.features.referrals.chasing.working import plan_missing
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict

SEED = 20260304
SAMPLE_NAME = "Estuary practitioners (sample)"
MAIN_EMAIL = f"{MAIN}@example.org"


@operation(None, action="sample.added")
def add_sample(*, actor: Actor, password: str) -> Community:
    """Add the made-up people, their past and what one of them noted. The stories come after.

    Raises `Conflict` unless the community is empty.
    """
    if not is_empty():
        raise Conflict("There is something here already, so no sample data were added.")
    community = find_community() or Community(name=SAMPLE_NAME)
    community.sample_since = clock.now()
    db.session.add(community)
    rng = Random(SEED)  # noqa: S311 - the same sample everywhere
    add_people(rng, password)
    add_past(rng)
    plan_missing()
    add_small_things()
    add_keeping_in_touch()
    return community


def main_account() -> Account | None:
    """The account that the printed line signs in, while it is still part of the sample."""
    found = find_account_by_email(MAIN_EMAIL)
    return found if found is not None and found.is_sample else None
