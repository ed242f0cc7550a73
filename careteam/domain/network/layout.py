"""The islands layout: where everybody stands in the picture.

People of one group (a discipline or a place) stand in a disc, the one who receives most in the
middle, the others around in the sunflower spiral of H. Vogel ("A better way to construct the
sunflower head", Mathematical Biosciences 44, 1979): person k at radius sqrt(k + 1/2) and angle
k times the golden angle. The discs are placed one by one, the largest first, each at the free
spot nearest to the groups it exchanges referrals with. Nothing is random and the order of the
input does not matter, so the same community gives the same picture. Linear in people and ties;
quadratic in groups, of which there are few.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SPACING = 26.0
"""Typical distance of two neighbours in a disc, in units of the picture."""
MARGIN = 18.0
"""From the outermost person's centre to the rim of the disc, at the least."""
TIGHT = 0.62
"""Scale of the spiral: with radius c sqrt(k) neighbours stand about 1.6 to 1.9 c apart."""
SMALLEST = 44.0
"""Radius of a disc of one person: below it the names of neighbouring groups would collide."""
GAP = 46.0
"""Between two discs at the least: room for the name of a group in two lines."""
SPOKES = 72
"""Directions in which a free spot is looked for."""
FLATTEN = 1.35
"""How much more a vertical distance costs than a horizontal one: pictures are wide."""
GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody to be placed. `importance` orders the disc from its middle outwards."""

    id: str
    group: str
    importance: float = 0.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A placed group: centre, radius, number of people. Its name stands above the rim."""

    group: str
    x: float
    y: float
    radius: float
    count: int


@dataclass(frozen=True, slots=True)
class Islands:
    """The layout: discs (the largest first), positions by id, and the box around all discs."""

    discs: tuple[Disc, ...]
    positions: Mapping[str, tuple[float, float]]
    box: tuple[float, float, float, float]


def lay_out(
    members: Iterable[Member],
    ties: Iterable[tuple[str, str, float]] = (),
    *,
    centre: str | None = None,
) -> Islands:
    """Place every member; `ties` are (one id, other id, weight), direction ignored.

    centre: the group that stands in the middle, by default the largest.

    Ties of people who are not members count for nothing. Without members the layout is empty and
    its box is (0, 0, 0, 0).
    """
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        groups[member.group].append(member)
    order = sorted(groups, key=lambda group: (group != centre, -len(groups[group]), group))
    pulls = _pulls({member.id: member.group for group in order for member in groups[group]}, ties)
    discs: list[Disc] = []
    for group in order:
        discs.append(_place(group, len(groups[group]), discs, pulls))
    positions: dict[str, tuple[float, float]] = {}
    for disc in discs:
        positions.update(_fill(disc, groups[disc.group]))
    return Islands(tuple(discs), positions, box_of(discs))


def lay_out_around(
    members: Sequence[Member], places: Mapping[str, tuple[float, float]], rest: str
) -> Islands:
    """Those with a place stand there, in groups without discs; the group `rest` is a disc below."""
    counts: dict[str, int] = defaultdict(int)
    for member in members:
        counts[member.group] += 1
    positions = {member.id: places[member.id] for member in members if member.id in places}
    xs = [x for x, _ in positions.values()] or [0.0]
    ys = [y for _, y in positions.values()] or [0.0]
    discs = [
        Disc(group, 0.0, 0.0, 0.0, counts[group])
        for group in sorted(counts, key=lambda group: (-counts[group], group))
        if group != rest
    ]
    box = (min(xs) - MARGIN, min(ys) - MARGIN, max(xs) + MARGIN, max(ys) + MARGIN)
    if counts[rest]:
        radius = radius_of(counts[rest])
        middle = (box[0] + box[2]) / 2
        disc = Disc(rest, middle, box[3] + GAP + radius, radius, counts[rest])
        positions.update(_fill(disc, [one for one in members if one.group == rest]))
        discs.append(disc)
        box = (min(box[0], middle - radius), box[1], max(box[2], middle + radius), disc.y + radius)
    return Islands(tuple(discs), positions, box)


def radius_of(count: int) -> float:
    """Radius of a disc of `count` people: the outermost centre and a margin."""
    return max(SMALLEST, SPACING * TIGHT * math.sqrt(count) + MARGIN)


def pack(radii: Sequence[float]) -> list[tuple[float, float]]:
    """Middles of discs that do not touch, the first at (0, 0), each next one near the middle."""
    discs: list[Disc] = []
    for number, radius in enumerate(radii):
        discs.append(_place_disc(str(number), radius, 0, discs, {}))
    return [(disc.x, disc.y) for disc in discs]


def _fill(disc: Disc, members: Sequence[Member]) -> Iterable[tuple[str, tuple[float, float]]]:
    ordered = sorted(members, key=lambda member: (-member.importance, member.id))
    for k, member in enumerate(ordered):
        radius = SPACING * TIGHT * math.sqrt(k + 0.5) if len(ordered) > 1 else 0.0
        angle = k * GOLDEN_ANGLE
        yield (
            member.id,
            (disc.x + radius * math.cos(angle), disc.y + radius * math.sin(angle)),
        )


def _pulls(
    group_of: Mapping[str, str], ties: Iterable[tuple[str, str, float]]
) -> dict[tuple[str, str], float]:
    """Weight of the ties between each two different groups, both ways round.

    fsum is exact whatever the order, so the order of the ties cannot move a disc.
    """
    weights: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one, other, weight in ties:
        here, there = group_of.get(one), group_of.get(other)
        if here is not None and there is not None and here != there:
            weights[here, there].append(weight)
            weights[there, here].append(weight)
    return {pair: math.fsum(parts) for pair, parts in weights.items()}


def _place(
    group: str, count: int, placed: Sequence[Disc], pulls: Mapping[tuple[str, str], float]
) -> Disc:
    return _place_disc(group, radius_of(count), count, placed, pulls)


def _place_disc(
    group: str,
    radius: float,
    count: int,
    placed: Sequence[Disc],
    pulls: Mapping[tuple[str, str], float],
) -> Disc:
    if not placed:
        return Disc(group, 0.0, 0.0, radius, count)
    drawn = [pulls.get((group, disc.group), 0.0) for disc in placed]
    total = math.fsum(drawn)
    # Half the pull is towards the middle, so that an unconnected group does not drift away.
    shares = [weight / total for weight in drawn] if total else [0.0] * len(placed)
    centre_x = math.fsum(share * disc.x for share, disc in zip(shares, placed, strict=True)) / 2
    centre_y = math.fsum(share * disc.y for share, disc in zip(shares, placed, strict=True)) / 2
    best: tuple[float, int] | None = None
    spot = (0.0, 0.0)
    for spoke in range(SPOKES):
        angle = (spoke + 0.5) * 2.0 * math.pi / SPOKES
        step_x, step_y = math.cos(angle), math.sin(angle)
        reach = _first_free(centre_x, centre_y, step_x, step_y, radius, placed)
        x, y = centre_x + reach * step_x, centre_y + reach * step_y
        cost = _far(x, y) + math.fsum(
            share * _far(x - disc.x, y - disc.y) for share, disc in zip(shares, placed, strict=True)
        )
        if best is None or (round(cost, 6), spoke) < best:
            best, spot = (round(cost, 6), spoke), (x, y)
    return Disc(group, spot[0], spot[1], radius, count)


def _far(x: float, y: float) -> float:
    return math.hypot(x, y * FLATTEN)


def _first_free(
    x: float, y: float, step_x: float, step_y: float, radius: float, placed: Sequence[Disc]
) -> float:
    """Smallest distance along a spoke at which a disc of `radius` keeps the gap to all placed.

    On the spoke each placed disc forbids one interval: that between the two intersections with
    the circle of the sum of both radii and the gap. The answer is the end of the intervals that
    hang together from 0.
    """
    forbidden: list[tuple[float, float]] = []
    for disc in placed:
        keep = disc.radius + radius + GAP
        away_x, away_y = disc.x - x, disc.y - y
        along = away_x * step_x + away_y * step_y
        half_square = keep * keep - (away_x * away_x + away_y * away_y - along * along)
        if half_square > 0.0:
            half = math.sqrt(half_square)
            forbidden.append((along - half, along + half))
    reach = 0.0
    for start, end in sorted(forbidden):
        if start > reach:
            break
        reach = max(reach, end)
    return reach


def box_of(discs: Sequence[Disc]) -> tuple[float, float, float, float]:
    if not discs:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(disc.x - disc.radius for disc in discs),
        min(disc.y - disc.radius for disc in discs),
        max(disc.x + disc.radius for disc in discs),
        max(disc.y + disc.radius for disc in discs),
    )
