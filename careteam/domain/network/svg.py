"""The network picture as an SVG file: the same islands, for pages without JavaScript and to keep.

It carries its own colours as presentation attributes, holds no style, script, link or outside
address, and says in `title` and `desc` what it shows, so it can be opened alone.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from careteam.domain.network.ties import Outcome, TieKind

GROUND = "#fbfaf7"
INK = "#1c2b2d"
LINE = "#5f6f73"
COLOURS = (
    "#0f766e", "#a8432d", "#5b4db0", "#3f7a2e", "#9d2f6f", "#80590a",
    "#1d5ba8", "#8a3a8f", "#475f6b", "#6d4733", "#5c6b10", "#b0224f",
)  # fmt: skip
"""One an island, each at least 4.5 to 1 on the ground."""
NAME_SIZE = 12.0
GROUP_SIZE = 16.0
BORDER = 48.0
WORDS_PER_EM, BOLD_WORDS_PER_EM = 0.56, 0.64
"""Mean width of a letter in the usual sans-serif faces, in em."""
MOST_NAMES = 90
MOST_HEADS = 160
"""Ties; the direction of more cannot be told by arrows any more."""
KEY_LINE = 20.0
LONGEST_LINE = 20
"""Letters in one line of a group's name."""
ELBOW = 0.12
"""How far the middle of a tie stands off the straight line, as a part of its length."""
DOTTED = ' stroke-dasharray="2 3.5" stroke-opacity="0.9"'
DOTTED_WIDTH = 1.6
"""Ties from memory: dots lose most of a line's ink, so they are neither thin nor faint."""
LETTERS = (
    "Inter, system-ui, Helvetica, Arial, Liberation Sans, Segoe UI, Roboto, Noto Sans, "
    "DejaVu Sans, DejaVu Sans Mono, sans-serif"
)
"""The interface's face, else what a machine has: typst knows no "sans-serif", and brings the last
but one itself."""
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Box = tuple[float, float, float, float]


def render_svg(picture: dict[str, Any], title: str = "Referral network") -> str:
    """Return the SVG document of a picture of `picture.build_picture`."""
    left, top, right, bottom = picture["box"]
    left, top = left - BORDER, top - BORDER - GROUP_SIZE
    width = max(right + BORDER - left, 320.0)
    foot = top + max(bottom + BORDER - top, 200.0)
    key = _key(picture)
    height = foot + len(key) * KEY_LINE - top
    nodes, edges = picture["nodes"], picture["edges"]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
            f'aria-labelledby="network-title network-desc" width="{width:.0f}" '
            f'height="{height:.0f}" viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" '
            f'font-family="{LETTERS}" fill="{INK}">',
            f'<title id="network-title">{_text(title)}</title>',
            f'<desc id="network-desc">{_summary(picture)}</desc>',
            f'<rect class="ground" x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" fill="{GROUND}"/>',
            *(_islands(picture["groups"]) if nodes["id"] else ()),
            f'<g class="ties" fill="none" stroke="{LINE}" stroke-opacity="{_faintness(edges)}">',
            *_ties(nodes, edges),
            "</g>",
            f'<g class="ends" stroke="{LINE}" opacity="{_faintness(edges) + 0.2:.2f}">',
            *_ends(nodes, edges),
            "</g>",
            *_people(picture),
            *(_names(picture, (left, top, left + width, foot)) if nodes["id"] else ()),
            *_nobody(nodes, left + width / 2, (top + foot) / 2),
            *_key_lines(key, left + BORDER, foot),
            "</svg>",
            "",
        ]
    )


def _key(picture: dict[str, Any]) -> list[tuple[int, str]]:
    """The colours with their disciplines, where no island bears their name."""
    if picture["by"] == "discipline":
        return []
    named: dict[int, list[str]] = {}
    labels = picture["labels"]
    for colour, label in zip(labels["colours"], labels["short"], strict=True):
        named.setdefault(colour, []).append(label)
    return [(colour, ", ".join(sorted(names))) for colour, names in sorted(named.items())]


def _nobody(nodes: dict[str, list[Any]], x: float, y: float) -> Iterable[str]:
    """Words where there is nobody to draw, so that it does not look broken."""
    if not nodes["id"]:
        at = f'x="{x:.0f}" y="{y:.0f}" font-size="{GROUP_SIZE:.0f}" text-anchor="middle"'
        yield f"<text {at}>Nobody fits these filters.</text>"


def _key_lines(key: list[tuple[int, str]], left: float, top: float) -> Iterable[str]:
    yield f'<g class="key" font-size="{NAME_SIZE:.0f}">'
    for number, (colour, names) in enumerate(key):
        y = top + number * KEY_LINE
        yield f'<circle cx="{left:.0f}" cy="{y:.0f}" r="5" fill="{COLOURS[colour]}"/>'
        yield f'<text x="{left + 12:.0f}" y="{y + NAME_SIZE * 0.35:.0f}">{_text(names)}</text>'
    yield "</g>"


def dot_radius(importance: float) -> float:
    """Radius of a person's dot for an importance of 0 to 1, in units of the layout."""
    return 4.0 + 6.0 * importance


def _faintness(edges: dict[str, list[Any]]) -> float:
    """The more ties, the fainter each: 0.4 for a few, 0.1 for thousands."""
    return round(max(0.1, min(0.4, 5.0 / math.sqrt(len(edges["from"]) + 1))), 2)


def _summary(picture: dict[str, Any]) -> str:
    people, ties = len(picture["nodes"]["id"]), len(picture["edges"]["from"])
    grouped = _GROUPED[picture["by"]]
    return (
        f"{people} practitioners {grouped}, {ties} referral ties. A filled dot takes "
        f"new clients, a hollow one does not, a ring with a point is not known."
    )


_GROUPED = {
    "discipline": "grouped by discipline",
    "place": "grouped by place",
    "groups": "grouped by who refers among themselves",
    "ties": "near those with whom they exchange referrals",
}


def _islands(groups: dict[str, list[Any]]) -> Iterable[str]:
    yield '<g class="islands">'
    for x, y, r, colour in zip(
        groups["x"], groups["y"], groups["r"], groups["colour"], strict=True
    ):
        if r:
            fill = f'fill="{LINE if colour < 0 else COLOURS[colour]}" fill-opacity="0.09"'
            yield f'<circle cx="{x}" cy="{y}" r="{r}" {fill}/>'
    yield "</g>"


def _ties(nodes: dict[str, list[Any]], edges: dict[str, list[Any]]) -> Iterable[str]:
    for start, end, weight, kind in zip(
        edges["from"], edges["to"], edges["weight"], edges["kind"], strict=True
    ):
        ax, ay, mx, my, bx, by = _bent(nodes, start, end)
        width, dots = min(0.6 + 0.3 * math.sqrt(weight), 3.0), ""
        if kind == TieKind.RECALLED:
            width, dots = max(width, DOTTED_WIDTH), DOTTED
        yield (
            f'<path d="M{ax} {ay}Q{mx:.1f} {my:.1f} {bx} {by}" stroke-width="{width:.2f}"{dots}/>'
        )


def _bent(nodes: dict[str, list[Any]], start: int, end: int) -> tuple[float, ...]:
    """Start, elbow and end of a tie's line."""
    ax, ay, bx, by = nodes["x"][start], nodes["y"][start], nodes["x"][end], nodes["y"][end]
    return ax, ay, (ax + bx) / 2 - (by - ay) * ELBOW, (ay + by) / 2 + (bx - ax) * ELBOW, bx, by


def _ends(nodes: dict[str, list[Any]], edges: dict[str, list[Any]]) -> Iterable[str]:
    if len(edges["from"]) > MOST_HEADS:
        return
    for start, end, kind, outcome in zip(
        edges["from"], edges["to"], edges["kind"], edges["outcome"], strict=True
    ):
        *_, mx, my, bx, by = _bent(nodes, start, end)
        rim = dot_radius(nodes["importance"][end]) + 2
        yield _head(kind, outcome, (bx, by), math.atan2(by - my, bx - mx), rim)


def _head(kind: int, outcome: int, tip: tuple[float, float], angle: float, rim: float) -> str:
    """The end of a tie, at the rim of the dot: filled accepted, hollow no answer, a bar declined;
    of others' ties, where it is not told, two strokes."""
    x, y = tip[0] - math.cos(angle) * rim, tip[1] - math.sin(angle) * rim
    if outcome == Outcome.DECLINED:
        aside_x, aside_y = -math.sin(angle) * 4, math.cos(angle) * 4
        return (
            f'<path d="M{x - aside_x:.1f} {y - aside_y:.1f}L{x + aside_x:.1f} {y + aside_y:.1f}" '
            f'stroke-width="1.6"/>'
        )
    sides = [
        f"{x - math.cos(angle + turn) * 8:.1f} {y - math.sin(angle + turn) * 8:.1f}"
        for turn in (-0.42, 0.42)
    ]
    close = "" if kind == TieKind.BAND else "Z"
    fill = GROUND if outcome == Outcome.UNANSWERED else LINE
    if kind == TieKind.BAND:
        fill = "none"
    return f'<path d="M{sides[0]}L{x:.1f} {y:.1f}L{sides[1]}{close}" fill="{fill}"/>'


def _people(picture: dict[str, Any]) -> Iterable[str]:
    nodes, labels = picture["nodes"], picture["labels"]
    yield '<g class="people">'
    for number, name in enumerate(nodes["name"]):
        x, y, accepting = nodes["x"][number], nodes["y"][number], nodes["accepting"][number]
        radius = dot_radius(nodes["importance"][number])
        colour = COLOURS[labels["colours"][nodes["discipline"][number]]]
        discipline = labels["disciplines"][nodes["discipline"][number]]
        fill = f'fill="{colour}"' if accepting == 1 else f'fill="{GROUND}" stroke="{colour}"'
        yield (
            f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" {fill} stroke-width="2">'
            f"<title>{_text(name)}, {_text(discipline)}</title></circle>"
        )
        if accepting == -1:
            yield f'<circle cx="{x}" cy="{y}" r="{radius * 0.35:.1f}" fill="{colour}"/>'
        if nodes["is_me"][number]:
            yield (
                f'<circle class="me" cx="{x}" cy="{y}" r="{radius + 4:.1f}" fill="none" '
                f'stroke="{INK}" stroke-width="2.5"/>'
            )
    yield "</g>"


def _names(picture: dict[str, Any], frame: Box) -> Iterable[str]:
    nodes, groups = picture["nodes"], picture["groups"]
    room = _Room(frame)
    radii = [dot_radius(importance) for importance in nodes["importance"]]
    for x, y, radius in zip(nodes["x"], nodes["y"], radii, strict=True):
        room.take((x - radius, y - radius, x + radius, y + radius))
    yield f'<g class="groups" font-size="{GROUP_SIZE:.0f}" font-weight="700" {_HALO}>'
    for label, x, y, r, colour in zip(
        groups["label"], groups["x"], groups["y"], groups["r"], groups["colour"], strict=True
    ):
        for line, middle, base in _group_lines(label, x, y, r, room) if r else ():
            room.take(_bold_box_of(line, middle, base))
            at = f'x="{middle:.1f}" y="{base:.1f}"'
            fill = INK if colour < 0 else COLOURS[colour]
            yield f'<text {at} fill="{fill}">{_text(line)}</text>'
    yield "</g>"
    yield f'<g class="names" font-size="{NAME_SIZE:.0f}" {_HALO}>'
    order = sorted(
        range(len(nodes["id"])),
        key=lambda number: (-nodes["is_me"][number], -nodes["importance"][number], number),
    )
    written = 0
    for number in order:
        spot = _spot(nodes, number, radii[number], room)
        if spot is not None and written < MOST_NAMES:
            written += 1
            yield f'<text x="{spot[0]:.1f}" y="{spot[1]:.1f}">{_text(nodes["name"][number])}</text>'
    yield "</g>"


def _group_lines(
    label: str, x: float, y: float, r: float, room: _Room
) -> list[tuple[str, float, float]]:
    """Lines of a group's name with their middles and base lines: above the island or below it, or
    there to one side, where it covers least. It is always written, for this drawing cannot be
    looked at more closely.
    """
    lines = textwrap.wrap(label, LONGEST_LINE, break_long_words=False)
    step = GROUP_SIZE * 1.1
    last = len(lines) - 1
    above = [y - r - 7 - (last - row) * step for row in range(len(lines))]
    below = [y + r + 7 + GROUP_SIZE * 0.85 + row * step for row in range(len(lines))]
    places = [
        [(line, x + aside, base) for line, base in zip(lines, bases, strict=True)]
        for bases in (above, below)
        for aside in (0.0, r / 2, -r / 2, r, -r)
    ]
    return min(places, key=lambda place: sum(room.covers(_bold_box_of(*line)) for line in place))


def _spot(
    nodes: dict[str, list[Any]], number: int, radius: float, room: _Room
) -> tuple[float, float] | None:
    """Middle and base line of a free place beside the dot, taken at once; None without one."""
    x, y, name = nodes["x"][number], nodes["y"][number], nodes["name"][number]
    beside = radius + 4 + len(name) * NAME_SIZE * WORDS_PER_EM / 2
    for place in (
        (x + beside, y + NAME_SIZE * 0.35),
        (x - beside, y + NAME_SIZE * 0.35),
        (x, y + radius + NAME_SIZE + 1),
        (x, y - radius - 4),
    ):
        box = _box_of(name, NAME_SIZE, *place)
        if room.is_free(box):
            room.take(box)
            return place
    return None


_HALO = (
    f'text-anchor="middle" stroke="{GROUND}" stroke-width="3" stroke-linejoin="round" '
    f'paint-order="stroke"'
)


class _Room:
    """The squares of the drawing that are taken; asking costs the size of the box alone.

    Nothing is free beyond the frame, where it would be cut off.
    """

    SIDE = 5.0

    def __init__(self, frame: Box) -> None:
        self._frame = frame
        self._taken: set[tuple[int, int]] = set()

    def take(self, box: Box) -> None:
        self._taken.update(self._squares(box))

    def is_free(self, box: Box) -> bool:
        return not self.covers(box)

    def covers(self, box: Box) -> int:
        """How many squares of the box are taken; more than any where it would be cut off."""
        left, top, right, bottom = self._frame
        squares = self._squares(box)
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return 2 * len(squares)
        return len(squares & self._taken)

    def _squares(self, box: Box) -> set[tuple[int, int]]:
        left, top, right, bottom = (math.floor(side / self.SIDE) for side in box)
        return {(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}


def _bold_box_of(text: str, x: float, line: float) -> Box:
    return _box_of(text, GROUP_SIZE, x, line, BOLD_WORDS_PER_EM)


def _box_of(text: str, size: float, x: float, line: float, wide: float = WORDS_PER_EM) -> Box:
    half = len(text) * size * wide / 2
    return (x - half, line - size * 0.85, x + half, line + size * 0.2)


def _text(value: str) -> str:
    """Escape for XML text; characters that XML cannot hold are dropped."""
    return escape(_NOT_IN_XML.sub("", value))
