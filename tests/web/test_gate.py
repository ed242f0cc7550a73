"""The first lock: every route and method says who may enter."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from careteam.web.frame.room import PUBLIC, Entry, Room
from tests.support.visitor import Visitor

PUBLIC_ROUTES = {
    "accounts.setup",
    "accounts.setup_save",
    "accounts.sign_in",
    "accounts.sign_in_check",
    "calendars.feed_show",
    "entries.entry_open",
    "links.link_open",
    "own.page_open",
    "referrals.question_open",
    "referrals.question_reply",
    "relationships.card_show",
    "system.health",
    "system.styleguide",
}


def address_of(rule: Rule) -> str:
    """The rule with the id of nothing in it."""
    missing = "00000000-0000-4000-8000-000000000000"
    return re.sub(r"<[^>]+>", "x", re.sub(r"<uuid:[^>]+>", missing, rule.rule))


def test_every_route_and_method_declares_access(app: Flask) -> None:
    declared = app.extensions["careteam_access"]
    routed = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    assert routed == set(declared)


def test_public_routes_are_those_listed_here(app: Flask) -> None:
    declared = app.extensions["careteam_access"]
    assert {name for name, access in declared.items() if access is Entry.PUBLIC} == PUBLIC_ROUTES


def test_every_route_answers_one_method(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        methods = set(rule.methods or ()) - {"HEAD", "OPTIONS"}
        assert len(methods) == 1, rule


def test_every_id_in_an_address_is_a_uuid(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        for name in rule.arguments - {"filename"}:
            converter = type(rule._converters[name]).__name__
            expected = "UUIDConverter" if name.endswith("_id") else "UnicodeConverter"
            if rule.endpoint in ("links.link_open", "own.page_open", "entries.entry_open"):
                expected = "PathConverter"  # whatever a mail program hangs on is no link of ours
            assert converter == expected, rule


def test_route_without_access_does_not_import() -> None:
    room = Room("open", __name__)
    with pytest.raises(TypeError):
        room.get("/open")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        room.route("/open", methods=["GET", "POST"])
    with pytest.raises(TypeError):
        room.post("/open", access=PUBLIC, methods=["GET"])


def test_stranger_is_sent_to_sign_in_and_learns_nothing(app: Flask, visitor: Visitor) -> None:
    declared = app.extensions["careteam_access"]
    for rule in app.url_map.iter_rules():
        by_link = (Entry.LINK, Entry.CLIENT, Entry.OWN_ENTRY)
        if declared.get(rule.endpoint) in (None, Entry.PUBLIC, *by_link):
            continue
        path = address_of(rule)
        if "GET" in (rule.methods or ()):
            answer = visitor.client.get(path)
            assert answer.status_code == 303, rule
            assert answer.location.startswith("/sign-in"), rule
        else:
            assert visitor.post(path).status_code == 404, rule


def test_unsafe_request_without_our_token_is_refused(app: Flask, visitor: Visitor) -> None:
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        assert visitor.post_bare(address_of(rule)).status_code == 400, rule


def test_wrong_method_is_answered_405(visitor: Visitor) -> None:
    assert visitor.client.get("/sign-out").status_code == 405
    assert visitor.client.open("/sign-in", method="OPTIONS").status_code == 405


def test_forged_host_is_refused(visitor: Visitor) -> None:
    answer = visitor.client.get("/sign-in", base_url="http://evil.example")
    assert answer.status_code == 400


def test_every_answer_carries_the_policy(visitor: Visitor) -> None:
    answer = visitor.get("/sign-in")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "data:" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
