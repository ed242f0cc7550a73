"""What somebody else on the team added stands on Today until it is looked at."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

from flask import Flask

from careteam.access.reach import forget
from careteam.features.clients.models import Goal
from careteam.features.consents.models import Consent
from careteam.features.directory.models import PractitionerDiscipline
from careteam.features.measures.operations import record_measurement
from careteam.features.teams.models import Cover
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.personas import World
from tests.support.files import a_pdf
from tests.support.linking import a_place
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
CARD = "Added by others"
HOLD = {"kind": "hold", "scope": "none", "what": "Fasting", "why": "Faints."}


def a_value(world: World, who: str, value: float) -> None:
    """The goal is measured by pain, which Hazel lets Ash know and a physiotherapist reads."""
    goal = db.session.get_one(Goal, world.goal_id)
    goal.measure = "pain_nrs"
    consent = db.session.get_one(Consent, world.consent_id)
    consent.classes = sorted({*consent.classes, "functional_status"})
    lead_id = world.wren.practitioner_id
    also = PractitionerDiscipline(practitioner_id=lead_id, discipline="physiotherapist", position=1)
    db.session.merge(also)
    db.session.flush()
    forget()
    record_measurement(
        actor=getattr(world, who),
        goal=goal,
        measurement_id=uuid4(),
        measure="pain_nrs",
        value=value,
        taken_on=clock.today(),
    )
    db.session.commit()


def look_at(visitor: Visitor, kind: str) -> str | None:
    """Press the button on the line of this kind; where it leads."""
    page = visitor.get("/").text
    found = re.search(rf'action="(/added/{kind}/[^"]+)".*?name="until" value="([^"]+)"', page, re.S)
    assert found, page
    return visitor.post(found.group(1), {"until": html.unescape(found.group(2))}).location


def test_hold_file_and_value_of_a_specialist_wait_until_they_are_looked_at(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    referral_id, holder, home = a_place(app, world)
    wren = signed_in("wren")
    assert CARD not in wren.get("/").text
    holder.post(f"{home}/precautions/new", HOLD | {"new_id": str(uuid4())})
    given = {"label": "Food diary", "information_class": "goal_plan"}
    holder.post(f"{home}/files", given | {"file": (BytesIO(a_pdf()), "x.pdf")})
    a_value(world, "ash", 4)
    shown = wren.get("/").text
    for words in (
        "1 hold or caution from",
        "1 file from Juniper Outside",
        "1 value from Ash Seated",
    ):
        assert words in shown
    for secret in ("Fasting", "Faints", "Food diary"):
        assert secret not in shown
    for name in ("ash", "rowan"):
        assert CARD not in signed_in(name).get("/").text
    assert look_at(wren, "hold") == f"/clients/{world.client_id}?goal={world.goal_id}#safety"
    assert look_at(wren, "files") == f"/referrals/{referral_id}/files"
    assert look_at(wren, "value") == f"/goals/{world.goal_id}/measures"
    assert CARD not in wren.get("/").text


def test_file_waits_for_whoever_stands_in_too(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    _, holder, home = a_place(app, world)
    given = {"label": "Food diary", "information_class": "goal_plan"}
    holder.post(f"{home}/files", given | {"file": (BytesIO(a_pdf()), "x.pdf")})
    rowan = signed_in("rowan")
    assert CARD not in rowan.get("/").text
    db.session.add(
        Cover(
            client_id=world.client_id,
            author_id=world.wren.practitioner_id,
            practitioner_id=world.rowan.practitioner_id,
            from_on=date(2026, 3, 1),
            until_on=date(2026, 3, 9),
            agreed_on=date(2026, 3, 1),
            agreed_how="spoken",
        )
    )
    db.session.commit()
    assert "1 file from Juniper Outside" in rowan.get("/").text
    files = look_at(rowan, "files")
    assert files is not None
    [opened] = re.findall(rf'href="({files}/[^"]+)"', rowan.get(files).text)
    assert rowan.get(opened).data.startswith(b"%PDF")
    for address in (files, opened):
        assert signed_in("ash").get(address).status_code == 404
    assert CARD not in signed_in("wren").get("/").text


def test_what_came_meanwhile_stays_new_and_what_the_lead_records_is_none(
    world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    a_value(world, "wren", 3)
    assert CARD not in wren.get("/").text
    a_value(world, "ash", 4)
    page = wren.get("/").text
    with clock.stopped(NOW + timedelta(minutes=1)):
        a_value(world, "ash", 5)
    until = re.findall(r'name="until" value="([^"]+)"', page)[0]
    wren.post(f"/added/value/{world.goal_id}/look", {"until": html.unescape(until)})
    assert "1 value from Ash Seated" in wren.get("/").text
    assert signed_in("ash").post(f"/added/value/{world.goal_id}/look").status_code == 404
