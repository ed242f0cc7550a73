"""Figures are read from stored referrals, the same by one and by all, and the same as the clock."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import delete

from careteam.access.actor import Actor
from careteam.domain.referral import Action, Party, WaitingOn, response_clock
from careteam.domain.responsiveness import Referrals, Responsiveness
from careteam.features.demo.answering import DAY, Course
from careteam.features.demo.cast import Temper
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import get_practitioner
from careteam.features.referrals.models import Chase, GivenName, NamesGiven, Referral
from careteam.features.responsiveness import figures, queries
from careteam.features.responsiveness.figures import (
    forget_learnt,
    measure_everybody,
    measure_one,
)
from careteam.features.responsiveness.reading import places_of, referrals_of
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_practitioner
from tests.support.answering import SENDER, played, store
from tests.support.calendars import in_region
from tests.support.statements import statements


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget_learnt()
    yield
    forget_learnt()


def entry(world: World, id_: UUID | None = None) -> Practitioner:
    return get_practitioner(world.wren, id_ or world.juniper)


def send(world: World, temper: Temper, times: int, *, is_member: bool = True) -> None:
    rng = Random(7)
    for number in range(times):
        course = played(rng, temper, is_member=is_member, days_ago=30 + number)
        store(world.wren.practitioner_id, world.juniper, course)


def tell(world: World, *outcomes: str) -> None:
    for outcome in outcomes:
        given = NamesGiven(
            id=uuid4(),
            author_id=world.wren.practitioner_id,
            discipline="osteopath",
            given_on=date(2026, 2, 2),
        )
        db.session.add(given)
        db.session.flush()
        db.session.add(
            GivenName(
                names_given_id=given.id,
                practitioner_id=world.juniper,
                outcome=outcome,
                outcome_on=date(2026, 2, 10),
            )
        )
    db.session.commit()


def test_columns_agree_with_the_clock_of_each_referral(world: World) -> None:
    rng = Random(11)
    people = [a_practitioner(f"Person {number}").id for number in range(40)]
    db.session.commit()
    courses = []
    for id_ in people:
        temper, is_member = rng.choice(list(Temper)), rng.random() < 0.5
        course = played(rng, temper, is_member=is_member, days_ago=rng.uniform(0.2, 120))
        store(world.wren.practitioner_id, id_, course)
        courses.append(course)

    places = places_of(people)
    found = referrals_of(queries.list_referral_rows(world.wren), places)

    for place, course in enumerate(courses):
        (row,) = np.flatnonzero(found.receiver == place)
        expected = response_clock(course.events, clock.now())
        assert expected is not None
        assert found.delivered[row] == pytest.approx(expected.started_at.timestamp(), abs=1)
        assert bool(np.isfinite(found.answered[row])) == expected.answered
        if expected.stopped_at is not None:
            assert found.answered[row] == pytest.approx(expected.stopped_at.timestamp(), abs=1)
            assert bool(found.by_hand[row]) == expected.by_hand
        elif np.isfinite(found.withdrawn[row]):
            watched = expected.watched_until.timestamp()
            assert found.withdrawn[row] == pytest.approx(watched, abs=1)
        assert bool(found.reported[row]) == (course.standing.reports > 0)


def rounded(value: Any) -> Any:
    """Fields of a figure, with numbers to nine digits."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: rounded(getattr(value, each.name)) for each in fields(value)}
    return round(value, 9) if isinstance(value, float) else value


def test_one_is_measured_as_in_the_pass_over_all(world: World) -> None:
    send(world, Temper.PROMPT, 9)
    send(world, Temper.SILENT, 4)
    tell(world, "reached", "no_call_back", "not_going")

    everybody = measure_everybody(world.wren)
    alone = measure_one(world.wren, entry(world))

    # sums of the same shares in another order differ in their last digits
    assert rounded(alone) == rounded(everybody.of(world.juniper))
    assert alone.answers is not None
    assert (alone.n, alone.told, alone.no_call_back) == (15, 2, 1)
    assert alone.answers.hits == 10
    assert everybody.of(uuid4()) == Responsiveness()


def test_answers_told_by_telephone_are_marked_by_hand(world: World) -> None:
    send(world, Temper.PROMPT, 5, is_member=False)
    assert measure_one(world.wren, entry(world)).by_hand == 1


@pytest.mark.parametrize(("region", "hours"), [("ENG", 24), ("SCT", 48)])
def test_holidays_of_the_community_are_not_waited(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch, region: str, hours: int
) -> None:
    """Maundy Thursday to Tuesday: Scotland has Good Friday off, England Easter Monday as well."""
    in_region(app, monkeypatch, region)
    sent_at, answered_at = (datetime(2026, 4, day, 9, tzinfo=UTC) for day in (2, 7))
    for _ in range(5):
        db.session.add(
            Referral(
                id=uuid4(),
                sender_id=world.wren.practitioner_id,
                receiver_id=world.juniper,
                status="accepted",
                sent_at=sent_at,
                delivered_at=sent_at,
                first_response_at=answered_at,
                accepted_at=answered_at,
            )
        )
    db.session.commit()
    with clock.stopped(answered_at + timedelta(days=7)):
        assert measure_one(world.wren, entry(world)).median_hours == hours
        assert measure_everybody(world.wren).of(world.juniper).median_hours == hours


@pytest.mark.parametrize(
    "change",
    [
        {"is_past": True, "happened_on": date(2026, 1, 5)},
        {"status": "draft", "waiting_on": WaitingOn.SENDER},
        {"delivered_at": None},
    ],
)
def test_what_has_no_exact_start_does_not_count(world: World, change: dict[str, object]) -> None:
    send(world, Temper.PROMPT, 6)
    for row in db.session.query(Referral):
        for name, value in change.items():
            setattr(row, name, value)
    db.session.commit()

    assert measure_one(world.wren, entry(world)).answers is None


def test_new_round_forgets_the_answers_of_the_last(world: World) -> None:
    course = Course(SENDER, replace(SENDER, name="Receiver", is_member=False), clock.now())

    def read(*steps: tuple[Action, Party, dict[str, str]]) -> Referrals:
        at = clock.now() - timedelta(days=50)
        for action, party, data in steps:
            assert course.step(action, party, at + len(course.events) * DAY, data)
        store(world.wren.practitioner_id, world.juniper, course)
        return referrals_of(queries.list_referral_rows(world.wren), places_of([world.juniper]))

    first = read(
        (Action.SEND, Party.SENDER, {"route": "phone"}),
        (Action.ACCEPT, Party.RECEIVER, {"contact": "client"}),
        (Action.START, Party.RECEIVER, {}),
        (Action.REPORT, Party.RECEIVER, {"text": "Better."}),
    )
    assert np.isfinite([first.answered[0], first.accepted[0], first.appointment[0]]).all()
    assert all([first.seen[0], first.reported[0], first.by_hand[0]])
    db.session.execute(delete(Referral))

    again = read(
        (Action.CLOSE, Party.SENDER, {"outcome": "done"}),
        (Action.REOPEN, Party.SENDER, {}),
        (Action.WITHDRAW, Party.SENDER, {}),
        (Action.REOPEN, Party.SENDER, {}),
        (Action.SEND, Party.SENDER, {"route": "phone"}),
    )
    assert np.isnan([again.answered[0], again.accepted[0], again.appointment[0]]).all()
    assert not any([again.seen[0], again.reported[0], again.by_hand[0]])


def test_statements_are_as_many_for_one_practitioner_as_for_ten(world: World) -> None:
    def counted() -> int:
        with statements() as seen:
            measure_everybody(world.wren)
        return len(seen)

    counted()  # who may read what is asked once
    before = counted()
    for number in range(10):
        id_ = a_practitioner(f"Person {number}").id
        store(world.wren.practitioner_id, id_, played(Random(number), Temper.PROMPT))
    counted()
    assert (before, counted()) == (4, 4)


def test_priors_are_kept_for_the_day_and_learnt_again_when_much_has_come(world: World) -> None:
    send(world, Temper.PROMPT, 12)

    def learns() -> bool:
        juniper = entry(world)
        with statements() as seen:
            measure_one(world.wren, juniper)
        return any("OUTER JOIN practitioner_disciplines" in each for each in seen)

    assert [learns(), learns()] == [True, False]
    send(world, Temper.PROMPT, 1)
    assert not learns()
    send(world, Temper.PROMPT, 4)
    assert [learns(), learns()] == [True, False]
    with clock.stopped(clock.now() + timedelta(days=1)):
        assert learns()


def test_priors_are_learnt_from_no_more_people_than_the_sample(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = sorted(a_practitioner(f"Person {number}").id for number in range(6))
    for id_ in others:
        store(world.wren.practitioner_id, id_, played(Random(3), Temper.PROMPT))
    sampled = {id_ for id_, _ in queries.list_main_disciplines(world.wren, 4)}
    asked: list[set[UUID]] = []
    read = queries.list_referral_rows

    def noted(actor: Actor, *whose: UUID, among: Collection[UUID] | None = None) -> Sequence[Any]:
        asked.append(set(among or whose))
        return read(actor, *whose, among=among)

    monkeypatch.setattr(figures, "SAMPLE", 4)
    monkeypatch.setattr(queries, "list_referral_rows", noted)
    alone = measure_one(world.wren, entry(world))
    assert asked == [sampled, {world.juniper}]
    assert len(sampled) == 4
    assert rounded(alone) == rounded(measure_everybody(world.wren).of(world.juniper))


def test_what_never_reached_somebody_says_nothing_of_them(world: World) -> None:
    send(world, Temper.SLOW, 8)
    before = measure_one(world.wren, entry(world))
    for number in range(8):
        lost = Referral(
            id=uuid4(),
            sender_id=world.wren.practitioner_id,
            receiver_id=world.juniper,
            status="sent",
            sent_by="mail",
            sent_at=clock.now() - timedelta(days=20 + number),
            delivered_at=clock.now() - timedelta(days=20 + number),
        )
        db.session.add(lost)
        db.session.flush()
        db.session.add(Chase(referral_id=lost.id, lost_at=clock.now()))
    db.session.commit()
    forget_learnt()
    assert measure_one(world.wren, entry(world)) == before
