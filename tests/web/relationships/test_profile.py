"""One's own profile on one page, and the address that shows it to whoever holds the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest
from flask import Flask

from careteam.exports.profiles import profile_pdf
from careteam.features.directory.models import Practitioner, Workplace
from careteam.features.relationships.profile import profile_of
from careteam.kit.db import db
from tests.personas import World
from tests.support.files import codes_on, pdf_text
from tests.support.pages import legible
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
HERE = "https://team.example.org"
PAGE = "/relationships/profile"


@pytest.fixture
def wren(signed_in: SignIn) -> Visitor:
    return signed_in("wren")


def test_without_an_address_the_page_has_no_code(
    app: Flask, world: World, wren: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_here = replace(app.extensions["careteam_settings"], public_url=None)
    monkeypatch.setitem(app.extensions, "careteam_settings", only_here)
    assert "The page has no code yet" in wren.get(PAGE).text
    assert wren.post(f"{PAGE}/show").status_code == 409
    answer = wren.client.get(f"{PAGE}.pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=profile.pdf"
    words = pdf_text(answer.data)
    assert "Wren" in words
    assert "Massage therapist" in words
    assert codes_on(answer.data) == []


def test_code_opens_the_entry_for_a_stranger_until_it_is_taken_back(
    world: World, wren: Visitor, visitor: Visitor
) -> None:
    assert wren.post(f"{PAGE}/show").status_code == 303
    wren.post(f"{PAGE}/show")
    (address,) = codes_on(wren.client.get(f"{PAGE}.pdf").data)
    assert address.startswith(f"{HERE}/card/")
    path = address.removeprefix(HERE)
    assert address in wren.get(PAGE).text
    shown = visitor.get(path)
    assert shown.status_code == 200
    assert "Wren" in legible(shown.text)
    assert '<meta name="robots" content="noindex">' in shown.text
    assert visitor.get("/card/00000000-0000-4000-8000-000000000000").status_code == 404

    wren.post(f"{PAGE}/hide")
    assert visitor.get(path).status_code == 404
    wren.post(f"{PAGE}/show")
    assert visitor.get(path).status_code == 404, "what was ended never opens again"


def test_entry_that_was_taken_out_is_not_shown(
    world: World, wren: Visitor, visitor: Visitor, signed_in: SignIn
) -> None:
    wren.post(f"{PAGE}/show")
    (address,) = codes_on(wren.client.get(f"{PAGE}.pdf").data)
    db.session.rollback()
    entry = db.session.get_one(Practitioner, world.wren.practitioner_id)
    entry.claimed_at = None
    db.session.commit()
    assert visitor.get(address.removeprefix(HERE)).status_code == 404
    sorrel = signed_in("sorrel")
    assert sorrel.get(PAGE).status_code == 404, "who has no entry has no profile"
    assert sorrel.post(f"{PAGE}/show").status_code == 403


@pytest.mark.parametrize("about", ["A word. " * 1200, "line\n" * 400, "W" * 9000, "#panic(1) *b*"])
def test_profile_is_one_page_whatever_the_entry_says(world: World, about: str) -> None:
    entry = Practitioner(
        name="N" * 200,
        bio=about,
        website="https://example.org/" + "w" * 180,
        accepting="yes",
        sees_in_person=True,
        registration_body="R" * 200,
        disciplines=[],
        languages=[],
        workplaces=[Workplace(practice="P" * 200, place="T" * 200, days="D" * 200)] * 9,
    )
    made = profile_pdf(profile_of(entry), f"{HERE}/card/00000000-0000-4000-8000-000000000000")
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 1
    document.close()
    assert len(codes_on(made)) == 1
