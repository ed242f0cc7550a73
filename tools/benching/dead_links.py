"""Links that open nothing, timed against each other: none may be told from the others by the clock.

Each kind is asked for in turn, in an order that changes from round to round, by one browser that
stays connected; what is compared is the median of each with the mean of all medians in one run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from careteam.features.links.models import Link
from careteam.features.links.operations import hand_out
from careteam.features.referrals.handing_out import links_of
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.tokens import new_token
from tools.benching.watch import Browser, statements_of

ROUNDS = 60
APART = 0.15
"""How far the median of a kind may lie from the mean of all."""
LONG_AGO = timedelta(days=120)
LIVING = ("sent", "acknowledged", "accepted", "in_treatment")
RESTING = ("declined", "closed", "withdrawn")


@dataclass(frozen=True, slots=True)
class Dead:
    """`median` is in milliseconds, `ratio` to the mean of the medians of all kinds."""

    kind: str
    median: float
    ratio: float
    statements: int


def plant() -> dict[str, str]:
    """Links of every kind in the current application's database: the address of each.

    spent: where the browser that opened a living link was led to, asked for by another browser.
    """
    rests = Referral.status.in_(RESTING), Referral.status_at < clock.now() - LONG_AGO
    living, ended = _two(Referral.status.in_(LIVING))
    resting, _ = _two(*rests)
    links = links_of([living, ended, resting])
    lives, revoked = links[living.id], links[ended.id]
    revoked.revoked_at = clock.now()
    foreign = Link(id=uuid4(), kind="calendar")
    db.session.add(foreign)
    tokens = {
        "unknown": new_token(),
        "mangled": hand_out(lives, "copy")[:-1],
        "expired": hand_out(links[resting.id], "copy"),
        "revoked": hand_out(revoked, "copy"),
        "spent": str(lives.id),
        "foreign kind": hand_out(foreign, "copy"),
    }
    db.session.commit()
    return {kind: f"/r/{token}" for kind, token in tokens.items()}


def _two(*conditions: Any) -> Sequence[Referral]:
    found = db.session.scalars(
        select(Referral)
        .where(*conditions, Referral.seat_id.is_(None), Referral.is_past.is_(False))
        .order_by(Referral.id)
        .limit(2)
    ).all()
    if len(found) < 2:
        raise RuntimeError("the community has too few referrals to make dead links of")
    return found


def compared(app: Flask, port: int, addresses: Mapping[str, str]) -> list[Dead]:
    """Ask the server for each in turn. Raises RuntimeError where one answers otherwise."""
    medians = _medians(Browser(port), addresses)
    mean = statistics.fmean(medians.values())
    return [
        Dead(kind, medians[kind], medians[kind] / mean, statements_of(app, {}, path, status=404))
        for kind, path in addresses.items()
    ]


def _medians(browser: Browser, addresses: Mapping[str, str]) -> dict[str, float]:
    rng, kinds = Random(1), list(addresses)  # noqa: S311 - an order, the same each time
    pages = {browser.get(path) for path in addresses.values() for _ in range(2)}
    if len(pages) != 1 or next(iter(pages))[0] != 404:
        raise RuntimeError("dead links are answered by different pages")
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        rng.shuffle(kinds)
        for kind in kinds:
            started = time.perf_counter()
            browser.get(addresses[kind])
            taken[kind].append((time.perf_counter() - started) * 1000)
    return {kind: statistics.median(each) for kind, each in taken.items()}


def lines(found: Sequence[Dead]) -> Iterator[str]:
    yield f"{'a dead link':<20}{'median ms':>10}{'of mean':>9}{'SQL':>5}"
    for dead in found:
        yield f"{dead.kind:<20}{dead.median:>10.2f}{dead.ratio:>9.2f}{dead.statements:>5}"


def verdict(found: Sequence[Dead]) -> tuple[bool, str]:
    apart = [f"{dead.kind} {dead.ratio:.2f}" for dead in found if abs(dead.ratio - 1) > APART]
    words = f"dead links within {APART:.0%} of their mean"
    return not apart, words + (f": not {', '.join(apart)}" if apart else "")
