"""A community too large to be read for a page: the part that is shown agrees with the whole."""

from __future__ import annotations

from random import Random
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.domain.network.periods import HalfYear, Period
from careteam.domain.network.ties import TieKind
from careteam.features.accounts.models import Account
from careteam.features.directory.models import Practitioner
from careteam.features.network.everybody import counts_of, everybody_of, worked_together
from careteam.features.network.graph import (
    Filters,
    Sight,
    community_of,
    count_without,
    fitting,
    with_usual,
)
from careteam.features.network.knowing import crowd
from careteam.features.network.knowing.work import work_out
from careteam.features.network.queries import list_worked_together
from careteam.features.network.ranking import page_of_everybody
from careteam.kit.db import db
from careteam.web.network.saying import others_words
from tests.personas import World, a_practitioner, build_world
from tests.support.database import TestDatabase
from tests.support.referring import JANUARY, refer, remember
from tests.support.statements import statements

SPRING = Period.between(HalfYear(2026, 1), HalfYear(2026, 1))
LATELY = Period.between(HalfYear(2025, 1), HalfYear(2026, 1))


@pytest.fixture
def busy(app: Flask, database: TestDatabase) -> World:
    """Ten osteopaths and two dietitians who refer to each other, and to Wren, in three years."""
    return database.made_once(app, "busy", lambda: referring_much(build_world()))


def referring_much(world: World) -> World:
    rng = Random(5)
    people = [a_practitioner(f"Oak {number}", place="Leeds").id for number in range(10)]
    people += [a_practitioner(f"Yew {number}", "dietitian").id for number in range(2)]
    mine: UUID | None = world.wren.practitioner_id
    for one in (*people, mine):
        for other in rng.sample([mine, *people], 4):
            if one != other:
                status, back = rng.choice(("sent", "closed", "declined")), rng.randrange(3)
                refer(one, other, rng.randrange(1, 26), status=status)
                at = JANUARY.replace(year=2026 - back)
                refer(one, other, rng.randrange(0, 9), status="closed", at=at)
    remember(mine, world.juniper, "few", "many")
    db.session.commit()
    return world


def gathered(world: World) -> World:
    db.session.commit()
    work_out()
    return world


@pytest.fixture
def large(busy: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The same, where fourteen are too many to be read for a page."""
    monkeypatch.setattr(crowd, "LARGE", 13)
    return gathered(busy)


def told(sight: Sight) -> tuple[list[str], set[object]]:
    """Everybody in their order, and all that is said of each tie between people in view."""
    there = {person.id for person in sight.people}
    ties = [sight.seen.edges[pair]["tie"] for pair in sight.seen.edges]
    return (
        [person.name for person in sight.others],
        {tie for tie in ties if {tie.sender, tie.receiver} <= there},
    )


@pytest.mark.parametrize("period", [None, SPRING, LATELY])
def test_what_is_gathered_says_the_same_as_what_is_read(
    busy: World, monkeypatch: pytest.MonkeyPatch, period: Period | None
) -> None:
    gathered(busy)
    monkeypatch.setattr("careteam.features.network.everybody.is_large", lambda _actor: True)
    for reader in (busy.wren, busy.sorrel):
        whole = told(community_of(reader, period))
        assert told(everybody_of(reader, Filters(period=period))) == whole
        assert whole[1]


def test_counts_that_are_kept_are_those_that_are_read(
    busy: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also once somebody was taken out of the directory, before it is gathered again."""
    gathered(busy)
    oak = db.session.scalars(select(Practitioner).where(Practitioner.name == "Oak 1")).one()
    for retired_at in (None, JANUARY):
        oak.retired_at = retired_at
        db.session.commit()
        read = counts_of(busy.wren)
        with monkeypatch.context() as patch:
            patch.setattr(crowd, "LARGE", 3)
            kept, part = counts_of(busy.wren), everybody_of(busy.wren, Filters()).part
        assert (read.is_large, kept.is_large) == (False, True)
        assert kept.by_discipline == read.by_discipline
        assert (kept.people, kept.by_place) == (read.people, read.by_place)
        assert part is not None
        assert (part.fits, part.people) == (read.people, read.people)


def test_part_is_those_who_receive_most_and_whoever_one_knows(large: World) -> None:
    sight = everybody_of(large.wren, Filters())
    part = sight.part
    assert part is not None
    assert part.shown is not None
    assert part.people is not None
    assert part.shown < part.people == part.fits
    own = {
        person
        for sender, receiver in community_of(large.wren).seen.edges
        if str(large.wren.practitioner_id) in (sender, receiver)
        for person in (sender, receiver)
    }
    assert own <= {person.id for person in sight.people}


def test_discipline_shows_those_who_are_not_in_the_part(large: World) -> None:
    sight = everybody_of(large.sorrel, Filters(discipline="dietitian"))
    assert {"Yew 0", "Yew 1"} <= {person.name for person in sight.people}
    assert sight.part is not None
    assert sight.part.shown == sight.part.fits


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(period=LATELY),
        Filters(period=SPRING, at_least=10),
        Filters(at_least=20),
        Filters(discipline="dietitian"),
        Filters(place="Leeds", accepting=True),
        Filters(answers=10),
    ],
    ids=str,
)
def test_list_read_by_the_page_is_that_of_the_whole_part(large: World, filters: Filters) -> None:
    """Order, numbers of all pages and what is said of each tie, with one who came since, one
    taken out since, and one private."""
    yew = db.session.scalars(select(Practitioner).where(Practitioner.name == "Yew 1")).one()
    yew.retired_at = JANUARY
    newest = a_practitioner("Alder", place="Leeds").id
    refer(large.wren.practitioner_id, newest, 12, status="closed")
    db.session.get_one(Account, large.ash.account_id).keeps_ties_private = True
    db.session.commit()
    for reader in (large.wren, large.sorrel):
        whole = everybody_of(reader, filters)
        whole = with_usual(reader, whole) if filters.answers else whole
        shown = fitting(whole, filters)
        expected = [one for one in whole.others if shown is None or one.id in shown]
        first = page_of_everybody(reader, filters, 1, 4)
        assert (first.total if first else 0) == len(expected)
        for start in range(0, len(expected), 4):
            page = page_of_everybody(reader, filters, start // 4 + 1, 4)
            assert page is not None
            assert page.sight.others == expected[start : start + 4]
            for one in page.sight.others:
                said = [others_words(each.seen, one.id, whole.me) for each in (page.sight, whole)]
                assert said[0] == said[1]
            assert page.usual_of is None or page.usual_of[1] == len(whole.others)


def test_nobody_who_fits_is_told_which_filter_to_drop(large: World) -> None:
    filters = Filters(discipline="dietitian", place="Leeds")
    assert count_without(everybody_of(large.sorrel, filters), filters)["discipline"] >= 9


def test_private_ties_leave_what_is_gathered_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a worker comes to it again."""
    refer(world.ash.practitioner_id, world.juniper, 9, status="closed")
    refer(world.ash.practitioner_id, world.wren.practitioner_id, 6)
    monkeypatch.setattr("careteam.features.network.everybody.is_large", lambda _actor: True)
    large = gathered(world)

    def banded(reader: Actor) -> int:
        seen = everybody_of(reader, Filters()).seen
        ash = str(large.ash.practitioner_id)
        return sum(
            ash in pair and seen.edges[pair]["tie"].kind is TieKind.BAND for pair in seen.edges
        )

    def together() -> int:
        ties = worked_together(large.wren, frozenset())
        return len(ties.bonds([str(large.ash.practitioner_id)]))

    assert (banded(large.sorrel), together()) == (2, 1)
    db.session.get_one(Account, large.ash.account_id).keeps_ties_private = True
    db.session.commit()
    assert (banded(large.sorrel), together()) == (0, 0)
    mine = everybody_of(large.wren, Filters()).seen
    assert mine.has_edge(str(large.ash.practitioner_id), str(large.wren.practitioner_id))


def test_who_works_together_is_the_same_gathered_and_read(busy: World) -> None:
    without = frozenset(filter(None, [busy.wren.practitioner_id]))
    gathered(busy)

    def pairs() -> dict[tuple[str, str], int]:
        ties = worked_together(busy.wren, without)
        return ties.among(ties.at)

    kept = pairs()
    assert kept
    assert set(kept) == {
        (min(tie.sender, tie.receiver), max(tie.sender, tie.receiver))
        for tie in list_worked_together(busy.wren)
        if not {tie.sender, tie.receiver} & set(map(str, without))
    }
    refer(busy.ash.practitioner_id, busy.juniper, 9, status="closed")
    assert len(pairs()) == len(kept) + 1


def test_who_works_together_is_read_once_for_each_state_of_the_network(busy: World) -> None:
    def asked() -> tuple[int, int]:
        with statements() as seen:
            ties = len(worked_together(busy.wren, frozenset()))
        return ties, sum("GROUP BY referrals.sender_id" in each for each in seen)

    db.session.commit()
    first, read = asked()
    assert (read, asked()) == (1, (first, 0))
    db.session.get_one(Account, busy.wren.account_id).keeps_ties_private = True
    assert asked()[0] < first, "though it is not committed yet"
    db.session.rollback()
    assert asked()[0] == first
    refer(busy.ash.practitioner_id, busy.juniper, 9, status="closed")
    db.session.commit()
    assert (asked(), asked()) == ((first + 1, 1), (first + 1, 0))


def test_before_it_is_gathered_ones_own_network_is_shown(
    busy: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "LARGE", 3)
    sight = everybody_of(busy.wren, Filters())
    assert sight.part is not None
    assert sight.part.people is None
    assert 0 < len(sight.others) < len(community_of(busy.wren).others)
