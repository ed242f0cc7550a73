"""The network as files: what is on the screen and no more, read back by other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
import typst
from PIL import Image

from careteam.domain.network.svg import LETTERS
from careteam.features.directory.models import Practitioner
from careteam.kit.db import db
from tests.personas import World, a_practitioner
from tests.support.referring import refer, remember
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
SCREENS = ("", "?discipline=dietitian", "?steps=2", "?view=community&at_least=10")


@pytest.fixture
def busy(world: World) -> World:
    """Wren refers to two and remembers one; Juniper refers on to Cedar, whom Wren does not know."""
    db.session.get_one(Practitioner, world.juniper).name = "=Juniper & <Outside>"
    cedar = a_practitioner("Cedar Far", "counsellor_adult", place="Leeds")
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 7, status="closed")
    refer(world.juniper, world.wren.practitioner_id, 2)
    refer(world.juniper, cedar.id, 12)
    refer(cedar.id, world.ash.practitioner_id, 4)
    assert world.rowan.practitioner_id is not None
    remember(world.wren.practitioner_id, world.rowan.practitioner_id, "few", "many")
    return world


def nodes_of(graph: nx.Graph[Any]) -> dict[str, dict[str, Any]]:
    """What is said of each, by id; GEXF calls the name a label."""
    said = {}
    for id_, attributes in graph.nodes(data=True):
        name = attributes.pop("label", None) or attributes["name"]
        said[id_] = attributes | {"name": name}
    return said


def ties_of(graph: nx.Graph[Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """What is said of each tie, without the numbers that GEXF gives its edges."""
    return {
        (sender, receiver): {name: value for name, value in tie.items() if name != "id"}
        for sender, receiver, tie in graph.edges(data=True)
    }


def table(visitor: Visitor, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(visitor.get(address).data.decode("utf-8-sig"))))


@pytest.mark.parametrize("query", SCREENS)
def test_files_hold_what_the_picture_shows_and_agree(
    busy: World, signed_in: SignIn, query: str, tmp_path: Path
) -> None:
    wren = signed_in("wren")
    shown = wren.get(f"/network.json{query}").json
    assert shown is not None
    node_link = json.loads(wren.get(f"/network-nodelink.json{query}").data)
    graph = nx.node_link_graph(node_link, edges="links")
    assert set(graph.nodes) == set(shown["nodes"]["id"])
    ids = shown["nodes"]["id"]
    assert {edge: tie["weight"] for edge, tie in ties_of(graph).items()} == {
        (ids[start], ids[end]): weight
        for start, end, weight in zip(
            shown["edges"]["from"], shown["edges"]["to"], shown["edges"]["weight"], strict=True
        )
    }
    nodes, ties = nodes_of(graph), ties_of(graph)

    path = tmp_path / "network.graphml"
    path.write_bytes(wren.get(f"/network.graphml{query}").data)
    for read in (
        nx.read_graphml(path),
        nx.read_gexf(io.BytesIO(wren.get(f"/network.gexf{query}").data)),
    ):
        assert nodes_of(read) == nodes
        assert ties_of(read) == ties
    other = igraph.Graph.Read_GraphML(str(path))
    assert other.is_directed()
    assert dict(zip(other.vs["id"], other.vs["name"], strict=True)) == {
        id_: said["name"] for id_, said in nodes.items()
    }
    assert {
        (other.vs[tie.source]["id"], other.vs[tie.target]["id"]): (tie["weight"], tie["amount"])
        for tie in other.es
    } == {edge: (tie["weight"], tie["amount"]) for edge, tie in ties.items()}

    people = table(wren, f"/network-people.csv{query}")
    assert {line["id"] for line in people} == set(nodes)
    assert {
        (line["from_id"], line["to_id"]): line["amount"]
        for line in table(wren, f"/network-ties.csv{query}")
    } == {edge: tie["amount"] for edge, tie in ties.items()}


def test_own_ties_are_in_numbers_and_those_of_others_in_bands(
    busy: World, signed_in: SignIn
) -> None:
    wren = signed_in("wren")
    lines = table(wren, "/network-ties.csv?view=community")
    assert table(wren, "/network.csv?view=community") == lines
    said = {(line["from"], line["to"]): line for line in lines}
    assert set(said) == {
        ("Wren Lead", "Ash Seated"),
        ("'=Juniper & <Outside>", "Wren Lead"),
        ("'=Juniper & <Outside>", "Cedar Far"),
        ("Wren Lead", "Rowan Member"),
        ("Rowan Member", "Wren Lead"),
    }
    own = said["Wren Lead", "Ash Seated"]
    assert (own["kind"], own["referrals"], own["accepted"]) == ("own", "7", "7")
    assert own["last"] == "2026-01-10"
    band = said["'=Juniper & <Outside>", "Cedar Far"]
    assert (band["kind"], band["amount"], band["referrals"], band["last"]) == (
        "others", "some", "", "",
    )  # fmt: skip
    assert band["half_year"] == "January to June 2026"


@pytest.mark.either_database
def test_with_numbers_nobody_is_named_and_the_tables_fit_together(
    busy: World, signed_in: SignIn
) -> None:
    wren = signed_in("wren")
    names = "names=numbers&view=community"
    people = table(wren, f"/network-people.csv?{names}")
    ties = table(wren, f"/network-ties.csv?{names}")
    assert sorted(line["name"] for line in people) == [
        f"Practitioner {number}" for number in range(1, 6)
    ]
    numbers = {line["name"]: line["id"] for line in people}
    assert {numbers[line[end]] for line in ties for end in ("from", "to")} <= set("12345")
    assert sorted(line["amount"] for line in ties) == [
        "2", "7", "about 1 or 2, by hand", "about 6 or more, by hand", "some",
    ]  # fmt: skip
    hidden = [str(busy.juniper), "Juniper", "Wren", "Cedar", "Leeds", "2026-01-10", "Bristol"]
    for address in (
        "/network.graphml",
        "/network.gexf",
        "/network-nodelink.json",
        "/network-people.csv",
        "/network-ties.csv",
        "/network-drawing.svg",
    ):
        answer = wren.get(f"{address}?{names}")
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=network")
        assert [word for word in hidden if word in answer.data.decode()] == []


@pytest.mark.either_database
def test_png_is_the_drawing_twice_as_fine(busy: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")
    drawing = wren.get("/network-drawing.svg").text
    width = int(drawing.split('width="')[1].split('"')[0])
    with Image.open(io.BytesIO(wren.get("/network.png").data)) as picture:
        assert picture.format == "PNG"
        assert abs(picture.width - 2 * width) <= 2
        colours = picture.convert("RGB").getcolors(1_000_000) or []
    assert len(colours) > 20
    brought = typst.Fonts(include_system_fonts=False).families()
    assert any(face in LETTERS and "Serif" not in face for face in brought), "where no font is"
