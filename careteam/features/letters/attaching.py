"""Files that go with a referral: from the sender with the letter, from the receiver with a report.

A file of the sender is shown to the receiver once they have taken the referral on, and only while
the consent opens its information class. A file of the receiver is part of their answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.consent import NEVER_OFFERED
from careteam.domain.referral import Party, State
from careteam.features.letters.models import Attachment, AttachmentContent
from careteam.features.letters.queries import (
    content_of,
    count_attachments,
    count_shown,
    get_attachment,
    list_attachments,
)
from careteam.features.links.operations import note_use
from careteam.features.links.queries import own_link
from careteam.features.pathways.content import load_content
from careteam.features.referrals.contents import reaches_of
from careteam.features.referrals.letter import standing_consent
from careteam.features.referrals.models import Referral
from careteam.features.referrals.moves import side_of
from careteam.features.referrals.seats import FILLING
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Forbidden, Invalid, TooLarge
from careteam.kit.filetypes import Unfit, recognise

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
MOST = 10
"""Files of one referral."""
WITHOUT_CLIENT = "letters_reports"
OVER = (State.DISCARDED, State.WITHDRAWN)
MEDIA_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
ENDINGS = {"pdf": ".pdf", "png": ".png", "jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A file on a page. `is_kept_back`: the receiver does not see it, for want of a consent."""

    row: Attachment
    is_mine: bool
    is_kept_back: bool
    class_label: str


def attachments_of(
    actor: Actor, referral: Referral, opened: frozenset[str] | None = None
) -> list[Shown]:
    """The files the actor may see of a referral they reach.

    `opened`: what the consent opens to the receiver today, where the page knows it already.
    """
    opened = _opened(referral) if opened is None else opened
    rows = list_attachments(actor, referral, _classes(actor, referral, opened))
    matrix = load_content().catalogue.matrix
    return [
        Shown(
            row,
            is_mine=row.author_id == actor.practitioner_id,
            is_kept_back=referral.client_id is not None
            and row.author_id == referral.sender_id
            and row.information_class not in opened,
            class_label=matrix.class_by_id[row.information_class].label
            if referral.client_id
            else "",
        )
        for row in rows
    ]


def files_shown(actor: Actor, referral: Referral) -> int:
    """How many files of a referral they reach the actor may see."""
    return count_shown(actor, referral, _classes(actor, referral, _opened(referral)))


def labels_of(actor: Actor, referral: Referral) -> tuple[str, ...]:
    """What the letter says of its enclosures: the sender's files that the receiver may see."""
    shown = attachments_of(actor, referral)
    return tuple(
        f"{each.row.label} ({each.row.words})"
        for each in shown
        if each.row.author_id == referral.sender_id and not each.is_kept_back
    )


def open_attachment(
    actor: Actor, referral: Referral, attachment_id: UUID
) -> tuple[Attachment, bytes]:
    """A file and its bytes, noted as read. Raises `NotFound`."""
    classes = _classes(actor, referral, _opened(referral))
    row = get_attachment(actor, referral, attachment_id, classes)
    return row, content_of(row)


def own_attachment(actor: Actor, referral: Referral, attachment_id: UUID) -> Attachment:
    """A file the actor may remove. Raises `NotFound`."""
    return get_attachment(actor, referral, attachment_id, ())


def may_attach(actor: Actor, referral: Referral) -> bool:
    """The sender while there is a letter, the receiver from the acceptance on."""
    if side_of(actor, referral) is Party.SENDER:
        return referral.status not in OVER and not referral.is_past
    return referral.status in FILLING


def offered_classes(referral: Referral) -> Sequence[tuple[str, str]]:
    """What a file may be about, to be chosen; nothing to choose without a client."""
    if referral.client_id is None:
        return ()
    return [
        (each.id, each.label)
        for each in load_content().catalogue.matrix.classes
        if each.id not in NEVER_OFFERED
    ]


@operation(Permission.ACT_ON_REFERRAL, on="referral", action="attachment.added")
def attach(
    *,
    actor: Actor,
    referral: Referral,
    attachment_id: UUID,
    data: bytes,
    label: str | None,
    information_class: str | None,
) -> Attachment:
    """Add a file. Raises `Invalid` beside `file` or `information_class`, `TooLarge`, `Conflict`."""
    _check_turn(actor, referral)
    if len(data) > LARGEST:
        raise TooLarge(f"This file is larger than {LARGEST // MEGABYTE} MB.", field="file")
    if count_attachments(referral) >= MOST:
        raise Invalid(f"A letter takes {MOST} files at most. Remove one first.", field="file")
    try:
        kind = recognise(data)
    except Unfit as error:
        raise Invalid(str(error), field="file") from None
    row = Attachment(
        id=attachment_id,
        referral_id=referral.id,
        client_id=referral.client_id,
        information_class=_class(referral, information_class),
        author_id=actor.practitioner_id,
        label=label or kind.words,
        kind=kind.name,
        words=kind.words,
        size=len(data),
        seen_at=clock.now() if side_of(actor, referral) is Party.SENDER else None,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add(AttachmentContent(attachment_id=row.id, data=data))
    return row


def _check_turn(actor: Actor, referral: Referral) -> None:
    if actor.kind is Kind.LINK:
        if not actor.is_confirmed:
            raise Forbidden("Please show your code first.")
        note_use(own_link(actor))
    if not may_attach(actor, referral):
        raise Conflict("Files can be added once you have taken this on, and until it is withdrawn.")


def _class(referral: Referral, chosen: str | None) -> str:
    if referral.client_id is None:
        return WITHOUT_CLIENT
    if chosen not in {name for name, _ in offered_classes(referral)}:
        raise Invalid("Say what kind of information is in it.", field="information_class")
    assert chosen is not None
    return chosen


@operation(Permission.ACT_ON_REFERRAL, on="referral", action="attachment.removed")
def remove_attachment(*, actor: Actor, referral: Referral, attachment: Attachment) -> Referral:
    """Remove a file that the actor added, bytes and all."""
    if actor.kind is Kind.LINK and not actor.is_confirmed:
        raise Forbidden("Please show your code first.")
    if attachment.author_id != actor.practitioner_id:
        raise Forbidden
    db.session.delete(attachment)
    return referral


def _classes(actor: Actor, referral: Referral, opened: frozenset[str]) -> frozenset[str] | None:
    """The classes whose files the actor sees beside their own; None is all."""
    if side_of(actor, referral) is Party.SENDER:
        return None
    if referral.client_id is None:
        return frozenset({WITHOUT_CLIENT})
    return opened if referral.status in FILLING else frozenset()


def _opened(referral: Referral) -> frozenset[str]:
    """What the consent opens to the receiver today."""
    if referral.client_id is None:
        return frozenset()
    consent = standing_consent(referral)
    return reaches_of(referral.client_id, referral.goal_id, referral.receiver_id, consent).classes
