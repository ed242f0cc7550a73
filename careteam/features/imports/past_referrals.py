"""Bring a list of past referrals, look at it, confirm it, and take it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.importing import Outcome
from careteam.domain.importing.edges import Meant, People
from careteam.domain.referral import (
    Event,
    Party,
    PastAnswer,
    PastReferral,
    Route,
    Way,
    fold,
    past_events,
)
from careteam.features.imports.edges import (
    KIND,
    BroughtEdges,
    judged_edges,
    people_known,
    understand_edges,
    with_wishes,
)
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.operations import KEPT_FOR
from careteam.features.imports.queries import list_expired_drafts, untouched
from careteam.features.referrals.history import stored_fold
from careteam.features.referrals.models import Referral, ReferralEvent, ReferralImport
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid
from careteam.kit.tables import Table

CHUNK = 5_000
"""Rows in one statement."""
Course = tuple[tuple[Event, ...], dict[str, Any]]


@operation(Permission.READ_NETWORK, action="past_referrals.brought")
def bring_edges(
    *, actor: Actor, table: Table, source: str, draft_id: UUID | None = None
) -> ImportDraft:
    """Keep a list for the preview. Raises `Invalid` with the reason where it cannot be used."""
    for old in list_expired_drafts(clock.now()):
        db.session.delete(old)
    draft = ImportDraft(
        id=draft_id or uuid4(),
        account_id=actor.account_id,
        kind=KIND,
        source=source[:200],
        content=understand_edges(table, people_known(actor)).as_json(),
        expires_at=clock.now() + KEPT_FOR,
    )
    db.session.add(draft)
    return draft


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="past_referrals.corrected")
def correct_edges(
    *,
    actor: Actor,
    draft: ImportDraft,
    day: date | None,
    answer: str,
    people: Mapping[str, str],
) -> ImportDraft:
    """Say what the list does not: the day and the answer of rows without, and who is meant by a
    word ("" takes a choice back). Raises `Invalid`."""
    _need_open(draft)
    if answer not in {"", *PastAnswer}:
        raise Invalid("Choose what came of them.", field="answer")
    if day is not None and day > clock.today():
        raise Invalid("This day is still to come.", field="day")
    if not set(people.values()) <= {"", *people_known(actor).by_id}:
        raise Invalid("Choose somebody from the directory.")
    brought = BroughtEdges.from_json(draft.content)
    draft.content = with_wishes(brought, day, answer, dict(people)).as_json()
    return draft


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="past_referrals.imported")
def confirm_edges(*, actor: Actor, draft: ImportDraft) -> ImportDraft:
    """Write every new row as past referrals, all or none, in a few statements.

    The import has the key of its draft. Confirming again changes nothing.
    """
    if draft.confirmed_at is not None:
        return draft
    judged = judged_edges(actor, BroughtEdges.from_json(draft.content))
    new = [row for row in judged.rows if row.outcome is Outcome.NEW]
    if not new:
        raise Invalid("There is no row to import.")
    assert actor.account_id is not None
    made = ReferralImport(id=draft.id, account_id=actor.account_id, source=draft.source)
    db.session.add(made)
    db.session.flush()
    made.added = draft.added = _write(actor, new, judged.people, draft.id)
    draft.confirmed_at = clock.now()
    draft.content = {}
    return draft


@operation(Permission.EDIT_OWN_ACCOUNT, on="made", action="past_referrals.taken_back")
def undo_import(*, actor: Actor, made: ReferralImport) -> ReferralImport:
    """Take away the referrals of an import that nobody has touched since; doing so twice changes
    nothing. Raises `Conflict` where something else stands on one of them."""
    if made.undone_at is not None:
        return made
    try:
        gone: Any = db.session.execute(delete(Referral).where(untouched(made.id)))
    except IntegrityError:
        raise Conflict("Somebody noted something about one of these referrals.") from None
    made.removed, made.undone_at = gone.rowcount, clock.now()
    return made


def _need_open(draft: ImportDraft) -> None:
    if draft.confirmed_at is not None:
        raise Invalid("This list was imported already.")


def _write(actor: Actor, rows: list[Meant], people: People, import_id: UUID) -> int:
    referrals: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    courses: dict[tuple[date | None, str], Course] = {}
    count = 0
    for meant in rows:
        alike = (meant.happened_on, meant.answer)
        if alike not in courses:
            courses[alike] = _course(meant)
        for referral, its_events in _rows(actor, meant, courses[alike], people, import_id):
            referrals.append(referral)
            events.extend(its_events)
            count += 1
        if len(referrals) >= CHUNK:
            _flush(referrals, events)
    _flush(referrals, events)
    return count


def _course(meant: Meant) -> Course:
    """What happened that day with that answer; the two sides stand for their names."""
    assert meant.happened_on is not None
    now = clock.now()
    noon = datetime.combine(meant.happened_on, time(12), clock.local(now).tzinfo)
    past = PastReferral(
        sent_at=min(noon, now),
        ended_at=min(noon, now),
        sender=Party.SENDER,
        receiver=Party.RECEIVER,
        answer=PastAnswer(meant.answer),
        text="From an imported list",
    )
    events = past_events(past, now, way=Way.IMPORT)
    return events, stored_fold(fold(events), is_past=True)


def _rows(
    actor: Actor, meant: Meant, course: Course, people: People, import_id: UUID
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    history, stored = course
    names = {
        Party.SENDER: people.by_id[meant.sender].name,
        Party.RECEIVER: people.by_id[meant.receiver].name,
    }
    for _ in range(meant.count):
        id_ = uuid4()
        referral = {
            "id": id_,
            "version": 1,
            "sender_id": UUID(meant.sender),
            "receiver_id": UUID(meant.receiver),
            "author_id": actor.practitioner_id,
            "happened_on": meant.happened_on,
            "is_past": True,
            "sent_by": Route.PHONE,
            "import_id": import_id,
            **stored,
        }
        events = [
            {
                "id": uuid4(),
                "referral_id": id_,
                "number": event.number,
                "action": event.action,
                "at": event.at,
                "party": event.party,
                "by_id": actor.practitioner_id,
                "by_name": names[Party(event.by)] if event.by else "",
                "entered_by": actor.name,
                "way": event.way,
                "data": dict(event.data),
            }
            for event in history
        ]
        yield referral, events


def _flush(referrals: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
    if referrals:
        db.session.execute(insert(Referral), referrals)
        db.session.execute(insert(ReferralEvent), events)
    referrals.clear()
    events.clear()
