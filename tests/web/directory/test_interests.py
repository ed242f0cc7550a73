"""An interest in somebody: noted for oneself alone, said wherever they are named to a client."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from careteam.features.clients.models import Goal
from careteam.features.directory.models import Interest, Workplace
from careteam.kit.db import db
from tests.personas import World, a_seat
from tests.support.pages import legible
from tests.support.visitor import Visitor

pytestmark = pytest.mark.either_database
SignIn = Callable[[str], Visitor]
TOLD = "A relative of yours, or somebody you live with: tell the client."


def test_relative_is_said_beside_the_name_to_nobody_but_who_noted_it(
    world: World, signed_in: SignIn
) -> None:
    seat = a_seat(db.session.get_one(Goal, world.goal_id), "dietitian")
    db.session.commit()
    seat_id = seat.id
    pages = (f"/goals/{world.goal_id}/suggestion", f"/goals/{world.goal_id}/team/{seat.id}")
    entry, wren = f"/practitioners/{world.juniper}", signed_in("wren")
    assert not any("tell the client" in legible(wren.get(each).text) for each in pages)
    assert wren.post(f"{entry}/interest", {"kind": "relative"}).status_code == 303
    for each in pages:
        assert TOLD in legible(wren.get(each).text)
    work = db.session.query(Workplace).filter_by(practitioner_id=world.juniper).one()
    work.practice = "Wren's Rooms"
    db.session.commit()
    both = TOLD.replace(":", ". Works at your practice:")
    choose = f"/referrals/new?seat={seat_id}"
    for each in (*pages, choose):
        assert both in legible(wren.get(each).text)
    given = "/now/names?discipline=dietitian"
    told = both.replace("tell the client", "say so when you give the name")
    assert told in legible(wren.get(given).text)
    assert "your practice" not in legible(signed_in("ash").get(given).text)
    assert 'checked id="kind-1"' in wren.get(entry).text
    letter = f"/referrals/new?to={world.juniper}&seat={seat_id}"
    said = legible(wren.get(letter).text)
    assert both in said
    assert "does not want Juniper Outside" not in said
    wren.post(f"/goals/{world.goal_id}/refused", {"who": str(world.juniper)})
    assert "Hazel Sample does not want Juniper Outside. Ask" in legible(wren.get(letter).text)
    other = signed_in("ash").get(entry).text
    assert 'checked id="kind-1"' not in other
    assert 'checked id="kind-0"' in other


def test_interest_is_changed_and_forgotten_and_nonsense_refused(
    world: World, signed_in: SignIn
) -> None:
    wren, address = signed_in("wren"), f"/practitioners/{world.juniper}/interest"
    for kind, left in (("business", ["business"]), ("other", ["other"]), ("", []), ("", [])):
        assert wren.post(address, {"kind": kind}).status_code == 303
        assert [row.kind for row in db.session.query(Interest)] == left
        db.session.rollback()
    refused = wren.post(address, {"kind": "money"})
    assert refused.status_code == 422
    assert "Not a valid choice" in refused.text
    own = f"/practitioners/{world.wren.practitioner_id}"
    assert wren.post(f"{own}/interest", {"kind": "other"}).status_code == 422
    assert "Your interest in them" not in wren.get(own).text
    assert db.session.query(Interest).count() == 0
