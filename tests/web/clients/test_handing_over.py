"""A record passes to a colleague who says yes, and not a moment before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.access.reach import forget, reach_of
from careteam.audit.models import AccessRead, AuditEvent
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.links.models import Link
from careteam.features.outbox.models import Message
from careteam.features.teams.models import Cover, HandOver, Seat, SeatHiding
from careteam.features.teams.operations import hide_seat
from careteam.kit.db import db
from careteam.kit.errors import Invalid
from tests.personas import World, a_consent, a_seat
from tests.support.letters import about, an_open_seat, sent
from tests.support.linking import a_linked_referral
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def fields(world: World, **more: Any) -> dict[str, Any]:
    return {
        "new_id": str(uuid4()),
        "practitioner": str(world.rowan.practitioner_id),
        "agreed_on": "2026-03-03",
        "agreed_how": "paper",
    } | more


def proposed(world: World, signed_in: SignedIn, **more: Any) -> UUID:
    path = f"/clients/{world.client_id}/hand-over"
    answer = signed_in("wren").post(path, fields(world, **more))
    assert answer.status_code == 303, answer.text
    db.session.expire_all()
    return db.session.query(HandOver).filter_by(state="proposed").one().id


def answered(world: World, signed_in: SignedIn, answer: str = "accept") -> None:
    path = f"/clients/hand-overs/{proposed(world, signed_in)}/{answer}"
    assert signed_in("rowan").post(path, {}).status_code == 303
    db.session.expire_all()
    forget()


def test_before_the_yes_nothing_is_shown_changed_or_noted(
    world: World, signed_in: SignedIn
) -> None:
    key = proposed(world, signed_in)
    rowan = signed_in("rowan")
    for path in ("/", f"/clients/hand-overs/{key}"):
        page = rowan.get(path).text
        assert "Wren Lead asks you" in page
        assert "Hazel" not in page
        assert str(world.client_id) not in page
    assert rowan.get(f"/clients/{world.client_id}").status_code == 404
    assert db.session.get_one(Client, world.client_id).lead_id == world.wren.practitioner_id
    assert not db.session.query(AccessRead).filter_by(actor_key=world.rowan.key).count()


def test_with_the_yes_the_record_passes_and_the_former_lead_sees_it_no_more(
    world: World, signed_in: SignedIn
) -> None:
    answered(world, signed_in)
    goal = db.session.get_one(Goal, world.goal_id)
    assert allowed(world.rowan, Permission.EDIT_PLAN, goal)
    assert allowed(world.rowan, Permission.READ_RECORD, goal), "whoever wrote it"
    assert goal.author_id == world.wren.practitioner_id
    assert reach_of(world.wren).standings == {}
    assert signed_in("wren").get(f"/clients/{world.client_id}").status_code == 404
    assert signed_in("rowan").get(f"/clients/{world.client_id}").status_code == 200
    actions = {row.action: row.actor_name for row in db.session.query(AuditEvent)}
    assert actions["hand_over.proposed"] == "Wren Lead"
    assert actions["hand_over.accepted"] == "Rowan Member"


def test_consents_of_the_new_lead_and_standing_in_end(world: World, signed_in: SignedIn) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    assert world.rowan.practitioner_id is not None
    consent = a_consent(goal, world.rowan.practitioner_id, ["goal_plan"]).id
    db.session.add(
        Cover(
            client_id=world.client_id,
            author_id=world.wren.practitioner_id,
            practitioner_id=world.ash.practitioner_id,
            from_on=date(2026, 3, 4),
            until_on=date(2026, 3, 9),
            agreed_on=date(2026, 3, 4),
            agreed_how="spoken",
        )
    )
    db.session.commit()
    answered(world, signed_in)
    assert db.session.get_one(Consent, consent).withdrawn_how == "replaced"
    assert db.session.get_one(Consent, world.consent_id).withdrawn_at is None
    assert db.session.query(Cover).one().ended_at is not None


def test_own_places_of_the_former_lead_pass_on_or_open(world: World, signed_in: SignedIn) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    wren = world.wren.practitioner_id
    passed = a_seat(goal, "osteopath", filled_by=wren).id
    opened = a_seat(goal, "massage_therapist", filled_by=wren).id
    db.session.commit()
    answered(world, signed_in)
    seat = db.session.get_one(Seat, passed)
    assert (seat.state, seat.practitioner_id) == ("filled", world.rowan.practitioner_id)
    seat = db.session.get_one(Seat, opened)
    assert (seat.state, seat.practitioner_id) == ("open", None)
    seat = db.session.get_one(Seat, world.seat_id)
    assert (seat.state, seat.practitioner_id) == ("filled", world.ash.practitioner_id)


def test_referral_stays_its_senders_without_the_record_of_today(
    world: World, signed_in: SignedIn
) -> None:
    seat = an_open_seat(world, consent_for=world.ash.practitioner_id)
    letter = sent(world, world.ash.practitioner_id, **about(world, seat)).id
    db.session.get_one(Client, world.client_id).general_practitioner = "Quay Surgery"
    db.session.commit()
    path = f"/referrals/{letter}"
    assert "Quay Surgery" in signed_in("wren").get(f"{path}/letter").text
    answered(world, signed_in)
    assert signed_in("wren").get(path).status_code == 200
    assert "Quay Surgery" not in signed_in("wren").get(f"{path}/letter").text


def test_link_to_the_clients_own_page_passes_on(world: World, signed_in: SignedIn) -> None:
    link = Link(
        id=uuid4(), kind="client", client_id=world.client_id, author_id=world.wren.practitioner_id
    )
    db.session.add(link)
    db.session.commit()
    answered(world, signed_in)
    link = db.session.query(Link).one()
    assert not allowed(world.wren, Permission.MANAGE_LINK, link)
    assert allowed(world.rowan, Permission.MANAGE_LINK, link)


def test_former_lead_gives_nobody_a_code_to_the_record(world: World, signed_in: SignedIn) -> None:
    referral_id, _ = a_linked_referral(world)
    link_id = db.session.query(Link.id).filter_by(referral_id=referral_id).scalar()
    path = f"/referrals/{referral_id}"
    assert "Make a code" in signed_in("wren").get(path).text
    answered(world, signed_in)
    assert "Make a code" not in signed_in("wren").get(path).text
    assert signed_in("wren").post(f"/links/{link_id}/code").status_code == 403
    assert signed_in("rowan").post(f"/links/{link_id}/code").status_code == 200


@pytest.mark.parametrize("answer", ["decline", "withdraw"])
def test_no_and_taking_back_leave_everything_as_it_was(
    world: World, signed_in: SignedIn, answer: str
) -> None:
    key = proposed(world, signed_in)
    if answer == "decline":
        signed_in("rowan").post(f"/clients/hand-overs/{key}/decline", {})
    else:
        signed_in("wren").post(f"/clients/{world.client_id}/hand-over/{key}/withdraw", {})
    assert signed_in("rowan").post(f"/clients/hand-overs/{key}/accept", {}).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Client, world.client_id).lead_id == world.wren.practitioner_id
    assert "asks you" not in signed_in("rowan").get("/").text
    proposed(world, signed_in, practitioner=str(world.ash.practitioner_id))


def test_only_whoever_is_asked_answers(world: World, signed_in: SignedIn) -> None:
    key = proposed(world, signed_in)
    for name in ("wren", "ash"):
        assert signed_in(name).post(f"/clients/hand-overs/{key}/accept", {}).status_code == 404
        assert signed_in(name).get(f"/clients/hand-overs/{key}").status_code == 404


def test_nobody_comes_to_a_place_that_is_kept_from_them_by_taking_over(
    world: World, signed_in: SignedIn
) -> None:
    """Kept before, nobody is asked; while they are asked, nothing can be kept from them."""
    goal, rowan = db.session.get_one(Goal, world.goal_id), world.rowan.practitioner_id
    assert rowan is not None
    a_seat(goal, "physiotherapist", filled_by=rowan)
    db.session.commit()
    key, seat = proposed(world, signed_in), db.session.get_one(Seat, world.seat_id)
    with pytest.raises(Invalid, match="asked to keep the record"):
        hide_seat(actor=world.wren, seat=seat, practitioner_id=rowan)
    db.session.add(
        SeatHiding(seat_id=world.seat_id, practitioner_id=rowan, client_id=world.client_id)
    )
    db.session.commit()
    answer = signed_in("rowan").post(f"/clients/hand-overs/{key}/accept", {})
    assert answer.location == "/"
    db.session.expire_all()
    assert db.session.get_one(Client, world.client_id).lead_id == world.wren.practitioner_id


def test_whoever_stands_in_hands_nobody_over(world: World, signed_in: SignedIn) -> None:
    db.session.add(
        Cover(
            client_id=world.client_id,
            author_id=world.wren.practitioner_id,
            practitioner_id=world.rowan.practitioner_id,
            from_on=date(2026, 3, 4),
            until_on=date(2026, 3, 9),
            agreed_on=date(2026, 3, 4),
            agreed_how="spoken",
        )
    )
    db.session.commit()
    path = f"/clients/{world.client_id}/hand-over"
    assert signed_in("rowan").get(path).status_code == 403
    assert signed_in("rowan").post(path, fields(world)).status_code == 403


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"agreed_on": "2026-03-05"}, "This day is still to come."),
        ({"agreed_how": "guessed"}, "Not a valid choice"),
        ({"practitioner": ""}, "Choose a colleague."),
    ],
)
def test_wrong_form_keeps_what_was_typed(
    world: World, signed_in: SignedIn, more: dict[str, str], words: str
) -> None:
    path = f"/clients/{world.client_id}/hand-over"
    answer = signed_in("wren").post(path, fields(world, **more))
    assert answer.status_code == 422
    assert words in answer.text


def test_pressing_twice_asks_once(world: World, signed_in: SignedIn) -> None:
    wren, once = signed_in("wren"), fields(world)
    for _ in range(2):
        path = f"/clients/{world.client_id}/hand-over"
        assert wren.post(path, once).status_code == 303
    assert db.session.query(HandOver).count() == 1
    assert wren.post(path, fields(world)).status_code == 422, "one question at a time"


def test_mails_tell_both_and_name_no_client(world: World, signed_in: SignedIn) -> None:
    answered(world, signed_in)
    mails = db.session.query(Message).order_by(Message.subject).all()
    assert [(mail.recipient, mail.subject) for mail in mails] == [
        ("wren@example.org", "Rowan Member takes over"),
        ("rowan@example.org", "Wren Lead asks you to take over"),
    ]
    assert not [mail for mail in mails if "Hazel" in mail.body]
