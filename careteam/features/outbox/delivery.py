"""Carrying the mail that is due: claimed, carried, noted; killed at any moment, none is lost.

A message is claimed in a short transaction, carried outside any transaction, and noted in a second
one. Whoever is cut off between the two leaves a claim that runs out, and the message is carried
again under the same message id. Two carriers at once never have the same message in hand: a claim
lasts longer than a carrier may take for one mail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from flask import current_app

from careteam.features.outbox.mail import Carrier, Delayed, Mail, NotCarried, Refused, mail_of
from careteam.features.outbox.models import Message
from careteam.features.outbox.queries import has_due, lock_message, lock_next_due
from careteam.kit import clock
from careteam.kit.db import db, reading

MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=5)
"""Before the second try; every further wait is twice as long, the last over five hours."""
LEASE = timedelta(minutes=10)
"""How long a claim lasts; twice the longest time that settings allow for one mail."""
MOST_A_ROUND = 200
NOTING_TRIES = 5

Wanted = Callable[[Mail], bool]
Follow = Callable[[Mail], None]
"""What follows elsewhere from what became of a mail, in the transaction that notes it."""


@dataclass(slots=True)
class Round:
    """What became of the messages that were due. `door` is why no mail at all could leave."""

    delivered: int = 0
    delayed: int = 0
    given_up: int = 0
    taken_back: int = 0
    door: str | None = None

    @property
    def total(self) -> int:
        return self.delivered + self.delayed + self.given_up + self.taken_back


class Unwanted(NotCarried):
    """Not to be carried by anybody."""


@dataclass(frozen=True, slots=True)
class Claim:
    key: UUID
    mail: Mail


def deliver_due(
    carry: Carrier,
    on_delivered: Follow = lambda mail: None,
    stopping: Callable[[], bool] = lambda: False,
    on_given_up: Follow = lambda mail: None,
    is_wanted: Wanted = lambda mail: True,
) -> Round:
    """Deliver what is due, each message in transactions of its own, until `stopping` says so.

    `on_delivered` runs in the transaction that marks a message as delivered, at most once for each,
    `on_given_up` in the one that gives a message up. `is_wanted` is asked right before a message
    leaves: what it tells of may be gone, or no longer the recipient's to know.
    The round ends early where no other mail could leave either.
    """
    done = Round()
    while done.total < MOST_A_ROUND and not stopping():
        claim = _claim_next()
        if claim is None:
            break
        problem = _carried(claim.mail, carry, is_wanted)
        if isinstance(problem, Unwanted):
            _take_back(claim)
            done.taken_back += 1
        elif problem is None:
            _note_delivery(claim, on_delivered)
            done.delivered += 1
        elif _note_failure(claim, problem, on_given_up):
            done.given_up += 1
        else:
            done.delayed += 1
        if isinstance(problem, Delayed) and problem.for_all:
            done.door = problem.reason
            break
    return done


def _claim_next() -> Claim | None:
    with reading():
        is_due = has_due(clock.now())
        db.session.rollback()
    if not is_due:
        return None
    now = clock.now()
    message = lock_next_due(now)
    if message is None:
        db.session.rollback()
        return None
    claim = Claim(uuid4(), mail_of(message))
    message.claim, message.claimed_until = claim.key, now + LEASE
    db.session.commit()
    return claim


def _carried(mail: Mail, carry: Carrier, is_wanted: Wanted) -> NotCarried | None:
    """None once it has left, else why not. A mail that breaks the carrier must not stop others."""
    try:
        if not _still_wanted(mail, is_wanted):
            return Unwanted("Nobody is to have it any more.")
        carry(mail)
    except NotCarried as problem:
        return problem
    except OSError:
        return Delayed("It could not be handed over just now.")
    except Exception:
        current_app.logger.exception("mail broke its carrier", extra={"job": "mail"})
        return Delayed("It could not be written as a mail.")
    return None


def _still_wanted(mail: Mail, is_wanted: Wanted) -> bool:
    """Asked in a transaction that is over before the mail is carried."""
    with reading():
        try:
            return is_wanted(mail)
        finally:
            db.session.rollback()


def _take_back(claim: Claim) -> None:
    """It never leaves, and its words go. Nothing where another has it now."""
    message = lock_message(claim.mail.id)
    if message is None or message.claim != claim.key:
        db.session.rollback()
        return
    _let_go(message)
    message.discarded_at = message.given_up_at = clock.now()
    message.body = ""
    db.session.commit()


def _note_delivery(claim: Claim, on_delivered: Follow) -> None:
    """Note it together with what follows from it. Somebody may write beside us, so more than once.

    Where what follows cannot be done at all the delivery is noted alone, and logged: carrying the
    mail again and again would be worse.
    """
    for _ in range(NOTING_TRIES):
        try:
            _mark_delivered(claim.mail, on_delivered)
        except Exception:
            db.session.rollback()
            current_app.logger.exception("delivery not noted", extra={"job": "mail"})
        else:
            return
    _mark_delivered(claim.mail, lambda mail: None)


def _mark_delivered(mail: Mail, on_delivered: Follow) -> None:
    message = lock_message(mail.id)
    if message is not None and message.delivered_at is None:
        message.delivered_at = clock.now()
        message.tries += 1
        message.body = ""
        message.last_problem = None
        message.given_up_at = None
        _let_go(message)
        on_delivered(mail)
    db.session.commit()


def _note_failure(claim: Claim, problem: NotCarried, on_given_up: Follow) -> bool:
    """Whether it was given up. Where what follows cannot be done it is noted alone, and logged."""
    try:
        return _mark_failed(claim, problem, on_given_up)
    except Exception:
        db.session.rollback()
        current_app.logger.exception("failure not noted", extra={"job": "mail"})
        return _mark_failed(claim, problem, lambda mail: None)


def _mark_failed(claim: Claim, problem: NotCarried, on_given_up: Follow) -> bool:
    """Nothing is noted where the claim ran out and another has it now."""
    message = lock_message(claim.mail.id)
    if message is None or message.claim != claim.key:
        db.session.rollback()
        return False
    _let_go(message)
    message.tries += 1
    message.last_problem = problem.reason
    message.due_at = clock.now() + FIRST_WAIT * 2 ** (message.tries - 1)
    if isinstance(problem, Refused) or message.tries >= MOST_TRIES:
        message.given_up_at = clock.now()
    is_over = message.given_up_at is not None
    if is_over:
        on_given_up(claim.mail)
    db.session.commit()
    return is_over


def _let_go(message: Message) -> None:
    message.claim = message.claimed_until = None
