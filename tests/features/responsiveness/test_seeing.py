"""How soon people are seen, for lists of names: of whom it is said, and to whom."""

from __future__ import annotations

from random import Random

from careteam.features.demo.cast import Temper
from careteam.features.directory.queries import get_practitioner
from careteam.features.responsiveness.figures import measure_one
from careteam.features.responsiveness.seeing import SeesIn, sees_in
from tests.personas import World
from tests.support.answering import played, store
from tests.support.statements import statements


def send(world: World, times: int) -> None:
    rng = Random(7)
    for number in range(times):
        course = played(rng, Temper.PROMPT, days_ago=40 + number)
        store(world.wren.practitioner_id, world.juniper, course)


def test_it_is_the_figure_of_the_entrys_page_for_whoever_may_read_that(world: World) -> None:
    send(world, 8)
    with statements() as asked:
        found = sees_in(world.wren, [world.juniper])
    figures = measure_one(world.wren, get_practitioner(world.wren, world.juniper))

    assert found[world.juniper].days == figures.median_days
    assert found[world.juniper].n == 8
    assert len(asked) <= 3
    assert sees_in(world.rowan, [world.juniper]) == {}


def test_of_fewer_than_five_nothing_is_said(world: World) -> None:
    send(world, 4)
    assert sees_in(world.wren, [world.juniper]) == {}


def test_words_round_to_days_and_name_how_many() -> None:
    assert SeesIn(9.4, 12).words == "usually sees people in 9 days (12 referrals counted)"
