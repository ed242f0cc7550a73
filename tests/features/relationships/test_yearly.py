"""Once a year somebody is asked whether their entry is right; one tap stops it."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from flask import Flask

from careteam.features.directory.models import Practitioner
from careteam.features.outbox.models import Message
from careteam.features.referrals.asking_first import ask_first, new_question
from careteam.features.relationships.yearly import SUBJECT, ask_yearly
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.chasing import on
from tests.support.visitor import Visitor

NEXT_YEAR = "2027-03-08 09:30"


def asked(at: str = NEXT_YEAR) -> dict[str, str]:
    """Who was asked by now, and in which words."""
    with clock.stopped(on(at)):
        ask_yearly()
        db.session.commit()
    rows = db.session.query(Message).filter_by(subject=SUBJECT)
    return {row.recipient: row.body for row in rows}


def write_to_juniper(world: World) -> None:
    """She then knows that she is in the directory."""
    question = new_question(world.wren, uuid4(), world.juniper, "Do you take new clients?", "mail")
    ask_first(actor=world.wren, question=question)
    db.session.commit()


def test_accounts_are_asked_and_of_the_others_whoever_was_written_to(world: World) -> None:
    assert asked("2027-03-03 09:30") == {}, "not before a year is over"
    found = asked()
    assert set(found) == {"wren@example.org", "ash@example.org", "rowan@example.org"}
    wren = world.wren.practitioner_id
    assert f"https://team.example.org/practitioners/{wren}#accepting" in found["wren@example.org"]
    write_to_juniper(world)
    assert "https://team.example.org/e/" in asked()["juniper@example.org"]
    assert db.session.query(Message).filter_by(subject=SUBJECT).count() == 4


def test_whoever_was_confirmed_or_wants_no_mail_is_left_alone(app: Flask, world: World) -> None:
    write_to_juniper(world)
    for name in (world.ash, world.rowan):
        db.session.get_one(Practitioner, name.practitioner_id).verified_on = on(NEXT_YEAR).date()
    found = asked()
    assert set(found) == {"wren@example.org", "juniper@example.org"}
    visitor = Visitor(app)
    (path,) = re.findall(r"https://team\.example\.org(/e/\S+)", found["juniper@example.org"])
    home = visitor.get(path).location
    assert "Once a year a mail asks" in visitor.get(home).text
    assert visitor.post_bare(f"{home}/yearly-mail/off").status_code == 400
    assert visitor.post(f"{home}/yearly-mail/off").status_code == 303
    assert "No mail asks you" in visitor.get(home).text
    asked("2029-03-08 09:30")
    rows = db.session.query(Message.recipient).filter_by(subject=SUBJECT)
    told = [recipient for (recipient,) in rows]
    assert (told.count("juniper@example.org"), told.count("wren@example.org")) == (1, 2)


def test_steward_stops_it_for_everybody_and_lets_it_go_again(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    sorrel, wren = signed_in("sorrel"), signed_in("wren")
    own = f"/practitioners/{world.wren.practitioner_id}"
    assert "Stop it for everybody" in sorrel.get("/community").text
    assert "Once a year a mail asks you" in wren.get(own).text
    assert wren.post("/community/yearly-mail/off").status_code == 403
    for _ in range(2):
        assert sorrel.post("/community/yearly-mail/off").status_code == 303
    assert "a mail asks you" not in wren.get(own).text
    assert asked() == {}
    sorrel.post("/community/yearly-mail/on")
    assert "wren@example.org" in asked()
