"""What a link gives to machines and strangers: nothing, in the same words and by the same look-ups.

A mail scanner opens every link and follows all it finds. A forwarded link shows nothing personal.
Dead links are not told apart, neither by what they say nor by what is asked of the database.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from careteam.domain.referral import Action
from careteam.features.links.models import Link
from careteam.features.outbox.models import Message
from careteam.features.referrals.handing_out import hand_over_link
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act
from careteam.kit import clock
from careteam.kit.db import Base, db
from careteam.kit.logs import Lines
from tests.conftest import NOW
from tests.personas import World
from tests.security.grounds import LINK as ADDRESSES
from tests.support.linking import a_linked_referral, confirm, open_link
from tests.support.statements import statements
from tests.support.visitor import Visitor

ADDRESS = re.compile(r"https://team\.example\.org(/r/[^\s\"<]+)")
WRITES = ("INSERT", "UPDATE", "DELETE")
STATES: dict[str, list[tuple[str, dict[str, object]]]] = {
    "sent": [],
    "needs_information": [("ask", {"text": "Which side?"})],
    "accepted": [("accept", {"contact": "client"})],
    "in_treatment": [("accept", {"contact": "client"}), ("start", {})],
    "declined": [("decline", {"reason": "no_capacity"})],
}
ON_BOTH_DATABASES = {"sent", "accepted"}
EACH_STATE = [
    state if state in ON_BOTH_DATABASES else pytest.param(state, marks=pytest.mark.either_database)
    for state in STATES
]
PERSONAL = ("Hazel", "Sample", "Eats too little", "look at her meals", "Walk to the shop")


def everything() -> dict[str, list[str]]:
    """Every value of every row of every table."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for name, table in Base.metadata.tables.items()
        }


def links_found(signed_in: Callable[[str], Visitor], referral_id: Any) -> list[str]:
    """Every link in the outbox, and on the page where one is handed over."""
    shown = signed_in("wren").post(f"/referrals/{referral_id}/link").text
    mails = [mail.body for mail in db.session.query(Message)]
    found = [path for text in (*mails, shown) for path in ADDRESS.findall(text)]
    return list(dict.fromkeys(found))


def brought_to(world: World, state: str, route: str = "mail") -> tuple[Any, str]:
    referral_id, path = a_linked_referral(world, route)
    for action, data in STATES[state]:
        row = db.session.get_one(Referral, referral_id)
        by_hand = {"by_hand": True, "way": "phone"}
        act(actor=world.wren, referral=row, action=Action(action), data=data, **by_hand)  # type: ignore[arg-type]
        db.session.commit()
    return referral_id, path


def scan(app: Flask, visitor: Visitor, path: str, actions: list[Action]) -> set[str]:
    """What a machine sends: each method, wherever the page leads, forms without our token."""
    posts = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/r/")]
    waiting, seen = [path], set[str]()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        for method in ("HEAD", "OPTIONS"):
            visitor.client.open(address, method=method)
        answer = visitor.get(address)
        found = [*ADDRESSES.findall(answer.text), answer.headers.get("Location", "")]
        waiting += [each for each in found if each.startswith("/r/") and each not in seen]
        if home := re.fullmatch(r"/r/[0-9a-f-]{36}", address):
            for rule in posts:
                for action in actions if "<action>" in rule else ("",):
                    target = rule.replace("<uuid:link_id>", home[0][3:]).replace("<action>", action)
                    sent = {"reason": "no_capacity", "contact": "client", "text": "x", "code": "1"}
                    refused = visitor.post_bare(re.sub("<.*?>", str(uuid4()), target), sent)
                    assert refused.status_code in (400, 404, 405), target
    return seen


@pytest.mark.parametrize("state", EACH_STATE)
def test_scanner_changes_nothing(
    app: Flask, world: World, signed_in: Callable[[str], Visitor], state: str
) -> None:
    referral_id, _ = brought_to(world, state)
    paths = links_found(signed_in, referral_id)
    assert len(paths) == 2
    before = everything()
    actions = list(Action)[list(STATES).index(state) :: len(STATES)]  # what all lack is the token
    with statements() as seen:
        for path in paths:
            found = scan(app, Visitor(app), path, actions)
            been = {re.sub("[0-9a-f-]{36}", "*", each) for each in found}
            assert {"/r/*", "/r/*/code"} <= been
            assert ("/r/*/accept" in been) == (state in ("sent", "needs_information"))
    assert [each for each in seen if each.startswith(WRITES)] == []
    assert everything() == before


def test_bare_post_of_the_link_itself_changes_nothing(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    before = everything()
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert app.test_client().open(path, method=method).status_code in (400, 404, 405)
    assert everything() == before


def dead_addresses(path: str) -> dict[str, str]:
    """By why it opens nothing. `path` is that of a link which is ended or outlived by now."""
    return {
        "the link": path,
        "cut": path[:-1],
        "with a full stop": f"{path}.",
        "with a slash": f"{path}/",
        "with more behind it": f"{path}/more/of/it",
        "other letters": path.swapcase().replace("/R/", "/r/"),
        "foreign": "/r/" + "A" * 43,
        "a number of ours": f"/r/{uuid4()}",
        "page of a number": f"/r/{uuid4()}/accept",
        "code of a number": f"/r/{uuid4()}/code",
        "no text": "/r/%ED%A0%80%FF",
        "zero": "/r/a%00b",
        "long": "/r/" + "x" * 2000,
        "odd": "/r/" + quote("'; DROP TABLE links; --"),
    }


@pytest.mark.parametrize("how", ["ended", "outlived"])
def test_dead_links_are_one_page_and_cost_the_same(app: Flask, world: World, how: str) -> None:
    _, path = brought_to(world, "declined")
    later = NOW + timedelta(days=91 if how == "outlived" else 1)
    if how == "ended":
        db.session.query(Link).update({"revoked_at": clock.now()})
        db.session.commit()
    answers, costs = {}, {}
    with clock.stopped(later):
        for why, address in dead_addresses(path).items():
            stranger = Visitor(app)
            with statements() as seen:
                answer = stranger.get(address)
            answers[why] = (answer.status_code, answer.text, answer.headers["Referrer-Policy"])
            costs[why] = len(seen)
    assert len(set(answers.values())) == 1, {why: found[0] for why, found in answers.items()}
    assert answers["the link"][0] == 404
    by_token = {costs[why] for why in ("the link", "cut", "foreign", "long", "odd", "zero")}
    by_number = {costs[why] for why in ("a number of ours", "page of a number", "code of a number")}
    assert (len(by_token), len(by_number)) == (1, 1), costs


def test_token_spent_on_another_browser_is_worth_no_more_there(app: Flask, world: World) -> None:
    """Its holder has confirmed and read; whoever gets it forwarded sees what a stranger sees."""
    _, path = brought_to(world, "in_treatment")
    owner, home = open_link(app, path)
    confirm(owner, home)
    assert "Hazel" in owner.get(home).text
    other, _ = open_link(app, path)
    for address in (home, f"{home}/code", f"{home}/report"):
        text = other.get(address, follow_redirects=True).text
        assert not [word for word in PERSONAL if word in text]
    assert other.post(f"{home}/report", {"text": "x"}).status_code == 403


def test_opening_one_link_opens_no_other(app: Flask, world: World) -> None:
    """The number of another link does not help whoever has opened and confirmed this one."""
    _, path = a_linked_referral(world)
    owner, home = open_link(app, path)
    confirm(owner, home)
    other = Referral(
        id=uuid4(),
        sender_id=world.wren.practitioner_id,
        receiver_id=world.juniper,
        status="sent",
        status_at=NOW,
    )
    db.session.add(other)
    db.session.flush()
    address = hand_over_link(actor=world.wren, referral=other)
    link_id = db.session.query(Link).filter_by(referral_id=other.id).one().id
    db.session.commit()
    for page in (f"/r/{link_id}", f"/r/{link_id}/accept", f"/r/{link_id}/code"):
        assert owner.get(page).status_code == 404
    assert owner.post(f"/r/{link_id}/accept", {"contact": "client"}).status_code == 404
    assert owner.get(address.removeprefix("https://team.example.org")).status_code == 303


def test_logs_name_the_route_and_never_the_token(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    lines = StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(Lines())
    app.logger.addHandler(handler)
    try:
        visitor, home = open_link(app, path)
        visitor.get(home)
        visitor.get(f"{path}x")
        visitor.post_bare(path)
        visitor.post_bare(f"{home}/accept")
    finally:
        app.logger.removeHandler(handler)
    said = lines.getvalue()
    assert "links.link_open" in said
    assert path.removeprefix("/r/") not in said
    assert home.removeprefix("/r/") not in said
    assert all(json.loads(line)["message"] for line in said.splitlines())


@pytest.mark.parametrize("line", ["GET /r/{} HTTP/1.1", "GET /r/{}/accept", "GET /setup?token={}"])
def test_server_of_developers_logs_no_token_either(
    app: Flask, caplog: pytest.LogCaptureFixture, line: str
) -> None:
    with caplog.at_level(logging.INFO, "werkzeug"):
        logging.getLogger("werkzeug").info('127.0.0.1 "%s" %s', line.format("S3cret-_x"), 303)
    assert "S3cret" not in caplog.text
    assert "127.0.0.1" in caplog.text
