"""Who can see what, stopped at once; who looked; everything in one file; signing out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask

from careteam.access.reach import forget, reach_of
from careteam.features.clients.models import Client
from careteam.features.consents.models import Consent
from careteam.features.links.models import Link
from careteam.features.outbox.models import Message
from careteam.features.teams.handing_over.operations import propose
from careteam.features.teams.models import HandOver
from careteam.kit.db import db
from tests.personas import World
from tests.support.linking import a_linked_referral, a_place
from tests.support.own_page import her_step, inside
from tests.support.visitor import Visitor


def test_stopping_acts_at_once_and_can_be_undone(
    app: Flask, world: World, signed_in: object
) -> None:
    ash: Visitor = signed_in("ash")  # type: ignore[operator]
    visitor, home = inside(app, world)
    page = visitor.get(f"{home}/sharing").text
    assert "Ash Seated" in page
    assert "Can see: your name, date of birth and contact; your goal and plan" in page
    assert ash.get(f"/clients/{world.client_id}").status_code == 200
    stop = f"{home}/sharing/{world.consent_id}"
    assert visitor.post(f"{stop}/stop").status_code == 303
    assert ash.get(f"/clients/{world.client_id}").status_code == 404
    row = db.session.get_one(Consent, world.consent_id)
    assert (row.withdrawn_at is not None, row.withdrawn_how) == (True, "screen")
    db.session.rollback()
    assert "Nobody else sees anything" in visitor.get(f"{home}/sharing").text
    assert visitor.post(f"{stop}/again").status_code == 303
    assert ash.get(f"/clients/{world.client_id}").status_code == 200
    forget()
    assert world.client_id in reach_of(world.ash).standings


def test_stopping_shuts_what_is_behind_a_specialists_link(app: Flask, world: World) -> None:
    _, juniper, place = a_place(app, world)
    visitor, home = inside(app, world)
    assert "Walk to the shop" in juniper.get(f"{place}/plan").text
    consent = db.session.query(Consent).filter_by(practitioner_id=world.juniper).one().id
    db.session.rollback()
    assert visitor.post(f"{home}/sharing/{consent}/stop").status_code == 303
    assert juniper.get(f"{place}/plan").status_code == 303
    assert "Walk to the shop" not in juniper.get(place).text


def test_client_sees_who_holds_a_link_and_ends_it(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = inside(app, world)
    page = visitor.get(f"{home}/sharing").text
    assert "Links to your part" in page
    held = db.session.query(Link).filter_by(kind="referral").one().id
    db.session.rollback()
    assert visitor.post(f"{home}/sharing/links/{held}/end").status_code == 303
    assert Visitor(app).get(path).status_code == 404
    assert "Links to your part" not in visitor.get(f"{home}/sharing").text


@pytest.mark.parametrize("what", ["sharing", "link"])
def test_lead_is_told_on_today_what_the_client_ended_until_it_is_looked_at(
    app: Flask, world: World, signed_in: Callable[[str], Visitor], what: str
) -> None:
    referral_id, _, _ = a_place(app, world)
    visitor, home = inside(app, world)
    consent = db.session.query(Consent).filter_by(practitioner_id=world.juniper).one().id
    link = db.session.query(Link).filter_by(kind="referral").one().id
    db.session.rollback()
    row, path = (consent, str(consent)) if what == "sharing" else (link, f"links/{link}")
    wren = signed_in("wren")
    assert "Ended by the client" not in wren.get("/").text
    visitor.post(f"{home}/sharing/{path}/{'stop' if what == 'sharing' else 'end'}")
    card = wren.get("/").text.partition("Ended by the client")[2].partition("</section>")[0]
    assert "Juniper Outside" in card
    assert "dietitian" not in card.casefold(), "a place may tell what somebody has"
    assert "Ended by the client" not in signed_in("ash").get("/").text
    look = f"/ended/{'consent' if what == 'sharing' else 'link'}/{row}/look"
    assert look in card
    assert signed_in("ash").post(look).status_code == 404
    led = wren.post(look)
    assert led.location == (
        f"/clients/{world.client_id}/consent" if what == "sharing" else f"/referrals/{referral_id}"
    )
    assert "Ended by the client" not in wren.get("/").text


def test_what_the_client_gives_again_is_not_told(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    visitor, home = inside(app, world)
    for step in ("stop", "again"):
        visitor.post(f"{home}/sharing/{world.consent_id}/{step}")
    assert "Ended by the client" not in signed_in("wren").get("/").text


def test_log_names_others_and_leaves_out_own_looks(
    app: Flask, world: World, signed_in: object
) -> None:
    ash: Visitor = signed_in("ash")  # type: ignore[operator]
    ash.get(f"/clients/{world.client_id}")
    visitor, home = inside(app, world)
    visitor.get(f"{home}/plan")
    page = visitor.get(f"{home}/looked").text
    assert "Ash Seated looked at" in page
    assert "Hazel Sample looked at" not in page


def test_whole_record_is_one_file_with_a_neutral_name(app: Flask, world: World) -> None:
    her_step(world)
    visitor, home = inside(app, world)
    visitor.post(f"{home}/check-in", {"body": "Slept <b>badly", "information_class": "goal_plan"})
    answer = visitor.get(f"{home}/record")
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=record-\d{4}-\d\d-\d\d\.html", disposition)
    for words in ("Hazel Sample", "Walk to the shop", "Walk ten minutes", "Slept &lt;b&gt;badly"):
        assert words in answer.text
    assert "Ash Seated" in answer.text


def test_browser_is_signed_out_and_has_to_show_a_code(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    page = visitor.get(f"{home}/leave").text
    browser = page.split("/browsers/")[1].split("/")[0]
    assert visitor.post(f"{home}/browsers/{browser}/forget").status_code == 303
    assert "Is it you?" in visitor.get(home).text
    assert visitor.get(f"{home}/record").status_code == 303


def test_client_ends_the_link(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    assert "Your link is ended" in visitor.post(f"{home}/end").text
    assert visitor.get(home).status_code == 404


def test_clients_link_ends_no_link_as_a_specialists(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    own = db.session.query(Link).filter_by(kind="client").one().id
    db.session.rollback()
    assert visitor.post(f"{home}/sharing/links/{own}/end").status_code == 404
    assert visitor.get(home).status_code == 200


def test_hand_over_that_waits_is_shown_and_can_be_refused(app: Flask, world: World) -> None:
    assert world.rowan.practitioner_id is not None
    asked = propose(
        actor=world.wren,
        client=db.session.get_one(Client, world.client_id),
        hand_over_id=uuid4(),
        practitioner_id=world.rowan.practitioner_id,
        agreed_on=date(2026, 3, 1),
        agreed_how="spoken",
    ).id
    db.session.commit()
    visitor, home = inside(app, world)
    assert "Rowan" in visitor.get(home).text
    page = visitor.get(f"{home}/sharing").text
    assert "You agreed to it in words on 1 March 2026." in page
    assert visitor.post(f"{home}/sharing/hand-over/refuse").status_code == 303
    assert db.session.get_one(HandOver, asked).state == "withdrawn"
    subject = "A hand-over is taken back"
    mails = db.session.query(Message).filter_by(subject=subject).all()
    assert {mail.recipient for mail in mails} == {"wren@example.org", "rowan@example.org"}
    assert [mail for mail in mails if "Hazel" in mail.body] == []
    db.session.rollback()
    assert "A new lead" not in visitor.get(f"{home}/sharing").text
    assert visitor.post(f"{home}/sharing/hand-over/refuse").status_code == 404
