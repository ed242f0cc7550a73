"""Links of every kind that opens nothing are planted as such, and told apart by nobody."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from careteam.features.referrals.models import Referral
from careteam.kit.db import db
from tests.conftest import NOW
from tests.personas import World
from tests.support.visitor import Visitor
from tools.benching.dead_links import Dead, lines, plant, verdict
from tools.benching.watch import statements_of

KINDS = ["unknown", "mangled", "expired", "revoked", "spent", "foreign kind"]


def some_referrals(world: World) -> None:
    for status, days in (("sent", 1), ("declined", 121)):
        for _ in range(2):
            db.session.add(
                Referral(
                    id=uuid4(),
                    sender_id=world.wren.practitioner_id,
                    receiver_id=world.juniper,
                    author_id=world.wren.practitioner_id,
                    status=status,
                    status_at=NOW - timedelta(days=days),
                )
            )
    db.session.commit()


def test_every_kind_opens_nothing_at_the_same_cost(app: Flask, world: World) -> None:
    some_referrals(world)
    addresses = plant()
    assert list(addresses) == KINDS
    stranger = Visitor(app)
    answers = [stranger.get(path) for path in addresses.values()]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    db.session.remove()
    counts = [statements_of(app, {}, path, status=404) for path in addresses.values()]
    assert counts == [2, 2, 2, 2, 1, 2]


def test_too_few_referrals_are_said_to_be(app: Flask, world: World) -> None:
    with pytest.raises(RuntimeError, match="too few referrals"):
        plant()


def test_kind_that_lies_apart_is_named() -> None:
    near = [Dead("unknown", 2.0, 1.0, 2), Dead("spent", 1.72, 0.86, 1)]
    far = [*near, Dead("expired", 2.32, 1.16, 2)]
    assert verdict(near) == (True, "dead links within 15% of their mean")
    assert verdict(far) == (False, "dead links within 15% of their mean: not expired 1.16")
    assert list(lines(near))[2].split() == ["spent", "1.72", "0.86", "1"]
