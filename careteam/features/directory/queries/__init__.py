"""Questions about the directory. Every member reads all of it; only stewards see lists of
entries that were taken out."""

from careteam.features.directory.queries.candidates import (
    candidates_for,
    members_as_candidates,
    practices_of,
)
from careteam.features.directory.queries.claims import (
    find_account_of,
    find_own_looking_entry,
    inboxes_of,
    is_attested,
    keepers_of,
    list_accounts_without_entry,
)
from careteam.features.directory.queries.entries import (
    Contact,
    contacts_of,
    find_practitioner,
    get_entry_of_link,
    get_own_entry,
    get_practitioner,
    has_entries,
    list_contacts,
    list_everybody,
    names_of,
    party_contacts,
)
from careteam.features.directory.queries.interests import interests_of
from careteam.features.directory.queries.knowledge import list_known, list_perhaps_same
from careteam.features.directory.queries.listing import (
    Listed,
    count_matching,
    drops_for,
    list_languages,
    list_practitioners,
)
from careteam.features.directory.queries.order import AWAY, OTHERS, Enquiry, Look, list_places
from careteam.features.directory.queries.trust import trust_words_of

__all__ = [
    "AWAY",
    "OTHERS",
    "Contact",
    "Enquiry",
    "Listed",
    "Look",
    "candidates_for",
    "contacts_of",
    "count_matching",
    "drops_for",
    "find_account_of",
    "find_own_looking_entry",
    "find_practitioner",
    "get_entry_of_link",
    "get_own_entry",
    "get_practitioner",
    "has_entries",
    "inboxes_of",
    "interests_of",
    "is_attested",
    "keepers_of",
    "list_accounts_without_entry",
    "list_contacts",
    "list_everybody",
    "list_known",
    "list_languages",
    "list_perhaps_same",
    "list_places",
    "list_practitioners",
    "members_as_candidates",
    "names_of",
    "party_contacts",
    "practices_of",
    "trust_words_of",
]
