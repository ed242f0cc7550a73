"""What of a referral's letter is shown to whom.

The sender reads all of it. The receiver reads as far as the client's consent reaches today: nothing
of the client without one, initials until they accept, then the name and how to reach the client.
What is made for paper is for the receiver's hands: there the consent binds the sender's copy too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.domain.consent import ALERTS, IDENTITY, PLAN
from careteam.domain.letter import CONTACT, DOCTOR, GOAL, NEEDS, SAFETY, Section, sections
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Party, Standing
from careteam.features.consents.models import Consent
from careteam.features.consents.queries import consent_in_force
from careteam.features.directory.catalogue import country
from careteam.features.directory.queries import Contact, party_contacts
from careteam.features.pathways.content import load_content
from careteam.features.referrals.contents import (
    Kept,
    Reaches,
    kept_of,
    note_parts,
    reaches_of,
)
from careteam.features.referrals.models import Referral
from careteam.features.referrals.moves import side_of
from careteam.features.referrals.queries import LetterClient, find_letter_client, seat_discipline
from careteam.features.referrals.seats import FILLING
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.labels import seat_label
from careteam.features.teams.left import questions_left_to
from careteam.features.teams.parts import effect_lines
from careteam.kit import clock
from careteam.kit.languages import language_name
from careteam.kit.telephones import read_telephone
from careteam.kit.text import initials

HOW_GIVEN = {"spoken": "spoken", "screen": "on the screen", "paper": "on paper"}
SAFE_CONTACT = {
    "email": "By e-mail only",
    "phone": "By telephone only",
    "post": "By post only",
    "in_person": "Only in person",
    "none": "Please do not make contact; the client rings",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a look at a referral has found: both parties, the consent of today, the role."""

    people: Mapping[UUID, Contact]
    consent: Consent | None
    discipline: str | None


def known_of(referral: Referral) -> Known:
    """Three statements."""
    return Known(
        party_contacts([referral.sender_id, referral.receiver_id]),
        standing_consent(referral),
        seat_discipline(referral.seat_id),
    )


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """One referral's letter in the eyes of one side.

    `may_read` is False where the consent of the client is missing today; then `reason`,
    `question` and everything about the client are None. `is_named`: the client's name is shown.
    `left` are the questions that the client would rather answer to the receiver's role. `sections`
    are what the sender sent along.
    """

    referral_id: UUID
    side: Party
    sender: Contact
    receiver: Contact
    may_read: bool
    has_client: bool
    is_named: bool
    called: str
    facts: tuple[tuple[str, str], ...]
    alerts: tuple[str, ...]
    left: tuple[str, ...]
    sections: tuple[Section, ...]
    statement: str | None
    role: str | None
    reason: str | None
    question: str | None
    answer_by: str | None
    consent_line: str | None
    is_consented: bool

    @property
    def is_mine(self) -> bool:
        """Whether the reader is the one who sends it."""
        return self.side is Party.SENDER

    @property
    def other(self) -> Contact:
        return self.receiver if self.is_mine else self.sender


def shown_letter(
    actor: Actor,
    referral: Referral,
    standing: Standing,
    *,
    on_paper: bool = False,
    known: Known | None = None,
) -> ShownLetter:
    """The letter for whoever reaches the referral; what is shown of the client is noted as read.

    `on_paper`: as the receiver is to hold it, whoever prints it. `known`: what the page has found
    already.
    """
    side = side_of(actor, referral)
    known = known or known_of(referral)
    people, consent, discipline = known.people, known.consent, known.discipline
    has_client = referral.client_id is not None
    may_read = side is Party.SENDER or not has_client or consent is not None
    is_open = consent is not None if on_paper else may_read
    is_named = is_open and (side is Party.SENDER or standing.state in FILLING)
    if may_read:
        # also where a rule looked at the row before a person did
        reads.note(referral.client_id, referral.information_class)
    client = find_letter_client(referral.client_id, referral.goal_id) if may_read else None
    about = _About()
    if client is not None and is_named and _still_shows(actor, referral, side):
        whole = side is Party.SENDER and not on_paper
        about = _about(referral, client, consent, discipline, as_sender=whole)
    return ShownLetter(
        referral_id=referral.id,
        side=side,
        sender=people[referral.sender_id],
        receiver=people[referral.receiver_id],
        may_read=may_read,
        has_client=has_client,
        is_named=is_named,
        called=_called(client, is_named),
        facts=about.facts,
        alerts=about.alerts,
        left=about.left,
        sections=about.sections,
        statement=about.statement,
        role=seat_label(discipline) if discipline and may_read else None,
        reason=referral.reason if may_read else None,
        question=referral.question if may_read else None,
        answer_by=answer_by(Urgency(referral.urgency)),
        consent_line=_consent_line(consent) if has_client else None,
        is_consented=not has_client or consent is not None,
    )


def _still_shows(actor: Actor, referral: Referral, side: Party) -> bool:
    """Her own words stay a sender's; the record as it is today only while she keeps it."""
    return side is not Party.SENDER or allowed(actor, Permission.EDIT_TEAM, referral)


@dataclass(frozen=True, slots=True)
class _About:
    """What of the client is shown beside the name."""

    facts: tuple[tuple[str, str], ...] = ()
    alerts: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    statement: str | None = None


def _about(
    referral: Referral,
    client: LetterClient,
    consent: Consent | None,
    discipline: str | None,
    *,
    as_sender: bool,
) -> _About:
    """Chosen by the sender, opened by the consent of today, and noted as read."""
    assert referral.client_id is not None
    kept = kept_of(referral)
    reaches = reaches_of(referral.client_id, referral.goal_id, referral.receiver_id, consent)
    shows_goal = PLAN in reaches.classes and kept.has(GOAL)
    shows_alerts = kept.has(SAFETY) and (as_sender or ALERTS in reaches.classes)
    reads.note(referral.client_id, IDENTITY)
    reads.note(referral.client_id, ALERTS)
    if shows_goal:
        reads.note(referral.client_id, PLAN)
    return _About(
        facts=_facts(client, kept) if as_sender or IDENTITY in reaches.classes else (),
        alerts=_alerts(referral) if shows_alerts else (),
        left=_left(referral, discipline),
        sections=_sections(referral, kept, reaches, as_sender=as_sender),
        statement=client.statement if shows_goal else None,
    )


def _sections(
    referral: Referral, kept: Kept, reaches: Reaches, *, as_sender: bool
) -> tuple[Section, ...]:
    """The sender sees all that went along; measures that are hidden now are hidden from her too."""
    shown = (
        tuple(part for part in kept.parts if part.measure not in reaches.hidden_measures)
        if as_sender
        else reaches.readable(kept.parts)
    )
    note_parts(referral.client_id, shown)
    return sections(shown)


def standing_consent(referral: Referral) -> Consent | None:
    """The consent that opens this referral to its receiver today, looked at by a rule."""
    if referral.client_id is None or referral.goal_id is None:
        return None
    with reads.unseen():
        return consent_in_force(
            referral.client_id, referral.receiver_id, referral.goal_id, clock.today()
        )


def _called(client: LetterClient | None, is_named: bool) -> str:
    if client is None:
        return ""
    return client.name if is_named else initials(client.name)


def _facts(client: LetterClient, kept: Kept) -> tuple[tuple[str, str], ...]:
    return tuple(
        (label, value) for part, label, value in facts_of(client) if part is None or kept.has(part)
    )


def facts_of(client: LetterClient) -> tuple[tuple[str | None, str, str], ...]:
    """Two identifiers where they are known, and how to reach the client safely: (part, label,
    value). Those without a part always go."""
    safe = client.safe_contact
    born = client.date_of_birth
    facts = (
        (None, "Called", client.preferred_name or ""),
        (None, "Born", f"{born.day} {born:%B %Y}" if born else ""),
        (CONTACT, "Telephone", safe_number(client.phone, safe)),
        (CONTACT, "E-mail", client.email or "" if safe in (None, "email") else ""),
        (CONTACT, "Contact", SAFE_CONTACT.get(safe or "", "")),
        (CONTACT, "Place", client.place or ""),
        (NEEDS, "Language", language_name(client.language) if client.language else ""),
        (NEEDS, "Please mind", client.communication_needs or ""),
        (DOCTOR, "GP", client.general_practitioner or ""),
    )
    return tuple(fact for fact in facts if fact[2])


def _alerts(referral: Referral) -> tuple[str, ...]:
    """What to avoid for the client's safety: effects without their causes, of every goal."""
    if referral.client_id is None:
        return ()
    return effect_lines(standing_outcomes(referral.client_id).safety.effects_only())


def _left(referral: Referral, discipline: str | None) -> tuple[str, ...]:
    """What the client would rather tell this role, noted as read in the class of the question."""
    if referral.client_id is None:
        return ()
    questions = questions_left_to(referral.client_id, referral.goal_id, discipline)
    for question in questions:
        reads.note(referral.client_id, question.information_class)
    return tuple(question.ask for question in questions)


def safe_number(phone: str | None, safe_contact: str | None) -> str:
    """The client's number where the client may be rung, else nothing."""
    if not phone or safe_contact not in (None, "phone"):
        return ""
    return read_telephone(phone, country()).display


def answer_by(urgency: Urgency) -> str | None:
    """When an answer is hoped for, in the catalogue's words for this urgency."""
    days = load_content().catalogue.urgency_levels[urgency].reply_within_days
    if days is None:
        return None
    within = "today" if urgency.is_telephone_matter else f"within {days} days"
    return f"Please answer {within}, also with a no."


def _consent_line(consent: Consent | None) -> str:
    if consent is None:
        return "none in force"
    day, until = consent.given_on, consent.until_on
    line = f"given on {day.day} {day:%B %Y}, {HOW_GIVEN.get(consent.how_given, '')}"
    return f"{line}, until {until.day} {until:%B %Y}" if until else line
