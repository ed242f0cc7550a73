"""Who may do what: the one table. Everything not named here is refused.

Read a line as "this permission, on this row, is held by ...". The words are defined in
`predicates.py`, each with a twin for lists, so that what a list shows is what a check allows.
"""

from __future__ import annotations

from careteam.access.actor import Kind
from careteam.access.permissions import Permission as P
from careteam.access.predicates import (
    CONFIRMED,
    KEEPER,
    LEAD,
    MEMBER,
    NOT_THE_CLIENT,
    OWN_SEAT,
    PRACTISING_MEMBER,
    RECORD,
    SELF,
    STEWARD,
    Predicate,
    column_differs,
    column_equals,
    column_is_actor,
)

OWN_ACCOUNT = column_is_actor("account_id", "account_id")
OWN_ENTRY = column_is_actor("id", "practitioner_id")
ENTRY_OF_LINK = column_is_actor("id", "entry_id", Kind.ENTRY)
ENTRY_BY_LINK = ENTRY_OF_LINK & CONFIRMED
LINK_TO_OWN_ENTRY = column_is_actor("id", "link_id", Kind.ENTRY) & CONFIRMED
UNCLAIMED = column_equals("claimed_at", None)
AUTHOR = column_is_actor("author_id", "practitioner_id")
AUTHOR_BY_LINK = column_is_actor("author_id", "practitioner_id", Kind.LINK)
RECEIVER_OF_CONSENT = column_is_actor("practitioner_id", "practitioner_id")
COVERING = TAKING_OVER = RECEIVER_OF_CONSENT
DESCRIBED = RECEIVER_OF_CONSENT
DESCRIBED_BY_LINK = column_is_actor("practitioner_id", "entry_id", Kind.ENTRY) & CONFIRMED
SENDER = column_is_actor("sender_id", "practitioner_id")
RECEIVER = column_is_actor("receiver_id", "practitioner_id")
LEFT_THE_HOUSE = column_differs("status", "draft") & column_differs("status", "discarded")
PARTY = SENDER | (RECEIVER & LEFT_THE_HOUSE)
LINKED = column_is_actor("id", "referral_id", Kind.LINK) & LEFT_THE_HOUSE

ABOUT_NOBODY = column_equals("client_id", None)
NOT_THE_CLIENTS_OWN = column_differs("kind", "client")
"""The link to a client's own page belongs to whoever keeps the record now."""

RULES: dict[P, Predicate] = {
    # the community
    P.MANAGE_ACCOUNTS: STEWARD,
    P.EDIT_OWN_ACCOUNT: OWN_ACCOUNT,
    P.MANAGE_COMMUNITY: STEWARD,
    P.MANAGE_PATHWAYS: STEWARD,
    P.READ_PATHWAYS: MEMBER,
    # the directory and the network: shared by all members
    P.READ_DIRECTORY: MEMBER,
    P.ADD_PRACTITIONER: MEMBER,
    P.EDIT_PRACTITIONER: STEWARD | OWN_ENTRY | ((MEMBER | ENTRY_BY_LINK) & UNCLAIMED),
    # in one tap from a mail, so before a code; any member can set it right
    P.SAY_AVAILABILITY: STEWARD | OWN_ENTRY | ((MEMBER | ENTRY_OF_LINK) & UNCLAIMED),
    P.VERIFY_PRACTITIONER: STEWARD | (MEMBER & UNCLAIMED),
    P.REMOVE_PRACTITIONER: (STEWARD | ENTRY_BY_LINK) & UNCLAIMED,
    P.MERGE_PRACTITIONER: STEWARD | (MEMBER & UNCLAIMED),  # nobody merges an entry into their own
    P.READ_NETWORK: MEMBER,
    P.KEEP_OWN_NOTES: AUTHOR,
    P.ANSWER_OBSERVATION: (DESCRIBED | DESCRIBED_BY_LINK) & column_differs("shared_at", None),
    # one client: the lead keeps the record, others see what seat and consent allow
    P.ADD_CLIENT: PRACTISING_MEMBER,
    P.READ_CLIENT: RECORD,
    P.EDIT_CLIENT: LEAD,
    P.KEEP_CLIENT: KEEPER,
    P.END_COVER: KEEPER | SELF | COVERING,
    P.ANSWER_HAND_OVER: TAKING_OVER,
    P.UNLINK_PARTNER: LEAD | SELF,  # nobody else learns of the link, but for single shared steps
    P.READ_ACCESS_LOG: KEEPER | SELF,
    P.READ_CONSENTS: LEAD | SELF | RECEIVER_OF_CONSENT,
    P.RECORD_CONSENT: LEAD | SELF,
    P.READ_RECORD: RECORD,
    P.READ_SAFETY_REASONS: LEAD | SELF,
    P.EDIT_GOAL: LEAD,
    P.ANSWER_SCREENING: LEAD | SELF,
    P.EDIT_TEAM: LEAD,
    P.LAY_PRECAUTION: LEAD | (RECORD & NOT_THE_CLIENT),
    P.END_PRECAUTION: LEAD | (RECORD & (AUTHOR | AUTHOR_BY_LINK)),
    P.GIVE_CLEARANCE: LEAD | (RECORD & NOT_THE_CLIENT),
    P.READ_CLEARANCE: LEAD | SELF | (RECORD & (AUTHOR | AUTHOR_BY_LINK)),
    P.TAKE_BACK_CLEARANCE: LEAD | (RECORD & (AUTHOR | AUTHOR_BY_LINK)),
    P.EDIT_PLAN: LEAD,
    P.ANSWER_PLAN: LEAD | SELF | RECORD,  # whoever is asked, and reads what the others said
    P.MOVE_MILESTONE: LEAD | (RECORD & OWN_SEAT) | (SELF & column_equals("owner_is_client", True)),
    P.RECORD_MEASUREMENT: LEAD | SELF | RECORD,
    P.READ_NOTES: (RECORD & NOT_THE_CLIENT) | (SELF & column_equals("audience", "all")),
    P.WRITE_NOTE: LEAD | SELF | RECORD,
    # referrals: the two parties, whoever else cares for the client; a link stands for its receiver
    P.WRITE_REFERRAL: SENDER,
    P.READ_REFERRAL: PARTY | (LINKED & CONFIRMED),
    P.ACT_ON_REFERRAL: PARTY | LINKED,
    P.MANAGE_LINK: (AUTHOR & NOT_THE_CLIENTS_OWN) | LEAD | SELF | LINK_TO_OWN_ENTRY,
    P.MAKE_CODE: (AUTHOR & ABOUT_NOBODY) | LEAD,  # opens the record: not to who led it once
}

ASKED_OF_THE_ACTOR_ALONE = frozenset(
    {
        P.MANAGE_ACCOUNTS,
        P.MANAGE_COMMUNITY,
        P.MANAGE_PATHWAYS,
        P.READ_PATHWAYS,
        P.READ_DIRECTORY,
        P.ADD_PRACTITIONER,
        P.READ_NETWORK,
        P.ADD_CLIENT,
    }
)
"""Permissions that concern no row: the route's lock can answer them in full."""
