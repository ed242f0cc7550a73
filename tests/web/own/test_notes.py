"""The client reads what was written for everybody, and says how often a mail tells of more."""

from __future__ import annotations

import re

from flask import Flask

from careteam.access.actor import Actor, Kind
from careteam.features.clients.models import Client, Goal
from careteam.features.links.models import Link
from careteam.features.notes.models import Note
from careteam.kit.db import db
from tests.personas import World, a_goal
from tests.support.linking import title_of
from tests.support.news import body_to, daily, note_by
from tests.support.own_page import HERS, an_address, at_the_door, inside
from tests.support.visitor import Visitor

HEADING = "Mail about what is new"


def test_client_reads_notes_for_everybody_and_none_for_the_team(app: Flask, world: World) -> None:
    note_by(world.wren, world.goal_id, audience="all")
    visitor, home = inside(app, world)
    assert "Notes for me" in visitor.get(home).text
    page = visitor.get(f"{home}/notes").text
    assert "Walks better." in page
    assert "Massage therapist, leads the team" in page
    assert title_of(page).startswith("Notes")
    db.session.query(Note).one().audience = "team"
    db.session.commit()
    page = visitor.get(f"{home}/notes").text
    assert "Walks better." not in page
    assert "Nobody has written to you yet." in page


def test_without_the_code_there_are_no_notes(app: Flask, world: World) -> None:
    note_by(world.wren, world.goal_id, audience="all")
    visitor, home = at_the_door(app, an_address(world))
    assert visitor.get(f"{home}/notes").location == home
    assert visitor.post(f"{home}/notes/mail", {"news_mail": "never"}).location == home
    assert db.session.query(Link).one().news_mail == "daily"


def test_client_chooses_how_often(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    page = visitor.get(f"{home}/notes").text
    assert HEADING in page
    assert "hazel@example.org" in page
    assert visitor.post(f"{home}/notes/mail", {"news_mail": "hourly"}).status_code == 422
    answer = visitor.post(f"{home}/notes/mail", {"news_mail": "at_once"})
    assert answer.location == f"{home}/notes#news-mail"
    db.session.expire_all()
    assert db.session.query(Link).one().news_mail == "at_once"


def test_mail_leads_to_the_notes_and_to_one_press_that_stops_it(app: Flask, world: World) -> None:
    """Also on a phone that has shown no code: it learns nothing but how often mail comes."""
    inside(app, world)
    note_by(world.wren, world.goal_id, audience="all")
    daily()
    to_notes, to_mails = re.findall(r"https://team.example.org(/p/\S+)", body_to(HERS))
    stranger = Visitor(app)
    assert stranger.get(to_notes).location.endswith("/notes")
    mails = stranger.get(to_mails).location
    assert "It comes once a day." in stranger.get(mails).text
    assert stranger.post(f"{mails}/stop").location == mails
    assert "It is off." in stranger.get(mails).text
    db.session.expire_all()
    assert db.session.query(Link).one().news_mail == "never"
    assert stranger.get(mails.replace("/mails", "/notes")).location == mails.removesuffix("/mails")


def test_no_choice_where_mail_is_not_the_safe_way(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    db.session.get_one(Client, world.client_id).safe_contact = "phone"
    db.session.commit()
    assert HEADING not in visitor.get(f"{home}/notes").text


def test_further_pages_are_of_one_goal(app: Flask, world: World) -> None:
    for _ in range(26):
        note_by(world.wren, world.goal_id, audience="all")
    visitor, home = inside(app, world)
    first = visitor.get(f"{home}/notes").text
    assert first.count("Walks better.") == 25
    page = visitor.get(f"{home}/notes?goal={world.goal_id}&page=2").text
    assert page.count("Walks better.") == 1
    for odd in ("x", "00000000-0000-0000-0000-000000000000"):
        assert visitor.get(f"{home}/notes?goal={odd}&page=2").status_code == 200


def test_goal_that_has_ended_is_not_listed(app: Flask, world: World) -> None:
    note_by(world.wren, world.goal_id, audience="all")
    db.session.get_one(Goal, world.goal_id).status = "ended"
    db.session.commit()
    visitor, home = inside(app, world)
    assert "Walks better." not in visitor.get(f"{home}/notes").text


def test_new_notes_are_counted_until_they_are_read(app: Flask, world: World) -> None:
    note_by(world.wren, world.goal_id, audience="all")
    visitor, home = inside(app, world)
    assert "1 note is new to you." in visitor.get(home).text
    answer = visitor.post(f"{home}/notes/open")
    assert (answer.status_code, answer.location) == (303, f"{home}/notes")
    for page in (home, answer.location):
        assert "new to you" not in visitor.get(page).text


def test_client_takes_back_what_they_wrote_for_any_goal(app: Flask, world: World) -> None:
    second = a_goal(db.session.get_one(Client, world.client_id), "Sleep through the night")
    hazel = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    own = [note_by(hazel, goal_id, audience="all").id for goal_id in (world.goal_id, second.id)]
    wrens = note_by(world.wren, world.goal_id, audience="all").id
    visitor, home = inside(app, world)
    assert visitor.get(f"{home}/notes").text.count("/take-back") == 2
    for note_id in own:
        assert visitor.post(f"{home}/notes/{note_id}/take-back").location == f"{home}/notes"
    assert visitor.post(f"{home}/notes/{wrens}/take-back").status_code == 403
    assert [note.id for note in db.session.query(Note)] == [wrens]
