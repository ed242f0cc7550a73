"""A letter as a sheet of paper: what print, PDF and plain text are made from.

The sheet is for the receiver's hands, so it holds what the client's consent opens to them today,
whoever makes it. Without a consent it holds the sender's own words and initials.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from careteam.access.actor import Actor
from careteam.domain.letter import LIVE, Group, Section, sections
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import State
from careteam.domain.referral.labels import URGENCIES
from careteam.features.directory.catalogue import country
from careteam.features.directory.queries import Contact
from careteam.features.letters.attaching import labels_of
from careteam.features.letters.composing import offer
from careteam.features.letters.operations import about_of, ticked
from careteam.features.letters.queries import registration_of
from careteam.features.pathways.content import load_content
from careteam.features.referrals.history import standing_of
from careteam.features.referrals.letter import ShownLetter, shown_letter
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import events_of
from careteam.features.referrals.queries.letters import find_content
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.kit.telephones import read_telephone

NOT_YET = "Draft. Not handed over yet."
NO_CONSENT = (
    "The client's consent is not in force, so this sheet holds initials and the writer's own words "
    "only. Nothing leaves before the client agrees."
)
FOOT = "A letter that coordinates care; it makes no diagnosis."
WANTED = (
    "Please tell me what you found, what to do and what not to do, and the next step. "
    "Please say also if you need this through the GP, or if it is not for you."
)


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the letter: the name, and lines that say who that is and how to reach them."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The letter, ready to be set. `warnings` stand above everything; `facts` are about the
    client. `number` names letter and version without naming anybody. `address` is that of a link to
    answer by, made for this one sheet; empty where none goes along.
    """

    number: str
    day: date
    made_at: datetime
    role: str
    to: Party
    sender: Party
    urgency: str
    client: str
    facts: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    question: str
    reason: str
    sections: tuple[Section, ...]
    wanted: str
    answer_by: str
    consent: str
    enclosed: tuple[str, ...]
    warnings: tuple[str, ...]
    address: str = ""
    foot: str = FOOT

    @property
    def file_name(self) -> str:
        """Without an ending; says a day and nothing else."""
        return f"letter-{self.day.isoformat()}"


def letter_sheet(actor: Actor, referral: Referral, address: str = "") -> Sheet:
    """The sheet for a party of the referral, with the address of a link where one goes along.

    Raises `NotFound` where they may read nothing.
    """
    standing = standing_of(events_of(referral.id))
    letter = shown_letter(actor, referral, standing, on_paper=True)
    if not letter.may_read:
        raise NotFound
    is_draft = standing.state is State.DRAFT
    day = clock.day_of(referral.sent_at) if referral.sent_at else clock.today()
    return Sheet(
        number=f"{str(referral.id)[:8]}, version {referral.version}",
        day=day,
        made_at=referral.sent_at or clock.now(),
        role=letter.role or letter.receiver.discipline or "",
        to=_party(letter.receiver),
        sender=_party(letter.sender, with_registration=True),
        urgency=URGENCIES[Urgency(referral.urgency)],
        client=letter.called,
        facts=letter.facts,
        left=letter.left,
        question=letter.question or "Still to be written.",
        reason=letter.reason or "Still to be written.",
        sections=_sections(actor, referral, letter, is_draft=is_draft),
        wanted=WANTED,
        answer_by=_answer_by(referral, day),
        consent=letter.consent_line or "",
        enclosed=labels_of(actor, referral) if letter.is_named else (),
        warnings=_warnings(letter, is_draft=is_draft),
        address=address,
    )


def _party(contact: Contact, *, with_registration: bool = False) -> Party:
    lines = [contact.discipline]
    if with_registration:
        known = registration_of(contact.practitioner_id)
        if known.body or known.number:
            lines.append(" ".join(filter(None, ("Registered:", known.body, known.number))))
    lines += [contact.where]
    lines += [read_telephone(contact.phone, country()).display if contact.phone else ""]
    lines += [contact.email or ""]
    return Party(contact.name, tuple(line for line in lines if line))


def _sections(
    actor: Actor, referral: Referral, letter: ShownLetter, *, is_draft: bool
) -> tuple[Section, ...]:
    """Goal and safety of today, and what went along; of a draft, what would go along."""
    live = {
        Group.GOAL: (letter.statement,) if letter.statement else (),
        Group.SAFETY: letter.alerts,
    }
    first = tuple(Section(group, lines) for group, lines in live.items() if lines)
    if is_draft and letter.is_named:
        return first + _of_draft(actor, referral)
    return first + letter.sections


def _of_draft(actor: Actor, referral: Referral) -> tuple[Section, ...]:
    about = about_of(actor, referral)
    if about is None:
        return ()
    content = find_content(referral.id)
    wanted = ticked(offer(actor, about), content.chosen if content is not None else None)
    return sections(
        each.part for each in wanted if not each.is_outside and each.part.id not in LIVE
    )


def _answer_by(referral: Referral, day: date) -> str:
    """The day by which an answer is hoped for, from the urgency; nothing where none is asked."""
    urgency = Urgency(referral.urgency)
    days = load_content().catalogue.urgency_levels[urgency].reply_within_days
    if days is None:
        return ""
    until = day if urgency.is_telephone_matter else day + timedelta(days=days)
    return f"Please answer by {until.day} {until:%B %Y}, also with a no."


def _warnings(letter: ShownLetter, *, is_draft: bool) -> tuple[str, ...]:
    found = [NOT_YET] if is_draft else []
    if letter.has_client and not letter.is_consented:
        found.append(NO_CONSENT)
    return tuple(found)
