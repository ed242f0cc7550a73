"""Stop something from behind a link: after acceptance and with the code."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Flask

from careteam.features.consents.models import Consent
from careteam.features.teams.models import Precaution
from careteam.kit.db import db
from tests.personas import World
from tests.support.linking import a_linked_referral, a_place, open_link
from tests.support.visitor import Visitor

HOLD = {"kind": "hold", "scope": "none", "what": "Fasting", "why": "Faints."}


def laid(visitor: Visitor, home: str, **given: str) -> str:
    new_id = str(uuid4())
    answer = visitor.post(f"{home}/precautions/new", HOLD | given | {"new_id": new_id})
    assert (answer.status_code, answer.location) == (303, home), answer.text
    return f"{home}/precautions/{new_id}"


def row_of(address: str) -> Precaution:
    db.session.expire_all()
    return db.session.get_one(Precaution, UUID(address.rpartition("/")[2]))


def test_holder_lays_one_ends_it_with_one_press_and_takes_that_back(
    app: Flask, world: World
) -> None:
    _, visitor, home = a_place(app, world)
    assert "Stop something" in visitor.get(home).text
    address = laid(visitor, home)
    row = row_of(address)
    assert (row.said_by_id, row.author_id) == (world.juniper, world.juniper)
    for page in (home, f"{home}/plan"):
        shown = visitor.get(page).text
        assert "On hold: Fasting." in shown
        assert "You say so, since 4 Mar. Faints." in shown
    assert visitor.post(f"{address}/end").location == home
    shown = visitor.get(home).text
    assert "On hold: Fasting." not in shown
    assert f'action="{address}/resume"' in shown
    assert visitor.post(f"{address}/resume").location == home
    assert "On hold: Fasting." in visitor.get(home).text


def test_reason_of_another_is_read_where_it_is_shared(app: Flask, world: World, signed_in) -> None:
    _, visitor, home = a_place(app, world)
    wren, path = signed_in("wren"), f"/goals/{world.goal_id}/precautions/new"
    assert wren.post(path, HOLD | {"what": "Rowing", "why": "A private thing"}).status_code == 303
    shared = HOLD | {"what": "Lifting", "why": "Stitches", "shares_why": "y"}
    assert wren.post(path, shared).status_code == 303
    shown = visitor.get(home).text
    assert "Says Wren Lead, since 4 Mar. Stitches" in shown
    assert "On hold: Rowing." in shown
    assert "A private thing" not in shown
    row = db.session.query(Precaution).filter_by(what="Lifting").one()
    answer = visitor.post(f"{home}/precautions/{row.id}/end", {"ended_why": "Healed"})
    assert answer.status_code == 403
    assert row_of(f"/{row.id}").ended_at is None


def test_what_another_said_ends_with_a_word(app: Flask, world: World) -> None:
    _, visitor, home = a_place(app, world)
    address = laid(visitor, home, said_by="other", said_by_name="Dr Moss")
    assert visitor.post(f"{address}/end").status_code == 422
    assert visitor.post(f"{address}/end", {"ended_why": "Dr Moss rang"}).status_code == 303
    assert row_of(address).ended_why == "Dr Moss rang"


def test_wrong_input_is_kept(app: Flask, world: World) -> None:
    _, visitor, home = a_place(app, world)
    answer = visitor.post(f"{home}/precautions/new", HOLD | {"scope": "limb", "what": ""})
    assert answer.status_code == 422
    assert "Say which limb." in answer.text
    assert "Faints." in answer.text


def test_nothing_before_the_code_or_without_the_class(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    stranger, home = open_link(app, path)
    stranger.post(f"{home}/accept", {"contact": "client"})
    assert stranger.get(f"{home}/precautions/new").location == f"{home}/code"
    assert stranger.post(f"{home}/precautions/new", HOLD).location == f"{home}/code"
    assert db.session.query(Precaution).count() == 0


def test_holder_without_the_class_reads_nothing_of_others(
    app: Flask, world: World, signed_in
) -> None:
    _, visitor, home = a_place(app, world)
    wren = signed_in("wren")
    assert wren.post(f"/goals/{world.goal_id}/precautions/new", HOLD).status_code == 303
    consent = db.session.query(Consent).filter_by(practitioner_id=world.juniper).one()
    consent.classes = ["identity_contact", "goal_plan", "letters_reports"]
    db.session.commit()
    for page in (home, f"{home}/plan"):
        shown = visitor.get(page).text
        assert not any(words in shown for words in ("Fasting", "Faints", "Take care"))
