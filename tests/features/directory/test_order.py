"""The plain order by the database is that of the rules, and pages of it meet without a gap."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import product
from random import Random
from uuid import UUID

import pytest

from careteam.domain.matching import Ranked, Wanted, near_first, order_candidates, standing_first
from careteam.features.directory.models import PractitionerDiscipline, PractitionerLanguage
from careteam.features.directory.naming import Names, names_in_order, with_language_names
from careteam.features.directory.queries import Enquiry, Look, candidates_for
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.places import Place
from tests.personas import World, a_practitioner

BATH = Place("Bath", "", 51.38, -2.36, 0)
WANTED = Wanted("podiatrist", alternatives=("osteopath",), languages=("Polish",))
EVERYBODY = Look(first=1000, away=1000)


@pytest.fixture
def people(world: World) -> list[UUID]:
    """All that decides, mixed so that each step of the order has somebody to part."""
    rng, today = Random(7), clock.today()
    said = (None, today - timedelta(days=180), today - timedelta(days=181))
    for number, (takes, on, north) in enumerate(
        product(("yes", "no", "unknown"), said, (0.0, 0.04, 0.1, 0.2, 0.44, 0.46, 3.0, None))
    ):
        both = ["osteopath", "podiatrist"] if number % 4 == 0 else ["podiatrist", "osteopath"]
        row = a_practitioner(f"Person {rng.randrange(100):02d}", both[0])
        if number % 7 == 0:
            row.disciplines.append(PractitionerDiscipline(discipline=both[1], position=1))
        row.accepting, row.accepting_said_on = takes, on
        row.usual_wait_days = rng.choice((None, 0, 7, 8, 21, 42, 43))
        row.verified_on = rng.choice((None, today, today - timedelta(days=9)))
        row.workplaces[0].latitude = None if north is None else BATH.latitude + north
        row.workplaces[0].longitude = BATH.longitude
        if number % 3 == 0:
            row.languages = [PractitionerLanguage(code="pl")]
        row.away_until = today if number % 11 == 0 else date(2020, 1, 1) if number % 2 else None
    db.session.commit()
    found = candidates_for(world.wren, ["podiatrist", "osteopath"])
    return [UUID(each.practitioner_id) for each in found]


def looked_at(world: World, look: Look, own: Collection[UUID] = (), *, near_first: bool = False,
              near: Place | None = BATH) -> Names:  # fmt: skip
    enquiry = Enquiry(
        disciplines=("podiatrist", "osteopath"),
        near=near,
        language="pl",
        own=own,
        near_first=near_first,
    )
    return names_in_order(world.wren, [(WANTED, enquiry)], look)[0]


def ids(ranked: Sequence[Ranked]) -> list[str]:
    return [each.candidate.practitioner_id for each in ranked]


@pytest.mark.parametrize("near", [BATH, None])
def test_the_database_puts_names_in_the_order_of_the_rules(
    world: World, people: list[UUID], near: Place | None
) -> None:
    everybody = candidates_for(world.wren, ["podiatrist", "osteopath"], near)
    wanted = WANTED if near else Wanted("podiatrist", ("osteopath",), False, ("Polish",))
    by_rule = order_candidates(wanted, map(with_language_names, everybody), clock.today())
    found = looked_at(world, EVERYBODY, near=near)
    assert ids(found.shortlist.ranked) == ids(by_rule.ranked)
    assert found.shortlist.excluded == by_rule.excluded
    assert (found.there, found.away) == (len(by_rule.ranked), len(by_rule.excluded))
    assert len(people) == found.there + found.away > 60
    by_nearness = looked_at(world, EVERYBODY, near_first=True, near=near).shortlist.ranked
    assert ids(by_nearness) == ids(near_first(by_rule.ranked) if near else by_rule.ranked)


def test_pages_of_the_order_meet_without_a_gap(world: World, people: list[UUID]) -> None:
    """With some who come first: of these one is away and one takes nobody."""
    whole = looked_at(world, EVERYBODY).shortlist
    full = next(each for each in whole.ranked if each.accepting == "no")
    own = {UUID(who) for who in ids(whole.ranked)[5:8]}
    own |= {UUID(full.candidate.practitioner_id), UUID(whole.excluded[0].candidate.practitioner_id)}
    expected = standing_first(whole, set(map(str, own)), 3)
    met: list[str] = []
    for number in range(1, 20):
        look = Look(first=3, after=(number - 1) * 7, more=10)
        found = looked_at(world, look, own)
        offered = standing_first(found.shortlist, set(map(str, own)), 3)
        assert ids(offered.first) == ids(expected.first)
        assert ids(offered.own) == ids(whole.ranked)[5:8]
        page = found.others(offered, number, 7)
        assert page.total == len(expected.others)
        met += ids(page.items)
    assert met == ids(expected.others)
    assert whole.excluded[0] in found.shortlist.excluded


def test_who_may_stand_in_is_looked_for_only_where_the_first_are_too_few(
    world: World, people: list[UUID]
) -> None:
    whole = ids(looked_at(world, EVERYBODY).shortlist.ranked)
    for first in (1, 5, 30, 50):
        found = looked_at(world, Look(first=first))
        assert ids(found.shortlist.ranked) == whole[:first]
        assert first < found.there <= len(whole)


@pytest.mark.either_database
def test_where_all_are_away_it_says_how_many(world: World) -> None:
    for number in range(3):
        a_practitioner(f"Away {number}", "podiatrist").away_until = clock.today()
    db.session.commit()
    asked = [(Wanted("podiatrist"), Enquiry(disciplines=["podiatrist"]))]
    found = names_in_order(world.wren, asked, Look(first=2))[0]
    assert (found.there, found.away, len(found.shortlist.excluded)) == (0, 3, 1)
    assert found.shortlist.empty_because == (
        "All of this discipline are ruled out for this seat (3 people)."
    )
