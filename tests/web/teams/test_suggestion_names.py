"""Names kept for a place, or left out, when a team is suggested: stored with the goal."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from careteam.audit.models import AuditEvent
from careteam.features.clients.models import Goal
from careteam.features.directory.models import Practitioner
from careteam.features.teams.queries import seats_of
from careteam.kit.db import db
from tests.features.teams.making import goal_on
from tests.personas import World, a_practitioner, a_seat
from tests.support.pages import legible
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


@pytest.fixture
def page_of(world: World, signed_in: SignIn) -> Callable[[], str]:
    """Hazel's goal asks for a dietitian."""
    a_seat(db.session.get_one(Goal, world.goal_id), "dietitian")
    a_practitioner("Fennel Cook", "dietitian").usual_wait_days = 1
    db.session.commit()
    wren = signed_in("wren")
    return lambda: legible(wren.get(f"/goals/{world.goal_id}/suggestion").text)


def id_of(name: str) -> UUID:
    found = db.session.scalars(select(Practitioner.id).where(Practitioner.name == name)).one()
    db.session.rollback()
    return found


def test_kept_and_left_out_names_are_stored_with_the_goal_and_come_back(
    world: World, page_of: Callable[[], str], signed_in: SignIn
) -> None:
    seat = next(each for each in seats_of(world.goal_id) if each.discipline == "dietitian")
    place, wren = f"/goals/{world.goal_id}/suggestion", signed_in("wren")
    who = {"who": str(world.juniper)}
    answer = wren.post(f"{place}/keep?near=4", {**who, "seat": str(seat.id)})
    assert answer.headers["Location"].endswith("suggestion?near=4")
    kept = legible(wren.get(place).text)
    assert "Juniper Outside is kept for this place. Nobody is asked by that. Undo" in kept
    assert "Kept: Dietitian" in kept
    assert "Juniper Outside is kept, and the other places are filled to go with them." in kept
    assert kept.rindex("Juniper Outside") > kept.index("A second name. Against Juniper Outside")
    assert "Keep instead Fennel Cook in this place" in kept
    other = {"who": str(id_of("Fennel Cook")), "seat": str(seat.id)}
    wren.post(f"{place}/keep", other)
    assert "A second name. Against Fennel Cook, who is kept:" in page_of()
    wren.post(f"{place}/let-go", other)

    wren.post(f"{place}/leave-out", who)
    out = legible(wren.get(place).text)
    assert "Juniper Outside is left out for this goal" in out
    assert page_of().count("Juniper Outside") == 2, "in the list of those left out alone"
    wren.post(f"{place}/let-go", who)
    assert "Juniper Outside counts like everybody else again. Undo" in legible(wren.get(place).text)
    assert "Kept and left out" not in page_of()
    db.session.rollback()
    noted = select(AuditEvent.action).where(AuditEvent.action.startswith("suggestion."))
    assert list(db.session.scalars(noted.order_by(AuditEvent.number))) == [
        "suggestion.kept",
        "suggestion.kept",
        "suggestion.let_go",
        "suggestion.left_out",
        "suggestion.let_go",
    ]


def test_only_the_lead_keeps_names_and_only_for_a_place_of_the_goal(
    world: World, page_of: Callable[[], str], signed_in: SignIn
) -> None:
    place = f"/goals/{world.goal_id}/suggestion"
    seat = next(each for each in seats_of(world.goal_id) if each.discipline == "dietitian")
    keep = {"who": str(world.juniper), "seat": str(seat.id)}
    assert signed_in("ash").post(f"{place}/keep", keep).status_code == 404
    for wrong in ({"seat": str(world.goal_id)}, {"who": str(uuid4())}, {"who": "x"}):
        assert signed_in("wren").post(f"{place}/keep", {**keep, **wrong}).status_code == 404
    assert "Kept and left out" not in page_of()


def test_whom_the_client_does_not_want_is_named_nowhere_for_no_goal(
    world: World, page_of: Callable[[], str], signed_in: SignIn
) -> None:
    seat = next(each for each in seats_of(world.goal_id) if each.discipline == "dietitian")
    place, address = f"/goals/{world.goal_id}/team/{seat.id}", f"/goals/{world.goal_id}/refused"
    who, wren = {"who": str(world.juniper)}, signed_in("wren")
    assert "Client says no to Juniper Outside, for all goals" in page_of()
    answer = wren.post(f"{address}?near=4", who)
    assert answer.headers["Location"].endswith("suggestion?near=4")
    said = legible(wren.get(f"/goals/{world.goal_id}/suggestion").text)
    assert "Juniper Outside is named to Hazel Sample for no goal any more. Undo" in said
    assert page_of().count("Client says no") == 1, "to Fennel Cook alone"
    assert "Not wanted by Hazel Sample" in page_of()
    seen = legible(wren.get(place).text)
    assert "Client says no to Fennel Cook" in seen
    assert "Client says no to Juniper Outside" not in seen
    other = f"/goals/{goal_on(world, 'weight_loss_ed_history').id}/suggestion"
    db.session.commit()
    assert "Juniper Outside" not in page_of().split("Not wanted by Hazel Sample")[0]
    there = legible(wren.get(other).text)
    assert "Client says no to Juniper Outside" not in there
    back = wren.post(f"{address}/lift", {**who, "seat": str(seat.id)})
    assert back.headers["Location"].endswith(place)
    assert "Client says no to Juniper Outside" in legible(wren.get(place).text)
    assert signed_in("ash").post(address, who).status_code == 404
    assert wren.post(address, {"who": "x"}).status_code == 404
