"""Plans of three lengths: their schedule, page, preview of a slip, and the question for news."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from flask import Flask

from careteam.access.actor import Actor
from careteam.domain import planning
from careteam.features.accounts.queries import actor_of
from careteam.features.clients.details import Details
from careteam.features.clients.goals import Wording, add_goal
from careteam.features.clients.operations import add_client
from careteam.features.demo.keys import sample_id
from careteam.features.demo.operations import main_account
from careteam.features.plans.changes import note_added
from careteam.features.plans.models import Milestone
from careteam.kit import clock
from careteam.kit.db import db
from tools.benching.watch import Browser, Timing, statements_of, timed, timed_beside

LENGTHS = (20, 100, 500)
SCHEDULE_AIM = 20.0
"""Milliseconds for the longest plan."""
REFRESH_AIM = 1.5
"""At most so many times the empty page for an answer that nothing changed."""
MARK = re.compile(r'data-watch-mark="([^"]+)"')


@dataclass(frozen=True, slots=True)
class PlanCost:
    """`schedule` in milliseconds; page and preview as they are answered; `refresh` unchanged."""

    length: int
    schedule: float
    page: Timing
    preview: Timing
    refresh: Timing
    statements: tuple[int, int]

    @property
    def refreshes(self) -> float:
        """A second, one after the other."""
        return 1000 / self.refresh.median


def plant_plans(lengths: Sequence[int] = LENGTHS) -> None:
    """A client of the main person's for each length, with a plan of so many milestones."""
    account = main_account()
    assert account is not None
    actor = actor_of(account)
    for length in lengths:
        _plant(actor, length)
    db.session.commit()


def goal_of(length: int) -> UUID:
    return sample_id("goal", "long plan", length)


def milestone_of(length: int, number: int) -> UUID:
    return sample_id("milestone", "long plan", length, number)


def _plant(actor: Actor, length: int) -> None:
    """Each waits for up to two of the twenty before it, now and then with days in between."""
    rng = Random(length)  # noqa: S311 - the same plans each time
    client = add_client(
        actor=actor,
        client_id=sample_id("client", "long plan", length),
        details=Details(name=f"Plan Of {length}"),
    )
    goal = add_goal(
        actor=actor, client=client, goal_id=goal_of(length), wording=Wording(statement="Walk far")
    )
    db.session.flush()
    made: list[tuple[Milestone, dict[UUID, int]]] = []
    for number in range(length):
        before = rng.sample(made[-20:], min(2, number))
        awaited = {row.id: rng.choice((0, 0, 0, 2)) for row, _ in before}
        ready = [row.due_on + timedelta(days=awaited[row.id]) for row, _ in before]
        row = Milestone(
            id=milestone_of(length, number),
            goal_id=goal.id,
            client_id=client.id,
            author_id=actor.practitioner_id,
            title=f"Step {number}",
            due_on=max(ready, default=clock.today()) + timedelta(days=rng.randint(0, 4)),
            owner_is_client=number % 2 == 0,
        )
        made.append((row, awaited))
    note_added(actor, made)


def cost(app: Flask, browser: Browser, empty: str, length: int) -> PlanCost:
    """What a plan of this length costs, each beside the empty page."""
    path = f"/goals/{goal_of(length)}/plan"
    moved = f"{path}/milestones/{milestone_of(length, 0)}/edit"
    found = MARK.search(browser.get(path)[1].decode())
    assert found is not None
    headers = {"If-None-Match": f'"{found.group(1)}"'}
    news = f"{path}/changed?since={found.group(1)}"
    fields = {
        "title": "Step 0",
        "due_on": (clock.today() + timedelta(days=60)).isoformat(),
        "version": "1",
        "asks": "1",
    }
    return PlanCost(
        length=length,
        schedule=_schedule_of(app, length),
        page=timed(browser, path, empty, times=20, seconds=4),
        preview=_beside(browser, empty, lambda: browser.post(moved, fields), 200),
        refresh=_beside(browser, empty, lambda: browser.get(news, headers), 304),
        statements=(
            statements_of(app, browser.cookies, path),
            statements_of(app, browser.cookies, news, status=304, headers=headers),
        ),
    )


def _beside(
    browser: Browser, empty: str, ask: Callable[[], tuple[int, bytes]], status: int
) -> Timing:
    answered = ask()[0]
    if answered != status:
        raise RuntimeError(f"answered with {answered} and not {status}")
    return timed_beside(browser, empty, ask, times=40, seconds=4)


def _schedule_of(app: Flask, length: int) -> float:
    with app.app_context():
        rows = db.session.query(Milestone).filter_by(goal_id=goal_of(length)).all()
        values = [
            planning.Milestone(str(row.id), row.title, "lead", row.due_on, awaited)
            for row, awaited in zip(rows, _chain(rows), strict=True)
        ]
        db.session.rollback()
    taken = []
    for _ in range(10):
        started = time.perf_counter()
        planning.schedule(values, clock.today())
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def _chain(rows: Sequence[Milestone]) -> Iterator[tuple[str, ...]]:
    """Each waits for the two before it."""
    for number in range(len(rows)):
        yield tuple(str(row.id) for row in rows[max(0, number - 2) : number])


def lines(costs: Sequence[PlanCost]) -> Iterator[str]:
    yield (
        f"{'plan of':<10}{'schedule ms':>12}{'page ms':>9}{'x empty':>9}{'preview ms':>12}"
        f"{'x empty':>9}{'unchanged':>11}{'x empty':>9}{'SQL':>8}"
    )
    for each in costs:
        sql = "/".join(map(str, each.statements))
        yield (
            f"{each.length:<10}{each.schedule:>12.1f}{each.page.median:>9.1f}"
            f"{each.page.times_empty:>9.1f}{each.preview.median:>12.1f}"
            f"{each.preview.times_empty:>9.1f}{each.refreshes:>9.0f}/s"
            f"{each.refresh.times_empty:>9.2f}{sql:>8}"
        )


def verdicts(costs: Sequence[PlanCost]) -> Iterator[tuple[bool, str]]:
    longest = max(costs, key=lambda each: each.length)
    words = f"{longest.length} milestones scheduled within {SCHEDULE_AIM:.0f} ms"
    yield longest.schedule < SCHEDULE_AIM, f"{words}: {longest.schedule:.1f}"
    slowest = max(each.refresh.times_empty for each in costs)
    words = f"an unchanged plan answered within {REFRESH_AIM} times the empty page"
    yield slowest <= REFRESH_AIM, f"{words}: {slowest:.2f}"
    counts = sorted({each.statements for each in costs})
    words = "a plan costs the same number of statements at every length"
    yield len(counts) == 1, words + ("" if len(counts) == 1 else f": not {counts}")
