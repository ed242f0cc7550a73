"""Word of notes by mail: to whom may read them, as often as each wants it, and only once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from careteam.access.actor import Actor, Kind
from careteam.audit.models import AccessRead
from careteam.cli.work import JOBS
from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.links.models import LinkToken
from careteam.features.notes.models import NoteNews
from careteam.features.notes.news import (
    choose_news,
    choose_news_by_link,
    tell_at_once,
)
from careteam.features.teams.covering.operations import name_cover
from careteam.features.teams.models import Seat, SeatHiding
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid, NotFound
from careteam.kit.jobs import run_job
from tests.personas import World, a_goal, a_seat
from tests.support.chasing import on
from tests.support.news import (
    ASH,
    JUNIPER,
    WREN,
    accepted_by_link,
    at_once,
    body_to,
    choose,
    clients_link,
    daily,
    juniper_by,
    note_by,
    told,
)

HOUR = timedelta(hours=1)
DAILY = next(job for job in JOBS if job.name == "news of the day")


def test_others_are_told_at_once_where_they_want_it_and_the_writer_is_not(world: World) -> None:
    choose(world.wren, "at_once")
    choose(world.ash, "at_once")
    note_by(world.ash, world.goal_id)
    assert at_once() == "Word of notes queued at once: 1."
    assert told() == [WREN]
    assert at_once(HOUR) is None


def test_mail_says_nothing_of_client_writer_or_words(world: World) -> None:
    choose(world.wren, "at_once")
    note_by(world.ash, world.goal_id)
    at_once()
    body = body_to(WREN)
    for word in ("Hazel", "HS", "Ash", "Walks", "note", "Walk to the shop"):
        assert word not in body.replace("news-mail", "")
    assert "https://team.example.org/\n" in body
    assert "https://team.example.org/account#news-mail" in body
    assert db.session.query(AccessRead).count() == 0


def test_second_note_within_an_hour_waits_and_is_told_with_the_third(world: World) -> None:
    choose(world.wren, "at_once")
    note_by(world.ash, world.goal_id)
    at_once()
    for minutes in (20, 40):
        with clock.stopped(clock.now() + timedelta(minutes=minutes)):
            note_by(world.ash, world.goal_id)
            assert tell_at_once() is None
    assert at_once(timedelta(minutes=59)) is None
    assert at_once(HOUR) == "Word of notes queued at once: 1."
    assert told() == [WREN, WREN]


def test_two_goals_do_not_wait_for_each_other(world: World) -> None:
    choose(world.wren, "at_once")
    second = a_goal(db.session.get_one(Client, world.client_id), "Sleep through the night")
    hazel = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    for goal_id in (world.goal_id, second.id):
        note_by(hazel, goal_id, audience="all")
    assert at_once() == "Word of notes queued at once: 2."


def test_daily_is_one_mail_over_all_goals_and_how_everybody_begins(world: World) -> None:
    second = a_goal(db.session.get_one(Client, world.client_id), "Sleep through the night")
    hazel = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    for goal_id in (world.goal_id, second.id, world.goal_id):
        note_by(hazel, goal_id, audience="all")
    assert at_once() is None
    assert daily() == "Word of notes queued for the day: 2."
    assert told() == [ASH, WREN]
    assert daily() is None


@pytest.mark.parametrize(
    ("at", "is_sent"),
    [
        ("2026-03-05 06:59", False),
        ("2026-03-05 07:00", True),
        ("2026-03-05 18:00", True),
        ("2026-03-07 09:00", False),
        ("2026-03-08 09:00", False),
        ("2026-04-03 09:00", False),
    ],
    ids=["too early", "morning", "late", "Saturday", "Sunday", "Good Friday"],
)
def test_daily_mail_leaves_in_the_morning_of_working_days(
    world: World, app: Flask, monkeypatch: pytest.MonkeyPatch, at: str, is_sent: bool
) -> None:
    monkeypatch.setattr("careteam.cli.work._mail_leaves", lambda: True)
    note_by(world.ash, world.goal_id)
    with clock.stopped(on(at)):
        run_job(DAILY)
        run_job(DAILY)
    assert told() == ([WREN] if is_sent else [])


def test_whoever_stands_in_for_the_lead_is_told_too(world: World) -> None:
    assert world.rowan.practitioner_id is not None
    cover = name_cover(
        actor=world.wren,
        client=db.session.get_one(Client, world.client_id),
        cover_id=uuid4(),
        practitioner_id=world.rowan.practitioner_id,
        from_on=date(2026, 3, 4),
        until_on=date(2026, 3, 14),
        agreed_how="spoken",
    )
    note_by(world.ash, world.goal_id)
    daily()
    assert told() == ["rowan@example.org", WREN]
    cover.ended_at = clock.now()
    note_by(world.ash, world.goal_id)
    daily()
    assert told() == ["rowan@example.org", WREN, WREN]


def test_never_is_never_and_is_not_made_up_for(world: World) -> None:
    choose(world.wren, "never")
    note_by(world.ash, world.goal_id)
    assert (at_once(), daily()) == (None, None)
    choose(world.wren, "at_once")
    assert at_once() is None
    assert told() == []


def test_whoever_may_not_read_it_is_not_told(world: World) -> None:
    choose(world.ash, "at_once")
    note_by(world.wren, world.goal_id, kind="mental_health")
    assert (at_once(), daily()) == (None, None)
    note_by(world.wren, world.goal_id)
    db.session.get_one(Consent, world.consent_id).withdrawn_at = clock.now()
    db.session.commit()
    assert at_once() is None
    assert told() == []


def test_note_of_a_hidden_seat_is_told_to_nobody_it_is_hidden_from(world: World) -> None:
    link = accepted_by_link(world)
    choose(world.ash, "at_once")
    seat = db.session.query(Seat).filter_by(practitioner_id=world.juniper).one()
    db.session.add(
        SeatHiding(
            seat_id=seat.id, practitioner_id=world.ash.practitioner_id, client_id=world.client_id
        )
    )
    db.session.commit()
    note_by(juniper_by(link, seat), world.goal_id)
    assert at_once() is None


def test_strangers_stewards_and_closed_accounts_are_not_told(world: World) -> None:
    db.session.get_one(Account, world.ash.account_id).disabled_at = clock.now()
    note_by(world.wren, world.goal_id)
    assert (at_once(), daily(), told()) == (None, None, [])


def test_client_reads_what_is_for_everybody(world: World) -> None:
    link = clients_link(world)
    note_by(world.wren, world.goal_id)
    daily()
    assert "hazel@example.org" not in told()
    note_by(world.wren, world.goal_id, audience="all")
    daily()
    body = body_to("hazel@example.org")
    assert "https://team.example.org/p/" in body
    assert "Hazel" not in body
    assert db.session.query(LinkToken).filter_by(link_id=link.id).count() == 1


def test_client_is_not_mailed_where_a_mail_is_not_safe(world: World) -> None:
    clients_link(world)
    db.session.get_one(Client, world.client_id).safe_contact = "phone"
    db.session.commit()
    note_by(world.wren, world.goal_id, audience="all")
    daily()
    assert "hazel@example.org" not in told()


def test_holder_of_a_link_gets_a_fresh_one_by_their_own_choice(world: World) -> None:
    link = accepted_by_link(world)
    seat = db.session.query(Seat).filter_by(practitioner_id=world.juniper).one()
    before = db.session.query(LinkToken).filter_by(link_id=link.id).count()
    juniper = juniper_by(link, seat)
    choose_news_by_link(actor=juniper, link=link, how_often="at_once")
    note_by(world.wren, world.goal_id)
    assert at_once() == "Word of notes queued at once: 1."
    assert "https://team.example.org/r/" in body_to(JUNIPER)
    assert db.session.query(LinkToken).filter_by(link_id=link.id).count() == before + 1


def test_ended_link_is_not_told(world: World) -> None:
    link = accepted_by_link(world)
    note_by(world.wren, world.goal_id)
    link.revoked_at = clock.now()
    db.session.commit()
    daily()
    assert JUNIPER not in told()


def test_choice_is_ones_own_and_one_of_three(world: World) -> None:
    link, account = accepted_by_link(world), db.session.get_one(Account, world.wren.account_id)
    for stranger in (world.wren, world.ash, Actor(Kind.LINK, link_id=link.id)):
        with pytest.raises(NotFound):
            choose_news_by_link(actor=stranger, link=link, how_often="never")
    with pytest.raises(NotFound):
        choose_news(actor=world.ash, account=account, how_often="never")
    for wrong in (None, "", "hourly"):
        with pytest.raises(Invalid):
            choose_news(actor=world.wren, account=account, how_often=wrong)


def test_links_that_cannot_leave_are_not_mailed(world: World, app: Flask) -> None:
    link = accepted_by_link(world)
    link.news_mail = "at_once"
    db.session.commit()
    note_by(world.wren, world.goal_id)
    settings = app.extensions["careteam_settings"]
    app.extensions["careteam_settings"] = _only_here(settings)
    try:
        assert at_once() is None
    finally:
        app.extensions["careteam_settings"] = settings


def _only_here(settings: object) -> object:
    class OnlyHere:
        links_can_leave = False
        public_url = "http://127.0.0.1:8000"

        def __getattr__(self, name: str) -> object:
            return getattr(settings, name)

    return OnlyHere()


def test_sample_people_are_never_written_to(world: World) -> None:
    db.session.get_one(Account, world.wren.account_id).is_sample = True
    db.session.commit()
    note_by(world.ash, world.goal_id)
    assert (daily(), told()) == (None, [])


def test_one_person_with_several_seats_is_marked_once(world: World) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    for _ in range(5):
        a_seat(goal, "dietitian", filled_by=world.juniper)
    note_by(world.wren, world.goal_id)
    assert db.session.query(NoteNews).count() == 2
