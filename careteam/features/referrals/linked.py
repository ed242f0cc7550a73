"""Who stands behind a link, and the little that is shown before a code has confirmed them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID, uuid4

from careteam.access.actor import Actor, Kind
from careteam.access.reach import reach_of
from careteam.audit import reads
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Standing, State
from careteam.domain.referral.linking import link_lives
from careteam.features.directory.queries import Contact, party_contacts
from careteam.features.links.queries import find_link_of_token, open_links_of
from careteam.features.referrals.history import standing_of
from careteam.features.referrals.letter import Known, answer_by, standing_consent
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.referrals.queries import (
    LinkedRow,
    ToAnswer,
    events_of,
    find_linked,
    get_to_answer,
)
from careteam.features.teams.labels import seat_label
from careteam.kit import clock
from careteam.kit.text import initials
from careteam.kit.tokens import hash_token

LONGEST_TOKEN = 100


def link_of_token(token: str) -> UUID | None:
    """The living link that a token opens.

    Mangled, foreign, revoked and outlived tokens take the same statements and give the same None.
    """
    link_id = find_link_of_token(hash_token(token[:LONGEST_TOKEN]))
    actor = link_actor(link_id or uuid4(), "")
    return actor.link_id if actor else None


def link_actor(link_id: UUID, browser_hash: str) -> Actor | None:
    """Whom a link acts for today; confirmed where the browser has shown a code. None when dead."""
    row = find_linked(link_id, browser_hash, clock.now())
    if row is None or not _lives(row):
        return None
    return _actor(row, is_confirmed=row.browser_id is not None)


def reader_by_link(link_id: UUID) -> Actor | None:
    """As `link_actor`, as if a code had confirmed the browser: what its holder could read now.

    For asking whether there is anything to tell them, and for a feed made behind the code.
    """
    row = find_linked(link_id, "", clock.now())
    return _actor(row, is_confirmed=True) if row is not None and _lives(row) else None


def _actor(row: LinkedRow, *, is_confirmed: bool) -> Actor:
    return Actor(
        Kind.LINK,
        name=row.name,
        practitioner_id=row.practitioner_id,
        link_id=row.link_id,
        referral_id=row.referral_id,
        seat_id=row.seat_id if is_confirmed else None,
        is_confirmed=is_confirmed,
    )


def place_actor(referral_id: UUID) -> Actor | None:
    """Whom a calendar feed made behind a referral's link acts for: its receiver in that place, as
    long as a link of the referral lives. None afterwards."""
    link = open_links_of([referral_id]).get(referral_id)
    return reader_by_link(link.id) if link is not None else None


def _lives(row: LinkedRow) -> bool:
    now = clock.now()
    seat_ended_at: datetime | None = None
    if row.seat_practitioner_id == row.practitioner_id:
        if row.seat_state == "filled":
            seat_ended_at = now
        elif row.seat_decided_on is not None:
            noon = datetime.combine(row.seat_decided_on, time(12))
            seat_ended_at = noon.replace(tzinfo=clock.local(now).tzinfo or UTC)
    return link_lives(State(row.status), row.status_at, seat_ended_at, now)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What the holder of a link sees before the code: who asks, for what kind of help, when.

    `initials` are None without a client, and where the client's consent is not in force.
    """

    sender: Contact
    receiver: Contact
    role: str
    urgency: Urgency
    answer_by: str | None
    initials: str | None
    has_client: bool
    may_read: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class Look:
    """One look at what a link opens, read once for a page. Only `shown` is for everybody who holds
    the link; what else is shown of it, and noted as read, is for the page behind the code to say.
    """

    referral: Referral
    shown: Glimpse
    known: Known
    client_name: str | None
    events: Sequence[ReferralEvent]


def glimpse(actor: Actor) -> tuple[Referral, Glimpse]:
    """The referral to act on, and what may be shown of it now. Raises `NotFound`."""
    seen = look(actor)
    return seen.referral, seen.shown


def look(actor: Actor) -> Look:
    """The link's referral as it stands, at four statements. Nothing is noted as read: initials are
    all that is shown of the client. Raises `NotFound` for whoever came by no link."""
    with reads.unseen():
        found = get_to_answer(actor, actor.referral_id or uuid4())
        consent = standing_consent(found.referral)
    referral = found.referral
    people = party_contacts([referral.sender_id, referral.receiver_id])
    known, events = Known(people, consent, found.discipline), events_of(referral.id)
    return Look(
        referral=referral,
        shown=_glimpse(found, known, standing_of(events)),
        known=known,
        client_name=found.client_name if consent is not None else None,
        events=events,
    )


def _glimpse(found: ToAnswer, known: Known, standing: Standing) -> Glimpse:
    referral = found.referral
    receiver = known.people[referral.receiver_id]
    has_client = referral.client_id is not None
    may_read = not has_client or known.consent is not None
    return Glimpse(
        sender=known.people[referral.sender_id],
        receiver=receiver,
        role=seat_label(known.discipline) if known.discipline else receiver.discipline,
        urgency=Urgency(referral.urgency),
        answer_by=answer_by(Urgency(referral.urgency)),
        initials=initials(found.client_name) if may_read and found.client_name else None,
        has_client=has_client,
        may_read=may_read,
        standing=standing,
    )


def opened_to(actor: Actor, seen: Look) -> frozenset[str]:
    """The classes that the letter's consent opens to a receiver with a place on the team.

    The standing leaves out already what the safety answers restrict: no further statement.
    """
    standing = reach_of(actor).standing(seen.referral.client_id)
    if standing is None or seen.known.consent is None:
        return frozenset()
    return frozenset(seen.known.consent.classes) & standing.full
