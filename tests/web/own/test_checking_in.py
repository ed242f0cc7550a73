"""How it is going: a number and a line, read by those they concern; what cannot wait is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from flask import Flask

from careteam.access.reach import forget
from careteam.features.clients.models import Client
from careteam.features.measures.models import Measurement
from careteam.features.notes.models import Note
from careteam.features.teams.covering.operations import name_cover
from careteam.features.teams.models import Answer, Cover
from careteam.features.today.desk import today_of
from careteam.features.today.models import UrgentMatter
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.own_page import a_pathway, inside
from tests.support.visitor import Visitor

LINE = {"body": "Slept badly again", "information_class": "lifestyle_logs"}


def notes() -> list[Note]:
    found = db.session.query(Note).order_by(Note.created_at).all()
    db.session.rollback()
    return found


def test_line_is_written_for_everybody_and_can_be_taken_back(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    new_id = str(uuid4())
    for _ in range(2):
        answer = visitor.post(f"{home}/check-in", LINE | {"new_id": new_id})
        assert (answer.status_code, answer.location) == (303, home)
    row = db.session.query(Note).one()
    assert (row.body, row.audience, row.author_id) == ("Slept badly again", "all", None)
    assert row.information_class == "lifestyle_logs"
    db.session.rollback()
    assert "Slept badly again" in visitor.get(f"{home}/check-in").text
    assert visitor.post(f"{home}/notes/{new_id}/take-back").status_code == 303
    assert notes() == []


def test_number_is_recorded_under_the_clients_own_hand(app: Flask, world: World) -> None:
    a_pathway(world, "stress_burnout_sleep")
    visitor, home = inside(app, world)
    assert "How well have you slept this week" in visitor.get(f"{home}/check-in").text
    sent = {"value_sleep_nrs": "6,5", "new_id": str(uuid4())}
    for _ in range(2):
        assert visitor.post(f"{home}/check-in", sent).status_code == 303
    row = db.session.query(Measurement).one()
    assert (row.measure, row.value, row.author_id) == ("sleep_nrs", 6.5, None)
    assert row.how == "on the client's own page"
    taken, key = f"{home}/values/{row.id}/take-back", row.id
    db.session.rollback()
    assert taken in visitor.get(f"{home}/check-in").text
    assert visitor.post(taken).status_code == 303
    assert (db.session.get(Measurement, key), visitor.post(taken).status_code) == (None, 404)


def test_undo_takes_back_all_that_one_check_in_gave(app: Flask, world: World) -> None:
    a_pathway(world, "stress_burnout_sleep")
    visitor, home = inside(app, world)
    sent = LINE | {"value_sleep_nrs": "6", "new_id": str(uuid4())}
    assert visitor.post(f"{home}/check-in", sent).status_code == 303
    undo = f"{home}/check-in/{sent['new_id']}/take-back"
    assert undo in visitor.get(home).text
    assert visitor.post(undo).status_code == 303
    assert (notes(), db.session.query(Measurement).count()) == ([], 0)


def test_wrong_number_is_told_beside_it_and_nothing_is_kept(app: Flask, world: World) -> None:
    a_pathway(world, "stress_burnout_sleep")
    visitor, home = inside(app, world)
    answer = visitor.post(f"{home}/check-in", LINE | {"value_sleep_nrs": "70"})
    assert answer.status_code == 422
    assert "Slept badly again" in answer.text
    assert "0 to 10" in answer.text
    assert (notes(), db.session.query(Measurement).all()) == ([], [])


def test_hidden_measure_is_not_asked_for(app: Flask, world: World) -> None:
    a_pathway(world, "weight_loss")
    visitor, home = inside(app, world)
    assert 'name="value_weight' not in visitor.get(f"{home}/check-in").text
    sent = {"value_weight": "80", "new_id": str(uuid4())}
    assert visitor.post(f"{home}/check-in", sent).status_code == 422


def test_line_needs_to_say_what_it_is_about(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    answer = visitor.post(f"{home}/check-in", {"body": "Slept badly again"})
    assert answer.status_code == 422
    assert "Slept badly again" in answer.text
    assert visitor.post(f"{home}/check-in").status_code == 422


def test_who_reads_it_stands_above_the_text(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    page = visitor.get(f"{home}/check-in").text
    assert page.index("Read on working days by Wren Lead") < page.index("<textarea")


def test_sign_shows_the_number_at_once_then_stands_on_the_leads_pages(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    visitor, home = inside(app, world)
    someone_spoken_to(world)
    sent = {
        "body": "My chest hurts and I am out of breath",
        "information_class": "presenting_problem",
        "new_id": str(uuid4()),
    }
    for _ in range(2):
        answer = visitor.post(f"{home}/check-in", sent)
        assert answer.status_code == 200
        assert "Call 999 now" in answer.text
        assert 'href="tel:999"' in answer.text
    assert len(notes()) == 1
    assert db.session.query(UrgentMatter).count() == 2
    matter = today_of(world.wren).matters[0]
    assert (matter.who, matter.client_id) == ("Hazel Sample", world.client_id)
    assert "chest" not in matter.done
    assert today_of(world.rowan).matters == []
    lead, page = signed_in("wren"), f"/clients/{world.client_id}"
    assert "Emergency now: was the person seen?" in lead.get("/clients").text
    assert "Was Hazel Sample seen?" in lead.get(page).text
    lead.post(f"/urgent/{matter.id}/seen", {"outcome": "seen"})
    assert "Was Hazel Sample seen?" not in lead.get(page).text


def someone_spoken_to(world: World) -> None:
    """An older matter for which somebody was rung: it does not stand before one that waits."""
    matter = UrgentMatter(
        author_id=world.wren.practitioner_id,
        urgency="same_day",
        who="Red cap",
        done="Rang",
        spoken_to="Reception",
        ask_on=clock.today() - timedelta(days=1),
    )
    db.session.add(matter)
    db.session.commit()


def test_sign_is_told_even_where_the_form_is_not_complete(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    answer = visitor.post(f"{home}/check-in", {"body": "I want to end my life"})
    assert answer.status_code == 200
    assert "Call 999 now" in answer.text
    assert 'href="tel:999"' in answer.text
    assert "I want to end my life" in answer.text
    assert "Choose what it is about" in answer.text
    assert notes() == []
    assert [each.client_id for each in today_of(world.wren).matters] == [world.client_id]


def test_client_reads_notes_to_all_and_none_of_the_team(
    app: Flask, world: World, signed_in: object
) -> None:
    wren: Visitor = signed_in("wren")  # type: ignore[operator]
    for audience, body in (("all", "Well done this week"), ("team", "Seems low to me")):
        sent = {
            "body": body,
            "audience": audience,
            "information_class": "goal_plan",
            "new_id": str(uuid4()),
        }
        assert wren.post(f"/goals/{world.goal_id}/notes", sent).status_code == 303
    visitor, home = inside(app, world)
    page = visitor.get(f"{home}/check-in").text
    assert "Well done this week" in page
    assert "Seems low to me" not in page
    assert db.session.query(Answer).count() == 0


def test_whoever_stands_in_is_told_as_well(app: Flask, world: World) -> None:
    for covered in (world.rowan, world.ash):
        db.session.add(
            Cover(
                client_id=world.client_id,
                author_id=world.wren.practitioner_id,
                practitioner_id=covered.practitioner_id,
                from_on=date(2026, 3, 4 if covered is world.rowan else 6),
                until_on=date(2026, 3, 5 if covered is world.rowan else 8),
                agreed_on=date(2026, 3, 4),
                agreed_how="spoken",
            )
        )
    db.session.commit()
    visitor, home = inside(app, world)
    visitor.post(
        f"{home}/check-in",
        {
            "body": "My chest hurts and I am out of breath",
            "information_class": "presenting_problem",
            "new_id": str(uuid4()),
        },
    )
    told = [len(today_of(who).matters) for who in (world.wren, world.rowan, world.ash)]
    assert told == [1, 1, 0]
    assert today_of(world.rowan).matters[0].who == "Hazel Sample"


def test_whoever_stands_in_is_named_and_told_too(app: Flask, world: World) -> None:
    client = db.session.get_one(Client, world.client_id)
    assert world.rowan.practitioner_id is not None
    name_cover(
        actor=world.wren,
        client=client,
        cover_id=uuid4(),
        practitioner_id=world.rowan.practitioner_id,
        from_on=clock.today(),
        until_on=clock.today(),
        agreed_how="spoken",
    )
    db.session.commit()
    visitor, home = inside(app, world)
    page = visitor.get(f"{home}/check-in").text
    assert "Read on working days by Rowan Member" in page
    assert "Stands in for Wren Lead" in visitor.get(f"{home}/team").text
    sent = {"body": "chest pain", "information_class": "goal_plan", "new_id": str(uuid4())}
    for _ in range(2):
        answer = visitor.post(f"{home}/check-in", sent)
        assert "Ring Rowan Member" in answer.text
        assert "Ring Wren Lead" in answer.text
    forget()
    for actor in (world.wren, world.rowan):
        assert [each.who for each in today_of(actor).matters] == ["Hazel Sample"]
