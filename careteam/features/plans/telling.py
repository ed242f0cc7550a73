"""What is mailed of versions: that one waits for an answer, or that somebody objects. Never what.

Members are told at their own address with the page of the plan, others by a mail with a link of its
own where their letter went by link. A client with a page of their own is told by the mail about
what is new there, as often as they chose (`notes/news.py`). Everybody else, and whoever wants no
such mail, is told by whoever keeps the record, who enters the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from flask import current_app, render_template

from careteam.access.actor import Actor
from careteam.domain.news import HowOften
from careteam.domain.planning import CLIENT, Answer
from careteam.features.accounts.queries import news_choice_of
from careteam.features.clients.models import Goal
from careteam.features.directory.queries import inboxes_of, party_contacts
from careteam.features.links.client_queries import news_reaches_client
from careteam.features.links.queries import ended_links_of, quiet_links_of
from careteam.features.outbox.operations import queue_message
from careteam.features.plans.models import PlanVersion
from careteam.features.plans.parties import Party
from careteam.features.plans.queries import lead_of
from careteam.features.plans.version_queries import referrals_by_link
from careteam.features.referrals.handing_out import links_leave, mail_link
from careteam.features.referrals.models import Referral

VERSION = "plan_version"
"""The purpose of a mail that asks for an answer to a version."""
WAITS = "A plan waits for your answer"
TOLD_TO_LEAD = {
    Answer.OBJECTS: (
        "Somebody objects to a plan",
        "emails/plan_objection.txt",
        (HowOften.AT_ONCE, HowOften.DAILY),
    ),
    Answer.AGREED: ("Somebody agrees to a plan", "emails/plan_agreed.txt", (HowOften.AT_ONCE,)),
}
NOT_TOLD: tuple[str, str, tuple[HowOften, ...]] = ("", "", ())
BY_LINK = "{sender} asks you to look at a plan"


class Told(StrEnum):
    """How a party learns of a version."""

    ACCOUNT = "account"
    LINK = "link"
    PAGE = "page"
    BY_YOU = "by_you"


def ways_of_telling(client_id: UUID, parties: Iterable[Party]) -> dict[str, Told]:
    """By party, six statements at most."""
    asked = list(parties)
    people = [party.person_id for party in asked if party.person_id]
    inboxes, links = inboxes_of(people), _linked(asked)
    found = dict.fromkeys((party.key for party in asked), Told.BY_YOU)
    for party in asked:
        if party.person_id in inboxes:
            found[party.key] = Told.ACCOUNT
        elif party.key in links:
            found[party.key] = Told.LINK
        elif party.key == CLIENT and links_leave() and news_reaches_client(client_id):
            found[party.key] = Told.PAGE
    return found


def _linked(parties: list[Party]) -> dict[str, Referral]:
    """By party, the referral whose link reaches them by mail; none whose link was ended, or whose
    holder wants no mail."""
    seats = {party.seat_id: party for party in parties if party.seat_id}
    if not seats or not links_leave():
        return {}
    rows = {
        seat_id: row
        for seat_id, row in referrals_by_link(list(seats)).items()
        if row.receiver_id == seats[seat_id].person_id
    }
    people = party_contacts([row.receiver_id for row in rows.values()])
    ids = [row.id for row in rows.values()]
    not_told = ended_links_of(ids) | quiet_links_of(ids)
    return {
        str(seat_id): row
        for seat_id, row in rows.items()
        if people[row.receiver_id].email and row.id not in not_told
    }


def tell_of_version(actor: Actor, version: PlanVersion, asked: Iterable[Party]) -> None:
    """Queue a mail for everybody who is asked and can be reached by one."""
    parties = list(asked)
    ways, links = ways_of_telling(version.client_id, parties), _linked(parties)
    inboxes = inboxes_of([party.person_id for party in parties if party.person_id])
    for party in parties:
        if ways[party.key] is Told.ACCOUNT and party.person_id:
            _queue(
                inboxes[party.person_id],
                WAITS,
                "emails/plan_waits.txt",
                actor,
                version,
                _page_of(version.goal_id),
            )
        elif ways[party.key] is Told.LINK:
            mail_link(
                links[party.key], "emails/plan_link_waits.txt", BY_LINK, purpose=VERSION, to="plan"
            )


def tell_lead_of_answer(actor: Actor, goal: Goal, version: PlanVersion, answer: Answer) -> None:
    """Queue the word for whoever keeps the record: of an objection unless they want no mail, of
    an agreement where they want word at once. Today shows both.
    """
    lead_id, _ = lead_of(goal.client_id)
    subject, template, wanted = TOLD_TO_LEAD.get(answer, NOT_TOLD)
    email = inboxes_of([lead_id]).get(lead_id) if news_choice_of(lead_id) in wanted else None
    if email is not None:
        _queue(email, subject, template, actor, version, _page_of(goal.id, "agreement"))


def _page_of(goal_id: UUID, anchor: str = "") -> str | None:
    if not links_leave():
        return None
    address = f"{current_app.extensions['careteam_settings'].public_url}/goals/{goal_id}/plan"
    return f"{address}#{anchor}" if anchor else address


def _queue(
    email: str, subject: str, template: str, actor: Actor, version: PlanVersion, page: str | None
) -> None:
    queue_message(
        recipient=email,
        subject=subject,
        body=render_template(template, by=actor.name, address=page),
        author_id=actor.practitioner_id,
        about_id=version.id,
    )
