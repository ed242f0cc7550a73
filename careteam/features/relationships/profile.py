"""One's own entry on one page, to leave at a practice, and by an address for whoever holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.catalogue import country, label_of
from careteam.features.directory.models import Practitioner
from careteam.features.relationships.models import ProfileCard
from careteam.features.relationships.operations import NO_ENTRY
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden
from careteam.kit.languages import language_name
from careteam.kit.telephones import read_telephone

LONGEST_ABOUT = 1200
MOST_LINES_OF_ABOUT = 14
MOST_PLACES = 4
MOST_WORK = 6
LONGEST_LINE = 90


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is said of somebody on one page. `about` is cut where it would need a second."""

    name: str
    work: str
    reach: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    about: str
    made_at: datetime


def profile_of(entry: Practitioner) -> Profile:
    """Of an entry with everything it consists of."""
    labels = [label_of(each.discipline) for each in entry.disciplines[:MOST_WORK]]
    reach = (("Telephone", _telephone(entry.phone)), ("E-mail", entry.email or ""))
    facts = (
        (
            "Registered",
            " ".join(filter(None, (entry.registration_body, entry.registration_number))),
        ),
        ("New clients", _accepting(entry)),
        ("Sees clients", ", ".join(_ways(entry))),
        ("Languages", ", ".join(language_name(each.code) for each in entry.languages)),
    )
    return Profile(
        name=_short(entry.name),
        work=", ".join(labels),
        reach=_said((*reach, ("Website", entry.website or ""))),
        facts=_said(facts),
        places=tuple(
            Place(
                _short(each.practice or each.place or "Workplace"),
                _short(
                    " · ".join(
                        filter(
                            None,
                            (
                                each.place if each.practice else None,
                                each.days,
                                _telephone(each.phone),
                            ),
                        )
                    )
                ),
            )
            for each in entry.workplaces[:MOST_PLACES]
        ),
        about=_cut(entry.bio or ""),
        made_at=clock.now(),
    )


def _said(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((label, _short(value)) for label, value in pairs if value)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_LINE else words[: LONGEST_LINE - 1].rstrip() + "…"


def _cut(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    kept = "\n".join(lines[:MOST_LINES_OF_ABOUT])
    if len(kept) > LONGEST_ABOUT:
        head = kept[:LONGEST_ABOUT]
        kept = head.rpartition(" ")[0] or head
    return kept if len(kept) == len("\n".join(lines)) else kept.rstrip(" .,;:") + "…"


def _telephone(number: str | None) -> str:
    return read_telephone(number, country()).display if number else ""


def _accepting(entry: Practitioner) -> str:
    if entry.away_until is not None and entry.away_until >= clock.today():
        return f"away until {entry.away_until.day} {entry.away_until:%B %Y}"
    return {"yes": "takes new clients", "no": "full at present"}.get(entry.accepting, "")


def _ways(entry: Practitioner) -> list[str]:
    said = (
        ("in person", entry.sees_in_person),
        ("online", entry.sees_online),
        ("at home", entry.visits_homes),
    )
    return [words for words, holds in said if holds]


def new_card(actor: Actor, card_id: UUID) -> ProfileCard:
    """The unsaved row for `show_profile`. Raises `Forbidden` for somebody without an entry."""
    if actor.practitioner_id is None:
        raise Forbidden(NO_ENTRY)
    return ProfileCard(id=card_id, author_id=actor.practitioner_id)


@operation(Permission.KEEP_OWN_NOTES, on="card", action="profile.shown")
def show_profile(*, actor: Actor, card: ProfileCard) -> ProfileCard:
    """From now on whoever holds the address reads the actor's own entry."""
    db.session.add(card)
    return card


@operation(Permission.KEEP_OWN_NOTES, on="card", action="profile.hidden")
def hide_profile(*, actor: Actor, card: ProfileCard) -> ProfileCard:
    """The address opens nothing any more, also on sheets that lie somewhere."""
    card.ended_at = card.ended_at or clock.now()
    return card
