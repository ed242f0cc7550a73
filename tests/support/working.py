"""Workers in processes of their own, started by forking, so that hundreds can be killed."""

from __future__ import annotations

import os
import signal
import traceback
from dataclasses import dataclass
from random import Random
from threading import Event, Lock, Timer
from uuid import uuid4

from flask import Flask
from sqlalchemy import update

from careteam.cli.work import follow_delivery
from careteam.domain.referral import Action
from careteam.features.outbox.delivery import deliver_due
from careteam.features.outbox.models import Message
from careteam.features.outbox.operations import queue_message
from careteam.features.outbox.smtp import SmtpCarrier
from careteam.features.referrals.delivering import HAND_OVER
from careteam.features.referrals.models import Referral
from careteam.features.referrals.moves import Move, make
from careteam.kit import clock
from careteam.kit.db import db
from careteam.settings import MailServer as Server
from tests.personas import World
from tests.support.smtp import MailServer

STAGES = ("hello", "EHLO", "MAIL", "RCPT", "DATA", ".", "NOOP", "QUIT")


def a_mailed_referral(world: World) -> Referral:
    """Sent by mail: its mail waits, and the mail server's word is still missing."""
    assert world.wren.practitioner_id is not None
    row = Referral(
        id=uuid4(),
        sender_id=world.wren.practitioner_id,
        receiver_id=world.juniper,
        author_id=world.wren.practitioner_id,
        reason="Knee pain on stairs",
        question="Is loading safe now?",
    )
    db.session.add(row)
    db.session.flush()
    make(world.wren, row, Move(Action.SEND, {"route": "mail"}))
    row.sent_by = "mail"
    queue_message(
        recipient="juniper@example.org",
        subject="A colleague has written to you",
        body="Open it.\n",
        author_id=row.sender_id,
        about_id=row.id,
        purpose=HAND_OVER,
    )
    return row


def worker(app: Flask, server: MailServer) -> int:
    """Start delivering what is due to `server` in another process; its number."""
    db.session.remove()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        with app.app_context():
            db.engine.dispose(close=False)
            settings = Server("127.0.0.1", server.port, "none", timeout=20)
            with SmtpCarrier(settings, "careteam@team.example.org") as carry:
                deliver_due(carry, follow_delivery)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


class Victim:
    """A worker to be killed so many seconds after `server` first hears the command `stage`."""

    def __init__(self, server: MailServer, stage: str, delay: float) -> None:
        self.process = 0
        self.stage, self.delay = stage, delay
        self._known = Event()
        self._once = Lock()
        self._alive = Lock()
        self._is_over = False
        server.hearing = self._hearing

    def choose(self, process: int) -> None:
        self.process = process
        self._known.set()

    def wait(self) -> int:
        """Its status, once it has ended. Nothing else that gets its number is killed after that."""
        os.waitid(os.P_PID, self.process, os.WEXITED | os.WNOWAIT)
        with self._alive:
            self._is_over = True
        return os.waitpid(self.process, 0)[1]

    def _hearing(self, command: str) -> None:
        if command == self.stage and self._once.acquire(blocking=False):
            self._known.wait(20)
            timer = Timer(self.delay, self._kill)
            timer.daemon = True
            timer.start()
            if not self.delay:
                timer.join()

    def _kill(self) -> None:
        with self._alive:
            if not self._is_over:
                os.kill(self.process, signal.SIGKILL)


@dataclass
class Killing:
    """What came of a number of killed workers."""

    kills: int = 0
    ended_before: int = 0


def run_out_of_claims() -> None:
    """As if the time of every claim had passed."""
    db.session.execute(
        update(Message).where(Message.claimed_until.is_not(None)).values(claimed_until=clock.now())
    )
    db.session.commit()


def kill_workers(world: World, app: Flask, server: MailServer, rounds: int, seed: int) -> Killing:
    """In each round three new mails, two workers, and one of them killed at some moment."""
    random, done = Random(seed), Killing()
    for _ in range(rounds):
        a_mailed_referral(world)
        for _ in range(2):
            queue_message(recipient="rowan@example.org", subject="A word", body="Hello.\n")
        db.session.commit()
        run_out_of_claims()
        delay = random.choice((0.0, random.uniform(0, 0.03)))
        victim = Victim(server, random.choice(STAGES), delay)
        victim.choose(worker(app, server))
        other = worker(app, server)
        done.kills += os.WIFSIGNALED(victim.wait())
        assert os.waitpid(other, 0)[1] == 0
        server.wait_until_quiet()
    done.ended_before = rounds - done.kills
    return done
