"""What the author of a mail sees of it, and may say about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from careteam.access.actor import Actor
from careteam.audit.models import AuditEvent
from careteam.features.outbox.delivery import Round, deliver_due
from careteam.features.outbox.mail import Mail, Refused
from careteam.features.outbox.models import Message
from careteam.features.outbox.operations import (
    discard_message,
    mark_bounced,
    mark_sent_by_hand,
    queue_message,
    try_again,
)
from careteam.features.outbox.queries import (
    get_message,
    list_mail_about,
    list_not_arrived,
    list_to_copy,
)
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, NotFound
from tests.personas import World
from tests.support.statements import statements


def queued(by: Actor | None, **more: object) -> Message:
    message = queue_message(
        recipient="juniper@example.org",
        subject="A word",
        body="Open https://team.example.org/r/secret\n",
        author_id=by.practitioner_id if by else None,
        **more,  # type: ignore[arg-type]
    )
    db.session.commit()
    return message


def refused(message: Message) -> Message:
    def carry(mail: Mail) -> None:
        raise Refused("The mail server does not know this address (550).")

    assert deliver_due(carry) == Round(given_up=1)
    return message


def left(message: Message) -> Message:
    assert deliver_due(lambda mail: None) == Round(delivered=1)
    return message


def test_waiting_mail_is_shown_to_its_author_to_be_copied(world: World) -> None:
    message = queued(world.wren, purpose="referral")
    queued(world.wren)  # a mere notice
    queued(world.wren, purpose="referral", due_at=clock.now() + timedelta(days=1))
    queued(None, purpose="referral")
    (line,) = list_to_copy(world.wren)
    assert (line.id, line.body, line.is_waiting) == (message.id, message.body, True)
    assert "secret" not in repr(line)
    for other in (world.ash, world.rowan, world.sorrel):
        assert list_to_copy(other) == []
        with pytest.raises(NotFound):
            get_message(other, message.id)


def test_mail_sent_by_hand_counts_as_delivered_and_its_words_go(world: World) -> None:
    message = queued(world.wren, purpose="referral")
    mark_sent_by_hand(actor=world.wren, message=message)
    db.session.commit()
    assert (message.delivered_at, message.by_hand_at) == (clock.now(), clock.now())
    assert message.body == ""
    assert list_to_copy(world.wren) == []
    assert deliver_due(lambda mail: None) == Round()
    with pytest.raises(Conflict, match="left already"):
        mark_sent_by_hand(actor=world.wren, message=message)


def test_mail_in_a_workers_hands_is_not_marked_beside_it(world: World) -> None:
    message = queued(world.wren)

    def carry(mail: Mail) -> None:
        for change in (mark_sent_by_hand, discard_message):
            with pytest.raises(Conflict, match="being sent just now"):
                change(actor=world.wren, message=message)
        db.session.rollback()

    assert deliver_due(carry) == Round(delivered=1)


def test_mail_given_up_is_shown_to_its_author_with_reason_and_words(world: World) -> None:
    message = refused(queued(world.wren))
    (line,) = list_not_arrived(world.wren)
    assert line.problem == "The mail server does not know this address (550)."
    assert line.body == message.body
    assert line.can_be_tried_again
    assert list_not_arrived(world.rowan) == []


def test_mail_tried_again_keeps_its_message_id(world: World) -> None:
    message = refused(queued(world.wren))
    try_again(actor=world.wren, message=message)
    db.session.commit()
    ids: list[str] = []
    assert deliver_due(lambda mail: ids.append(mail.message_id)) == Round(delivered=1)
    assert ids == [message.message_id]
    assert list_not_arrived(world.wren) == []


def test_mail_on_its_way_is_not_tried_again(world: World) -> None:
    message = queued(world.wren)
    with pytest.raises(Conflict, match="on its way"):
        try_again(actor=world.wren, message=message)


def test_discarded_mail_is_gone_with_its_words(world: World) -> None:
    message = refused(queued(world.wren))
    discard_message(actor=world.wren, message=message)
    db.session.commit()
    assert message.body == ""
    assert list_not_arrived(world.wren) == []
    with pytest.raises(Conflict, match="discarded"):
        try_again(actor=world.wren, message=message)


def test_waiting_mail_that_is_discarded_never_leaves(world: World) -> None:
    message = queued(world.wren, purpose="referral")
    discard_message(actor=world.wren, message=message)
    db.session.commit()
    assert deliver_due(lambda mail: None) == Round()
    assert list_to_copy(world.wren) == []


def test_mail_that_came_back_is_shown_until_it_is_seen_to(world: World) -> None:
    message = queued(world.wren)
    with pytest.raises(Conflict, match="not left"):
        mark_bounced(actor=world.wren, message=message)
    left(message)
    mark_bounced(actor=world.wren, message=message)
    db.session.commit()
    (line,) = list_not_arrived(world.wren)
    assert (line.is_back, line.can_be_tried_again) == (True, False)
    assert line.problem == "It came back: it did not reach the mailbox."
    with pytest.raises(Conflict, match="left already"):
        try_again(actor=world.wren, message=message)
    discard_message(actor=world.wren, message=message)
    db.session.commit()
    assert list_not_arrived(world.wren) == []


def test_mail_that_arrived_is_not_discarded(world: World) -> None:
    message = left(queued(world.wren))
    with pytest.raises(Conflict, match="left already"):
        discard_message(actor=world.wren, message=message)


def test_nobody_else_sees_to_a_mail(world: World) -> None:
    message = refused(queued(world.wren))
    for other in (world.ash, world.rowan, world.sorrel):
        for change in (mark_sent_by_hand, try_again, discard_message, mark_bounced):
            with pytest.raises(NotFound):
                change(actor=other, message=message)


def test_mail_about_one_row_is_listed_at_one_cost(world: World) -> None:
    for _ in range(3):
        queued(world.wren, about_id=world.goal_id, purpose="goal.word")
    queued(world.rowan, about_id=world.goal_id)
    db.session.commit()
    with statements() as asked:
        lines = list_mail_about(world.wren, world.goal_id)
    assert [line.purpose for line in lines] == ["goal.word"] * 3
    assert len(asked) == 2, "the reach, and all lines"


def test_changes_are_audited_without_the_words(world: World) -> None:
    message = refused(queued(world.wren))
    try_again(actor=world.wren, message=message)
    event = db.session.query(AuditEvent).filter_by(action="mail.tried_again").one()
    assert event.object_id == str(message.id)
    assert "outbox_messages.given_up_at" in event.fields
