"""Notes on the client's page and on their own: written, read, taken back, kept when wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from careteam.audit.models import AccessRead
from careteam.features.clients.models import Goal
from careteam.features.notes.models import Note
from careteam.features.notes.operations import write_note
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def place(world: World) -> str:
    return f"/goals/{world.goal_id}/notes"


def sent(**more: str) -> dict[str, str]:
    return {"body": "Sleeps well.", "audience": "team", "information_class": "goal_plan"} | more


def test_nothing_is_chosen_beforehand(world: World, signed_in: SignIn) -> None:
    shown = signed_in("wren").get(place(world)).text
    assert 'value="">Choose</option>' in shown
    assert "selected" not in shown
    assert "checked" not in shown


def test_lead_writes_on_the_clients_page_and_the_seat_reads(
    world: World, signed_in: SignIn
) -> None:
    wren, ash = signed_in("wren"), signed_in("ash")
    answer = wren.post(place(world), sent(back="client"))
    assert answer.location == f"/clients/{world.client_id}?goal={world.goal_id}#notes"
    for page in (place(world), f"/clients/{world.client_id}"):
        shown = ash.get(page).text
        assert "Sleeps well." in shown
        assert "Wren Lead" in shown
        assert "Nobody watches this page" in shown
    assert "Sleeps well." not in wren.get(answer.location).headers.get("Set-Cookie", "")


def test_wrong_note_keeps_what_was_typed(world: World, signed_in: SignIn) -> None:
    ash = signed_in("ash")
    answer = ash.post(place(world), {"body": "Half a note", "audience": "all"})
    assert answer.status_code == 422
    assert "Half a note" in answer.text
    assert "this decides who reads it" in answer.text
    assert db.session.query(Note).count() == 0


def test_pressing_twice_makes_one_and_taking_back_none(world: World, signed_in: SignIn) -> None:
    ash = signed_in("ash")
    once = sent(new_id=str(uuid4()))
    assert ash.post(place(world), once).status_code == 303
    assert ash.post(place(world), once).status_code == 303
    note = db.session.query(Note).one()
    assert (note.author_id, note.seat_id) == (world.ash.practitioner_id, world.seat_id)
    assert "Take back" in ash.get(place(world)).text
    path = f"{place(world)}/{note.id}/take-back"
    for name in ("rowan", "sorrel"):
        assert signed_in(name).post(path).status_code == 404
    assert ash.post(path).status_code == 303
    assert db.session.query(Note).count() == 0


def test_a_seats_note_is_not_the_leads_to_take_back(world: World, signed_in: SignIn) -> None:
    signed_in("ash").post(place(world), sent(information_class="safety_alerts"))
    note = db.session.query(Note).one()
    wren = signed_in("wren")
    assert "Sleeps well." in wren.get(place(world)).text
    assert wren.post(f"{place(world)}/{note.id}/take-back").status_code == 403


def test_outsiders_find_nothing(world: World, signed_in: SignIn, visitor: Visitor) -> None:
    for name in ("rowan", "sorrel"):
        browser = signed_in(name)
        assert browser.get(place(world)).status_code == 404
        assert browser.post(place(world), sent()).status_code == 404
    assert visitor.get(place(world)).status_code == 303
    assert signed_in("wren").get(f"/goals/{uuid4()}/notes").status_code == 404


@pytest.mark.either_database
def test_many_notes_are_paged_and_cost_the_same(world: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")
    notes_of(world, 1)
    wren.get(place(world))
    with statements() as few:
        wren.get(place(world))
    notes_of(world, 29)
    with statements() as many:
        first = wren.get(place(world)).text
    assert len(many) == len(few)
    assert "Page 1 of 2" in first
    assert first.count("Note number") == 25
    assert wren.get(f"{place(world)}?page=2").text.count("Note number") == 5
    assert "All 30 notes" in wren.get(f"/clients/{world.client_id}").text


def notes_of(world: World, number: int) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    for each in range(number):
        with clock.stopped(clock.now() + timedelta(minutes=each)):
            write_note(
                actor=world.wren,
                goal=goal,
                note_id=uuid4(),
                body=f"Note number {each}",
                audience="team",
                information_class="goal_plan",
            )
    db.session.commit()


def test_new_notes_stand_where_one_looks_until_they_are_opened(
    world: World, signed_in: SignIn
) -> None:
    wren, ash = signed_in("wren"), signed_in("ash")
    pages = ("/", f"/clients/{world.client_id}", place(world))
    press = f'action="{place(world)}/open"'
    ash.post(place(world), sent(information_class="safety_alerts"))
    for page in pages:
        assert press in wren.get(page).text
        assert press not in ash.get(page).text
    today = wren.get("/").text
    assert "1 new note, today" in today
    assert "Sleeps well." not in today
    assert "1 new note." in wren.get(pages[1]).text.partition('id="needs-you"')[2]
    assert wren.post(f"{place(world)}/open").location == place(world)
    for page in pages:
        assert press not in wren.get(page).text
    for name in ("rowan", "sorrel"):
        assert signed_in(name).post(f"{place(world)}/open").status_code == 404
        assert "new note" not in signed_in(name).get("/").text


def test_new_note_is_shown_to_a_seat_beside_the_notes(world: World, signed_in: SignIn) -> None:
    signed_in("wren").post(place(world), sent())
    ash = signed_in("ash")
    assert "1 note is new to you." in ash.get(f"/clients/{world.client_id}").text
    assert "Hazel Sample" in ash.get("/").text
    looked = {row.information_class for row in db.session.query(AccessRead)}
    assert "identity_contact" in looked
