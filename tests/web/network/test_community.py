"""Questions about the whole community, beside the same figures counted in another way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from uuid import UUID

import igraph
import pytest

from careteam.access.actor import Actor
from careteam.features.accounts.models import Account
from careteam.features.directory.models import Practitioner
from careteam.features.network.knowing import crowd
from careteam.features.network.knowing.work import AGAIN, work_out
from careteam.features.network.models import NetworkResult
from careteam.kit import clock
from careteam.kit.db import db
from tests.support.pages import legible
from tests.support.visitor import Visitor
from tests.web.network.counting import QUESTIONS, answer, counted, day_of, names

pytestmark = pytest.mark.either_database


def test_changes_of_the_community_are_told_in_bands_from_five_in_a_half_year_on(
    linnet: Visitor, sample: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    called, halves = names(), (Counter[tuple[UUID, UUID]](), Counter[tuple[UUID, UUID]]())
    private = {row.practitioner_id for row in db.session.query(Account) if row.keeps_ties_private}
    gone = {row.id for row in db.session.query(Practitioner) if row.retired_at}
    for row in counted():
        ends = (row.sender_id, row.receiver_id)
        on = day_of(row)
        if on.year == 2025 and not set(ends) & {sample.practitioner_id, *private, *gone}:
            halves[0 if on.month <= 6 else 1][ends] += 1

    def band(count: int) -> str:
        few = "few" if count < 10 else "some" if count < 20 else "many"
        return few if count >= 5 else "below five, or none"

    expected = {
        f"{called[ends[0]]} to {called[ends[1]]}": [band(halves[0][ends]), band(halves[1][ends])]
        for ends in halves[0] | halves[1]
        if band(halves[0][ends]) != band(halves[1][ends])
    }
    said, lines = answer(linnet, "community-changes?since=2025-1&until=2025-2")
    assert {title: cells[1:3] for title, cells in lines.items()} == expected
    monkeypatch.setattr(crowd, "LARGE", 1)
    address = "community-changes?since=2025-1&until=2025-2"
    assert "is gathered beside the pages first" in answer(linnet, address)[0]
    db.session.add(NetworkResult(kind="crowd", failed_at=clock.now() - AGAIN))
    db.session.commit()
    page = linnet.get("/network/list?view=community").text
    assert "which failed and is tried again within the hour" in legible(page)
    db.session.rollback()
    work_out()
    assert answer(linnet, address)[1] == lines, "the same as it was gathered"
    assert expected
    assert "Ties between others, January to June 2025 and July to December 2025: " in said


def test_connectors_are_those_with_the_highest_betweenness(linnet: Visitor) -> None:
    before = answer(linnet, "community")[0]
    assert "Not worked out yet." in before
    db.session.rollback()
    work_out()
    tally = Counter((row.sender_id, row.receiver_id) for row in counted())
    accepted = Counter((row.sender_id, row.receiver_id) for row in counted() if row.accepted_at)
    retired = {row.id for row in db.session.query(Practitioner) if row.retired_at}
    edges = [
        (str(one), str(other), 1 / (1 + accepted[one, other]))
        for one, other in tally if not {one, other} & retired
    ]  # fmt: skip
    graph = igraph.Graph.TupleList(edges, directed=True, weights=True)
    values = graph.betweenness(weights="weight")
    order = sorted(zip(values, graph.vs["name"], strict=True), reverse=True)
    called = names()
    page = linnet.get(f"{QUESTIONS}/community").text
    places = [page.index(f">{called[UUID(id_)]}") for _, id_ in order[:3]]
    assert places == sorted(places)
    edges = [
        (str(one), str(other), count)
        for (one, other), count in accepted.items() if not {one, other} & retired
    ]  # fmt: skip
    graph = igraph.Graph.TupleList(edges, directed=True, weights=True)
    ranks = sorted(zip(graph.pagerank(weights="weight"), graph.vs["name"], strict=True))
    trusted = page.partition("Trusted by the trusted")[2]
    places = [trusted.index(f">{called[UUID(id_)]}") for _, id_ in ranks[:-4:-1]]
    assert places == sorted(places)
    assert "Most ways lead through" in page


def test_what_is_being_worked_out_or_too_large_is_said(
    signed_in: Callable[[str], Visitor],
) -> None:
    row = NetworkResult(kind="groups", working_since=clock.now(), percent=40)
    db.session.add_all([row, NetworkResult(kind="connectors", is_refused=True)])
    db.session.commit()
    said = answer(signed_in("wren"), "community")[0]
    assert "Being worked out, 40 percent" in said
    assert "Not computed at this size" in said


def test_community_of_strangers_is_told_that_there_is_nothing_yet(
    signed_in: Callable[[str], Visitor],
) -> None:
    wren = signed_in("wren")
    db.session.rollback()
    work_out()
    assert "Nothing to tell yet" in wren.get(f"{QUESTIONS}/community").text
