"""Taking the sample out: nothing of it stays, and nothing typed since goes."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from careteam.access.actor import SYSTEM, Actor
from careteam.features.accounts.models import Account, Community
from careteam.features.accounts.passwords import matches
from careteam.features.clients.models import Client
from careteam.features.demo.keys import account_id, practitioner_id, sample_id
from careteam.features.demo.removal import Person, Removed, remove_sample, start_for_real
from careteam.features.directory.models import Practitioner, TrustWords
from careteam.features.letters.models import Attachment, AttachmentContent
from careteam.features.links.models import Link
from careteam.features.network.models import RememberedTie
from careteam.features.outbox.operations import queue_message
from careteam.features.referrals.models import LetterContent, Referral
from careteam.features.relationships.models import Call
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import Base, db
from careteam.kit.errors import Conflict, Forbidden, Invalid
from tests.personas import a_client, a_consent, a_goal, a_practitioner, a_seat

MORGAN = Person("Morgan Real", "morgan@example.org", "eleven grey herons")


def left() -> dict[str, int]:
    """Rows by table, without the empty ones."""
    counts = {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }
    return {name: number for name, number in counts.items() if number}


def test_sample_goes_without_a_trace_but_the_trail(sample: Actor):
    removed = remove_sample(actor=SYSTEM)
    db.session.commit()

    assert (removed.people, removed.counts.clients) == (60, 4)
    assert set(left()) == {"audit_events", "communities", "network_versions"}
    assert db.session.scalars(select(Community.sample_since)).all() == [None]


@pytest.mark.either_database
def test_letters_and_files_of_the_sample_go_with_it(sample: Actor):
    referral = db.session.scalars(
        select(Referral).where(Referral.client_id.is_not(None)).order_by(Referral.id)
    ).first()
    assert referral is not None
    file = Attachment(
        referral_id=referral.id,
        client_id=referral.client_id,
        information_class="goal_plan",
        author_id=referral.sender_id,
        label="Clinic plan",
        kind="pdf",
        words="PDF, 1 page",
        size=3,
    )
    db.session.add(file)
    assert db.session.get(LetterContent, referral.id) is not None
    db.session.flush()
    db.session.add(AttachmentContent(attachment_id=file.id, data=b"pdf"))
    link = Link(kind="client", client_id=referral.client_id)
    db.session.add(link)
    db.session.flush()
    for about_id in (referral.client_id, link.id):
        queue_message(recipient="x@example.org", subject="x", body="x", about_id=about_id)
    db.session.commit()

    remove_sample(actor=SYSTEM)
    db.session.commit()

    assert set(left()) == {"audit_events", "communities", "network_versions"}


@pytest.mark.either_database
def test_second_removal_says_there_is_nothing(sample: Actor):
    remove_sample(actor=SYSTEM)
    db.session.commit()

    with pytest.raises(Conflict, match="no sample data"):
        remove_sample(actor=SYSTEM)


@pytest.fixture
def linnet(sample: Actor) -> Actor:
    return sample


@pytest.fixture
def typed(linnet: Actor) -> dict[str, UUID]:
    """What Linnet's owner typed while looking around."""
    assert linnet.practitioner_id is not None
    client = a_client(linnet.practitioner_id, "Robin Typed")
    goal = a_goal(client)
    seat = a_seat(goal, "physiotherapist", filled_by=practitioner_id("bryn"))
    a_consent(goal, practitioner_id("bryn"), ["goal_plan"])
    own = a_practitioner("Sage Typed", "counsellor")
    own.added_by_id = practitioner_id("hugo")
    referral = Referral(
        id=uuid4(), sender_id=linnet.practitioner_id, receiver_id=practitioner_id("ambrose")
    )
    about_sample = Referral(
        id=uuid4(),
        sender_id=linnet.practitioner_id,
        receiver_id=own.id,
        client_id=sample_id("client", "runner"),
        previous_id=None,
    )
    db.session.add_all([referral, about_sample])
    db.session.add(
        RememberedTie(
            author_id=linnet.practitioner_id,
            practitioner_id=practitioner_id("verity"),
            sent="few",
            said_on=clock.today(),
        )
    )
    db.session.add(
        TrustWords(
            author_id=linnet.practitioner_id,
            practitioner_id=practitioner_id("verity"),
            sentence="She listens.",
        )
    )
    db.session.add(
        Call(
            id=uuid4(),
            author_id=linnet.practitioner_id,
            practitioner_id=practitioner_id("lucian"),
            outcome="voicemail",
            at=clock.now(),
        )
    )
    db.session.commit()
    return {"client": client.id, "seat": seat.id, "own": own.id, "referral": referral.id}


def start(linnet: Actor, person: Person | None = MORGAN) -> Removed:
    removed = start_for_real(actor=linnet, community_name="Harbour Road", person=person)
    db.session.commit()
    return removed


def test_typed_rows_stay_and_what_they_point_at(linnet: Actor, typed: dict[str, UUID]):
    removed = start(linnet)

    assert removed.staying == ("Ambrose Elderflower", "Bryn Heronsgate")
    assert db.session.scalars(select(Client.id)).all() == [typed["client"]]
    assert db.session.get_one(Seat, typed["seat"]).practitioner_id == practitioner_id("bryn")
    assert db.session.scalars(select(Referral.id)).all() == [typed["referral"]]
    names = db.session.scalars(select(Practitioner.name).order_by(Practitioner.name)).all()
    assert names == ["Ambrose Elderflower", "Bryn Heronsgate", "Morgan Real", "Sage Typed"]
    assert not any(db.session.scalars(select(Practitioner.is_sample)))


def test_words_about_made_up_people_go_with_them(linnet: Actor, typed: dict[str, UUID]):
    start(linnet)

    assert {"remembered_ties", "trust_words", "calls"} & set(left()) == set()
    assert db.session.get_one(Practitioner, typed["own"]).added_by_id is None


def test_entries_that_stay_belong_to_nobody(linnet: Actor, typed: dict[str, UUID]):
    start(linnet)

    assert db.session.get_one(Practitioner, practitioner_id("bryn")).claimed_at is None
    assert db.session.get(Account, account_id("bryn")) is None


def test_person_keeps_account_and_entry_under_their_own_name(linnet: Actor):
    start(linnet)

    account = db.session.scalars(select(Account)).one()
    entry = db.session.scalars(select(Practitioner)).one()
    assert (account.name, account.email) == ("Morgan Real", "morgan@example.org")
    assert account.is_steward
    assert not account.is_sample
    assert matches(account.password_hash, "eleven grey herons")
    assert (entry.name, entry.email, entry.phone) == ("Morgan Real", "morgan@example.org", None)
    assert (entry.bio, entry.registration_number, entry.verified_on) == (None, None, None)
    assert "quayside" not in entry.search_text
    assert entry.claimed_at is not None


def test_new_password_is_asked_for_before_anything_is_touched(linnet: Actor):
    with pytest.raises(Invalid) as error:
        start(linnet, Person("Morgan Real", "morgan@example.org", "short"))

    db.session.rollback()
    assert error.value.field == "password"
    assert left()["practitioners"] == 60


def test_only_a_steward_starts_for_real(linnet: Actor):
    bryn = Actor(linnet.kind, "Bryn", account_id("bryn"), practitioner_id("bryn"))

    with pytest.raises(Forbidden):
        start(bryn)


def test_colleague_who_keeps_a_typed_client_stays_with_a_new_password(linnet: Actor):
    a_client(practitioner_id("hugo"), "Robin Typed")
    db.session.commit()

    removed = start(linnet)

    (stays,) = removed.passwords
    account = db.session.get_one(Account, account_id("hugo"))
    assert (stays.name, stays.email) == ("Hugo Kestrelman", "hugo@example.org")
    assert matches(account.password_hash, stays.password)
    assert account.must_change_password
    assert db.session.get_one(Practitioner, practitioner_id("hugo")).claimed_at is not None


def test_command_keeps_the_account_that_keeps_a_typed_client(linnet: Actor, typed: dict[str, UUID]):
    removed = remove_sample(actor=SYSTEM)

    assert [each.email for each in removed.passwords] == ["linnet@example.org"]
    assert db.session.get_one(Client, typed["client"]).lead_id == practitioner_id("linnet")
