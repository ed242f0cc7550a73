"""The worked example: the same everywhere, plainly made up, and in order like real data."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from careteam.access.actor import Actor
from careteam.features.accounts.models import Account, Community
from careteam.features.clients.models import Client, Goal, GoalWording
from careteam.features.consents.models import Consent
from careteam.features.demo.cast import CAST, Temper
from careteam.features.demo.keys import practitioner_id, sample_id
from careteam.features.demo.operations import add_sample
from careteam.features.demo.past import all_sent
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    Workplace,
)
from careteam.features.measures.models import Measurement
from careteam.features.outbox.models import Message
from careteam.features.plans.models import Milestone
from careteam.features.referrals.models import LetterContent, Referral, ReferralEvent
from careteam.features.referrals.operations import recompute_fold
from careteam.features.teams.effects import recompute_folds
from careteam.features.teams.models import Seat, SeatHiding
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict
from tests.conftest import NOW
from tests.personas import World
from tests.support.database import TestDatabase
from tests.support.sample import fill


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def fingerprint() -> str:
    """Ids and facts of everything that has a key of its own in the sample."""
    questions = (
        select(Practitioner.id, Practitioner.name, Practitioner.phone, Practitioner.fee_from),
        select(Referral.id, Referral.status, Referral.sent_at, Referral.receiver_id),
        select(ReferralEvent.referral_id, ReferralEvent.action, ReferralEvent.at),
        select(Client.id, Client.name),
        select(Measurement.id, Measurement.value),
    )
    rows = [sorted(map(str, db.session.execute(question))) for question in questions]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def test_letters_about_clients_carry_their_parts(sample: Actor):
    about_clients = select(Referral.id).where(Referral.client_id.is_not(None))
    letters = set(db.session.scalars(about_clients))
    kept = {row.referral_id: row for row in db.session.scalars(select(LetterContent))}
    assert kept.keys() == letters
    parts = [part for row in kept.values() for part in (row.sent or {})["parts"]]
    groups = {part["group"] for part in parts}
    assert {"flags", "background", "measures", "done"} <= groups


@pytest.mark.either_database
def test_sample_is_the_same_each_time(sample: Actor, app: Flask, database: TestDatabase):
    first = fingerprint()
    db.session.remove()
    database.clean(app)

    fill()

    assert fingerprint() == first


def test_size_is_that_of_a_community(sample: Actor):
    disciplines = db.session.scalars(select(PractitionerDiscipline.discipline).distinct()).all()
    towns = db.session.scalars(select(Workplace.place).distinct()).all()
    assert (count(Practitioner), count(Client), count(Account)) == (60, 4, 15)
    assert 580 <= count(Referral) <= 640
    assert len(disciplines) == 27
    assert len(towns) == 14


def test_everybody_is_plainly_made_up_and_on_the_map(sample: Actor):
    for row in db.session.scalars(select(Practitioner)):
        assert row.is_sample
        assert (row.email or "").endswith("@example.org")
        assert (row.phone or "").startswith(("+441632960", "+447700900"))
    assert db.session.scalars(select(Client.is_sample).distinct()).all() == [True]
    assert db.session.scalars(select(Referral.is_sample).distinct()).all() == [True]
    assert db.session.scalars(select(Community.sample_since)).all() == [NOW]
    assert count(Message) == 0
    for place in db.session.scalars(select(Workplace)):
        assert 50.3 < (place.latitude or 0) < 51
        assert -4.1 < (place.longitude or 0) < -3.1


@pytest.mark.either_database
def test_stored_state_of_every_referral_is_the_fold_of_its_events(sample: Actor):
    for row in db.session.scalars(select(Referral)):
        fold = recompute_fold(row)
        assert {name: getattr(row, name) for name in fold} == fold
    assert not db.session.scalars(select(ReferralEvent).where(ReferralEvent.at > NOW)).all()


def test_some_never_answer_and_some_are_full(sample: Actor):
    tempers = {practitioner_id(person.key): person.temper for person in CAST}
    rows = db.session.execute(select(Referral.receiver_id, Referral.first_response_at)).all()
    asked = Counter(tempers[who] for who, _ in rows)
    answered = Counter(tempers[who] for who, at in rows if at is not None)
    assert answered[Temper.PROMPT] / asked[Temper.PROMPT] > 0.9
    assert answered[Temper.SILENT] / asked[Temper.SILENT] < 0.4
    assert asked[Temper.FULL] >= 5


def test_runner_needs_no_surgery_and_is_late_with_one_step(sample: Actor):
    goal = db.session.get_one(Goal, sample_id("goal", "runner"))
    states = {seat.discipline: seat.state for seat in seats_of(goal)}
    assert goal.pathway == "achilles_rupture_nonoperative"
    assert states["physiotherapist"] == states["orthopaedic_surgeon"] == "filled"
    assert states["sports_physician"] == states["psychologist"] == "referred"
    assert late(goal) == ["Foot flat in the boot (last wedge out)"]


def test_answer_about_the_past_changes_team_measures_and_words(sample: Actor):
    goal = db.session.get_one(Goal, sample_id("goal", "weight"))
    client = db.session.get_one(Client, goal.client_id)
    states = {seat.discipline: seat.state for seat in seats_of(goal)}
    old = db.session.scalars(select(GoalWording)).one()
    assert goal.pathway == "weight_loss_ed_history"
    assert states["psychologist"] == states["counsellor"] == "filled"
    assert "weight_kg" in client.hidden_measures
    assert "mental_health" in client.restricted_classes
    assert recompute_folds(client) == {
        "restricted_classes": client.restricted_classes,
        "hidden_measures": client.hidden_measures,
    }
    assert "kilos" in old.statement
    assert "kilos" not in goal.statement
    assert goal.set_aside_at is None


def test_counsellor_is_kept_from_the_trainer(sample: Actor):
    hiding = db.session.scalars(select(SeatHiding)).one()
    assert hiding.practitioner_id == practitioner_id("dorian")
    assert db.session.get_one(Seat, hiding.seat_id).discipline == "counsellor"


def test_community_with_people_is_left_alone(world: World):
    before = count(Practitioner)

    with pytest.raises(Conflict, match="something here already"):
        add_sample(actor=world.sorrel, password="long enough words")

    assert count(Practitioner) == before


def seats_of(goal: Goal) -> list[Seat]:
    return list(db.session.scalars(select(Seat).where(Seat.goal_id == goal.id)))


def late(goal: Goal) -> list[str]:
    return list(
        db.session.scalars(
            select(Milestone.title)
            .where(
                Milestone.goal_id == goal.id,
                Milestone.due_on < NOW.date(),
                Milestone.status.in_(("planned", "in_progress")),
            )
            .order_by(Milestone.due_on)
        )
    )


def test_those_who_care_for_something_sensitive_may_know_it(sample: Actor):
    told = {
        (story, key): set(db.session.get_one(Consent, sample_id("consent", story, key)).classes)
        for story, key in (
            ("weight", "isolde"),
            ("weight", "marisol"),
            ("baby", "fertility"),
            ("baby", "thora"),
            ("baby", "dorian"),
        )
    }

    assert "mental_health" in told["weight", "isolde"] & told["weight", "marisol"]
    assert "reproductive_sexual" in told["baby", "fertility"]
    assert "reproductive_sexual" not in told["baby", "thora"] | told["baby", "dorian"]


def test_nobody_is_at_work_on_a_milestone_before_the_first_visit(sample: Actor):
    not_begun = set(
        db.session.scalars(
            select(Referral.seat_id).where(
                Referral.seat_id.is_not(None),
                Referral.status.in_(["accepted", "booked", "did_not_attend", "sent"]),
            )
        )
    )
    under_way = {
        row.title
        for row in db.session.scalars(select(Milestone))
        if row.status == "in_progress" and row.owner_seat_id in not_begun
    }

    assert not_begun
    assert under_way == set()


def test_who_sends_to_whom_does_not_depend_on_the_day():
    """Else a question that the example answers one day would find nobody on the next."""

    def made(at: datetime) -> set[tuple[UUID, str, str]]:
        with clock.stopped(at):
            sent = list(all_sent(Random(7)))
        return {(e.id, e.sender.key, e.receiver.key) for e in sent if e.previous_id is None}

    assert made(NOW) == made(NOW + timedelta(days=40, hours=5))
