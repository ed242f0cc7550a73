"""`flask work`: what has to be done beside the pages, once or again and again."""

from __future__ import annotations

import signal
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from threading import Event
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from careteam.access.actor import SYSTEM
from careteam.features.imports.operations import forget_removed
from careteam.features.imports.working import work_imports
from careteam.features.network.knowing.work import work_out
from careteam.features.notes import news
from careteam.features.outbox.delivery import deliver_due
from careteam.features.outbox.folder import MailFolder
from careteam.features.outbox.mail import Carrier, Mail
from careteam.features.outbox.queries import count_waiting
from careteam.features.outbox.smtp import SmtpCarrier
from careteam.features.referrals.chasing.monday import MORNING, send_monday_mail
from careteam.features.referrals.chasing.planning import plan_as_mail_fared
from careteam.features.referrals.chasing.working import plan_missing, run_policy
from careteam.features.referrals.delivering import note_delivery
from careteam.features.referrals.removal.operations import empty_left
from careteam.features.relationships import yearly
from careteam.features.relationships.forgetting import forget_people
from careteam.kit.jobs import Job, every, mornings, run_job, weekly
from careteam.kit.keeping import is_gone
from careteam.settings import Settings

PAUSE = 5.0
"""Seconds between two rounds."""

_stop = Event()


def send_mail() -> str | None:
    """Deliver what is due. Without a way to send, mail waits to be copied."""
    settings: Settings = current_app.extensions["careteam_settings"]
    with carrier_of(settings) as carry:
        if carry is None:
            return None
        done = deliver_due(carry, follow_delivery, _stop.is_set, follow_loss, news.is_still_news)
    if not done.total:
        return None
    back = f", taken back: {done.taken_back}" if done.taken_back else ""
    return (
        f"Mail delivered: {done.delivered}, to be tried again: {done.delayed}, "
        f"given up: {done.given_up}{back}." + (f" {done.door}" if done.door else "")
    )


def carrier_of(settings: Settings) -> AbstractContextManager[Carrier | None]:
    """A context with the way that mail leaves by; with None where there is none."""
    if settings.mail_server is not None:
        return SmtpCarrier(settings.mail_server, settings.mail_sender)
    if settings.mail_folder is not None:
        return nullcontext(MailFolder(settings.mail_folder, settings.mail_sender))
    return nullcontext(None)


def follow_delivery(mail: Mail) -> None:
    """What other rooms make of a delivery, in the transaction that notes it."""
    note_delivery(actor=SYSTEM, about_id=mail.about_id, purpose=mail.purpose)


def follow_loss(mail: Mail) -> None:
    """What other rooms make of a mail that was given up: its silence is no answer's delay."""
    plan_as_mail_fared(mail.about_id)


def run_silence_policy() -> str | None:
    """Remind, tell and give up where an answer is overdue."""
    return run_policy(_stop.is_set).sentence()


def plan_what_came_otherwise() -> str | None:
    """Give a plan to what was written by other ways than a move, as by an import or a restore."""
    count = plan_missing()
    return f"Referrals planned that came without a plan: {count}." if count else None


def work_out_network() -> str | None:
    """Figures of the whole network that it has changed since."""
    return work_out(_stop.is_set)


def tell_news() -> str | None:
    """Word of notes to those who want it at once."""
    return news.tell_at_once(_stop.is_set) if _mail_leaves() else None


def tell_news_of_the_day() -> str | None:
    """Word of notes to those who want it once a day."""
    return news.tell_daily() if _mail_leaves() else None


def ask_about_entries() -> str | None:
    """Whether an entry is still right, of whoever has not said so for a year."""
    return yearly.ask_yearly() if _mail_leaves() else None


def _mail_leaves() -> bool:
    """Whether there is a way to send. A word that waits to be copied is worth nobody's hands."""
    settings: Settings = current_app.extensions["careteam_settings"]
    return settings.mail_server is not None or settings.mail_folder is not None


def import_lists() -> str | None:
    """Long lists that somebody confirmed."""
    return work_imports(_stop.is_set)


JOBS: list[Job] = [
    Job("plans", plan_what_came_otherwise, every(timedelta(hours=1))),
    Job("policy", run_silence_policy, exclusive=False),
    Job("removed entries", empty_left, every(timedelta(hours=1))),
    Job("removed people", forget_people, every(timedelta(hours=1))),
    Job("removed from imports", forget_removed, every(timedelta(hours=1))),
    Job("monday mail", send_monday_mail, weekly(0, MORNING)),
    Job("yearly question", ask_about_entries, mornings(yearly.MORNING, news.is_workday)),
    Job(news.DAILY_JOB, tell_news_of_the_day, mornings(news.MORNING, news.is_workday)),
    Job("news", tell_news, exclusive=False),
    Job("mail", send_mail, exclusive=False),
    Job("imports", import_lists, exclusive=False),
    Job("network", work_out_network, exclusive=False),
]
"""Everything there is to do, in this order. Each has its own transactions."""


@click.command("work")
@click.option("--forever", is_flag=True, help="Go on until told to stop (SIGTERM, Ctrl+C).")
@click.option("--beside", type=int, hidden=True, help="End when this parent process is gone.")
@with_appcontext
def work(forever: bool, beside: int | None) -> None:
    """Do what is due: see to unanswered referrals, deliver mail. Two do nothing twice."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if forever:
        _until_told(app, beside)
        return
    _stop.clear()
    said, failed = run_round(app)
    for line in said or ["Nothing was done."]:
        click.echo(line)
    _say_what_waits()
    if failed:
        raise click.ClickException(f"Failed, and logged: {', '.join(failed)}.")


def run_round(app: Flask) -> tuple[list[str], list[str]]:
    """Run every job that is due, each in an application context of its own.

    Answers what happened, in sentences, and the names of those that failed, which are logged.
    """
    said, failed = [], []
    for job in JOBS:
        if _stop.is_set():
            break
        with app.app_context():
            try:
                sentence = run_job(job)
            except Exception:
                app.logger.exception("job failed", extra={"job": job.name})
                failed.append(job.name)
                continue
        if sentence:
            said.append(sentence)
    return said, failed


def _until_told(app: Flask, beside: int | None) -> None:
    """Round after round; the pause between two ends at once when told to stop."""
    _stop.clear()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _told_to_stop)
    while not _stop.is_set():
        for line in run_round(app)[0]:
            click.echo(line)
        _stop.wait(PAUSE)
        if beside is not None and is_gone(beside):
            break


def _told_to_stop(number: int, _frame: FrameType | None) -> None:
    """Finish the mail in hand and end. A second word ends at once; nothing is lost by it."""
    _stop.set()
    signal.signal(number, signal.SIG_DFL)


def _say_what_waits() -> None:
    if _mail_leaves():
        return
    if number := count_waiting():
        click.echo(
            f"Mail waiting to be copied: {number}. "
            "Set CARETEAM_SMTP_HOST, or CARETEAM_MAIL_FOLDER, to let it leave."
        )
