"""Picture, list, JSON and drawing: the same people, the same filters, the same order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import event

from careteam.features.directory.models import Practitioner
from careteam.features.network.knowing.work import work_out
from careteam.features.network.questions.community import community_known
from careteam.kit import clock
from careteam.kit.db import db
from careteam.web.network.listing import PAGE_SIZE
from careteam.web.network.picture import MOST_DRAWN
from tests.personas import World, a_practitioner
from tests.support.pages import legible
from tests.support.referring import refer, remember
from tests.support.statements import statements
from tests.support.visitor import Visitor

SVG = "{http://www.w3.org/2000/svg}"
SignIn = Callable[[str], Visitor]
ADDRESSES = ("/network", "/network/list", "/network.json", "/network.svg")
FILTERS = (
    "",
    "?discipline=dietitian",
    "?place=Leeds",
    "?accepting=y",
    "?at_least=5",
    "?steps=2",
    "?steps=2&at_least=10",
    "?view=community",
    "?view=community&discipline=osteopath&place=Bristol",
    "?by=place",
    "?since=2026-1",
    "?steps=2&until=2025-2",
    "?view=community&since=2026-1&answers=3",
)


@pytest.fixture
def busy(world: World) -> World:
    """Wren refers to two and remembers one; Juniper refers on to Cedar, whom Wren does not know."""
    juniper = db.session.get_one(Practitioner, world.juniper)
    juniper.accepting = "yes"
    cedar = a_practitioner("Cedar Far", "counsellor_adult", place="Leeds")
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 7, status="closed")
    refer(world.juniper, world.wren.practitioner_id, 2)
    refer(world.juniper, cedar.id, 12)
    assert world.rowan.practitioner_id is not None
    remember(world.wren.practitioner_id, world.rowan.practitioner_id, "few", "many")
    return world


def listed(page: str) -> list[str]:
    """Names in the list, in its order."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


@pytest.mark.parametrize("query", FILTERS)
def test_list_and_data_show_the_same_people_in_the_same_order(
    busy: World, signed_in: SignIn, query: str
) -> None:
    wren = signed_in("wren")
    nodes = wren.get(f"/network.json{query}").json["nodes"]  # type: ignore[index]
    ranked = sorted(
        (-importance, name)
        for name, importance, is_me in zip(
            nodes["name"], nodes["importance"], nodes["is_me"], strict=True
        )
        if not is_me
    )
    assert listed(wren.get(f"/network/list{query}").text) == [name for _, name in ranked]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ash Seated", "Rowan Member", "Juniper Outside"]),
        ("?discipline=dietitian", ["Juniper Outside"]),
        ("?accepting=y", ["Juniper Outside"]),
        ("?at_least=5", ["Ash Seated", "Rowan Member"]),
        ("?steps=2", ["Cedar Far", "Ash Seated", "Rowan Member", "Juniper Outside"]),
        ("?steps=2&place=Leeds", ["Cedar Far"]),
        ("?place=Leeds", []),
        ("?since=2026-1&until=2026-1", ["Ash Seated", "Juniper Outside"]),
        ("?until=2025-2", []),
        ("?steps=seven&at_least=some&page=x", ["Ash Seated", "Rowan Member", "Juniper Outside"]),
    ],
)
def test_filters_in_the_address(
    busy: World, signed_in: SignIn, query: str, names: list[str]
) -> None:
    assert listed(signed_in("wren").get(f"/network/list{query}").text) == names


def test_filters_move_nobody(busy: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")
    everybody = wren.get("/network.json").json
    dietitians = wren.get("/network.json?discipline=dietitian").json
    assert everybody is not None
    assert dietitians is not None
    places = [
        dict(zip(data["nodes"]["name"], zip(data["nodes"]["x"], data["nodes"]["y"], strict=True),
                 strict=True))
        for data in (everybody, dietitians)
    ]  # fmt: skip
    assert set(places[1]) == {"Wren Lead", "Juniper Outside"}
    assert places[1].items() <= places[0].items()


def test_list_says_own_ties_in_numbers_and_others_in_bands(busy: World, signed_in: SignIn) -> None:
    page = signed_in("wren").get("/network/list?steps=2").text
    assert "7<span" in page
    assert "about 6 or more, by hand" in page
    assert "receives from 1 person (some)" in page
    assert "12" not in re.sub(r"<[^>]+>", " ", page[page.index("<tbody") :])


@pytest.mark.parametrize("query", FILTERS)
def test_drawing_is_sound_and_carries_no_style(busy: World, signed_in: SignIn, query: str) -> None:
    answer = signed_in("wren").get(f"/network.svg{query}")
    drawing = ElementTree.fromstring(answer.text)  # noqa: S314 the drawing is our own
    assert answer.mimetype == "image/svg+xml"
    assert drawing.tag == f"{SVG}svg"
    assert {element.tag for element in drawing.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "title", "desc", "g", "rect", "circle", "path", "text")
    }
    assert not [element for element in drawing.iter() if "style" in element.attrib]


def test_drawing_of_a_large_community_is_ones_own_neighbourhood(
    busy: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careteam.web.network.picture.MOST_DRAWN", 3)
    assert MOST_DRAWN > 3
    mine = signed_in("wren").get("/network.svg?view=community").text
    assert "Juniper Outside" in mine
    assert "Cedar Far" not in mine
    strongest = signed_in("sorrel").get("/network.svg").text
    assert "Cedar Far" in strongest
    assert "Wren Lead" not in strongest
    page = signed_in("wren").get("/network?view=community").text
    assert "does not fit into one drawing" in page


def test_page_keeps_the_address_in_its_links(busy: World, signed_in: SignIn) -> None:
    page = signed_in("wren").get("/network?steps=2&discipline=dietitian").text
    assert '/network.svg?steps=2&amp;discipline=dietitian"' in page
    assert '/network/list?steps=2&amp;discipline=dietitian"' in page
    assert '/network?discipline=dietitian&amp;view=community"' in page
    assert "4 practitioners within two steps of you" in page
    assert re.search(r'<option selected value="dietitian">[^<]+ \(1\)</option>', page)


def test_without_ties_the_page_says_where_to_begin(world: World, signed_in: SignIn) -> None:
    page = signed_in("wren").get("/network").text
    assert "Who refers to whom will be here" in page
    assert "/practitioners/quick-history" in page
    assert "network-canvas" not in page
    assert "Who refers to whom will be here" in signed_in("wren").get("/network/list").text


def test_nobody_fits_says_so(busy: World, signed_in: SignIn) -> None:
    page = signed_in("wren").get("/network/list?place=Atlantis").text
    assert "Nobody fits these filters" in page
    assert "Without “Atlantis”: 3 people" in page
    data = signed_in("wren").get("/network.json?place=Atlantis&until=2025-2").json
    assert data is not None
    assert data["nodes"]["id"] == []
    assert data["ways_out"] == []


def test_time_is_gone_through_by_links(busy: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")
    page = wren.get("/network?discipline=dietitian").text
    assert ">All time</strong>" in page
    assert '/network?discipline=dietitian&amp;since=2026-1&amp;until=2026-1"' in page
    page = wren.get("/network?discipline=dietitian&since=2026-1&until=2026-1").text
    assert ">January to June 2026</strong>" in page
    assert '/network?discipline=dietitian&amp;since=2025-2&amp;until=2025-2"' in page
    assert re.search(r'href="/network\?discipline=dietitian" data-network-step="1"', page)


@pytest.mark.parametrize("by", ["groups", "ties"])
def test_what_is_worked_out_beside_the_pages_is_said_to_come_and_then_drawn(
    busy: World, signed_in: SignIn, by: str
) -> None:
    refer(busy.juniper, busy.ash.practitioner_id, 6)
    wren = signed_in("wren")
    page = wren.get(f"/network?by={by}").text
    assert "not computed yet. Until then the islands are disciplines." in page
    data = wren.get(f"/network.json?by={by}").json
    assert data is not None
    assert (data["by"], data["is_coming"]) == ("discipline", True)
    question = "/network/questions/community"
    assert wren.get(question).headers["Refresh"] == f"5; url={question}?looks=1"
    assert "Refresh" not in wren.get(f"{question}?looks=24").headers, "it does not ask for ever"
    db.session.rollback()
    work_out()
    assert "Refresh" not in wren.get(question).headers
    data = wren.get(f"/network.json?view=community&by={by}").json
    assert data is not None
    assert (data["by"], data["is_coming"]) == (by, False)
    island = dict(zip(data["nodes"]["name"], data["nodes"]["group"], strict=True))
    labels = data["groups"]["label"]
    assert labels[island["Rowan Member"]] in ("In no group shown", "No ties that all may see")
    assert labels[island["Cedar Far"]] in ("Around Cedar Far", "counsellor_adult")
    assert "Cedar Far" in wren.get(f"/network.svg?view=community&by={by}").text
    if by == "groups":
        told = legible(wren.get("/network/questions/community").text)
        called = [label for label in labels if label.startswith("Around ")]
        assert called
        assert all(label in told for label in called), "the same name in both places"
        counts = dict(zip(labels, data["groups"]["count"], strict=True))
        groups = community_known(busy.wren).groups
        assert {each.name: each.drawn for each in groups if each.drawn} == {
            label: counts[label] for label in called
        }


def test_how_many_are_known_to_answer_is_said(busy: World, signed_in: SignIn) -> None:
    page = signed_in("wren").get("/network/list?answers=2").text
    assert "is known of 0 of 3 people" in page
    assert "Without “Usually answers within 2 working days”: 3 people" in page


def test_steward_without_an_entry_gets_the_community_in_bands(
    busy: World, signed_in: SignIn
) -> None:
    sorrel = signed_in("sorrel")
    page = sorrel.get("/network").text
    assert "in the community" in page
    assert "Two steps" not in page
    data = sorrel.get("/network.json").json
    assert data is not None
    assert data["me"] is None
    assert data["edges"]["kind"] == [1, 1]
    assert sorted(data["edges"]["weight"]) == [5, 10]


@pytest.mark.parametrize("address", ADDRESSES)
def test_stranger_is_asked_to_sign_in(world: World, visitor: Visitor, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("address", [*ADDRESSES, "/network?steps=2", "/network?view=community"])
def test_statements_do_not_grow_with_the_network(
    app: Flask, busy: World, signed_in: SignIn, address: str
) -> None:
    wren = signed_in("wren")

    def cost() -> int:
        with statements() as seen:
            assert wren.get(address).status_code == 200
        return len(seen)

    cost()
    few = cost()
    for number in range(5):
        other = a_practitioner(f"Oak {number}")
        refer(busy.wren.practitioner_id, other.id, 5)
    assert cost() == few


def test_long_list_has_pages(busy: World, signed_in: SignIn) -> None:
    for number in range(PAGE_SIZE):
        a_practitioner(f"Oak {number:03}")
    db.session.commit()
    wren = signed_in("wren")
    first = wren.get("/network/list?view=community").text
    second = wren.get("/network/list?view=community&page=2").text
    assert len(listed(first)) == PAGE_SIZE
    assert len(listed(second)) == 4
    assert "view=community&amp;page=2" in first


@pytest.mark.either_database
@pytest.mark.parametrize("address", ["/network", "/network.json?steps=2", "/network/people/{}"])
def test_people_named_are_found_by_their_key_and_not_by_reading_the_directory(
    app: Flask, busy: World, signed_in: SignIn, address: str
) -> None:
    """Without statistics SQLite prefers any index of an equality, also one that holds everybody."""
    wren, asked = signed_in("wren"), list[tuple[str, Any]]()
    for number in range(40):
        refer(busy.wren.practitioner_id, a_practitioner(f"Oak {number}").id)

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, given))

    event.listen(db.engine, "before_cursor_execute", note)
    assert wren.get(address.format(busy.juniper)).status_code == 200
    event.remove(db.engine, "before_cursor_execute", note)
    with db.engine.connect() as connection:
        steps = [
            step[-1]
            for statement, given in asked
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        ]
    read = ("SCAN practitioners", "SCAN workplaces", "(retired_at=?)", "SCAN referrals")
    assert not [step for step in steps if step.startswith(read) or step.endswith(read)]


def test_all_filters_of_an_empty_picture_are_cleared_at_once(
    busy: World, signed_in: SignIn
) -> None:
    page = signed_in("wren").get("/network?view=community&discipline=midwife&at_least=20").text
    assert '<a href="/network?view=community">Clear all filters</a>' in page


def test_whoever_is_alone_is_offered_to_add_others_and_not_to_remember_them(
    world: World, signed_in: SignIn
) -> None:
    wren = signed_in("wren")
    assert "Note it from memory" in wren.get("/network").text
    others = Practitioner.id != world.wren.practitioner_id
    db.session.query(Practitioner).filter(others).update({"retired_at": clock.now()})
    db.session.commit()
    for address in ("/network", "/network/list", "/network/questions/balance"):
        page = wren.get(address).text
        assert "Note it from memory" not in page
        assert 'href="/practitioners/new"' in page
