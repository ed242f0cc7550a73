"""Urgent matters, and what others added, noted by whoever handled them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import next_working_day
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import get_led_client
from careteam.features.referrals.chasing.planning import calendar
from careteam.features.referrals.models import Referral
from careteam.features.today.added_queries import AddedKind, mark_seen
from careteam.features.today.ended_queries import Ended
from careteam.features.today.models import UrgentMatter
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid, NotFound

SEEN = ("seen", "not_seen", "unknown")


@operation(Permission.KEEP_OWN_NOTES, on="matter", action="urgent.logged")
def log_urgent_matter(*, actor: Actor, matter: UrgentMatter) -> UrgentMatter:
    """Store what was seen and done; `matter` is new and its author the actor. Raises `Invalid`.

    What was for the telephone needs to whom somebody spoke.
    """
    missing = list(_missing(matter))
    if missing:
        raise Invalid(missing[0].message, field=missing[0].field, others=missing[1:])
    db.session.add(matter)
    return matter


def _missing(matter: UrgentMatter) -> Iterator[Invalid]:
    """Everything at once: whoever logs this has no time to be asked again."""
    if not matter.who and matter.client_id is None:
        yield Invalid("Say how you will know who it was; no name is needed.", field="who")
    if not matter.done:
        yield Invalid("Say what you did.", field="done")
    if matter.urgency not in set(Urgency):
        yield Invalid("Choose how urgent it was.", field="urgency")
    elif Urgency(matter.urgency).is_telephone_matter and not matter.spoken_to:
        yield Invalid("Whom did you, or they, speak to?", field="spoken_to")


def new_matter(
    actor: Actor,
    matter_id: UUID,
    *,
    flag: str | None,
    urgency: str,
    who: str | None,
    done: str | None,
    spoken_to: str | None,
    client_id: UUID | None = None,
) -> UrgentMatter:
    """The unsaved row for `log_urgent_matter`, asked about on the next working day.

    Raises `NotFound` for a client whose record the actor does not keep.
    """
    if actor.practitioner_id is None:
        raise Invalid("Add your own entry to the directory first.")
    if client_id is not None:
        get_led_client(actor, client_id)
    return UrgentMatter(
        id=matter_id,
        author_id=actor.practitioner_id,
        client_id=client_id,
        flag=flag,
        urgency=urgency,
        who=who or "",
        done=done or "",
        spoken_to=spoken_to,
        ask_on=_next_working_day(),
    )


def _next_working_day() -> date:
    """Of this community, whose public holidays are none."""
    return next_working_day(clock.today(), calendar().days_off)


@operation(Permission.KEEP_OWN_NOTES, on="matter", action="urgent.followed_up")
def follow_up_urgent_matter(*, actor: Actor, matter: UrgentMatter, outcome: str) -> UrgentMatter:
    """Note whether the person was seen. "Not seen" keeps it on Today until the next answer.

    '' takes the answer back.
    """
    if outcome and outcome not in SEEN:
        raise Invalid("Choose one of the answers offered.", field="outcome")
    if outcome == "not_seen":
        matter.outcome, matter.outcome_on = None, None
        matter.ask_on = _next_working_day()
        return matter
    matter.outcome = outcome or None
    matter.outcome_on = clock.today() if outcome else None
    return matter


@operation(Permission.EDIT_TEAM, on="goal", action="added.seen")
def see_added(*, actor: Actor, goal: Goal, kind: AddedKind, until_at: datetime) -> Goal:
    """The actor looks at what others added for a goal: what came until then leaves Today."""
    mark_seen(actor, kind, goal.id, until_at)
    return goal


@operation(Permission.WRITE_REFERRAL, on="referral", action="files.seen")
def see_files(*, actor: Actor, referral: Referral, until_at: datetime) -> Referral:
    """As `see_added`, for the receiver's files of a referral that the actor sent."""
    mark_seen(actor, AddedKind.FILE, referral.id, until_at)
    return referral


@operation(Permission.EDIT_CLIENT, on="client", action="files.seen")
def see_files_of_client(
    *, actor: Actor, client: Client, referral_id: UUID, until_at: datetime
) -> Client:
    """As `see_files`, for whoever keeps the record of a client for whom another had referred."""
    mark_seen(actor, AddedKind.FILE, referral_id, until_at)
    return client


@operation(Permission.EDIT_CLIENT, on="client", action="ending.seen")
def see_ended(*, actor: Actor, client: Client, ended: Ended) -> Client:
    """Whoever keeps the record looks at what the client ended or refused: it leaves Today."""
    if ended.client_id != client.id:
        raise NotFound
    ended.untold_since = None
    return client
