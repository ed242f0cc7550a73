"""What each kind of wrong request is answered, over rooms: one way everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from careteam.features.clients.models import Client
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.models import Referral
from careteam.kit.db import db
from tests.personas import World
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
MISSING = "00000000-0000-4000-8000-000000000000"

WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "/practitioners/new",
        {"name": "Clover Example", "disciplines": "dietitian", "email": "no at sign"},
        "email",
        "This is not an e-mail address.",
    ),
    (
        "/practitioners/new",
        {"name": " ", "disciplines": "dietitian", "practice": "Mill Lane"},
        "name",
        "Give a name.",
    ),
    (
        "/clients/new",
        {"name": "Fern Sample", "date_of_birth": "31/02/1984", "consent_to_keep": "yes"},
        "date_of_birth",
        "Not a valid date",
    ),
    (
        "/clients/{client}/goals/new",
        {"statement": "Sleep six hours", "target": "lots"},
        "target",
        "Not a valid float",
    ),
    (
        "/goals/{goal}/plan/milestones/new",
        {"title": "Walk far", "due_on": "soon"},
        "due_on",
        "Not a valid date",
    ),
    (
        "/referrals/new",
        {"to": "{juniper}", "urgency": "routine", "reason": "Diet advice", "question": " "},
        "question",
        "question",
    ),
]


def filled(text: str, world: World) -> str:
    return text.format(client=world.client_id, goal=world.goal_id, juniper=world.juniper)


@pytest.mark.parametrize(("path", "fields", "field", "words"), WRONG, ids=lambda value: str(value))
def test_wrong_field_is_told_beside_it_and_above_with_all_kept(
    world: World, signed_in: SignedIn, path: str, fields: dict[str, str], field: str, words: str
) -> None:
    sent = {name: filled(value, world) for name, value in fields.items()}
    answer = signed_in("wren").post(filled(path, world), sent)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    tag = re.search(rf'<(?:input|textarea)[^>]*id="{field}"[^>]*>', answer.text)
    assert tag
    assert re.search(rf'aria-describedby="[^"]*\b{field}-error\b', tag.group())
    assert 'aria-invalid="true"' in tag.group()
    assert answer.text.count(words) >= 2
    for name, value in sent.items():
        if value.strip() and name not in ("consent_to_keep", "disciplines", "urgency"):
            assert value in answer.text, name


def test_nothing_of_a_wrong_form_is_kept(world: World, signed_in: SignedIn) -> None:
    before = [db.session.query(kind).count() for kind in (Practitioner, Client, Referral)]
    wren = signed_in("wren")
    for path, fields, _, _ in WRONG:
        wren.post(filled(path, world), {n: filled(v, world) for n, v in fields.items()})
    assert [db.session.query(kind).count() for kind in (Practitioner, Client, Referral)] == before


@pytest.mark.parametrize("name", ["to", "client", "goal", "seat", "after"])
@pytest.mark.parametrize("id_", [MISSING, "17", "../etc", "'"])
def test_unknown_id_in_a_form_is_not_found(
    world: World, signed_in: SignedIn, name: str, id_: str
) -> None:
    sent = {"to": str(world.juniper), "urgency": "soon", "reason": "x", "question": "y", name: id_}
    assert signed_in("wren").post("/referrals/new", sent).status_code == 404


def test_foreign_id_in_a_form_is_as_unknown(world: World, signed_in: SignedIn) -> None:
    sent = {"to": str(world.juniper), "urgency": "soon", "reason": "x", "question": "y"}
    rowan = signed_in("rowan")
    for name, id_ in (
        ("client", world.client_id),
        ("goal", world.goal_id),
        ("seat", world.seat_id),
    ):
        foreign = rowan.post("/referrals/new", sent | {name: str(id_)})
        unknown = rowan.post("/referrals/new", sent | {name: MISSING})
        assert foreign.status_code == unknown.status_code == 404
        number = re.compile(r"<code>\w+</code>")
        assert number.sub("", foreign.text) == number.sub("", unknown.text)


def test_form_that_is_too_large_is_answered_413(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    answer = wren.post("/import/practitioners", {"rows": "Clover, dietitian\n" * 200_000})
    assert answer.status_code == 413
    assert "That is too large" in answer.text
    assert 'href="/import/practitioners"' in answer.text


@pytest.mark.parametrize(
    ("page", "is_ours"),
    [
        ("http://localhost/practitioners/new?mine=1", True),
        ("http://localhost.evil.example/practitioners/new", False),
        ("javascript://localhost/%0aalert(1)", False),
    ],
)
def test_refused_form_leads_back_to_its_page_and_to_no_other_site(
    world: World, signed_in: SignedIn, page: str, is_ours: bool
) -> None:
    wren = signed_in("wren")
    answer = wren.post(f"/goals/{MISSING}/team/new", headers={"Referer": page})
    assert answer.status_code == 404
    assert (f'href="{page}"' in answer.text) is is_ours
    assert ("Back to the form" in answer.text) is is_ours


def test_too_many_tries_say_to_wait(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    wrong = {"current": "wrong wrong", "password": "another long one", "again": "another long one"}
    answers = [wren.post("/account/password", wrong) for _ in range(11)]
    assert [answer.status_code for answer in answers].count(429) >= 1
    assert "<h1>Too many tries</h1>" in answers[-1].text
    assert "This form could not be read" not in answers[-1].text


def test_file_that_is_too_large_is_answered_413(world: World, signed_in: SignedIn) -> None:
    answer = signed_in("wren").client.post(
        "/import/practitioners",
        data=b"x" * (12 * 1024 * 1024 + 1),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413


def test_stranger_cannot_make_the_server_read_a_mountain(visitor: Visitor) -> None:
    sent = {"email": "wren@example.org", "password": "x" * 3_000_000}
    assert visitor.post("/sign-in", sent).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_method_that_no_route_takes_is_answered_405(
    world: World, signed_in: SignedIn, method: str
) -> None:
    wren = signed_in("wren")
    for path in ("/", "/practitioners/new", f"/clients/{world.client_id}/edit"):
        assert wren.client.open(path, method=method).status_code == 405


def test_form_without_its_token_changes_nothing_and_says_so(
    world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    for token in (None, "", "guess"):
        sent = {"name": "Fern Sample", "consent_to_keep": "yes"}
        answer = wren.post_bare(
            "/clients/new", sent if token is None else sent | {"csrf_token": token}
        )
        assert answer.status_code == 400
        assert "This form could not be read" in answer.text
    assert db.session.query(Client).count() == 1


def test_text_that_is_too_long_is_kept_whole(world: World, signed_in: SignedIn) -> None:
    """A longest length in the page would let the browser cut off the end of what is pasted."""
    wren, pasted = signed_in("wren"), "Needs time to answer. " * 100
    assert "maxlength" not in wren.get("/clients/new").text
    sent = {"name": "Fern Sample", "consent_to_keep": "yes", "communication_needs": pasted}
    answer = wren.post("/clients/new", sent)
    assert answer.status_code == 422
    assert "Field cannot be longer than 2000 characters." in answer.text
    assert pasted.strip() in answer.text


def test_words_in_place_of_a_number_ring_nothing(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    path = f"/clients/{world.client_id}"
    client = db.session.get(Client, world.client_id)
    assert client
    client.phone = "through her sister"
    db.session.commit()
    shown = wren.get(path).text
    assert "through her sister" in shown
    assert 'href="tel:' not in shown.split("<main")[1].split("Team")[0]
