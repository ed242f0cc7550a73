"""The network of the screen as files: the same people and ties, whatever the address asks for."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, g, request
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.network.svg import render_svg
from careteam.exports import networks
from careteam.exports.typesetting import picture_of as png_of
from careteam.features.network.graph import Filters, Sight, picture_of
from careteam.features.network.taking import numbered, on_screen
from careteam.web.frame.files import taken_away
from careteam.web.network.asking import Asked, asked
from careteam.web.network.picture import drawable, drawing_of
from careteam.web.network.room import room

NAMELESS = "numbers"
"""The value of `names` in the address that asks for numbers in place of names."""


@room.get("/network.graphml", access=Permission.READ_NETWORK)
def network_graphml() -> ResponseReturnValue:
    return _file(networks.graphml, "graphml", "application/graphml+xml")


@room.get("/network.gexf", access=Permission.READ_NETWORK)
def network_gexf() -> ResponseReturnValue:
    return _file(networks.gexf, "gexf", "application/gexf+xml")


@room.get("/network-nodelink.json", access=Permission.READ_NETWORK)
def network_nodelink() -> ResponseReturnValue:
    return _file(networks.node_link, "json", "application/json")


@room.get("/network-people.csv", access=Permission.READ_NETWORK)
def network_people_csv() -> ResponseReturnValue:
    return _file(networks.people_csv, "csv", "text/csv", "people")


@room.get("/network-ties.csv", access=Permission.READ_NETWORK)
def network_ties_csv() -> ResponseReturnValue:
    return _file(networks.ties_csv, "csv", "text/csv", "ties")


@room.get("/network.csv", access=Permission.READ_NETWORK)
def network_csv() -> ResponseReturnValue:
    """The ties, at the address by which other programs know the network as a table."""
    return network_ties_csv()


@room.get("/network.png", access=Permission.READ_NETWORK)
def network_png() -> ResponseReturnValue:
    return taken_away(png_of(_drawing()), _name("png"), "image/png")


@room.get("/network-drawing.svg", access=Permission.READ_NETWORK)
def network_drawing() -> ResponseReturnValue:
    """The drawing to keep; `/network.svg` is the one that the page shows."""
    return taken_away(_drawing().encode(), _name("svg"), "image/svg+xml")


def _file(
    write: Callable[[Sight], bytes], ending: str, media_type: str, part: str = ""
) -> ResponseReturnValue:
    given = asked()
    return taken_away(write(_taken(given.sight(), given)), _name(ending, part), media_type)


def _drawing() -> str:
    given = asked()
    if not _is_nameless():
        return drawing_of(given)
    sight = _taken(drawable(given), given)
    return render_svg(picture_of(sight, Filters()))


def _taken(sight: Sight, given: Asked) -> Sight:
    shown = on_screen(sight, given.filters)
    return numbered(shown, _key()) if _is_nameless() else shown


def _is_nameless() -> bool:
    return request.args.get("names") == NAMELESS


def _key() -> bytes:
    """Another for each account, so that the files of two people cannot be laid side by side."""
    return f"{current_app.secret_key!r} numbers of {g.actor.account_id}".encode()


def _name(ending: str, part: str = "") -> str:
    """Says nothing of anybody."""
    words = ("network", part, "numbered" if _is_nameless() else "")
    return f"{'-'.join(filter(None, words))}.{ending}"
