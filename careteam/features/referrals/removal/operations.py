"""Taking somebody out of the directory for good, and erasing what their entry said.

Lists and suggestions lose the entry at once. What it says goes as soon as nothing runs with the
person: until then whoever cares for a client with them has to be able to reach them.
"""

from __future__ import annotations

from careteam.access.actor import SYSTEM, Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.details import Details, details_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import write_entry
from careteam.features.directory.own_entry import tell_of_entry
from careteam.features.directory.queries import keepers_of
from careteam.features.links.entries import end_entry_links
from careteam.features.outbox.operations import forget_recipient
from careteam.features.referrals.removal.queries import (
    colleagues_of,
    is_named_in_records,
    is_somebody_elses,
    list_merged_whole,
    list_to_empty,
    use_of,
)
from careteam.kit import clock
from careteam.kit.errors import Conflict

NAMELESS = "Somebody who was removed"
WHY = "asked to be removed"


@operation(Permission.REMOVE_PRACTITIONER, on="practitioner", action="practitioner.removal_asked")
def remove_entry(*, actor: Actor, practitioner: Practitioner) -> Practitioner:
    """Take the entry out for good, as the person asked, and tell those who work with them.

    What it says is erased with it, or by `empty_left` once nothing runs. It must be loaded whole.
    Entries that were merged into it go along. Raises `Conflict` where it was done before, and for
    one that was merged itself.
    """
    if practitioner.removal_asked_at is not None:
        raise Conflict("This entry is out of the directory already.")
    if practitioner.merged_into_id is not None:
        raise Conflict(
            "This entry was merged into another one: remove that one, and both are gone."
        )
    practitioner.removal_asked_at = clock.now()
    practitioner.retired_at = practitioner.retired_at or clock.now()
    practitioner.retired_reason = WHY
    _take_twins_along(practitioner)
    told = {*keepers_of(practitioner), *colleagues_of(practitioner.id)}
    for email in sorted(told):
        tell_of_entry(practitioner, email, "An entry was removed", "emails/entry_removed.txt")
    if not use_of(practitioner.id).is_running:
        empty_entry(actor=SYSTEM, practitioner=practitioner)
    return practitioner


def _take_twins_along(practitioner: Practitioner) -> None:
    """Entries that were merged into this one say the same of the same person."""
    for twin in list_merged_whole(practitioner.id):
        twin.removal_asked_at = practitioner.removal_asked_at
        twin.retired_reason = WHY
        _take_twins_along(twin)
        if not use_of(twin.id).is_running:
            empty_entry(actor=SYSTEM, practitioner=twin)


@operation(None, on="practitioner", action="practitioner.emptied")
def empty_entry(*, actor: Actor, practitioner: Practitioner) -> Practitioner:
    """Erase what the entry says. It must be loaded whole.

    The main discipline stays, for what was counted. The name stays where a client's record tells
    that something went to this person: the client may always learn to whom. Mail to an address
    that others have too, such as that of a practice, is left alone: it waits for them as well.
    """
    email = practitioner.email
    known = details_of(practitioner)
    name = known.name if is_named_in_records(practitioner.id) else NAMELESS
    kept = Details(name=name, kind=known.kind, disciplines=known.disciplines[:1])
    write_entry(practitioner, kept)
    practitioner.accepting_said_on = practitioner.away_until = None
    practitioner.verified_on = practitioner.verified_by = practitioner.said_by_self_on = None
    practitioner.added_by_id = None
    practitioner.emptied_at = clock.now()
    end_entry_links(practitioner.id, name)
    if email and not is_somebody_elses(email, practitioner.id):
        forget_recipient(email)
    return practitioner


def empty_left() -> str | None:
    """The job: erase entries of people who asked for it, once nothing runs with them any more."""
    found = list_to_empty()
    for entry in found:
        empty_entry(actor=SYSTEM, practitioner=entry)
    return f"Entries erased of people who were removed: {len(found)}." if found else None
