"""Eight people on one plan at once: is every edit that was acknowledged still there afterwards?

The server runs in two processes. Each editor reads a milestone's form, changes one field of it
and saves; after a 409 or a refusal the form is read and changed anew. Six add a word to the text of
what they read, two move the date on by one day, so that an edit carried off by another is missed:
a word is not there, or the day is too early. No milestone is moved by both of the two: the same new
date sent twice is agreement and no loss.
"""

from __future__ import annotations

import html
import re
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Barrier
from uuid import UUID

from flask import Flask

from careteam.features.plans.models import Milestone
from careteam.kit.db import db
from tools.benching.watch import Browser

EDITORS, EDITS, PROCESSES = 8, 400, 2
MOVERS = 2
"""So many of the editors move dates."""
VERSION = re.compile(r'name="version" value="(\d+)"')
DUE_ON = re.compile(r'name="due_on"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="due_on"')
TEXT = re.compile(r'<textarea[^>]*name="criterion"[^>]*>(.*?)</textarea>', re.DOTALL)
MOST_TRIES = 200


@dataclass(slots=True)
class Tally:
    """`refused` are answers with both texts, after which the edit was made anew."""

    acknowledged: int = 0
    refused: int = 0
    failed: int = 0
    lost: int = 0
    seconds: float = 0.0
    words: dict[UUID, set[str]] = field(default_factory=dict)
    moves: Counter[UUID] = field(default_factory=Counter)


def edit_together(
    app: Flask,
    port: int,
    password: str,
    goal_id: UUID,
    milestones: Sequence[UUID],
    edits: int = EDITS,
) -> Tally:
    """Let `EDITORS` make `edits` edits of these milestones at once; what became of them."""
    before = _stored(app, milestones)
    browsers = [_signed_in(port, password) for _ in range(EDITORS)]
    start, started = Barrier(EDITORS), time.monotonic()

    def run(editor: int) -> Tally:
        own = Tally()
        start.wait(60)
        for number in range(edits // EDITORS):
            milestone_id = _turn(milestones, editor, number)
            path = f"/goals/{goal_id}/plan/milestones/{milestone_id}/edit"
            _edit(browsers[editor], path, milestone_id, f"e{editor}n{number}", editor, own)
        return own

    with ThreadPoolExecutor(EDITORS) as threads:
        tallies = list(threads.map(run, range(EDITORS)))
    for browser in browsers:
        browser.close()
    return _judged(tallies, before, _stored(app, milestones), time.monotonic() - started)


def _turn(milestones: Sequence[UUID], editor: int, number: int) -> UUID:
    """Which milestone it is this time; a mover has some that no other mover has."""
    if editor < MOVERS:
        own = milestones[editor::MOVERS]
        return own[number % len(own)]
    return milestones[(editor + number) % len(milestones)]


def _signed_in(port: int, password: str) -> Browser:
    browser = Browser(port)
    browser.sign_in(password)
    return browser


def _edit(
    browser: Browser, path: str, milestone_id: UUID, word: str, editor: int, tally: Tally
) -> None:
    for _ in range(MOST_TRIES):
        shown = browser.get(path)[1].decode()
        text, due_on = _shown(shown)
        version = VERSION.search(shown)
        assert version is not None
        fields = {"title": "Step", "due_on": due_on, "criterion": text}
        if editor < MOVERS:
            later = date.fromisoformat(due_on) + timedelta(days=1)
            fields["due_on"] = later.isoformat()
        else:
            fields["criterion"] = f"{text} {word}".strip()
        status, _ = browser.post(path, {**fields, "version": version.group(1)})
        if status == 303:
            tally.acknowledged += 1
            if editor < MOVERS:
                tally.moves[milestone_id] += 1
            else:
                tally.words.setdefault(milestone_id, set()).add(word)
            return
        tally.refused += status == 409
        tally.failed += status != 409


def _shown(page: str) -> tuple[str, str]:
    text, due_on = TEXT.search(page), DUE_ON.search(page)
    assert text is not None
    assert due_on is not None
    return html.unescape(text.group(1)).strip(), due_on.group(1) or due_on.group(2)


def _stored(app: Flask, milestones: Sequence[UUID]) -> dict[UUID, tuple[set[str], date]]:
    with app.app_context():
        rows = [db.session.get_one(Milestone, key) for key in milestones]
        found = {row.id: (set((row.criterion or "").split()), row.due_on) for row in rows}
        db.session.rollback()
    return found


def _judged(
    tallies: Sequence[Tally],
    before: dict[UUID, tuple[set[str], date]],
    after: dict[UUID, tuple[set[str], date]],
    seconds: float,
) -> Tally:
    whole = Tally(seconds=seconds)
    for each in tallies:
        whole.acknowledged += each.acknowledged
        whole.refused += each.refused
        whole.failed += each.failed
        whole.moves += each.moves
        for key, words in each.words.items():
            whole.words.setdefault(key, set()).update(words)
    for key, (words, due_on) in after.items():
        moved = (due_on - before[key][1]).days
        whole.lost += len(whole.words.get(key, set()) - words) + whole.moves[key] - moved
    return whole


def line(found: Tally) -> str:
    return (
        f"{EDITORS} editors on one plan, {PROCESSES} processes: {found.acknowledged} edits "
        f"acknowledged, {found.lost} lost, {found.refused} shown both texts first, "
        f"{found.failed} failed, in {found.seconds:.1f} seconds"
    )


def verdict(found: Tally, edits: int = EDITS) -> tuple[bool, str]:
    words = (
        f"{edits} edits at once, none lost: {found.acknowledged} acknowledged, {found.lost} lost"
    )
    return found.lost == 0 and found.failed == 0 and found.acknowledged == edits, words
