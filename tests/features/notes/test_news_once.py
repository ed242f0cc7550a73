"""Word of notes that is wanted no more is taken back, and none is told twice."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from careteam.access.actor import Actor, Kind
from careteam.features.clients.models import Goal
from careteam.features.consents.models import Consent
from careteam.features.notes.models import NoteNews
from careteam.features.notes.news import (
    SUBJECT,
    tell_at_once,
)
from careteam.features.notes.operations import open_notes, take_back_note
from careteam.features.outbox.delivery import Round
from careteam.features.outbox.models import Message
from careteam.features.outbox.operations import queue_message
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.news import (
    ASH,
    WREN,
    at_once,
    carried,
    choose,
    daily,
    note_by,
    told,
)


@pytest.mark.parametrize("how", ["taken back", "opened", "consent", "class", "never", "erased"])
def test_mail_that_still_waits_is_taken_back_when_there_is_nothing_to_tell(
    world: World, how: str
) -> None:
    choose(world.ash, "at_once")
    note = note_by(world.wren, world.goal_id)
    at_once()
    assert told() == [ASH]
    consent = db.session.get_one(Consent, world.consent_id)
    if how == "taken back":
        take_back_note(actor=world.wren, note=note)
    elif how == "opened":
        open_notes(actor=world.ash, goal=db.session.get_one(Goal, world.goal_id))
    elif how == "consent":
        consent.withdrawn_at = clock.now()
    elif how == "class":
        consent.classes = ["identity_contact", "goal_plan"]
    elif how == "never":
        choose(world.ash, "never")
    else:
        db.session.execute(delete(NoteNews))
    db.session.commit()
    assert carried() == Round(taken_back=1)
    message = db.session.query(Message).filter_by(subject=SUBJECT).one()
    assert (message.body, message.delivered_at) == ("", None)
    assert carried() == Round()


def test_mail_leaves_while_there_is_something_to_tell(world: World) -> None:
    choose(world.ash, "at_once")
    first = note_by(world.wren, world.goal_id)
    note_by(world.wren, world.goal_id)
    at_once()
    take_back_note(actor=world.wren, note=first)
    db.session.commit()
    assert carried() == Round(delivered=1)


def test_note_taken_back_before_anybody_was_told_is_not_told(world: World) -> None:
    choose(world.ash, "at_once")
    take_back_note(actor=world.wren, note=note_by(world.wren, world.goal_id))
    db.session.commit()
    assert (at_once(), daily(), told()) == (None, None, [])


def test_three_workers_at_once_tell_each_person_once(world: World, app: Flask) -> None:
    choose(world.wren, "at_once")
    choose(world.ash, "at_once")
    note_by(Actor(Kind.CLIENT, client_id=world.client_id), world.goal_id, audience="all")
    together, at = Barrier(3), clock.now()

    def work() -> None:
        with app.app_context(), clock.stopped(at):
            together.wait(10)
            tell_at_once()

    workers = [Thread(target=work) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(20)
    assert told() == [ASH, WREN]


def test_worker_cut_off_before_it_commits_has_told_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(world.wren, "at_once")
    note_by(world.ash, world.goal_id)

    def cut_off(**message: Any) -> Message:
        queue_message(**message)
        db.session.flush()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("careteam.features.notes.news.queue_message", cut_off)
        with pytest.raises(KeyboardInterrupt):
            tell_at_once()
    db.session.rollback()
    assert told() == []
    assert at_once() == "Word of notes queued at once: 1."
