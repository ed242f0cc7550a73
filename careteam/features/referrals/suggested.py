"""Whom somebody who said no named instead, looked up in the directory. Nothing is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from careteam.access.actor import Actor
from careteam.features.directory.filters import Filters
from careteam.features.directory.queries import Contact, contacts_of, list_practitioners
from careteam.features.referrals.models import Referral

MOST = 3
LONGEST_NAME = 100
_AFTER_THE_NAME = re.compile(r"[,;:(]|\s[-\u2013]\s|\s(?:in|at|from)\s|\d")


@dataclass(frozen=True, slots=True)
class Suggested:
    """`words` as they were said, the `name` in them, and whom the directory knows by it."""

    words: str
    name: str
    people: tuple[Contact, ...]


def suggested(actor: Actor, referral: Referral, words: str) -> Suggested | None:
    """Entries whose name has that name in it, without the two parties; None without words."""
    words = " ".join(words.split())
    if not words:
        return None
    name = name_in(words)
    found = list_practitioners(actor, Filters(words=name), size=MOST + 2).items
    parties = (referral.sender_id, referral.receiver_id)
    ids = [each.entry.id for each in found if each.entry.id not in parties][:MOST]
    contacts = contacts_of(actor, ids)
    return Suggested(words, name, tuple(contacts[id_] for id_ in ids))


def name_in(words: str) -> str:
    """'Ana Example, osteopath in Exeter' begins with a name: Ana Example."""
    name = _AFTER_THE_NAME.split(words, maxsplit=1)[0].strip()
    return (name or words)[:LONGEST_NAME]
