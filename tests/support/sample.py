"""The worked example in the test's database."""

from __future__ import annotations

from careteam.access.actor import SYSTEM, Actor
from careteam.features.accounts.queries import actor_of
from careteam.features.demo.operations import add_sample, main_account
from careteam.features.demo.stories.telling import tell_stories
from careteam.kit.db import db

SAMPLE_PASSWORD = "made up people only"


def fill() -> Actor:
    """Add the sample; the answer is the person who keeps its clients."""
    add_sample(actor=SYSTEM, password=SAMPLE_PASSWORD)
    tell_stories()
    db.session.commit()
    account = main_account()
    assert account is not None
    return actor_of(account)
