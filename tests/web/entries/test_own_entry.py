"""Somebody without an account sees, corrects and removes their own entry by the first mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from careteam.access.reach import forget
from careteam.domain.referral import Action
from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link
from careteam.features.outbox.models import Message
from careteam.features.referrals.asking_first import ask_first, new_question
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act
from careteam.features.referrals.removal.operations import empty_left
from careteam.kit.db import db
from tests.personas import World, a_practitioner
from tests.support.linking import a_linked_referral, confirm
from tests.support.statements import statements
from tests.support.visitor import Visitor

ADDRESS = re.compile(r"https://team\.example\.org(/e/[^\s\"<]+)")


def juniper(world: World) -> Practitioner:
    db.session.expire_all()
    return db.session.get_one(Practitioner, world.juniper)


def address_of(world: World) -> str:
    """In a question that Wren asks Juniper by mail: about nobody."""
    question = new_question(world.wren, uuid4(), world.juniper, "Do you take new clients?", "mail")
    ask_first(actor=world.wren, question=question)
    db.session.commit()
    forget()
    body = db.session.query(Message.body).filter_by(about_id=question.id).scalar()
    found = ADDRESS.findall(body)
    assert len(found) == 1, body
    return str(found[0])


def opened(app: Flask, world: World) -> tuple[Visitor, str]:
    visitor = Visitor(app)
    answer = visitor.get(address_of(world))
    assert answer.status_code == 303
    return visitor, answer.location


def known(app: Flask, world: World) -> tuple[Visitor, str]:
    visitor, home = opened(app, world)
    confirm(visitor, home)
    return visitor, home


def mails_with(subject: str) -> list[tuple[str, str]]:
    db.session.expire_all()
    rows = db.session.query(Message).filter_by(subject=subject).order_by(Message.recipient)
    return [(row.recipient, row.body) for row in rows]


def entry_fields(page: str) -> dict[str, str]:
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    return {
        "version": version[1],
        "name": "Juniper Outside",
        "kind": "person",
        "disciplines": "dietitian",
        "email": "juniper@example.org",
        "accepting": "yes",
    }


def test_door_says_nothing_of_whose_entry_it_is_and_the_code_opens_it(
    app: Flask, world: World
) -> None:
    visitor, home = opened(app, world)
    door = visitor.get(home).text
    assert "Juniper" not in door
    assert "j•••@example.org" in door
    assert visitor.get(f"{home}/edit").status_code == 404
    assert visitor.post(f"{home}/remove").status_code == 404
    confirm(visitor, home)
    shown = visitor.get(home)
    assert "Juniper Outside" in shown.text
    assert "Nobody has sent you anybody" in shown.text
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert "Juniper" not in Visitor(app).get(home).text


def test_correction_is_marked_as_their_own_and_the_stewards_are_told(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    visitor, home = known(app, world)
    fields = entry_fields(visitor.get(f"{home}/edit").text)
    refused = visitor.post(f"{home}/edit", fields | {"name": "", "bio": "Kept words"})
    assert refused.status_code == 422
    assert "Kept words" in refused.text
    saved = visitor.post(f"{home}/edit", fields | {"email": "juniper@new.example", "bio": "Food"})
    assert saved.status_code == 303
    entry = juniper(world)
    assert (entry.bio, str(entry.said_by_self_on)) == ("Food", "2026-03-04")
    [(recipient, body)] = mails_with("An entry was corrected")
    assert recipient == "sorrel@example.org"
    assert "Juniper Outside has corrected" in body
    assert "juniper@new.example" in visitor.get(home).text
    assert "By themself" in signed_in("wren").get(f"/practitioners/{world.juniper}").text
    assert visitor.post(f"{home}/confirm").status_code == 303


def test_new_address_takes_the_links_along_that_were_mailed_to_the_old_one(
    app: Flask, world: World
) -> None:
    a_linked_referral(world)
    visitor, home = known(app, world)
    fields = entry_fields(visitor.get(f"{home}/edit").text)
    visitor.post(f"{home}/edit", fields | {"email": "juniper@new.example"})
    assert {each for (each,) in db.session.query(Link.email)} == {"juniper@new.example"}


def test_removal_erases_what_nobody_needs_and_the_link_is_dead(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    visitor, home = known(app, world)
    assert "Without the name" in visitor.get(f"{home}/remove").text
    assert "You are out of the directory" in visitor.post(f"{home}/remove").text
    entry = juniper(world)
    assert (entry.name, entry.email) == ("Somebody who was removed", None)
    assert "juniper" not in entry.search_text
    assert entry.retired_at is not None
    assert "juniper@example.org" not in [row.recipient for row in db.session.query(Message)]
    assert visitor.get(home).status_code == 404
    wren = signed_in("wren")
    assert wren.post(f"/practitioners/{world.juniper}/restore").status_code == 409
    assert "Somebody who was removed" not in wren.get("/practitioners").text


def test_mail_to_an_address_of_others_too_waits_on(app: Flask, world: World) -> None:
    """Of a practice, say: a letter to a colleague there must not be lost."""
    colleague = a_practitioner("Merle Beside")
    colleague.email = "Juniper@example.org"
    question = new_question(world.wren, uuid4(), colleague.id, "And you?", "mail")
    key = ask_first(actor=world.wren, question=question).id
    db.session.commit()
    visitor, home = known(app, world)
    visitor.post(f"{home}/remove")
    waiting = db.session.query(Message).filter_by(about_id=key).one()
    assert (waiting.recipient, waiting.discarded_at) == ("Juniper@example.org", None)
    assert waiting.body


def test_whoever_works_with_them_can_reach_them_until_it_has_ended(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    """Asked for by telephone, so that a steward does it."""
    referral_id, _ = a_linked_referral(world)
    path = f"/practitioners/{world.juniper}/remove"
    assert signed_in("wren").get(path).status_code == 403
    steward = signed_in("sorrel")
    assert "1 request is still open" in steward.get(path).text
    assert steward.post(path).status_code == 303
    told = [recipient for recipient, _ in mails_with("An entry was removed")]
    assert told == ["sorrel@example.org", "wren@example.org"]
    assert empty_left() is None
    assert juniper(world).email == "juniper@example.org"
    row = db.session.get_one(Referral, referral_id)
    forget()
    act(actor=world.wren, referral=row, action=Action.WITHDRAW)
    db.session.commit()
    assert empty_left() == "Entries erased of people who were removed: 1."
    db.session.commit()
    entry = juniper(world)
    assert (entry.name, entry.email, entry.phone) == ("Juniper Outside", None, None)
    assert empty_left() is None


def test_link_opens_nothing_once_the_address_left_the_entry_or_an_account_has_it(
    app: Flask, world: World
) -> None:
    visitor, home = known(app, world)
    juniper(world).email = "somebody.else@example.org"
    db.session.commit()
    assert visitor.get(home).status_code == 404
    entry = juniper(world)
    entry.email, entry.claimed_at = "juniper@example.org", entry.created_at
    db.session.commit()
    assert visitor.get(home).status_code == 404
    assert visitor.post(f"{home}/remove").status_code == 404


def test_scanner_changes_nothing_and_dead_links_look_alike(app: Flask, world: World) -> None:
    path = address_of(world)
    scanner = Visitor(app)
    with statements() as seen:
        home = scanner.get(path).location
        for method in ("HEAD", "OPTIONS", "GET"):
            for address in (path, home, f"{home}/remove", f"{home}/edit"):
                scanner.client.open(address, method=method)
        for address in ("code/send", "code", "edit", "confirm", "remove", "leave", "accepting"):
            assert scanner.post_bare(f"{home}/{address}").status_code in (400, 404)
    assert [each for each in seen if each.startswith(("INSERT", "UPDATE", "DELETE"))] == []
    answers = {
        Visitor(app).get(dead).text
        for dead in (path[:-1], f"{path}/more", f"/e/{uuid4()}", f"/e/{uuid4()}/remove", home)
    }
    assert len(answers) == 1


def test_availability_is_said_in_one_tap_before_any_code(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    visitor, home = opened(app, world)
    assert visitor.post(f"{home}/accepting", {"accepting": "no"}).status_code == 303
    entry = juniper(world)
    assert (entry.accepting, str(entry.accepting_said_on)) == ("no", "2026-03-04")
    sent = {"accepting": "no", "usual_wait_days": "14", "away_until": "2026-03-03"}
    refused = visitor.post(f"{home}/availability", sent)
    assert refused.status_code == 422
    assert "This day is over" in refused.text
    assert 'value="14"' in refused.text
    assert "Juniper" not in refused.text
    visitor.post(f"{home}/availability", sent | {"away_until": "2026-04-01"})
    visitor.post(f"{home}/accepting", {"accepting": "yes"})
    entry = juniper(world)
    assert (entry.accepting, entry.usual_wait_days, str(entry.away_until)) == (
        "yes",
        14,
        "2026-04-01",
    )
    assert "Away until 1 Apr" in signed_in("wren").get("/practitioners").text
    assert visitor.post(f"{home}/accepting", {"accepting": "maybe"}).status_code == 422


@pytest.mark.either_database
def test_wrong_codes_run_out(app: Flask, world: World) -> None:
    visitor, home = opened(app, world)
    codes = [visitor.post(f"{home}/code", {"code": "000000"}).status_code for _ in range(9)]
    assert codes == [422] * 8 + [429]


def test_person_reads_what_was_observed_and_answers_it_by_the_link(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    visitor, home = known(app, world)
    wren = signed_in("wren")
    check = f"/relationships/people/{world.juniper}/check"
    wren.post(check, {"register": "found", "body": "A draft of a register"})
    wren.post(f"{check}/share", {"website": "gone", "website_link": "https://j.example.org"})
    page = visitor.get(home).text
    assert "A draft of a register" not in page
    (answer,) = re.findall(rf'href="({home}/observations/[^"]+)"', page)
    assert "does not open" in visitor.get(answer).text
    assert visitor.post(answer, {"is_contested": "y"}).status_code == 422
    visitor.post(answer, {"is_contested": "y", "said": "It opens again"})
    assert "It opens again" in visitor.get(home).text
    assert "It opens again" in wren.get(f"/practitioners/{world.juniper}").text
    other, asked = opened(app, world)
    assert "It opens again" not in other.get(asked).text, "before a code was shown"
    assert other.get(answer).status_code in (303, 404)
