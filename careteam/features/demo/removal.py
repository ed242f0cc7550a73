"""Taking the sample out again: everything made up goes, everything typed since stays.

What stays and why is said in `removal_queries.py`. The trails of changes and looks only grow, so
they keep what they tell of the sample.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, or_, update

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.accounts import passwords
from careteam.features.accounts.models import Account, Community
from careteam.features.accounts.queries import (
    find_account_by_email,
    find_community,
    get_account,
    list_all_sign_ins_of,
)
from careteam.features.accounts.signing_in import normal_email
from careteam.features.clients.models import Client
from careteam.features.demo.operations import SAMPLE_NAME
from careteam.features.demo.queries import (
    claimed_ids,
    has_sample,
    own_entry,
    sample_practitioner_ids,
)
from careteam.features.demo.removal_queries import (
    Counts,
    counts,
    going_matters,
    going_names,
    going_referrals,
    sample_clients,
    staying_accounts,
    staying_practitioners,
)
from careteam.features.demo.small_things import URGENT
from careteam.features.directory.details import Details
from careteam.features.directory.models import Interest, Practitioner, TrustWords
from careteam.features.directory.operations import change_practitioner
from careteam.features.network.models import NetworkResult, RememberedTie
from careteam.features.outbox.models import Message
from careteam.features.referrals.models import NamesGiven, Referral
from careteam.features.relationships.models import (
    Call,
    Campaign,
    CampaignTarget,
    GroupTending,
    Observation,
    PracticeTending,
    Tending,
    Touch,
)
from careteam.features.standing.models import StandingMember, StandingTeam
from careteam.features.today.models import UrgentMatter
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """The new password of an account that stays, to be passed on and changed at the next visit."""

    name: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Removed:
    """What happened: `counts` as they were before, `people` made-up entries that are gone.

    `staying` names those that something typed since points at.
    """

    counts: Counts
    people: int
    staying: tuple[str, ...]
    passwords: tuple[FirstPassword, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Who the person signed in to a sample account really is."""

    name: str
    email: str
    password: str


@operation(None, action="sample.removed")
def remove_sample(*, actor: Actor) -> Removed:
    """On the machine itself. Accounts that keep a client typed since stay, with a new password."""
    removed = _remove(None)
    if _community().name == SAMPLE_NAME:
        _community().name = "Our community"
    return removed


@operation(Permission.MANAGE_COMMUNITY, action="sample.removed")
def start_for_real(
    *,
    actor: Actor,
    community_name: str,
    person: Person | None = None,
    keep_sign_in: UUID | None = None,
) -> Removed:
    """The signed-in person keeps the account, as a real one: `person` says whose it now is.

    Their own entry in the directory stays under the new name, without its made-up details. All
    other sessions of the account end. `person` is left out where the account is no sample. Raises
    `Invalid` with its field.
    """
    assert actor.account_id is not None
    account = get_account(actor, actor.account_id)
    if account.is_sample:
        if person is None:
            raise Invalid("Say who you are: this account belongs to a made-up person.")
        _become(account, person, keep_sign_in)
        _clear_own_entry(actor, person)
    removed = _remove(account.id)
    _community().name = community_name
    return removed


def _become(account: Account, person: Person, keep_sign_in: UUID | None) -> None:
    email = normal_email(person.email)
    other = find_account_by_email(email)
    if other is not None and other.id != account.id:
        raise Invalid("There is an account with this e-mail already.", field="email")
    passwords.check_new(person.password, name=person.name, email=email)
    account.name, account.email = person.name, email
    account.password_hash = passwords.hash_password(person.password)
    _end_sessions(account, keep=keep_sign_in)


def _clear_own_entry(actor: Actor, person: Person) -> None:
    entry = own_entry(actor)
    if entry is None or not entry.is_sample:
        return
    kept = tuple(each.discipline for each in entry.disciplines)
    details = Details(name=person.name, disciplines=kept, email=normal_email(person.email))
    change_practitioner(actor=actor, practitioner=entry, details=details)
    entry.verified_on = entry.verified_by = None
    entry.created_at = clock.now()


def _remove(own_id: UUID | None) -> Removed:
    if not has_sample():
        raise Conflict("There are no sample data here.")
    before = counts()
    accounts = staying_accounts(own_id)
    ids = [account.id for account in accounts]
    staying = staying_practitioners(ids)
    _delete_records()
    _delete_accounts(ids)
    _delete_people([row.id for row in staying])
    for entry in staying:
        entry.is_sample = False
    for account in accounts:
        account.is_sample = False
    owned = {account.practitioner_id for account in accounts} | claimed_ids(
        [row.id for row in staying]
    )
    for row in staying:
        row.claimed_at = row.claimed_at if row.id in owned else None
    _community().sample_since = None
    return Removed(
        counts=before,
        people=before.practitioners - len(staying),
        staying=tuple(row.name for row in staying if row.id not in owned),
        passwords=tuple(_new_password(each) for each in accounts if each.id != own_id),
    )


def _delete_records() -> None:
    """Clients with all their rows, referrals with their events, and what was noted."""
    going = going_referrals()
    run = db.session.execute
    run(delete(Call).where(Call.referral_id.in_(going)))
    run(delete(Message).where(Message.about_id.in_(going_matters())))
    run(update(Referral).where(Referral.previous_id.in_(going)).values(previous_id=None))
    run(delete(Referral).where(Referral.id.in_(going)))
    run(delete(Client).where(Client.id.in_(sample_clients())))
    run(delete(NamesGiven).where(NamesGiven.id.in_(going_names())))
    run(delete(UrgentMatter).where(UrgentMatter.id == URGENT))
    run(delete(RememberedTie).where(RememberedTie.is_sample))
    run(delete(NetworkResult))  # They name people of the sample, and are worked out anew.
    for kept in (Touch, Tending, GroupTending, PracticeTending, Campaign, Observation):
        run(delete(kept).where(kept.is_sample))
    run(delete(StandingTeam).where(StandingTeam.is_sample))


def _delete_accounts(staying: Collection[UUID]) -> None:
    db.session.execute(delete(Account).where(Account.is_sample, Account.id.not_in(staying)))


def _delete_people(staying: Collection[UUID]) -> None:
    gone = sample_practitioner_ids(without=staying)
    run = db.session.execute
    for own in (Campaign, PracticeTending):
        run(delete(own).where(own.author_id.in_(gone)))
    for model in (
        RememberedTie,
        Interest,
        TrustWords,
        Call,
        Touch,
        Tending,
        CampaignTarget,
        Observation,
    ):
        about = or_(model.author_id.in_(gone), model.practitioner_id.in_(gone))
        run(delete(model).where(about))
    run(delete(StandingMember).where(StandingMember.practitioner_id.in_(gone)))
    run(
        update(Practitioner)
        .where(Practitioner.added_by_id.in_(gone))
        .values(added_by_id=None)
        .execution_options(synchronize_session=False)
    )
    run(delete(Practitioner).where(Practitioner.id.in_(gone)))


def _new_password(account: Account) -> FirstPassword:
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    account.password_hash = passwords.hash_password(password)
    account.must_change_password = True
    _end_sessions(account, keep=None)
    return FirstPassword(account.name, account.email, password)


def _end_sessions(account: Account, *, keep: UUID | None) -> None:
    for each in list_all_sign_ins_of(account.id):
        if each.id != keep:
            each.ended_at = clock.now()


def _community() -> Community:
    community = find_community()
    assert community is not None
    return community
