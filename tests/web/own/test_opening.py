"""The door of a client's page: a lasting address that shows nothing, a code for each browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from careteam.features.clients.models import Client
from careteam.features.links.models import Link
from careteam.features.links.operations import code_to_read_out, end_link
from careteam.features.outbox.models import Message
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.linking import a_linked_referral, mailed_code, title_of
from tests.support.own_page import an_address, at_the_door, inside, show_code
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
TOLD = ("Hazel", "hazel@example.org", "Walk to the shop", "Ash", "physio")


def her_link() -> Link:
    return db.session.query(Link).filter_by(kind="client").one()


def test_door_shows_nothing_of_the_client(app: Flask, world: World) -> None:
    visitor, home = at_the_door(app, an_address(world))
    for path in (home, f"{home}/help"):
        answer = visitor.get(path)
        assert answer.status_code == 200
        assert [word for word in TOLD if word in answer.text] == []
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
    assert "Wren Lead" in answer.text


def test_pages_behind_the_door_lead_to_it(app: Flask, world: World) -> None:
    visitor, home = at_the_door(app, an_address(world))
    for page in ("plan", "team"):
        answer = visitor.get(f"{home}/{page}")
        assert (answer.status_code, answer.location) == (303, home)


def test_code_opens_the_page_in_this_browser_alone(app: Flask, world: World) -> None:
    path = an_address(world)
    visitor, home = at_the_door(app, path)
    show_code(visitor, home)
    assert "Hello Hazel Sample" in visitor.get(home).text
    other, _ = at_the_door(app, path)
    assert "Hazel" not in other.get(home).text
    code = mailed_code()
    assert other.post(f"{home}/code", {"code": code}).status_code == 422


def test_address_lasts_and_every_copy_opens_the_same_page(app: Flask, world: World) -> None:
    first, second = an_address(world), an_address(world)
    assert first != second
    assert at_the_door(app, first)[1] == at_the_door(app, second)[1]
    with clock.stopped(clock.now() + timedelta(days=700)):
        visitor, home = at_the_door(app, first)
        assert visitor.get(home).status_code == 200


def test_mail_with_the_code_says_nothing_of_health(app: Flask, world: World) -> None:
    visitor, home = at_the_door(app, an_address(world))
    visitor.post(f"{home}/code/send")
    mail = db.session.query(Message).one()
    assert (mail.recipient, mail.subject) == ("hazel@example.org", "Your code for Careteam")
    assert [word for word in TOLD if word in mail.body] == []


def test_browser_is_remembered_for_ninety_days_and_finds_the_door_again(
    app: Flask, world: World
) -> None:
    visitor, home = inside(app, world)
    with clock.stopped(clock.now() + timedelta(days=89)):
        assert "Hello Hazel" in visitor.get(home).text
    with clock.stopped(clock.now() + timedelta(days=91)):
        answer = visitor.get(home)
        assert answer.status_code == 200
        assert "Is it you?" in answer.text


def test_address_of_the_page_without_the_link_opens_nothing(app: Flask, world: World) -> None:
    _, home = at_the_door(app, an_address(world))
    assert Visitor(app).get(home).status_code == 404


@pytest.mark.parametrize("of", ["ended", "mangled", "referral"])
def test_what_opens_nothing_looks_alike(app: Flask, world: World, of: str) -> None:
    path = an_address(world)
    if of == "ended":
        end_link(actor=world.wren, link=her_link())
        db.session.commit()
    elif of == "mangled":
        path = path[:-3]
    else:
        path = a_linked_referral(world)[1].replace("/r/", "/p/")
    answer = Visitor(app).get(path)
    assert answer.status_code == 404
    assert answer.text.replace(path, "") == Visitor(app).get("/p/nothing").text.replace(path, "")


def test_clients_link_is_no_specialists_link(app: Flask, world: World) -> None:
    path = an_address(world)
    assert Visitor(app).get(path.replace("/p/", "/r/")).status_code == 404
    visitor, home = inside(app, world)
    assert visitor.get(home.replace("/p/", "/r/")).status_code == 404


def test_ended_link_shuts_at_the_next_request(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    end_link(actor=world.wren, link=her_link())
    db.session.commit()
    assert visitor.get(home).status_code == 404
    assert visitor.get(f"{home}/plan").status_code == 404


def test_code_read_out_by_the_lead_opens_once(app: Flask, world: World) -> None:
    visitor, home = at_the_door(app, an_address(world, email=None))
    assert "Send me a code" not in visitor.get(home).text
    assert visitor.post(f"{home}/code/send").status_code == 404
    code_to_read_out(actor=world.wren, link=her_link(), code="424242")
    db.session.commit()
    assert visitor.post(f"{home}/code", {"code": "424 242"}).status_code == 303
    assert "Hello Hazel" in visitor.get(home).text
    other, _ = at_the_door(app, an_address(world))
    assert other.post(f"{home}/code", {"code": "424242"}).status_code == 422


def test_no_code_is_mailed_where_mail_is_not_safe(app: Flask, world: World) -> None:
    path = an_address(world)
    db.session.get_one(Client, world.client_id).safe_contact = "phone"
    db.session.commit()
    visitor, home = at_the_door(app, path)
    assert "Send me a code" not in visitor.get(home).text
    assert visitor.post(f"{home}/code/send").status_code == 404
    assert db.session.query(Message).count() == 0


def test_wrong_codes_are_limited(app: Flask, world: World) -> None:
    visitor, home = at_the_door(app, an_address(world))
    answers = [visitor.post(f"{home}/code", {"code": "000000"}).status_code for _ in range(9)]
    assert answers == [422] * 8 + [429]


def test_lead_hands_the_page_over(world: World, signed_in: SignIn) -> None:
    wren, page = signed_in("wren"), f"/clients/{world.client_id}/own-page"
    db.session.get_one(Client, world.client_id).email = "hazel@example.org"
    db.session.commit()
    assert wren.get(page).status_code == 200
    shown = wren.post(page)
    assert shown.status_code == 200
    assert "https://team.example.org/p/" in shown.text
    assert "<svg" in shown.text
    assert wren.post(f"{page}/mail").status_code == 303
    mail = db.session.query(Message).one()
    assert mail.subject == "A page of your own, from Wren Lead"
    assert "https://team.example.org/p/" in mail.body
    assert [word for word in ("Hazel", *TOLD[2:]) if word in mail.body + mail.subject] == []
    assert db.session.query(Link).count() == 1


def test_lead_makes_a_code_sees_browsers_and_ends_link_and_browser(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    visitor, home = inside(app, world)
    wren, link_id = signed_in("wren"), her_link().id
    page = wren.get(f"/clients/{world.client_id}/own-page").text
    forget = page.split("/links/browsers/")[1].split("/")[0]
    assert wren.post(f"/links/{link_id}/code").status_code == 200
    back = wren.post(f"/links/browsers/{forget}/forget")
    assert back.location == f"/clients/{world.client_id}/own-page"
    assert "Is it you?" in visitor.get(home).text
    assert wren.post(f"/links/{link_id}/end").status_code == 303
    assert visitor.get(home).status_code == 404


def test_nobody_but_the_lead_hands_the_page_over(world: World, signed_in: SignIn) -> None:
    page = f"/clients/{world.client_id}/own-page"
    for name in ("ash", "rowan", "sorrel"):
        visitor = signed_in(name)
        assert visitor.get(page).status_code == 404
        assert visitor.post(page).status_code == 404
        assert visitor.post(f"{page}/mail").status_code == 404
    assert db.session.query(Link).count() == 0


def test_whoever_stood_in_or_was_lead_makes_no_code_any_more(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    an_address(world)
    link_id = her_link().id
    assert world.rowan.practitioner_id is not None
    db.session.get_one(Client, world.client_id).lead_id = world.rowan.practitioner_id
    db.session.commit()
    assert signed_in("wren").post(f"/links/{link_id}/code").status_code == 404
    assert signed_in("rowan").post(f"/links/{link_id}/code").status_code == 200


def test_titles_say_nothing(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    for page in ("", "/plan", "/team", "/help"):
        assert [word for word in TOLD if word in title_of(visitor.get(home + page).text)] == []


def test_lead_notes_that_no_screen_is_wanted(world: World, signed_in: SignIn) -> None:
    wren, page = signed_in("wren"), f"/clients/{world.client_id}/own-page"
    assert wren.post(f"{page}/no-screen", {"wants_no_screen": "yes"}).status_code == 303
    assert "wants no screen" in wren.get(page).text
    assert "wants no screen" in wren.get(f"/clients/{world.client_id}").text
    assert wren.post(f"{page}/no-screen", {"wants_no_screen": "no"}).status_code == 303
    assert "wants no screen" not in wren.get(page).text
    assert signed_in("ash").post(f"{page}/no-screen").status_code == 404
