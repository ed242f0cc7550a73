"""The referral network at 1,000, 10,000 and 100,000 people with ten times as many referrals.

The same worked example stands in the middle as in the other parts of the bench; around it are rows
of practitioners and referrals alone, without events or clients: pages of the network read nothing
else, and a hundred thousand people are filled in within a minute or two.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from random import Random
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import func, insert, select

from careteam.access.actor import SYSTEM, Actor
from careteam.domain.importing.edges import Edge
from careteam.domain.network import figures
from careteam.domain.network.snapshot import Snapshot, authorities, snapshot_of, strengths
from careteam.features.accounts.queries import actor_of, find_account_by_email
from careteam.features.demo.cast import CAST
from careteam.features.demo.keys import practitioner_id
from careteam.features.demo.operations import MAIN_EMAIL, add_sample
from careteam.features.demo.stories.telling import tell_stories
from careteam.features.imports.edges import KIND, MOST_REFERRALS, BroughtEdges
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.past_referrals import confirm_edges, undo_import
from careteam.features.imports.queries import get_referral_import
from careteam.features.network.knowing import engines
from careteam.features.network.knowing.engines import Engine
from careteam.features.network.knowing.queries import list_counted_ties
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from tools.benching.community import PASSWORD, Size, add_strangers, between, patterns
from tools.benching.pages import Page

SIZES = (Size(1_000, 10_000), Size(10_000, 100_000), Size(100_000, 1_000_000))
CHUNK = 20_000
PARTNERS = 12
NETWORKX_TRIED_UP_TO = 20_000
"""People; beyond it networkx is not tried: minutes for what the others do in seconds."""
PAGES = (
    Page("Mine", "/network"),
    Page("Mine, data", "/network.json"),
    Page("Mine, list", "/network/list"),
    Page("Two steps, data", "/network.json?steps=2"),
    Page("One person", f"/network/people/{practitioner_id('bryn')}"),
    Page("Community", "/network?view=community"),
    Page("Community, data", "/network.json?view=community"),
    Page("Community, list", "/network/list?view=community"),
    Page("Community, GraphML", "/network.graphml?view=community"),
)


def fill_network(size: Size) -> None:
    """Fill the empty database of the current application."""
    rng = Random(size.practitioners)  # noqa: S311 - the same network each time
    add_sample(actor=SYSTEM, password=PASSWORD)
    tell_stories()
    db.session.commit()
    strangers = add_strangers(rng, size.practitioners - len(CAST))
    there = db.session.scalar(select(func.count()).select_from(Referral)) or 0
    nobody = UUID(int=0)
    courses = [between(nobody, nobody, nobody, course)[0] for course in patterns(rng)]
    senders = strangers[::5]
    circles = [rng.sample(strangers, PARTNERS) for _ in senders]
    rows: list[dict[str, Any]] = []
    for _ in range(size.referrals - there):
        at = rng.randrange(len(senders))
        sender, receiver = senders[at], rng.choice(circles[at])
        if sender == receiver:
            receiver = strangers[1]
        ends = {"sender_id": sender, "receiver_id": receiver, "author_id": sender}
        rows.append({**rng.choice(courses), "id": UUID(int=rng.getrandbits(128)), **ends})
        if len(rows) == CHUNK:
            db.session.execute(insert(Referral), rows)
            rows.clear()
    if rows:
        db.session.execute(insert(Referral), rows)
    db.session.commit()
    db.session.remove()


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one figure by one engine."""

    figure: str
    engine: str
    seconds: float


def costs() -> tuple[Snapshot, list[Cost]]:
    """Every figure of the whole network by every engine that has it."""
    taken, network = _timed(lambda: snapshot_of(list_counted_ties()))
    asked: list[tuple[str, str, Callable[[], Any]]] = [
        ("strength", "scipy", lambda: strengths(network)),
        ("PageRank", "scipy", lambda: authorities(network)),
        ("PageRank", "igraph", lambda: _igraph(network).pagerank(weights="accepted")),
        (
            "ways through a person",
            "igraph",
            lambda: engines.bridging(network, _unheard, Engine.IGRAPH),
        ),
        ("groups", "igraph", lambda: engines.groups(network, (), Engine.IGRAPH)),
    ]
    if len(network.people) <= NETWORKX_TRIED_UP_TO:
        graph = network.graph()
        asked += [
            ("building the graph", "networkx", network.graph),
            ("strength", "networkx", lambda: [figures.strength_of(graph, one) for one in graph]),
            ("PageRank", "networkx", lambda: figures.authority(graph)),
            ("ways through a person", "networkx", lambda: figures.bridging(graph)),
            ("groups", "networkx", lambda: figures.communities(graph)),
        ]
    found = [Cost(figure, engine, _timed(ask)[0]) for figure, engine, ask in asked]
    return network, [Cost("reading the ties", "SQL", taken), *sorted(found, key=lambda c: c.figure)]


def _unheard(_percent: int) -> None:
    """How far it is, told to nobody."""


def _igraph(network: Snapshot) -> Any:
    kept = network.accepted > 0
    ends = np.column_stack((network.sender[kept], network.receiver[kept]))
    graph = import_module("igraph").Graph(len(network.people), ends.tolist(), directed=True)
    graph.es["accepted"] = network.accepted[kept].tolist()
    return graph


def import_and_undo() -> tuple[float, float]:
    """Seconds for the largest list that one import may bring, and for taking it back."""
    account = find_account_by_email(MAIN_EMAIL)
    assert account is not None
    actor: Actor = actor_of(account)
    rng = Random(MOST_REFERRALS)  # noqa: S311 - the same list each time
    pairs = db.session.execute(
        select(Referral.sender_id, Referral.receiver_id).limit(MOST_REFERRALS)
    ).all()
    edges = tuple(
        Edge(
            row,
            str(sender),
            str(receiver),
            f"2019-{rng.randrange(1, 13)}-{row % 28 + 1}",
            "1",
            "yes",
        )
        for row, (sender, receiver) in enumerate(pairs, start=2)
    )
    draft = ImportDraft(
        account_id=account.id,
        kind=KIND,
        content=BroughtEdges(edges).as_json(),
        expires_at=clock.now(),
    )
    db.session.add(draft)
    db.session.commit()
    taken, _ = _timed(lambda: confirm_edges(actor=actor, draft=draft))
    db.session.commit()
    made = get_referral_import(actor, draft.id)
    back, _ = _timed(lambda: undo_import(actor=actor, made=made))
    db.session.commit()
    return taken, back


def lines(network: Snapshot, found: Sequence[Cost], imported: tuple[float, float]) -> Iterator[str]:
    yield f"{len(network.people):,} people with {len(network.sender):,} ties: seconds by engine"
    for cost in found:
        yield f"  {cost.figure:<24}{cost.engine:<10}{cost.seconds:>10.2f}"
    yield f"  import of a full list {imported[0]:.1f}, taking it back {imported[1]:.1f} seconds"


def _timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = ask()
    return time.perf_counter() - started, answer
