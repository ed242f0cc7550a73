"""The dates of one person, as neutral as they leave the house: initials, no condition, no name.

A feed is read by a program that nobody watches and shows on screens that others see. It says that
something is due and when; what it is stands here, behind the sign-in or the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.features.calendars.queries import (
    AwaitedAnswer,
    DueStep,
    find_feed,
    list_awaited_answers,
    list_due_steps,
    list_matters_to_follow_up,
    list_names_to_follow_up,
    open_account_name,
)
from careteam.features.links.client_queries import find_called_by_page
from careteam.features.links.models import Link
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.referrals.linked import place_actor
from careteam.features.referrals.queries import (
    Booked,
    list_appointments,
    list_appointments_of_client,
)
from careteam.kit import clock
from careteam.kit.text import initials
from careteam.kit.tokens import hash_token

LONGEST_TOKEN = 100
KEPT_FOR = timedelta(days=92)
"""Appointments older than this have left the feed."""
PLAN = "Plan"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. `key` names its row and never changes; `sequence` grows with the row and
    `changed_at` is when it last changed. `starts` is a day, or an instant in UTC. `path` leads to
    what it is about; empty where the feed's holder comes by a link."""

    key: str
    title: str
    starts: date | datetime
    changed_at: datetime
    sequence: int = 0
    ends: datetime | None = None
    is_busy: bool = False
    path: str = ""


def feed_actor(token: str) -> Actor | None:
    """For whom a feed is read; None for a token that is mangled, ended, or whose holder is gone.

    It is an actor of its own, so that the log of looks tells the calendar from the person.
    """
    link = find_feed(hash_token(token[:LONGEST_TOKEN]))
    if link is None:
        return None
    actor = _holder(link)
    if actor is None or actor.practitioner_id != link.practitioner_id:
        return None
    return replace(actor, link_id=link.id, name=f"{actor.name} (calendar)")


def _holder(link: Link) -> Actor | None:
    if link.referral_id is not None:
        return place_actor(link.referral_id)
    return _member(link) if link.practitioner_id is not None else _client(link)


def _client(link: Link) -> Actor | None:
    """As long as the client has a page of their own."""
    called = find_called_by_page(link.client_id) if link.client_id is not None else None
    if called is None:
        return None
    return Actor(Kind.CLIENT, name=called, client_id=link.client_id, is_confirmed=True)


def _member(link: Link) -> Actor | None:
    name = open_account_name(link.practitioner_id)
    if name is None:
        return None
    return Actor(Kind.MEMBER, name=name, practitioner_id=link.practitioner_id)


def entries_for(actor: Actor) -> tuple[Entry, ...]:
    """Every date of the actor's, within reach and consent as of now."""
    if actor.kind is Kind.CLIENT:
        return _clients_entries(actor)
    is_member = actor.kind is Kind.MEMBER
    found = [
        *(_of_step(each, is_member) for each in list_due_steps(actor)),
        *(
            _of_appointment(each, is_member)
            for each in list_appointments(actor, from_at=clock.now() - KEPT_FOR)
        ),
        *_of_answers(actor, is_member),
        *_of_follow_ups(actor),
    ]
    return tuple(sorted(found, key=lambda entry: entry.key))


def _clients_entries(actor: Actor) -> tuple[Entry, ...]:
    """The client's own steps and appointments; whose they are needs no initials."""
    steps = [_of_step(replace(each, initials=""), False) for each in list_due_steps(actor)]
    booked = [
        replace(_of_appointment(each, False), title=f"Appointment ({initials(each.receiver_name)})")
        for each in list_appointments_of_client(actor, clock.now() - KEPT_FOR)
    ]
    return tuple(sorted([*steps, *booked], key=lambda entry: entry.key))


def _of_step(step: DueStep, is_member: bool) -> Entry:
    pathway = pathway_of(step)
    return Entry(
        key=f"milestone-{step.id}",
        title=_titled(f"{pathway.neutral_title if pathway else PLAN}: step due", step.initials),
        starts=step.due_on,
        changed_at=step.changed_at,
        sequence=step.version - 1,
        path=f"/goals/{step.goal_id}/plan" if is_member else "",
    )


def _of_appointment(booked: Booked, is_member: bool) -> Entry:
    """Nowhere is said where: the name of a clinic tells what it is for."""
    words = "Appointment" if booked.is_incoming else "Appointment of your client"
    return Entry(
        key=f"appointment-{booked.referral_id}",
        title=_titled(words, booked.initials),
        starts=booked.start_at,
        ends=booked.end_at,
        changed_at=booked.booked_at,
        sequence=booked.number,
        is_busy=booked.is_incoming,
        path=_referral(booked.referral_id, is_member),
    )


def _of_answers(actor: Actor, is_member: bool) -> Iterator[Entry]:
    for each in list_awaited_answers(actor):
        day = _answer_day(each)
        if day is None:
            continue
        whose = "your answer due" if each.is_incoming else "answer due"
        yield Entry(
            key=f"answer-{each.id}",
            title=_titled(f"Referral: {whose}", each.initials),
            starts=day,
            changed_at=max(each.sent_at, each.status_at),
            path=_referral(each.id, is_member),
        )


def _answer_day(awaited: AwaitedAnswer) -> date | None:
    """By the urgency's norm, or the day on which a waiting list is looked at again."""
    if awaited.review_on is not None:
        return awaited.review_on
    days = load_content().catalogue.urgency_levels[awaited.urgency].reply_within_days
    return None if days is None else clock.day_of(awaited.sent_at) + timedelta(days=days)


def _of_follow_ups(actor: Actor) -> Iterator[Entry]:
    for each in list_names_to_follow_up(actor):
        yield Entry(
            f"names-{each.id}", "Follow-up: ask about names given", each.ask_on, each.made_at
        )
    for each in list_matters_to_follow_up(actor):
        yield Entry(f"matter-{each.id}", "Follow-up: ask how it went", each.ask_on, each.made_at)


def _titled(words: str, letters: str) -> str:
    return f"{words} ({letters})" if letters else words


def _referral(referral_id: UUID, is_member: bool) -> str:
    return f"/referrals/{referral_id}" if is_member else ""
