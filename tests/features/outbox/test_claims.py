"""One mail in one pair of hands: claimed, carried outside any transaction, noted exactly once."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from careteam.features.outbox.delivery import LEASE, Round, deliver_due
from careteam.features.outbox.mail import Delayed, Mail, Refused
from careteam.features.outbox.models import Message
from careteam.features.outbox.operations import queue_message
from careteam.kit import clock
from careteam.kit.db import db, own_transaction


class Killed(BaseException):
    """What ends a worker in the middle, as far as its own code can tell."""


def queued(number: int = 1) -> list[Message]:
    rows = [
        queue_message(recipient=f"n{each}@example.org", subject="A word", body="Hello.\n")
        for each in range(number)
    ]
    db.session.commit()
    return rows


def test_no_transaction_is_open_while_a_mail_travels(app: Flask) -> None:
    queued(2)
    seen = []

    def carry(mail: Mail) -> None:
        with own_transaction():
            seen.append(db.session().in_transaction())

    assert deliver_due(carry) == Round(delivered=2)
    assert seen == [False, False]


def test_mail_in_somebodys_hands_is_left_to_them(app: Flask) -> None:
    first, second = queued(2)
    carried: list[str] = []

    def carry(mail: Mail) -> None:
        carried.append(mail.recipient)
        if len(carried) == 1:
            assert deliver_due(carry) == Round(delivered=1)

    assert deliver_due(carry) == Round(delivered=1)
    assert sorted(carried) == sorted([first.recipient, second.recipient])


def test_mail_of_a_killed_worker_is_carried_again_once_its_claim_has_run_out(app: Flask) -> None:
    (message,) = queued()
    ids: list[str] = []

    def die(mail: Mail) -> None:
        ids.append(mail.message_id)
        raise Killed

    def carry(mail: Mail) -> None:
        ids.append(mail.message_id)

    with pytest.raises(Killed):
        deliver_due(die)
    assert deliver_due(carry) == Round()
    with clock.stopped(clock.now() + LEASE):
        assert deliver_due(carry) == Round(delivered=1)
    assert ids == [message.message_id] * 2
    assert message.claim is None


def test_slow_worker_whose_claim_ran_out_notes_nothing_twice(app: Flask) -> None:
    queued()
    followed: list[str] = []

    def slow(mail: Mail) -> None:
        with clock.stopped(clock.now() + LEASE):
            deliver_due(lambda again: None, lambda again: followed.append("second"))

    assert deliver_due(slow, lambda mail: followed.append("first")) == Round(delivered=1)
    assert followed == ["second"]


def test_failure_of_a_worker_whose_claim_ran_out_undoes_nothing(app: Flask) -> None:
    (message,) = queued()

    def slow(mail: Mail) -> None:
        with clock.stopped(clock.now() + LEASE):
            deliver_due(lambda again: None)
        raise Refused("No.")

    deliver_due(slow)
    assert (message.delivered_at is not None, message.given_up_at) == (True, None)


def test_two_workers_at_once_share_the_mail(app: Flask) -> None:
    queued(12)
    carried: list[str] = []
    together = Barrier(2)

    def work() -> None:
        with app.app_context():
            together.wait(10)
            deliver_due(lambda mail: carried.append(mail.recipient))

    workers = [Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(30)
    assert sorted(carried) == sorted(f"n{number}@example.org" for number in range(12))


def test_what_follows_is_kept_with_the_delivery_or_not_at_all(app: Flask) -> None:
    queued()
    tries: list[int] = []
    later = clock.now() + timedelta(days=1)

    def follow(mail: Mail) -> None:
        queue_message(recipient="wren@example.org", subject="Taken", body="x", due_at=later)
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("somebody was first")

    assert deliver_due(lambda mail: None, follow) == Round(delivered=1)
    assert len(tries) == 3
    assert db.session.query(Message).filter_by(subject="Taken").count() == 1


def test_delivery_is_noted_where_nothing_can_follow_from_it(app: Flask) -> None:
    (message,) = queued()

    def follow(mail: Mail) -> None:
        raise RuntimeError("never")

    assert deliver_due(lambda mail: None, follow) == Round(delivered=1)
    assert message.delivered_at == clock.now()


def test_refusal_is_given_up_at_once_with_its_reason_and_words(app: Flask) -> None:
    (message,) = queued()

    def carry(mail: Mail) -> None:
        raise Refused("The mailbox is full (552).")

    assert deliver_due(carry) == Round(given_up=1)
    assert message.given_up_at == clock.now()
    assert (message.last_problem, message.body) == ("The mailbox is full (552).", "Hello.\n")


def test_round_ends_where_no_other_mail_could_leave(app: Flask) -> None:
    queued(3)

    def carry(mail: Mail) -> None:
        raise Delayed("The mail server could not be reached.", for_all=True)

    assert deliver_due(carry) == Round(delayed=1, door="The mail server could not be reached.")


def test_mail_that_breaks_its_carrier_stops_no_other(app: Flask) -> None:
    queued(2)

    def carry(mail: Mail) -> None:
        if mail.recipient == "n0@example.org":
            raise ZeroDivisionError

    assert deliver_due(carry) == Round(delivered=1, delayed=1)


def test_worker_told_to_stop_takes_no_further_mail(app: Flask) -> None:
    queued(3)
    carried: list[Mail] = []
    done = deliver_due(carried.append, stopping=lambda: len(carried) == 2)
    assert done == Round(delivered=2)
