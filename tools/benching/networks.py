"""The referral network at 1,000, 10,000 and 100,000 people with ten times as many referrals.

The same worked example stands in the middle as in the other parts of the bench; around it are rows
of practitioners and referrals alone, without events or clients: pages of the network read nothing
else, and a hundred thousand people are filled in within a minute or two.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from random import Random
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import func, insert, select

from careteam.access.actor import SYSTEM, Actor
from careteam.domain.importing.edges import Edge
from careteam.domain.network import figures
from careteam.domain.network.snapshot import Snapshot, authorities, snapshot_of, strengths
from careteam.features.accounts.queries import actor_of, find_account_by_email
from careteam.features.clients.models import Goal
from careteam.features.demo.cast import CAST
from careteam.features.demo.keys import practitioner_id, sample_id
from careteam.features.demo.operations import MAIN_EMAIL, add_sample
from careteam.features.demo.stories.telling import tell_stories
from careteam.features.imports.edges import KIND, MOST_REFERRALS, BroughtEdges
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.past_referrals import confirm_edges, undo_import
from careteam.features.imports.queries import get_referral_import
from careteam.features.network.knowing import engines
from careteam.features.network.knowing.engines import Engine
from careteam.features.network.knowing.queries import list_counted_ties
from careteam.features.network.knowing.work import work_out
from careteam.features.referrals.models import Referral
from careteam.features.standing.operations import make_team, new_team, use_team
from careteam.features.teams.operations import add_seat
from careteam.kit import clock
from careteam.kit.db import db
from tools.benching.clients import tell_open_story
from tools.benching.community import PASSWORD, Size, add_strangers, between, patterns
from tools.benching.pages import Page
from tools.benching.report import INDEPENDENT, Measured

SIZES = (Size(1_000, 10_000), Size(10_000, 100_000), Size(100_000, 1_000_000))
PARTNERS, TIMES = 12, 5
NETWORKX_TRIED_UP_TO = 20_000
"""People; beyond it networkx is not tried: minutes for what the others do in seconds."""
OWN_AIM, COMMUNITY_AIM, TEAM_AIM = 8.0, 80.0, 80.0
"""Multiples of the empty page: what is one's own, what shows 5,000 people, a team suggested."""
FIGURE_AIM, WORKER_AIM, IMPORT_AIM = 10.0, 60.0, 20.0
"""Seconds of the processor at any size: one figure by the engine that is chosen, all that the
worker keeps, and the largest import."""
NEIGHBOURHOOD = "Mine, data"
GOAL, SEAT = sample_id("goal", "open"), sample_id("seat", "bench")
"""A goal with a standing team, whose places are open, and a place of another one."""
OWN_PAGES = (
    Page("Mine", "/network", OWN_AIM),
    Page(NEIGHBOURHOOD, "/network.json", OWN_AIM),
    Page("Mine, list", "/network/list", OWN_AIM),
    Page("Two steps, data", "/network.json?steps=2", OWN_AIM),
    Page("One person", f"/network/people/{practitioner_id('bryn')}", OWN_AIM),
    Page("Balance", "/network/questions/balance", OWN_AIM),
    Page("On one person", "/network/questions/one-person", OWN_AIM),
    Page("Missing disciplines", "/network/questions/missing", OWN_AIM),
    Page("Introductions", "/network/questions/introductions?discipline=dermatologist", OWN_AIM),
    Page("Connectors, groups", "/network/questions/community", OWN_AIM),
    Page("A team suggested", f"/goals/{GOAL}/suggestion", TEAM_AIM),
    Page("Standing team chosen", f"/goals/{GOAL}/standing-team", TEAM_AIM),
    Page("A place", f"/goals/{sample_id('goal', 'runner')}/team/{SEAT}", TEAM_AIM),
    Page("Letter for a place", f"/referrals/new?seat={SEAT}", TEAM_AIM),
    Page("Names to give", "/now/names?discipline=physiotherapist&place=Exeter", TEAM_AIM),
)
"""Pages that ask the same number of statements at every size."""
PAGES = (
    *OWN_PAGES,
    Page("Community", "/network?view=community", OWN_AIM),
    Page("Community, data", "/network.json?view=community", COMMUNITY_AIM),
    Page("Community, list", "/network/list?view=community", COMMUNITY_AIM),
    Page(
        "One discipline, data",
        "/network.json?view=community&discipline=physiotherapist",
        COMMUNITY_AIM,
    ),
    Page("Community, GraphML", "/network.graphml?view=community", COMMUNITY_AIM),
)


def fill_network(size: Size) -> None:
    """Fill the empty database of the current application."""
    rng = Random(size.practitioners)  # noqa: S311 - the same network each time
    add_sample(actor=SYSTEM, password=PASSWORD)
    tell_stories()
    tell_open_story()
    _keep_standing_team()
    db.session.commit()
    strangers = add_strangers(rng, size.practitioners - len(CAST))
    there = db.session.scalar(select(func.count()).select_from(Referral)) or 0
    _add_referrals(rng, strangers, size.referrals - there)
    db.session.commit()
    db.session.remove()


def _keep_standing_team() -> None:
    account = find_account_by_email(MAIN_EMAIL)
    assert account is not None
    actor = actor_of(account)
    goals = {key: db.session.get_one(Goal, sample_id("goal", key)) for key in ("open", "runner")}
    team = new_team(actor, sample_id("standing team", "bench"))
    members = {practitioner_id("bryn"): "physiotherapist", practitioner_id("thora"): "nutritionist"}
    make_team(actor=actor, team=team, name="Whom I ask first", members=members)
    use_team(actor=actor, goal=goals["open"], team=team)
    add_seat(
        actor=actor,
        goal=goals["runner"],
        seat_id=SEAT,
        discipline="physiotherapist",
        purpose="A second opinion.",
    )


def _add_referrals(rng: Random, strangers: list[UUID], count: int) -> None:
    """Some by Python, one for each course that a referral takes; the others repeat these between
    other people, within the database: a million of them would take Python minutes."""
    senders = strangers[::5]
    pairs = [(one, other) for one in senders for other in rng.sample(strangers, PARTNERS)]
    pairs = [(one, other) for one, other in pairs if one != other]
    courses = [between(uuid4(), *rng.choice(pairs), course)[0] for course in patterns(rng)][:count]
    db.session.execute(insert(Referral), courses)
    times = Counter(rng.choices(range(len(pairs)), k=count - len(courses)))
    connection = db.session.connection()
    for table in (
        "ties (sender TEXT, receiver TEXT, times INTEGER)",
        "courses (number INTEGER PRIMARY KEY, id TEXT)",
        "numbers (number INTEGER PRIMARY KEY)",
    ):
        connection.exec_driver_sql(f"CREATE TEMP TABLE {table}")
    rows = [(pairs[at][0].hex, pairs[at][1].hex, times[at]) for at in times]
    connection.exec_driver_sql("INSERT INTO ties VALUES (?, ?, ?)", rows)
    numbered = [(number, course["id"].hex) for number, course in enumerate(courses)]
    connection.exec_driver_sql("INSERT INTO courses VALUES (?, ?)", numbered)
    most = [(number,) for number in range(1, max(times.values(), default=1) + 1)]
    connection.exec_driver_sql("INSERT INTO numbers VALUES (?)", most)
    own = {
        "id": "lower(hex(randomblob(16)))",
        "sender_id": "ties.sender",
        "receiver_id": "ties.receiver",
        "author_id": "ties.sender",
    }
    columns = [column.name for column in Referral.__table__.columns]
    taken = ", ".join(own.get(name, f"referrals.{name}") for name in columns)
    connection.exec_driver_sql(
        f"INSERT INTO referrals ({', '.join(columns)}) SELECT {taken} FROM ties"
        " JOIN numbers ON numbers.number <= ties.times"
        " JOIN courses ON courses.number ="
        f" (ties.rowid * 7919 + numbers.number) % {len(courses)}"
        " JOIN referrals ON referrals.id = courses.id"
    )


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor for one figure by one engine."""

    figure: str
    engine: str
    seconds: float


@dataclass(frozen=True, slots=True)
class NetworkResult:
    """Everything at one size. `worker` is what all that is kept takes, `imported` the largest
    import; a page without an answer in time is in `silent`."""

    size: Size
    costs: Sequence[Cost]
    worker: float
    imported: float
    pages: Sequence[Measured]
    silent: Sequence[str] = ()

    @property
    def by_name(self) -> dict[str, Measured]:
        return {measured.page.name: measured for measured in self.pages}


def verdicts(results: Sequence[NetworkResult]) -> Iterator[tuple[bool, str]]:
    """Each aim: whether it is met, and the words."""
    for result in results:
        yield _pages_are_quick(result)
        large = len(results) == 1 or result is results[-1]
        if large:
            yield from _figures_are_cheap(result)
    if len(results) > 1:
        first, last = results[0].by_name, results[-1].by_name
        names = [page.name for page in OWN_PAGES if page.name in first and page.name in last]
        varying = [name for name in names if first[name].statements != last[name].statements]
        words = "network: one's own pages ask the same number of statements at every size"
        yield not varying, words + (f": not {', '.join(varying)}" if varying else "")
        longer = last[NEIGHBOURHOOD].timing.times_empty / first[NEIGHBOURHOOD].timing.times_empty
        words = f"network: own neighbourhood independent of the size: {longer:.1f} times as long"
        yield longer <= INDEPENDENT, f"{words}, aim {INDEPENDENT}"


def _pages_are_quick(result: NetworkResult) -> tuple[bool, str]:
    over = [
        f"{each.page.name} {each.timing.times_empty:.1f} of {each.page.aim:.0f}"
        for each in result.pages
        if each.page.aim and each.timing.times_empty > each.page.aim
    ] + [f"{name} without an answer" for name in result.silent]
    words = f"network: pages within their multiples at {result.size.practitioners:,}"
    return not over, words + (f": not {', '.join(over)}" if over else "")


def _figures_are_cheap(result: NetworkResult) -> Iterator[tuple[bool, str]]:
    cheapest: dict[str, float] = {}
    for cost in result.costs:
        cheapest[cost.figure] = min(cost.seconds, cheapest.get(cost.figure, cost.seconds))
    dear = max(cheapest, key=lambda figure: cheapest[figure])
    at = f"at {result.size.practitioners:,}"
    yield (
        cheapest[dear] <= FIGURE_AIM,
        f"network: dearest figure {at} ({dear}) takes {cheapest[dear]:.1f} s, aim {FIGURE_AIM:.0f}",
    )
    for words, seconds, aim in (
        ("all that the worker keeps", result.worker, WORKER_AIM),
        ("the largest import", result.imported, IMPORT_AIM),
    ):
        yield seconds <= aim, f"network: {words} {at} takes {seconds:.1f} s, aim {aim:.0f}"


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


def gathered() -> float:
    """Seconds of the processor for all that a worker keeps of this network."""
    return _timed(work_out)[0]


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


def lines(network: Snapshot, found: Sequence[Cost]) -> Iterator[str]:
    people, ties = len(network.people), len(network.sender)
    yield f"{people:,} people with {ties:,} ties: seconds of the processor"
    for cost in found:
        yield f"  {cost.figure:<24}{cost.engine:<10}{cost.seconds:>10.2f}"


def _timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor, which hold on a busy machine as well, and the answer."""
    started = time.process_time()
    answer = ask()
    return time.process_time() - started, answer
