"""Who could I ask: ways over people one knows, asking out, and the names that come back."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest

from careteam.features.directory.models import Practitioner, TrustWords
from careteam.features.relationships.forgetting import forget_people
from careteam.features.relationships.models import Ask, AskedName
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_practitioner
from tests.support.pages import legible
from tests.support.referring import refer
from tests.support.visitor import Visitor

pytestmark = pytest.mark.either_database
SignIn = Callable[[str], Visitor]
PAGE = "/relationships/ask"
ASKED = "00000000-0000-4000-8000-00000000a5c0"
NAMED = "00000000-0000-4000-8000-00000000a5c1"


def test_people_one_knows_are_named_and_what_is_missing(world: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")
    assert "Nobody within three steps" in wren.get(f"{PAGE}?discipline=dietitian").text
    refer(world.wren.practitioner_id, world.juniper, at=clock.now())
    page = legible(wren.get(f"{PAGE}?discipline=dietitian&place=Bath").text)
    assert "You know Juniper Outside." in page
    assert "a good dietitian near Bath to work with" in page
    assert "Hazel" not in page
    assert "This is about people you know" in signed_in("sorrel").get(PAGE).text


def test_name_that_came_back_is_a_draft_until_it_is_an_entry(
    world: World, signed_in: SignIn
) -> None:
    wren = signed_in("wren")
    asked = {"new_id": ASKED, "discipline": "dietitian", "place": "Bath"}
    refused = wren.post(PAGE, asked)
    assert refused.status_code == 422
    assert "Say where you asked." in refused.text
    for _ in range(2):
        assert wren.post(PAGE, asked | {"where": "The local group"}).status_code == 303
    assert db.session.query(Ask).count() == 1
    names = f"{PAGE}/{ASKED}/names"
    wrong = wren.post(names, {"reach": "0117 496 0101"})
    assert (wrong.status_code, "Give the name." in wrong.text) == (422, True)
    assert 'value="0117 496 0101"' in wrong.text
    name = {"name": "Tansy Heard", "reach": "0117 496 0101, tansy@example.org", "said_by": "Bo"}
    wren.post(names, name | {"new_id": NAMED})
    assert "To check" in wren.get(PAGE).text
    assert "Tansy" not in signed_in("rowan").get("/practitioners").text
    assert signed_in("rowan").post(f"{PAGE}/names/{NAMED}/add").status_code == 404
    added = wren.post(f"{PAGE}/names/{NAMED}/add")
    entry = db.session.query(Practitioner).filter_by(name="Tansy Heard").one()
    assert added.location == f"/relationships/people/{entry.id}/check"
    assert (entry.email, entry.verified_on) == ("tansy@example.org", None)
    assert wren.post(f"{PAGE}/names/{NAMED}/add").location == added.location
    assert db.session.query(Practitioner).filter_by(name="Tansy Heard").count() == 1


def test_name_of_somebody_who_is_there_is_not_entered_twice(
    world: World, signed_in: SignIn
) -> None:
    wren, there = signed_in("wren"), a_practitioner("Tansy Heard", "dietitian").id
    db.session.commit()
    wren.post(PAGE, {"new_id": ASKED, "discipline": "dietitian", "where": "My page"})
    wren.post(f"{PAGE}/{ASKED}/names", {"new_id": NAMED, "name": "tansy heard"})
    page = wren.get(PAGE).text
    assert "It is the entry of this name" in page
    assert re.search(rf'name="practitioner_id" value="{there}"', page)
    wren.post(f"{PAGE}/names/{NAMED}/drop", {"dropped": "y"})
    assert "Take up again" in wren.get(PAGE).text
    wren.post(f"{PAGE}/names/{NAMED}/is", {"practitioner_id": str(there)})
    assert db.session.query(AskedName.practitioner_id).scalar() == there
    assert wren.post(f"{PAGE}/names/{NAMED}/is", {"practitioner_id": "x"}).status_code == 404
    wren.post(f"{PAGE}/{ASKED}/remove")
    assert "My page" not in wren.get(PAGE).text


def test_names_and_words_about_somebody_who_asked_to_be_removed_are_erased(
    world: World, signed_in: SignIn
) -> None:
    wren = signed_in("wren")
    wren.post(PAGE, {"new_id": ASKED, "discipline": "dietitian", "where": "My page"})
    for who, name in ((str(world.juniper), "Juniper"), ("", "Tansy Heard")):
        key = str(uuid4())
        wren.post(f"{PAGE}/{ASKED}/names", {"new_id": key, "name": name})
        if who:
            wren.post(f"{PAGE}/names/{key}/is", {"practitioner_id": who})
    wren.post(f"/practitioners/{world.juniper}/trust", {"sentence": "She listens."})
    assert forget_people() is None
    db.session.get_one(Practitioner, world.juniper).removal_asked_at = clock.now()
    db.session.commit()
    assert forget_people() == "Notes erased about people who were removed: 2."
    db.session.commit()
    assert [row.name for row in db.session.query(AskedName)] == ["Tansy Heard"]
    assert db.session.query(TrustWords).count() == 0
