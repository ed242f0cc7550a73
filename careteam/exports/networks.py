"""The network that somebody sees as files: for graph programs, spreadsheets, documents.

What is not known is left out rather than filled in: an attribute that a person or a tie does not
have stands nowhere in GraphML, GEXF and JSON, and is an empty cell in a table.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import tostring

import networkx as nx

from careteam.domain.network.picture import Person
from careteam.domain.network.ties import SeenTie, TieKind
from careteam.features.network.graph import Sight
from careteam.kit.tables import csv_of

PERSON_COLUMNS = ("id", "name", "discipline", "place", "new_clients", "is_you")
TIE_COLUMNS = (
    "from", "to", "kind", "amount", "referrals", "accepted", "last", "half_year",
    "from_id", "to_id",
)  # fmt: skip
KINDS = {TieKind.OWN: "own", TieKind.BAND: "others", TieKind.RECALLED: "memory"}
ACCEPTING = {True: "yes", False: "no", None: "not known"}
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_graph(sight: Sight) -> nx.DiGraph[str]:
    """People and ties with plain values only; `weight` is the drawn one (see docs/network.md)."""
    graph: nx.DiGraph[str] = nx.DiGraph(name="Referral network")
    for person in _in_order(sight):
        graph.add_node(person.id, **_said(_of_person(person, sight.me)))
    for sender, receiver in sorted(sight.seen.edges):
        if sender in graph and receiver in graph:
            tie: SeenTie = sight.seen.edges[sender, receiver]["tie"]
            graph.add_edge(sender, receiver, weight=tie.drawn_weight, **_said(_of_tie(tie)))
    return graph


def graphml(sight: Sight) -> bytes:
    """Made a text first: the library's own way sets an encoder back for each of the two hundred
    thousand pieces that a large network has."""
    text = tostring(nx.GraphMLWriter(as_graph(sight)).xml, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'.encode()


def gexf(sight: Sight) -> bytes:
    """GEXF 1.2, whose labels are the names."""
    graph = as_graph(sight)
    for _, attributes in graph.nodes(data=True):
        attributes["label"] = attributes.pop("name")
    made = io.BytesIO()
    nx.write_gexf(graph, made, encoding="utf-8", version="1.2draft")
    return made.getvalue()


def node_link(sight: Sight) -> bytes:
    """The node-link form of networkx and d3."""
    return json.dumps(nx.node_link_data(as_graph(sight), edges="links"), indent=1).encode()


def people_csv(sight: Sight) -> bytes:
    """One person a line, those who receive most first."""
    return csv_of(PERSON_COLUMNS, (_of_person(one, sight.me) for one in _in_order(sight)))


def ties_csv(sight: Sight) -> bytes:
    """One tie a line, by names; it can be brought back as an edge list."""
    names = {person.id: person.name for person in sight.people}
    ties = (sight.seen.edges[edge]["tie"] for edge in sorted(sight.seen.edges))
    return csv_of(
        TIE_COLUMNS,
        (
            _of_tie(tie)
            | {
                "from": names[tie.sender],
                "to": names[tie.receiver],
                "from_id": tie.sender,
                "to_id": tie.receiver,
            }
            for tie in ties
            if tie.sender in names and tie.receiver in names
        ),
    )


def _in_order(sight: Sight) -> list[Person]:
    return [*(one for one in sight.people if one.id == sight.me), *sight.others]


def _of_person(person: Person, me: str | None) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "discipline": person.discipline,
        "place": person.place,
        "new_clients": ACCEPTING[person.accepting],
        "is_you": "yes" if person.id == me else None,
    }


def _of_tie(tie: SeenTie) -> dict[str, Any]:
    return {
        "kind": KINDS[tie.kind],
        "amount": tie.words,
        "referrals": tie.given,
        "accepted": tie.accepted,
        "last": tie.last_on.isoformat() if tie.last_on else None,
        "half_year": tie.half_year,
    }


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Those that are known, without the id and without what XML cannot hold."""
    return {
        name: _NOT_IN_XML.sub("", value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None and name != "id"
    }
