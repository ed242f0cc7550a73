"""The search page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from careteam.features.directory.models import Practitioner
from careteam.kit.db import db
from tests.personas import World, a_practitioner, an_account
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def test_every_member_reads_the_directory(world: World, signed_in: SignedIn) -> None:
    for name in ("wren", "rowan", "ash", "sorrel"):
        page = signed_in(name).get("/practitioners").text
        assert "4 entries" in page
        assert "Juniper Outside" in page


def test_chips_drop_one_filter_each(world: World, signed_in: SignedIn) -> None:
    page = signed_in("rowan").get("/practitioners?q=ash&place=Bristol&within=10&language=").text
    assert "1 entry near Bristol, England, GB" in page
    assert 'href="/practitioners?q=ash"' in page
    assert 'href="/practitioners?place=Bristol&amp;within=10"' in page
    assert "1 km" in page


def test_nothing_found_says_which_filter_to_drop(world: World, signed_in: SignedIn) -> None:
    page = signed_in("rowan").get("/practitioners?discipline=dietitian&accepting=y").text
    assert "Nobody fits all of this" in page
    assert "1 entry without it" in page
    assert 'href="/practitioners?discipline=dietitian"' in page


def test_unknown_town_is_said_and_looked_for_as_a_word(world: World, signed_in: SignedIn) -> None:
    page = signed_in("rowan").get("/practitioners?place=Xyzzyville").text
    assert "is not a town we know" in page


def test_nonsense_in_the_address_is_no_error(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    for query in (
        "discipline=wizard",
        "within=1e9&place=Bath",
        "fee=lots",
        "fee=NaN",
        "ways=flying",
        "language=%00",
        "page=999999",
        "page=-1",
        "q=%25_%5C",
        "place=" + "x" * 5000,
        "accepting=maybe&retired=y",
    ):
        assert rowan.get(f"/practitioners?{query}").status_code == 200, query


def test_empty_directory_offers_the_import(app: Flask, world: World, signed_in: SignedIn) -> None:
    for row in db.session.query(Practitioner).filter(
        Practitioner.id != world.rowan.practitioner_id
    ):
        row.retired_at = row.created_at
    db.session.commit()
    page = signed_in("rowan").get("/practitioners").text
    assert "1 entry" in page
    assert "/import/practitioners" in page


def test_directory_asks_who_one_already_works_with(world: World, signed_in: SignedIn) -> None:
    link = 'href="/practitioners/quick-history"'
    page = signed_in("rowan").get("/practitioners").text
    assert page.count(link) == 1
    assert "Who do you already work with?</a> Two taps a person" in page
    for row in db.session.query(Practitioner):
        row.retired_at = row.created_at
    db.session.commit()
    empty = signed_in("rowan").get("/practitioners").text
    assert "Nobody is here yet" in empty
    assert empty.count(link) == 1


def test_somebody_new_is_shown_the_entry_that_looks_like_them(
    world: World, signed_in: SignedIn
) -> None:
    a_practitioner("Linden New", "counsellor")
    an_account("Linden New", None)
    db.session.commit()
    linden = signed_in("linden")
    assert "This looks like you" in linden.get("/practitioners").text
    assert "This looks like you" in linden.get("/practitioners/new?mine=1").text
    assert "This looks like you" not in signed_in("rowan").get("/practitioners").text


@pytest.mark.either_database
def test_page_costs_the_same_for_more_entries(world: World, signed_in: SignedIn) -> None:
    rowan, costs = signed_in("rowan"), []
    for number in range(2):
        a_practitioner(f"More {number}", "podiatrist")
        db.session.commit()
        with statements() as seen:
            rowan.get("/practitioners?place=Bristol")
        costs.append(len(seen))
    assert costs[0] == costs[1]
