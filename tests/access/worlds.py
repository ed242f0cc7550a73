"""A row of every model, for and beside the cast, so that access can be compared on all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from careteam.access.actor import Actor, Kind
from careteam.features.accounts.models import FailedTry, SetupLink, SignIn
from careteam.features.clients.models import Client, Goal, GoalWording
from careteam.features.directory.models import PractitionerLanguage
from careteam.features.imports.models import (
    ImportChange,
    ImportColumns,
    ImportDraft,
    Merge,
    ToldApart,
)
from careteam.features.letters.models import Attachment, AttachmentContent
from careteam.features.links.models import Link, LinkBrowser, LinkCode, LinkToken
from careteam.features.measures.models import Measurement
from careteam.features.network.models import NetworkResult, NetworkVersion, RememberedTie
from careteam.features.notes.models import Note, NoteNews, NotesRead
from careteam.features.outbox.models import Message
from careteam.features.referrals.models import (
    Chase,
    ChaseDefault,
    ChasePause,
    ChasePolicy,
    FirstQuestion,
    GivenName,
    LetterContent,
    NamesGiven,
    Referral,
    ReferralEvent,
    ReferralImport,
)
from careteam.features.teams.models import (
    Answer,
    Clearance,
    ClearanceFile,
    EffectDecision,
    Precaution,
    SeatHiding,
)
from careteam.features.today.models import UrgentMatter
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.jobs import JobRun
from tests.access.choosing import keep_a_team, note_a_choice
from tests.access.passing_on import fill_covers, fill_hand_overs, fill_partners
from tests.access.plans import agree, fill_plan
from tests.access.tending import keep_in_touch
from tests.personas import World, a_client, a_consent, a_goal, a_seat
from tests.support.own_pathways import add_own_pathway

DAY = date(2026, 3, 2)
ENTRY_LINK = UUID("00000000-0000-4000-8000-0000000000e1")
CONTESTED = {"AuditEvent", "AccessRead", "ImportDraft"}
"""Models without a rule of their own: the two trails, and drafts that only their maker asks for."""


def fill_every_model(world: World) -> None:
    """Rows about Wren's client and about Rowan's, by different authors, in different classes."""
    ours = db.session.get_one(Client, world.client_id)
    assert world.rowan.practitioner_id is not None
    theirs = a_client(world.rowan.practitioner_id, "Linden Sample")
    for client in (ours, theirs):
        _fill_client(world, client)
    fill_covers(world, ours, theirs)
    fill_hand_overs(world, ours, theirs)
    fill_partners(ours, theirs)
    _fill_community(world)
    db.session.commit()


def _fill_client(world: World, client: Client) -> None:
    second = a_goal(client, "Sleep through the night")
    first = db.session.get(Goal, world.goal_id) if client.id == world.client_id else None
    hidden = a_seat(second, "dietitian", filled_by=world.juniper)
    db.session.add(
        SeatHiding(
            seat_id=hidden.id, practitioner_id=world.ash.practitioner_id, client_id=client.id
        )
    )
    a_consent(second, world.juniper, ["identity_contact"])
    authors = (client.lead_id, world.ash.practitioner_id, None)
    for goal in filter(None, (first, second)):
        for number, author in enumerate(authors):
            about = {"client_id": client.id, "goal_id": goal.id, "author_id": author}
            for information_class in ("goal_plan", "mental_health", "body_measures"):
                db.session.add(
                    Measurement(
                        measure="pain_nrs",
                        value=4,
                        taken_on=DAY,
                        information_class=information_class,
                        **about,
                    )
                )
            db.session.add(
                Answer(
                    question=f"q{number}",
                    value="no",
                    answered_at=clock.now(),
                    information_class="mental_health",
                    **about,
                )
            )
            db.session.add(
                EffectDecision(
                    rule="r",
                    effect="e",
                    kind="overridden",
                    reason="x",
                    decided_at=clock.now(),
                    **about,
                )
            )
            seat_id = world.seat_id if goal is first else hidden.id
            db.session.add(
                Precaution(
                    kind="hold",
                    scope="local",
                    what="left calf",
                    why="x",
                    said_by_name="A doctor",
                    from_on=DAY,
                    seat_id=seat_id if author == world.ash.practitioner_id else None,
                    **about,
                )
            )
            _clear(about, seat_id if author == world.ash.practitioner_id else None)
            for audience in ("team", "all"):
                db.session.add(
                    Note(
                        audience=audience,
                        body="b",
                        seat_id=seat_id if author == world.ash.practitioner_id else None,
                        information_class="functional_status" if number else "goal_plan",
                        **about,
                    )
                )
            db.session.add(GoalWording(statement="Before", replaced_at=clock.now(), **about))
            seat_id = hidden.id if goal is second else world.seat_id
            fill_plan(goal, author, seat_id)
            agree(goal, number + 1, author, seat_id)
    db.session.add(NotesRead(reader_id=client.lead_id, goal_id=second.id, read_at=clock.now()))
    db.session.add(NoteNews(reader_id=client.lead_id, goal_id=second.id, since_at=clock.now()))
    keep_a_team(world, client, second)
    _fill_referrals(world, client, second)


def _clear(about: dict[str, Any], seat_id: UUID | None) -> None:
    row = Clearance(
        id=uuid4(),
        discipline="osteopath",
        before_phase="build",
        rules="r",
        said="x",
        given_by_name="A doctor",
        way="phone",
        given_on=DAY,
        seat_id=seat_id,
        **about,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add(ClearanceFile(clearance_id=row.id, kind="pdf", words="PDF, 1 page", data=b"p"))


def _fill_referrals(world: World, client: Client, goal: Goal) -> None:
    for status in ("draft", "sent"):
        for receiver in (world.juniper, world.ash.practitioner_id):
            row = Referral(
                id=uuid4(),
                sender_id=client.lead_id,
                receiver_id=receiver,
                client_id=client.id,
                goal_id=goal.id,
                author_id=client.lead_id,
                status=status,
            )
            db.session.add(row)
            db.session.flush()
            db.session.add(
                ReferralEvent(
                    referral_id=row.id,
                    number=1,
                    action="send",
                    data={"route": "paper"},
                    at=clock.now(),
                    party="sender",
                    by_name="x",
                    way="account",
                )
            )
            db.session.add_all(_links_of(row))
            note_a_choice(row)
            _enclose(row)


def _enclose(referral: Referral) -> None:
    file = Attachment(
        id=uuid4(),
        referral_id=referral.id,
        client_id=referral.client_id,
        information_class="mental_health",
        author_id=referral.sender_id,
        label="A page",
        kind="pdf",
        words="PDF, 1 page",
        size=3,
    )
    db.session.add_all([file, LetterContent(referral_id=referral.id)])
    db.session.add_all([Chase(referral_id=referral.id), ChasePolicy(referral_id=referral.id)])
    db.session.add(
        ChasePause(
            referral_id=referral.id, from_at=clock.now(), reason="client", by_name="Wren Lead"
        )
    )
    if db.session.get(ChaseDefault, "soon") is None:
        db.session.add(ChaseDefault(urgency="soon", tell_days=3))
    db.session.flush()
    db.session.add(AttachmentContent(attachment_id=file.id, data=b"pdf"))


def _links_of(referral: Referral) -> list[object]:
    link = Link(
        id=uuid4(),
        kind="referral",
        referral_id=referral.id,
        practitioner_id=referral.receiver_id,
        client_id=referral.client_id,
        author_id=referral.sender_id,
    )
    about = {"link_id": link.id}
    return [
        link,
        LinkToken(token_hash=str(link.id), purpose="mail", made_at=clock.now(), **about),
        LinkCode(code_hash="c", made_at=clock.now(), expires_at=clock.now(), **about),
        LinkBrowser(
            browser_hash="b", device="x", remembered_at=clock.now(), until_at=clock.now(), **about
        ),
    ]


def linked_actors(world: World) -> dict[str, Actor]:
    """Who holds the link of Ash's sent referral about Wren's client, before the code and after.

    Ash's seat stands in for the one the referral fills.
    """
    ash = world.ash.practitioner_id
    sent = db.session.scalars(
        select(Referral).where(
            Referral.client_id == world.client_id,
            Referral.receiver_id == ash,
            Referral.status == "sent",
        )
    ).one()
    first = Actor(Kind.LINK, name="Ash", practitioner_id=ash, link_id=uuid4(), referral_id=sent.id)
    return {
        "link": first,
        "confirmed link": replace(first, is_confirmed=True, seat_id=world.seat_id),
    }


def _fill_community(world: World) -> None:
    db.session.add(JobRun(name="policy"))
    db.session.add(NetworkResult(kind="groups"))
    if db.session.get(NetworkVersion, 1) is None:
        db.session.add(NetworkVersion())
    db.session.add(
        Link(id=ENTRY_LINK, kind="entry", practitioner_id=world.juniper, email="j@example.org")
    )
    add_own_pathway()
    db.session.add(Merge(kept_id=world.juniper, gone_id=world.ash.practitioner_id, content={}))
    draft = ImportDraft(account_id=world.wren.account_id, content={}, expires_at=clock.now())
    db.session.add(draft)
    db.session.flush()
    db.session.add(
        ImportChange(import_id=draft.id, number=1, practitioner_id=world.juniper, version=2, was={})
    )
    db.session.add(ToldApart(one_id=world.juniper, other_id=world.ash.practitioner_id))
    db.session.add(SetupLink(token_hash="s"))
    db.session.add(FailedTry(key_hash="k", at=clock.now()))
    db.session.add(PractitionerLanguage(practitioner_id=world.juniper, code="pl"))
    db.session.add(
        Message(
            message_id="<a@example.org>",
            author_id=world.wren.practitioner_id,
            recipient="a@example.org",
            subject="s",
            body="b",
            due_at=clock.now(),
        )
    )
    for actor in (world.wren, world.rowan):
        assert actor.practitioner_id is not None
        db.session.add(ReferralImport(account_id=actor.account_id))
        db.session.add(ImportColumns(account_id=actor.account_id, headings="h", columns=["name"]))
        db.session.add(
            SignIn(
                token_hash=actor.name,
                account_id=actor.account_id,
                device="Firefox",
                last_seen_at=clock.now(),
                expires_at=clock.now(),
            )
        )
        db.session.add(
            FirstQuestion(
                sender_id=actor.practitioner_id,
                receiver_id=world.juniper,
                text="Do you take new clients in May?",
                sent_by="inbox",
                sent_at=clock.now(),
            )
        )
        names = NamesGiven(
            id=uuid4(), author_id=actor.practitioner_id, discipline="dietitian", given_on=DAY
        )
        db.session.add(names)
        db.session.flush()
        db.session.add(GivenName(names_given_id=names.id, practitioner_id=world.juniper))
        db.session.add(
            RememberedTie(
                author_id=actor.practitioner_id, practitioner_id=world.juniper, said_on=DAY
            )
        )
        db.session.add(
            UrgentMatter(
                author_id=actor.practitioner_id,
                urgency="same_day",
                who="tall",
                done="rang",
                ask_on=DAY,
            )
        )
        keep_in_touch(world, actor)
