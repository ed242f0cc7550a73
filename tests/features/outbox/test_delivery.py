"""Mail is a row in the transaction of what it tells of, and a file once it has left."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

from flask import Flask

from careteam.features.outbox.delivery import Round, deliver_due
from careteam.features.outbox.folder import MailFolder
from careteam.features.outbox.mail import Mail
from careteam.features.outbox.models import Message
from careteam.features.outbox.operations import queue_message
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.letters import about, an_open_seat, sent


def queued(**more: object) -> Message:
    message = queue_message(
        recipient="rowan@example.org",
        subject="A word",
        body="Hello.\n",
        **more,  # type: ignore[arg-type]
    )
    db.session.commit()
    return message


def refuse(_mail: Mail) -> None:
    raise OSError("no room")


def test_due_mail_becomes_one_file_a_message(app: Flask, tmp_path: Path) -> None:
    first, second = queued(), queued()
    assert deliver_due(MailFolder(tmp_path / "mail", "careteam@team.example.org")) == Round(
        delivered=2, delayed=0
    )
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    mails = [message_from_bytes(file.read_bytes()) for file in files]
    assert {mail["Message-ID"] for mail in mails} == {first.message_id, second.message_id}
    assert mails[0]["To"] == "rowan@example.org"
    assert mails[0]["From"] == "Careteam <careteam@team.example.org>"
    assert first.delivered_at == clock.now()
    assert first.body == ""


def test_mail_that_was_delivered_is_not_delivered_again(app: Flask, tmp_path: Path) -> None:
    queued()
    carrier = MailFolder(tmp_path, "careteam@team.example.org")
    assert deliver_due(carrier) == Round(delivered=1, delayed=0)
    assert deliver_due(carrier) == Round(delivered=0, delayed=0)


def test_mail_waits_for_its_time(app: Flask, tmp_path: Path) -> None:
    queued(due_at=clock.now() + timedelta(hours=1))
    carrier = MailFolder(tmp_path, "careteam@team.example.org")
    assert deliver_due(carrier) == Round(delivered=0, delayed=0)
    with clock.stopped(clock.now() + timedelta(hours=2)):
        assert deliver_due(carrier) == Round(delivered=1, delayed=0)


def test_failed_delivery_is_tried_again_later_and_given_up_at_last(app: Flask) -> None:
    message = queued()
    assert deliver_due(refuse) == Round(delivered=0, delayed=1)
    assert (message.tries, message.due_at) == (1, clock.now() + timedelta(minutes=5))
    assert message.body == "Hello.\n"
    for day in range(1, 9):
        with clock.stopped(clock.now() + timedelta(days=day)):
            deliver_due(refuse)
    assert message.tries == 8
    assert message.given_up_at is not None


def test_mail_that_nobody_is_to_have_any_more_is_taken_back(app: Flask) -> None:
    first, second = queued(), queued()
    carried: list[Mail] = []
    done = deliver_due(carried.append, is_wanted=lambda mail: mail.id == second.id)
    assert done == Round(delivered=1, taken_back=1)
    assert [mail.id for mail in carried] == [second.id]
    assert (first.body, first.delivered_at) == ("", None)
    assert first.discarded_at == first.given_up_at == clock.now()


def test_mail_waits_where_it_cannot_be_said_whether_it_is_wanted(app: Flask) -> None:
    def break_down(_mail: Mail) -> bool:
        raise RuntimeError("no answer")

    message = queued()
    carried: list[Mail] = []
    assert deliver_due(carried.append, is_wanted=break_down) == Round(delayed=1)
    assert (carried, message.body, message.given_up_at) == ([], "Hello.\n", None)


def test_line_breaks_cannot_add_a_heading_to_a_mail(app: Flask, tmp_path: Path) -> None:
    queue_message(
        recipient="a@example.org\n",
        subject="A\r\nBcc: c@x",
        body="x",
        from_name='Wren\nBcc: d@example.org <"',
        reply_to="wren@example.org\n",
    )
    db.session.commit()
    deliver_due(MailFolder(tmp_path, "careteam@team.example.org"))
    (file,) = tmp_path.iterdir()
    mail = message_from_bytes(file.read_bytes())
    assert mail["Bcc"] is None
    assert mail["Subject"] == "A Bcc: c@x"
    assert mail["To"] == "a@example.org"


def test_what_is_no_address_is_given_up_at_once(app: Flask, tmp_path: Path) -> None:
    message = queue_message(recipient="a@example.org\nBcc: b@example.org", subject="A", body="x")
    db.session.commit()
    done = deliver_due(MailFolder(tmp_path, "careteam@team.example.org"))
    assert (done.given_up, list(tmp_path.iterdir())) == (1, [])
    assert message.last_problem == "This is not an address that mail can be sent to."


def test_mail_about_a_referral_names_no_client_and_no_health(world: World) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    sent(world, world.rowan.practitioner_id, **about(world, seat))
    message = db.session.query(Message).one()
    assert message.recipient == "rowan@example.org"
    assert "Wren Lead has sent you a referral" in message.body
    assert "https://team.example.org/referrals" in message.body
    told = f"{message.subject} {message.body}"
    for secret in ("Hazel", "Knee", "loading", "osteopath", "Walk to the shop"):
        assert secret not in told


def test_nothing_is_mailed_for_a_referral_handed_over_on_paper(world: World) -> None:
    sent(world, world.rowan.practitioner_id, route="paper")
    assert db.session.query(Message).count() == 0


def test_flask_work_delivers_to_the_folder_of_the_settings(app: Flask) -> None:
    folder: Path = app.extensions["careteam_settings"].mail_folder
    before = set(folder.glob("*.eml"))
    queued()
    answer = app.test_cli_runner().invoke(args=["work"])
    assert answer.output == "Mail delivered: 1, to be tried again: 0, given up: 0.\n"
    assert len(set(folder.glob("*.eml")) - before) == 1
