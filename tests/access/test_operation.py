"""An operation that comes second is told so, wherever the database noticed it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from careteam.features.referrals.giving import Name, give_names, new_names
from careteam.features.referrals.models import NamesGiven
from careteam.kit.db import db
from careteam.kit.errors import Conflict
from tests.personas import World


def test_key_taken_within_an_operation_is_a_conflict(world: World) -> None:
    names_id = uuid4()
    juniper = Name(world.juniper, "Juniper Outside", "Bristol", "", "", "Near you.")

    def press() -> None:
        names = new_names(world.wren, names_id, "dietitian")
        give_names(actor=world.wren, names=names, given=[juniper])

    press()
    db.session.commit()
    db.session.expunge_all()
    with pytest.raises(Conflict) as refused:
        press()
    assert refused.value.field == "id"
    assert db.session.query(NamesGiven).count() == 1
