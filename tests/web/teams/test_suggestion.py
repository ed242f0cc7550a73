"""The page of the suggested team, and that its first team is the best there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from itertools import combinations, product
from math import inf
from uuid import UUID

import networkx as nx
import pytest
from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.domain.matching import Accepting
from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import Practitioner, Workplace
from careteam.features.directory.queries import Look
from careteam.features.network.suggesting import Wishes, choosing, making, suggestion_of
from careteam.features.referrals.models import Referral
from careteam.features.responsiveness.parts import part_of
from careteam.features.teams.candidates import names_for_seats
from careteam.features.teams.models import NameWish, Seat
from careteam.features.teams.queries import seats_of
from careteam.kit.db import db
from tests.features.teams.making import answer, goal_on
from tests.personas import World, a_practitioner, a_seat
from tests.support.forms import forms_of
from tests.support.pages import legible
from tests.support.referring import refer
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


@pytest.fixture
def page_of(world: World, signed_in: SignIn) -> Callable[..., str]:
    """Hazel's goal, with Ash seated, asks for a dietitian and a counsellor."""
    goal = db.session.get_one(Goal, world.goal_id)
    a_seat(goal, "dietitian")
    a_seat(goal, "counsellor")
    a_practitioner("Fennel Cook", "dietitian").usual_wait_days = 1
    a_practitioner("Clover Ear", "counsellor")
    a_practitioner("Bracken Ear", "counsellor").accepting = "no"
    db.session.commit()
    wren = signed_in("wren")

    def read(query: str = "") -> str:
        return legible(wren.get(f"/goals/{world.goal_id}/suggestion{query}").text)

    return read


def id_of(name: str) -> UUID:
    found = db.session.scalars(select(Practitioner.id).where(Practitioner.name == name)).one()
    db.session.rollback()
    return found


def test_names_come_with_proof_with_what_is_not_known_and_a_second(
    page_of: Callable[..., str],
) -> None:
    said = page_of()
    assert re.search(
        "2 of 2 open places with a name: (Fennel Cook and Clover Ear|Clover Ear and Fennel Cook) ",
        said,
    )
    assert "No other team scores better by what counts here. This is proven, not guessed." in said
    assert "On the team already, and counted: Ash Seated." in said
    assert said.index("Fennel Cook") < said.index("Juniper Outside")
    assert "fee not known" in said
    assert "New: little is known yet" in said
    assert "Bracken Ear" not in said, "says that no new clients are taken"
    assert "Only one name." in said


def test_working_together_counts_and_is_told_in_bands_as_far_as_it_may_be(
    world: World, page_of: Callable[..., str]
) -> None:
    refer(world.juniper, world.ash.practitioner_id, 12, status="closed")
    refer(id_of("Fennel Cook"), world.ash.practitioner_id, 4, status="closed")
    said = page_of()
    assert said.index("Juniper Outside") < said.index("Fennel Cook")
    assert "Has worked with Ash Seated (some referrals)." in said
    assert "not known to have worked with anyone on this team" in said

    db.session.query(Account).filter_by(practitioner_id=world.ash.practitioner_id).update(
        {"keeps_ties_private": True}
    )
    db.session.commit()
    hidden = page_of()
    assert hidden.index("Fennel Cook") < hidden.index("Juniper Outside")
    assert "worked with" not in hidden


def test_within_a_band_neither_number_nor_acceptance_moves_anything(
    world: World, page_of: Callable[..., str]
) -> None:
    refer(world.juniper, world.ash.practitioner_id, 1, status="closed")
    refer(world.juniper, world.ash.practitioner_id, 9)
    refer(id_of("Fennel Cook"), world.ash.practitioner_id, 5, status="closed")
    before = page_of()
    assert "Has worked with Ash Seated (some referrals)." in before
    refer(world.juniper, world.ash.practitioner_id, 3, status="closed")
    assert page_of() == before


def test_referrals_to_the_lead_change_nothing(world: World, page_of: Callable[..., str]) -> None:
    before = page_of()
    refer(world.juniper, world.wren.practitioner_id, 30, status="closed")
    assert page_of() == before


def test_sliders_and_filters_stand_in_the_address(page_of: Callable[..., str]) -> None:
    assert "quick to answer most" in page_of("?quick=4")
    assert "as usual" in page_of("?quick=nonsense&way=no&within=-1")


def test_without_a_town_nothing_can_be_asked_of_distance(
    world: World, page_of: Callable[..., str]
) -> None:
    said = page_of("?within=10")
    assert "town is not noted, so distance counts for nobody. Note the town" in said
    assert "Remove Within 10 km: needs a town" in said
    assert "Counts now: quick to answer as usual" in said
    client = db.session.get_one(Client, world.client_id)
    client.place, client.latitude, client.longitude = "Bristol", 51.45, -2.58
    db.session.commit()
    said = page_of("?within=10&near=4")
    assert "town" not in said
    assert "Remove Within 10 km Clear all" in said
    assert "Counts now: near most, quick to answer as usual" in said


@pytest.mark.either_database
def test_of_many_those_are_looked_at_who_fit_best_or_work_with_the_team(
    world: World, page_of: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        a_practitioner(f"Number {number}", "dietitian").usual_wait_days = 20 + number
    a_practitioner("Away Until", "dietitian").accepting = "no"
    db.session.commit()
    refer(id_of("Number 3"), world.ash.practitioner_id, 9, status="closed")
    monkeypatch.setattr(choosing, "MOST", 2)
    monkeypatch.setattr(choosing, "NEWCOMERS", 1)
    said = page_of()
    assert "Of 7 people who could be asked, 3 were looked at: those with whom a team" in said
    assert "No other team scores better by what counts here. This is proven" in said
    assert said.index("Number 3") < said.index("Fennel Cook"), "works with Ash"
    assert "Number 2" not in said
    with monkeypatch.context() as unsure:
        unsure.setattr(choosing, "ROUNDED", 900.0)
        said = page_of("?knows=0")
        assert "No other team of the people looked at scores better by what counts" in said
        assert "how few a team with one of the others could have is not known." in said
        unsure.setattr(choosing, "ROUNDED", 100.0)
        said = page_of("?knows=0")
        assert re.search(r"no team with one of the others can have fewer than [1-9]\d*\.", said)
    seat = next(each for each in seats_of(world.goal_id) if each.discipline == "dietitian")
    db.session.add(
        NameWish(
            goal_id=world.goal_id,
            client_id=world.client_id,
            practitioner_id=id_of("Number 2"),
            seat_id=seat.id,
        )
    )
    db.session.commit()
    assert "Number 2" in page_of()
    db.session.query(NameWish).delete()
    db.session.commit()
    full = page_of("?accepting=y")
    assert "To see 7 people, include those not known" in full, "said of everybody"


def test_town_is_noted_and_the_sliders_are_found_again(world: World, signed_in: SignIn) -> None:
    wren, here = signed_in("wren"), f"/goals/{world.goal_id}/suggestion?quick=4"
    a_seat(db.session.get_one(Goal, world.goal_id), "dietitian")
    db.session.commit()
    link = re.search(r'href="([^"]*)">Note the town', wren.get(here).text)
    assert link
    (form,) = [
        each
        for each in forms_of(wren.get(unescape(link[1]).partition("#")[0]).text)
        if each.action.endswith("/edit")
    ]
    sent = {name: values[0] for name, values in form.filled.items() if values}
    answer = wren.post(form.action, sent | {"place": "Bristol"})
    assert answer.headers["Location"] == here
    assert "distance counts for nobody" not in wren.get(here).text


def test_place_without_a_name_says_why_and_who_could_know(
    world: World, page_of: Callable[..., str], signed_in: SignIn
) -> None:
    said = page_of("?accepting=y")
    assert "No name for this place To see 2 people, include those not known" in said
    assert "Who could know somebody: FC" in said
    wren = signed_in("wren")
    wren.post(f"/goals/{world.goal_id}/suggestion/leave-out", {"who": str(id_of("Clover Ear"))})
    said = page_of()
    assert "Everybody who is left (1 person) says that they take no new clients." in said
    assert "Of this discipline, takes no new clients" in said
    wren.post(f"/goals/{world.goal_id}/refused", {"who": str(id_of("Juniper Outside"))})
    wren.post(f"/goals/{world.goal_id}/suggestion/leave-out", {"who": str(id_of("Fennel Cook"))})
    said = page_of()
    assert "Nobody else who could do this is in the directory: 1 is not wanted" in said
    assert "by the client and 1 is left out for this goal." in said


def test_a_colleague_at_the_same_practice_is_disclosed(
    world: World, page_of: Callable[..., str]
) -> None:
    assert "your practice" not in page_of()
    work = db.session.query(Workplace).filter_by(practitioner_id=world.juniper).one()
    work.practice = "WREN'S ROOMS"
    db.session.commit()
    assert "Works at your practice: tell the client." in page_of()


def test_search_that_is_stopped_says_how_far_from_the_best_it_may_be(
    page_of: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SECONDS", -1.0)
    said = page_of()
    assert "The best found in two seconds, not proven to be the best." in said
    assert re.search(r"It has [\d,]+ points, fewer are better; how few a team could", said)
    assert "This is proven" not in said
    assert "Fennel Cook" in said


def test_no_names_while_a_sign_of_today_is_open(world: World, signed_in: SignIn) -> None:
    goal = goal_on(world, "weight_loss_ed_history")
    a_practitioner("Ivy Marsh", "dietitian")
    db.session.commit()
    address, wren = f"/goals/{goal.id}/suggestion", signed_in("wren")
    assert "Ivy Marsh" in wren.get(address).text
    answer(world, db.session.get_one(Goal, goal.id), rapid_loss="yes")
    db.session.commit()
    page = wren.get(address).text
    assert "Until it is answered no names are shown here." in page
    assert "Ivy Marsh" not in page


def test_only_the_lead_is_shown_names(world: World, signed_in: SignIn) -> None:
    for name, status in (("wren", 200), ("ash", 404), ("rowan", 404)):
        assert signed_in(name).get(f"/goals/{world.goal_id}/suggestion").status_code == status


@pytest.mark.either_database
def test_first_team_is_the_best_of_all_teams_counted_by_hand(sample: Actor) -> None:
    goal, client = _goal_with_open_places()
    seats = [seat for seat in seats_of(goal.id) if seat.state == "open"]
    fits = {seat.id: _fits_by_hand(sample, client, seat, goal) for seat in seats}
    distances = _distances_by_hand(client.lead_id)
    fixed = [
        seat.practitioner_id
        for seat in seats_of(goal.id)
        if seat.state in ("filled", "referred") and seat.practitioner_id != client.lead_id
    ]

    def cost(people: tuple[UUID, ...]) -> int:
        team = [*filter(None, fixed), *people]
        own = sum(fits[seat.id][who] for seat, who in zip(seats, people, strict=True))
        return own + sum(distances(one, two) for one, two in combinations(team, 2))

    teams = [team for team in product(*fits.values()) if len(set(team)) == len(team)]
    best = min(map(cost, teams))
    found = suggestion_of(sample, client, goal, seats_of(goal.id), Wishes())
    chosen = tuple(answer.first.id for answer in found.seats if answer.first)

    assert len(teams) == 80
    assert found.is_proven
    assert cost(chosen) == best
    assert all(len(answer.others) >= 1 for answer in found.seats if len(fits[answer.seat.id]) > 1)


def _goal_with_open_places() -> tuple[Goal, Client]:
    client = db.session.scalars(select(Client).where(Client.name == "Gareth Stonecrop")).one()
    goal = db.session.scalars(select(Goal).where(Goal.client_id == client.id)).one()
    for seat in seats_of(goal.id):
        if seat.discipline in ("psychologist", "counsellor", "dietitian", "massage_therapist"):
            seat.state, seat.practitioner_id, seat.filled_on = "open", None, None
    db.session.commit()
    return goal, client


def _fits_by_hand(actor: Actor, client: Client, seat: Seat, goal: Goal) -> dict[UUID, int]:
    """By the formulas of docs/suggestion.md; the client wishes for no language."""
    found = {}
    names = names_for_seats(actor, client, [seat], goal, Look(first=99))[seat.id]
    for ranked in names.shortlist.ranked:
        who = ranked.candidate
        if seat.discipline not in who.disciplines or ranked.accepting is Accepting.NO:
            continue
        row = db.session.get_one(Practitioner, UUID(who.practitioner_id))
        db.session.refresh(row, ["disciplines"])
        figures = part_of(actor, row).figures
        yes = [
            rate.share if rate else 0.5
            for rate in ((figures.answers, figures.acceptance) if figures else (None, None))
        ]
        fee = 0 if row.is_public_service else row.fee_from
        counted = figures.median_days if figures else None
        days = row.usual_wait_days if counted is None else round(counted)
        wait = 0.5 if days is None else min(1, days / 42)
        takes = 0 if ranked.accepting is Accepting.YES else 0.5
        found[row.id] = (
            round(300 * (1 - sum(yes) / 2))
            + round(300 * (0.5 if who.distance_km is None else min(1, who.distance_km / 50)))
            + round(150 * (0.5 if fee is None else min(1, max(0, (float(fee) - 40) / 120))))
            + round(100 * (takes + wait) / 2)
        )
    return found


def _distances_by_hand(lead: UUID) -> Callable[[UUID, UUID], int]:
    counted: dict[tuple[UUID, UUID], list[int]] = {}
    for row in db.session.scalars(select(Referral)):
        if row.status not in ("draft", "discarded", "withdrawn"):
            pair = counted.setdefault((row.sender_id, row.receiver_id), [0, 0])
            pair[0] += 1
            pair[1] += row.accepted_at is not None
    both: dict[frozenset[UUID], int] = {}
    for ends, (given, accepted) in counted.items():
        if given >= 5 and lead not in ends:
            key = frozenset(ends)
            band = 5 if given < 10 else 10 if given < 20 else 20
            both[key] = both.get(key, 0) + (band if accepted else 0)
    graph: nx.Graph[UUID] = nx.Graph()
    for key, accepted in both.items():
        one, two = key
        graph.add_edge(one, two, length=round(1000 / (1 + accepted)))
    lengths: Mapping[UUID, Mapping[UUID, float]] = dict(
        nx.all_pairs_dijkstra_path_length(graph, weight="length")
    )
    return lambda one, two: int(min(1000, lengths.get(one, {}).get(two, inf)))
