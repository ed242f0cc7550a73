"""Who is acting. Every query and every change starts from an actor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    MEMBER = "member"
    LINK = "link"
    CLIENT = "client"
    ENTRY = "entry"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Actor:
    """`practitioner_id` is the directory entry acted for; a steward may have none.

    `client_id` is set for a client on their own page only. A link acts for its receiver, in one
    referral (`referral_id`) and, once a code has confirmed the browser, in the seat that this
    referral fills (`seat_id`). It reaches nothing else of the practitioner it acts for. Somebody of
    kind entry came by the link to their own entry in the directory (`entry_id`) and is no
    practitioner to any other rule.
    """

    kind: Kind
    name: str = ""
    account_id: UUID | None = None
    practitioner_id: UUID | None = None
    client_id: UUID | None = None
    link_id: UUID | None = None
    referral_id: UUID | None = None
    seat_id: UUID | None = None
    entry_id: UUID | None = None
    is_confirmed: bool = False
    is_steward: bool = False

    def __hash__(self) -> int:
        """Of what tells nearly all apart: a page asks some hundred times what an actor may."""
        return hash((self.kind, self.account_id, self.link_id))

    @property
    def is_known(self) -> bool:
        return self.kind is not Kind.ANONYMOUS

    @property
    def key(self) -> str:
        """Names this actor in the audit trail and the read log."""
        identity = self.account_id or self.link_id or self.client_id or "-"
        return f"{self.kind}:{identity}"


ANONYMOUS = Actor(Kind.ANONYMOUS)
SYSTEM = Actor(Kind.SYSTEM, name="Careteam")
"""Jobs and commands on the machine itself. It satisfies no rule about client data but its own."""
