"""The letter and files behind a link: after the code, as the consent allows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask

from careteam.audit.models import AccessRead
from careteam.features.consents.models import Consent
from careteam.features.letters.models import Attachment
from careteam.features.links.models import LinkToken
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import SeatHiding
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.features.plans.worlds import a_step, commit, hazels_goal
from tests.personas import World
from tests.support.files import a_pdf, pdf_text, pdf_title
from tests.support.linking import a_file, a_linked_referral, a_place, confirm, open_link
from tests.support.visitor import Visitor


@pytest.mark.parametrize("paper", ["letter.pdf", "letter.txt", "files"])
def test_papers_wait_for_the_code(app: Flask, world: World, paper: str) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    assert visitor.get(f"{home}/{paper}").location == f"{home}/code"
    assert visitor.post(f"{home}/files", {"label": "x"}).location == f"{home}/code"
    assert db.session.query(Attachment).count() == 0


def test_letter_shows_initials_until_it_is_accepted(app: Flask, world: World) -> None:
    referral_id, path = a_linked_referral(world)
    file_id = a_file(world, referral_id)
    visitor, home = open_link(app, path)
    confirm(visitor, home)
    answer = visitor.get(f"{home}/letter.pdf")
    words = pdf_text(answer.data)
    assert "Could you look at her meals?" in words
    assert "Hazel Sample" not in words
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=letter-")
    assert visitor.get(f"{home}/files/{file_id}").status_code == 404


def test_place_opens_letter_and_files(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    file_id = a_file(world, referral_id)
    kept_back = a_file(world, referral_id, "mental_health")
    assert "Hazel Sample" in pdf_text(visitor.get(f"{home}/letter.pdf").data)
    assert "Clinic plan (PDF, 1 page)" in visitor.get(f"{home}/letter.txt").text
    assert visitor.get(f"{home}/files").text.count("Clinic plan") == 1
    assert visitor.get(f"{home}/files/{file_id}").data.startswith(b"%PDF-")
    assert visitor.get(f"{home}/files/{kept_back}").status_code == 404


def test_withdrawn_consent_closes_papers_behind_the_link(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    file_id = a_file(world, referral_id)
    consent = db.session.query(Consent).filter_by(practitioner_id=world.juniper).one()
    consent.withdrawn_at = clock.now()
    db.session.commit()
    for paper in ("letter.pdf", "letter.txt", f"files/{file_id}"):
        assert visitor.get(f"{home}/{paper}").status_code == 404


def test_holder_brings_a_file_and_takes_it_back(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    new_id = uuid4()
    fields = {
        "file": (BytesIO(a_pdf()), "x.pdf"),
        "label": "My report",
        "information_class": "goal_plan",
        "new_id": str(new_id),
    }
    answer = visitor.post(f"{home}/files", fields, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    row = db.session.get_one(Attachment, new_id)
    assert (row.referral_id, row.author_id) == (referral_id, world.juniper)
    assert "My report" in visitor.get(f"{home}/files").text
    assert visitor.post(f"{home}/files/{new_id}/remove").status_code == 303
    assert db.session.query(Attachment).count() == 0


def test_file_of_another_referral_is_not_there(app: Flask, world: World) -> None:
    other_id, _ = a_linked_referral(world)
    file_id = a_file(world, other_id)
    referral = db.session.get_one(Referral, other_id)
    referral.status = "withdrawn"
    db.session.commit()
    _, visitor, home = a_place(app, world)
    assert visitor.get(f"{home}/files/{file_id}").status_code == 404


def test_printing_with_a_link_takes_a_press(app: Flask, world: World, signed_in: object) -> None:
    referral_id, _ = a_linked_referral(world)
    wren = signed_in("wren")  # type: ignore[operator]
    before = db.session.query(LinkToken).count()
    db.session.commit()
    page = wren.get(f"/referrals/{referral_id}/letter").text
    assert "Add a link to answer by" in page
    assert "qr-code" not in page
    assert db.session.query(LinkToken).count() == before
    db.session.commit()
    printed = wren.post(f"/referrals/{referral_id}/letter").text
    assert "qr-code" in printed
    assert "https://team.example.org/r/" in printed
    assert db.session.query(LinkToken).count() == before + 1


def test_pdf_with_a_link_takes_a_press_too(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    referral_id, _ = a_linked_referral(world)
    wren = signed_in("wren")
    path = f"/referrals/{referral_id}/letter.pdf"
    assert "/r/" not in pdf_text(wren.get(path).data)
    before = db.session.query(LinkToken).count()
    db.session.commit()
    answer = wren.post(path)
    address = re.search(r"https://team\.example\.org(/r/\S{43})", pdf_text(answer.data))
    assert address, pdf_text(answer.data)
    assert db.session.query(LinkToken).count() == before + 1
    assert db.session.query(LinkToken).filter_by(purpose="print").count() == 1
    db.session.commit()
    assert answer.headers["Cache-Control"] == "no-store"
    assert Visitor(app).get(address[1]).status_code == 303
    for name in ("ash", "rowan", "sorrel"):
        assert signed_in(name).post(path).status_code == 404


def test_plan_is_taken_away_as_the_consent_shows_it(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    goal = hazels_goal(world)
    seat_id = db.session.get_one(Referral, referral_id).seat_id
    a_step(world, goal, "Eat breakfast", owner=str(seat_id))
    hidden = a_step(world, goal, "Walk to the corner", owner=str(world.seat_id))
    kept_from = {"seat_id": world.seat_id, "client_id": world.client_id}
    db.session.add(SeatHiding(practitioner_id=world.juniper, **kept_from))
    commit(hidden)
    with clock.stopped(NOW + timedelta(hours=2)):
        answer = visitor.get(f"{home}/plan.pdf")
    words = pdf_text(answer.data)
    assert "Eat breakfast" in words
    assert "Juniper Outside" in words
    assert "HS, 4 March 2026" in words
    assert "Hazel" not in words
    assert "Walk to the corner" not in words
    assert pdf_title(answer.data) == "Plan"
    assert answer.headers["Content-Disposition"] == "attachment; filename=plan-2026-03-04.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    later = db.session.query(AccessRead).filter(AccessRead.hour_at > NOW)
    assert {(row.actor_key.split(":")[0], row.client_id) for row in later} == {
        ("link", world.client_id)
    }
    assert "goal_plan" in {row.information_class for row in later}
