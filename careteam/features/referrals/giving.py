"""Giving names: two people somebody may ring herself. No client, no consent, nothing leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.importing import read_disciplines
from careteam.domain.matching import (
    Ranked,
    Shortlist,
    Wanted,
    near_first,
    nearness_words,
)
from careteam.domain.wording import list_words
from careteam.features.directory.catalogue import country, discipline_labels, label_of
from careteam.features.directory.interests import SAY_SO, disclosures
from careteam.features.directory.naming import names_in_order
from careteam.features.directory.queries import (
    Contact,
    Enquiry,
    Look,
    contacts_of,
    trust_words_of,
)
from careteam.features.referrals.models import GivenName, NamesGiven
from careteam.features.referrals.queries import find_given
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid
from careteam.kit.places import Place, resolve
from careteam.kit.telephones import read_telephone

OUTCOMES = ("reached", "no_call_back", "not_going")
ASK_AFTER = timedelta(days=7)
LEAST_NAMES = 2
"""Names are offered, nobody is steered: two wherever there are two."""
MOST_NAMES = 3
MOST_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Name:
    """One name to give: how to reach them, and one sentence why.

    `trust` is what whoever gives the name wrote of them, `interest` what they are to say with
    it, by mouth: it stands on no sheet. Neither orders anything.
    """

    practitioner_id: UUID
    name: str
    where: str
    phone: str
    dial: str
    why: str
    trust: str = ""
    is_unconfirmed: bool = False
    interest: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Names for one discipline. `empty_because` says what to do where there is nobody."""

    discipline: str
    label: str
    place: str | None
    names: tuple[Name, ...]
    more: tuple[Name, ...]
    empty_because: str

    @property
    def text(self) -> str:
        """What is shared, printed or read out: no client, no health, no reason of theirs."""
        lines = [f"{self.label}: names to ring"]
        for each in self.names:
            where = f" ({each.where})" if each.where else ""
            said = [each.phone or "No number known", each.why, *filter(None, [each.trust])]
            lines.append("\n".join([f"{each.name}{where}", *said]))
        return "\n\n".join([*lines, "You choose. Ring either of them, and tell me how it went."])


def read_discipline(typed: str) -> str | None:
    """The discipline meant by what was typed: a label, a usual word or the first letters."""
    reading = read_disciplines(typed, discipline_labels())
    if reading.ids:
        return reading.ids[0]
    begun = typed.strip().casefold()
    if len(begun) < 3:
        return None
    return next(
        (
            id_
            for id_, label in discipline_labels().items()
            if any(word.casefold().startswith(begun) for word in label.replace("/", " ").split())
        ),
        None,
    )


def read_place(typed: str | None) -> Place | None:
    return resolve(typed, country()) if typed else None


def suggest_names(
    actor: Actor,
    discipline: str,
    place: Place | None = None,
    chosen: Sequence[UUID] = (),
    *,
    words: bool = True,
) -> Suggestion:
    """The first two of the order, or those chosen from it; at least two where there are two.

    With a place, near ones come first and further ones only where fewer than two are near. Whoever
    takes no new clients is offered only where nobody else is. With `words`, the actor's own
    sentences about them stand beside. Nine statements.
    """
    asked = Enquiry(
        disciplines=[discipline],
        near=place,
        without=[actor.practitioner_id] if actor.practitioner_id else [],
        near_first=True,
    )
    wanted = Wanted(discipline, place_known=place is not None)
    shortlist = names_in_order(actor, [(wanted, asked)], Look(first=MOST_OFFERED))[0].shortlist
    ranked = near_first(shortlist.ranked) if place else shortlist.ranked
    contacts = contacts_of(actor, [UUID(each.candidate.practitioner_id) for each in ranked])
    trust = trust_words_of(actor, contacts) if words else {}
    people = [each.candidate for each in ranked]
    told = disclosures(actor, [actor.practitioner_id], people, SAY_SO) if people else {}
    names = [
        _name(
            each,
            contacts[UUID(each.candidate.practitioner_id)],
            nearness_words(each, ranked),
            trust,
            told,
        )
        for each in ranked
    ]
    first = _at_least_two([name for name in names if name.practitioner_id in chosen], names)
    return Suggestion(
        discipline=discipline,
        label=label_of(discipline),
        place=place.name if place else None,
        names=tuple(first),
        more=tuple(name for name in names if name not in first),
        empty_because=_empty(shortlist, discipline),
    )


def _at_least_two(chosen: Sequence[Name], names: Sequence[Name]) -> list[Name]:
    """Those chosen, the most that are given; one alone gets the next of the order beside it."""
    others = [name for name in names if name not in chosen]
    return [*chosen[:MOST_NAMES], *others[: max(0, LEAST_NAMES - len(chosen))]]


def _empty(shortlist: Shortlist, discipline: str) -> str:
    if shortlist.ranked:
        return ""
    return shortlist.empty_because or f"Nobody in the directory is a {label_of(discipline)} yet."


def _name(
    ranked: Ranked,
    contact: Contact,
    nearness: str,
    trust: Mapping[UUID, str],
    told: Mapping[str, str],
) -> Name:
    phone = read_telephone(contact.phone or "", country())
    return Name(
        practitioner_id=contact.practitioner_id,
        name=contact.name,
        where=contact.where,
        phone=phone.display,
        dial=phone.href,
        why=_why(ranked, contact, nearness),
        trust=trust.get(contact.practitioner_id, ""),
        is_unconfirmed=ranked.candidate.is_unconfirmed(clock.today()),
        interest=told.get(ranked.candidate.practitioner_id, ""),
    )


def _why(ranked: Ranked, contact: Contact, nearness: str) -> str:
    """One sentence: what speaks for them and how near they are, or what is not known."""
    strongest = list(ranked.reasons[:2]) or list(ranked.drawbacks[:1])
    if nearness and nearness not in strongest:
        strongest = [*strongest[:1], nearness]
    words = list_words(strongest) or (contact.where and f"works at {contact.where}") or "listed"
    return f"{words[:1].upper()}{words[1:]}."


@operation(Permission.KEEP_OWN_NOTES, on="names", action="names.given")
def give_names(*, actor: Actor, names: NamesGiven, given: Sequence[Name]) -> NamesGiven:
    """Log that these names were given today; what became of them is asked a week later.

    `names` is new and its author the actor. Raises `Invalid` without a name.
    """
    if not given:
        raise Invalid("Choose at least one name.", field="name")
    db.session.add(names)
    db.session.flush()
    db.session.add_all(
        [
            GivenName(
                names_given_id=names.id,
                practitioner_id=each.practitioner_id,
                position=position,
                why=each.why,
            )
            for position, each in enumerate(given[:MOST_NAMES])
        ]
    )
    return names


def new_names(actor: Actor, names_id: UUID, discipline: str) -> NamesGiven:
    """The unsaved row for `give_names`: given today, asked about in a week."""
    if actor.practitioner_id is None:
        raise Invalid("Add your own entry to the directory first.")
    today: date = clock.today()
    return NamesGiven(
        id=names_id,
        author_id=actor.practitioner_id,
        discipline=discipline,
        given_on=today,
        ask_on=today + ASK_AFTER,
    )


@operation(Permission.KEEP_OWN_NOTES, on="names", action="names.followed_up")
def follow_up_name(
    *, actor: Actor, names: NamesGiven, practitioner_id: UUID, outcome: str
) -> NamesGiven:
    """Note what became of one name: reached, no_call_back or not_going; '' takes it back."""
    if outcome and outcome not in OUTCOMES:
        raise Invalid("Choose one of the answers offered.", field="outcome")
    given = find_given(names.id, practitioner_id)
    if given is None:
        raise Invalid("This name was not among them.")
    given.outcome = outcome or None
    given.outcome_on = clock.today() if outcome else None
    return names
