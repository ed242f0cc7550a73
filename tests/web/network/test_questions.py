"""Each question of the worked example, beside the same figure counted in another way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any
from uuid import UUID

import igraph
import pytest

from careteam.access.actor import Actor
from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import Practitioner, PractitionerDiscipline
from careteam.features.network.models import RememberedTie
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.referring import refer
from tests.support.statements import statements
from tests.support.visitor import Visitor
from tests.web.network.counting import QUESTIONS, answer, counted, day_of, names

pytestmark = pytest.mark.either_database


def main_disciplines() -> dict[UUID, str]:
    rows = db.session.query(PractitionerDiscipline).filter_by(position=0)
    return {row.practitioner_id: row.discipline for row in rows}


def test_balance_and_rhythm_are_those_of_counting_every_referral(
    linnet: Visitor, sample: Actor
) -> None:
    me, called = sample.practitioner_id, names()
    sent, received, days = Counter[str](), Counter[str](), defaultdict(list)
    for row in counted():
        if me in (row.sender_id, row.receiver_id):
            other = called[row.receiver_id if row.sender_id == me else row.sender_id]
            (sent if row.sender_id == me else received)[other] += 1
            days[other].append(day_of(row))
    said, lines = answer(linnet, "balance")
    assert (
        f"You sent {sent.total()} referrals to {len(sent)} people and received "
        f"{received.total()} from {len(received)}." in said
    )
    assert {
        name: [int(cell.split()[0]) for cell in cells[:2]] for name, cells in lines.items()
    } == {name: [sent[name], received[name]] for name in days}

    doing = Counter[str]()
    for each in days.values():
        each.sort()
        since = (clock.today() - each[-1]).days
        if len(each) < 3:
            doing["few"] += 1
            continue
        gap = median((later - earlier).days for earlier, later in pairwise(each))
        year = sum(day >= clock.today() - timedelta(days=365) for day in each)
        silent, fading = since > max(180, 3 * gap), since > max(90, 2 * gap)
        doing["silent" if silent else "fading" if fading else "strong" if year > 4 else "on"] += 1
    assert (
        f"{doing['strong']} ties of yours are strong, {doing['fading']} fading and "
        f"{doing['silent']} silent; {doing['on']} go on, and of {doing['few']} there" in
        answer(linnet, "rhythm")[0]
    )  # fmt: skip


def test_silent_tie_leads_to_the_contact_log_and_past_ones_tell_no_waiting(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    for month in (1, 2, 3):
        refer(
            world.wren.practitioner_id,
            world.juniper,
            status="closed",
            happened_on=date(2024, month, 10),
        )
    wren = signed_in("wren")
    said = answer(wren, "rhythm")[0]
    assert "0 fading and 1 silent" in said
    assert "Log a touch with Juniper Outside" in said
    assert "received none." in answer(wren, "balance")[0]
    assert "say nothing of how long an answer takes" in answer(wren, "answering")[0]


def test_filters_narrow_the_lines_and_say_how_many_are_left_out(linnet: Visitor) -> None:
    everybody = answer(linnet, "balance")[1]
    said, osteopaths = answer(linnet, "balance?discipline=osteopath")
    assert set(osteopaths) == {"Evander Saltmarsh", "Bettina Owlpen", "Ottilie Rushmere"}
    assert f"{len(everybody) - 3} other lines left out" in said
    assert "No referral of yours was counted in this time." in answer(
        linnet, "balance?since=2012-1&until=2012-2"
    )[0]  # fmt: skip


def test_who_answers_is_counted_beside_ones_own(linnet: Visitor, sample: Actor) -> None:
    mine = [row for row in counted() if row.sender_id == sample.practitioner_id and not row.is_past]
    called = names()
    sent = Counter(called[row.receiver_id] for row in mine)
    answered = Counter(
        called[row.receiver_id] for row in mine if row.first_response_at or row.accepted_at
    )
    said, lines = answer(linnet, "answering")
    assert f"Of the {len(sent)} people you send to" in said
    assert {name: [int(cells[2]), int(cells[3])] for name, cells in lines.items()} == {
        name: [sent[name], answered[name]] for name in sent
    }
    for verdict, *_ in lines.values():
        words, hits, n = re.fullmatch(r"(\D+?)\s*(?:(\d+) of (\d+))?", verdict).groups()  # type: ignore[union-attr]
        assert n is None or int(n) >= 5, "fewer may tell of referrals of others"
        share = int(hits or 0) / int(n or 1)
        expected = (
            "Too few to say" if n is None else
            "Answers" if share >= 0.75 else
            "Answers about half" if share >= 0.5 else "Seldom in time"
        )  # fmt: skip
        assert words == expected


def test_changes_between_two_half_years_are_those_of_the_days(
    linnet: Visitor, sample: Actor
) -> None:
    called, halves = names(), (Counter[str](), Counter[str]())
    for row in counted():
        if sample.practitioner_id in (row.sender_id, row.receiver_id):
            other = row.receiver_id if row.sender_id == sample.practitioner_id else row.sender_id
            on = day_of(row)
            if on.year == 2025:
                halves[0 if on.month <= 6 else 1][called[other]] += 1
    said, lines = answer(linnet, "changes?since=2025-2&until=2025-1")
    assert (
        f"{halves[0].total()} referrals in January to June 2025 became {halves[1].total()} in "
        "July to December 2025." in said
    )
    assert {
        name: [int(cell.split()[0]) for cell in cells[1:3]] for name, cells in lines.items()
    } == {name: [halves[0][name], halves[1][name]] for name in halves[0] | halves[1]}


def ties_seen(me: UUID) -> dict[tuple[UUID, UUID], int]:
    """What one member may see: her own ties, and others' from five referrals on."""
    tally = Counter((row.sender_id, row.receiver_id) for row in counted())
    private = {row.practitioner_id for row in db.session.query(Account) if row.keeps_ties_private}
    return {
        ends: count
        for ends, count in tally.items()
        if me in ends or (count >= 5 and not private & set(ends))
    }


def test_everything_hangs_on_whoever_cuts_me_off_when_taken_away(
    linnet: Visitor, sample: Actor
) -> None:
    me, called, practises = sample.practitioner_id, names(), main_disciplines()
    assert me is not None
    ties = ties_seen(me)
    mine = {receiver for sender, receiver in ties if sender == me}
    near = {end for ends in ties if me in ends for end in ends}
    edges = [(called[one], called[other]) for one, other in ties if {one, other} & near]
    graph = igraph.Graph.TupleList(edges, directed=False)
    expected = {}
    for discipline in {practises[id_] for id_ in mine}:
        holders = {called[id_] for id_ in practises if practises[id_] == discipline}
        cutting = set()
        for name in set(graph.vs["name"]) - {called[me]}:
            left = graph.copy()
            left.delete_vertices([name])
            reached = left.subcomponent(called[me])
            if not holders & {left.vs[at]["name"] for at in reached}:
                cutting.add(name)
        expected[discipline] = cutting
    said, lines = answer(linnet, "one-person")
    hanging = sum(bool(each) for each in expected.values())
    assert f"hangs on one person in {hanging} of the {len(expected)} disciplines" in said
    shown = sorted(cells[0] for cells in lines.values() if cells[0] != "More than one way")
    assert shown == sorted(" and ".join(sorted(each)) for each in expected.values() if each)
    drawn = {
        ends: count if me in ends else min(20, count // 10 * 10) or 5
        for ends, count in ties.items()
        if set(ends) & near
    }
    circle = igraph.Graph.TupleList(
        [(called[one], called[other], count) for (one, other), count in drawn.items()],
        directed=False, weights=True,
    ).simplify(combine_edges="sum")  # fmt: skip
    around, at = circle.degree(called[me]), circle.vs.find(called[me]).index
    pairs = around * (around - 1) // 2
    tied = round(circle.transitivity_local_undirected([at])[0] * pairs)
    burt = circle.constraint([at], weights="weight")[0]
    assert (
        f"Refer to each other {tied} of {pairs} pairs among the {around} people around you" in said
    )
    assert f"Dependence {burt:.2f} 0 is spread wide, 1 one person alone" in said


def test_missing_disciplines_are_asked_for_and_practised_by_nobody_around(
    linnet: Visitor, sample: Actor
) -> None:
    me = sample.practitioner_id
    led = {row.id for row in db.session.query(Client) if row.lead_id == me}
    standing = db.session.query(Goal).filter(Goal.status.in_(("active", "paused")))
    goals = {row.id for row in standing if row.client_id in led}
    wanted = defaultdict(set)
    for seat in db.session.query(Seat):
        if seat.goal_id in goals and seat.state in ("open", "referred", "filled"):
            wanted[seat.discipline].add(seat.goal_id)
    around = {
        end for row in counted() for end in (row.sender_id, row.receiver_id)
        if me in (row.sender_id, row.receiver_id)
    }  # fmt: skip
    practised = {
        row.discipline
        for row in db.session.query(PractitionerDiscipline)
        if row.practitioner_id in around - {me}
    }
    said, lines = answer(linnet, "missing")
    assert f"of the {len(wanted)} disciplines that your clients' goals ask" in said
    assert sorted(int(cells[1]) for cells in lines.values()) == sorted(map(len, wanted.values()))
    nobody = [cells for cells in lines.values() if cells[0] == "Nobody"]
    vague = [cells for cells in lines.values() if cells[0].startswith("From memory only")]
    assert nobody
    assert len(nobody) + len(vague) == len(set(wanted) - practised)
    remembered = {row.practitioner_id for row in db.session.query(RememberedTie)} - around
    rows = db.session.query(PractitionerDiscipline).all()
    known_of = {row.discipline for row in rows if row.practitioner_id in remembered}
    assert len(vague) == len((set(wanted) - practised) & known_of)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (7, "8 others 3 said to take new clients"),
        (250, "200 others or more of 200 looked at, "),
    ],
)
def test_large_discipline_is_looked_into_and_not_counted(
    signed_in: Callable[[str], Visitor], world: World, others: int, said: str
) -> None:
    """A seat is open of the discipline of Ash, who said nothing of new clients. The last of the
    others was taken out."""
    for at in range(others + 1):
        db.session.add(
            Practitioner(
                name=f"Someone {at}",
                kind="person",
                accepting="yes" if at < 3 else "no",
                retired_at=clock.now() if at == others else None,
                disciplines=[PractitionerDiscipline(discipline="physiotherapist", position=0)],
            )
        )
    db.session.commit()
    lines = answer(signed_in("wren"), "missing")[1]
    assert any(said in " ".join(cells) for cells in lines.values()), lines


def test_introduction_is_the_shortest_way_over_ties_one_may_see(
    linnet: Visitor, sample: Actor
) -> None:
    me, called = sample.practitioner_id, names()
    assert me is not None
    accepted = Counter((row.sender_id, row.receiver_id) for row in counted() if row.accepted_at)
    lengths: dict[frozenset[UUID], int] = Counter()
    for ends, count in ties_seen(me).items():
        band = 5 if count < 10 else 10 if count < 20 else 20
        lengths[frozenset(ends)] += accepted[ends] if me in ends else band
    edges = [(*(called[id_] for id_ in ends), 1 / (1 + n)) for ends, n in lengths.items()]
    graph = igraph.Graph.TupleList(edges, directed=False, weights=True)
    practised = defaultdict(set)
    for row in db.session.query(PractitionerDiscipline):
        practised[row.discipline].add(called[row.practitioner_id])
    met = {called[row.practitioner_id] for row in db.session.query(RememberedTie)}
    met.update(graph.vs[graph.neighbors(called[me])]["name"])
    checked = 0
    for discipline, holders in practised.items():
        reached = sorted(holders & set(graph.vs["name"]))
        if holders & met or not reached:
            continue
        ways = graph.get_shortest_paths(called[me], reached, weights="weight")
        far = graph.distances(called[me], reached, weights="weight")[0]
        nearest = min(range(len(ways)), key=far.__getitem__)
        if len(ways[nearest]) in (3, 4) and sorted(far)[:2] != [far[nearest]] * 2:
            first, *between = graph.vs[ways[nearest]][1:]["name"][:-1]
            by_way = f", by way of {between[0]}" if between else ""
            said = f"{first} could introduce you to {reached[nearest]}{by_way}."
            assert said in answer(linnet, f"introductions?discipline={discipline}")[0]
            checked += 1
    assert checked
    assert "No way to see" in answer(linnet, "introductions?discipline=dermatologist")[0]


def test_cost_does_not_grow_with_ties(linnet: Visitor) -> None:
    most: dict[str, Any] = {
        "balance": 5, "answering": 5, "rhythm": 4, "changes": 3, "one-person": 5,
        "missing": 6, "introductions?discipline=osteopath": 7, "community": 3,
    }  # fmt: skip
    with statements() as seen:
        linnet.get("/account/password")
    frame = len(seen)
    for question, allowed in most.items():
        with statements() as seen:
            assert linnet.get(f"{QUESTIONS}/{question}").status_code == 200
        assert len(seen) - frame <= allowed, question


@pytest.mark.parametrize("name", ["rowan", "sorrel"])
def test_network_of_nobody_is_no_fault(signed_in: Callable[[str], Visitor], name: str) -> None:
    """Rowan has no referral yet, Sorrel no entry; what is typed into the address makes no sense."""
    visitor = signed_in(name)
    page = visitor.get(QUESTIONS).text
    addresses = re.findall(rf'href="({QUESTIONS}/[^"]+)"', page)
    assert len(addresses) == 9
    for address in addresses:
        found = visitor.get(f"{address}?discipline=wizard&since=1&until=2026-7&place=%00")
        assert found.status_code == 200
        assert "<tbody>" not in found.text
