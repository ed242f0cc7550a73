"""What a letter tells each side, and what other pages show of referrals."""

from __future__ import annotations

from collections.abc import Callable

from careteam.audit.models import AccessRead
from careteam.domain.referral import Action
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act
from careteam.features.referrals.queries import events_of
from careteam.features.teams.models import Answer
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_consent, a_goal, a_seat
from tests.support.letters import CLASSES, a_draft, about, an_open_seat, sent
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def accepted(world: World) -> Referral:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    act(actor=world.rowan, referral=row, action=Action.ACCEPT, data={"contact": "receiver"})
    db.session.commit()
    return row


def test_accepted_letter_tells_who_and_how_to_reach_them_safely(
    world: World, signed_in: SignedIn
) -> None:
    client = db.session.get_one(Client, world.client_id)
    client.phone, client.email = "0117 496 0123", "hazel@example.org"
    client.safe_contact = "phone"
    row_id = accepted(world).id
    page = signed_in("rowan").get(f"/referrals/{row_id}").text
    assert "Hazel Sample" in page
    assert "0117 496 0123" in page
    assert "By telephone only" in page
    assert "hazel@example.org" not in page
    assert "Walk to the shop without pain" in page


def test_goal_set_aside_is_in_no_letter(world: World, signed_in: SignedIn) -> None:
    row_id = accepted(world).id
    db.session.get_one(Goal, world.goal_id).set_aside_at = clock.now()
    db.session.commit()
    for name in ("wren", "rowan"):
        visitor = signed_in(name)
        for path in ("", "/letter"):
            assert "Walk to the shop" not in visitor.get(f"/referrals/{row_id}{path}").text


def test_goal_is_told_only_where_the_consent_names_it(world: World, signed_in: SignedIn) -> None:
    row_id = accepted(world).id
    consent = db.session.query(Consent).filter_by(practitioner_id=world.rowan.practitioner_id).one()
    consent.classes = ["identity_contact", "safety_alerts"]
    db.session.commit()
    page = signed_in("rowan").get(f"/referrals/{row_id}").text
    assert "Hazel Sample" in page
    assert "Walk to the shop" not in page


def test_letter_carries_what_to_avoid_without_the_cause(world: World, signed_in: SignedIn) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    goal.pathway = "skin_flare"
    db.session.add(
        Answer(
            client_id=world.client_id,
            goal_id=world.goal_id,
            author_id=world.wren.practitioner_id,
            information_class="presenting_problem",
            question="diagnosed",
            value="no",
            answered_at=clock.now(),
        )
    )
    row_id = accepted(world).id
    page = signed_in("rowan").get(f"/referrals/{row_id}").text
    assert "For safety" in page
    assert "The plan is stopped for now: ask the lead." in page
    assert "Diagnosis first" not in page
    assert "rash" not in page.lower()


def left_to_the_doctor(world: World, *, is_accepted: bool) -> Referral:
    """A referral to the family doctor's seat, to whom Hazel leaves a question about her mind."""
    goal = db.session.get_one(Goal, world.goal_id)
    goal.pathway = "skin_flare"
    db.session.add(
        Answer(
            client_id=world.client_id,
            goal_id=world.goal_id,
            author_id=world.wren.practitioner_id,
            information_class="mental_health",
            question="impact",
            left_to="general_practitioner",
            answered_at=clock.now(),
        )
    )
    seat = a_seat(goal, "general_practitioner")
    assert world.rowan.practitioner_id is not None
    a_consent(goal, world.rowan.practitioner_id, CLASSES)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    if is_accepted:
        act(actor=world.rowan, referral=row, action=Action.ACCEPT, data={"contact": "receiver"})
    db.session.commit()
    return row


def test_question_left_to_the_role_stands_first_in_its_letter(
    world: World, signed_in: SignedIn
) -> None:
    row_id = left_to_the_doctor(world, is_accepted=True).id
    page = signed_in("rowan").get(f"/referrals/{row_id}").text
    assert "The client would rather answer you" in page
    assert page.index("Does it stop you sleeping") < page.index("Is loading safe now?")
    printed = signed_in("wren").get(f"/referrals/{row_id}/letter").text
    assert printed.index("Does it stop you sleeping") < printed.index("My question to you")
    reads = db.session.query(AccessRead).filter_by(actor_key=world.rowan.key).all()
    assert "mental_health" in {read.information_class for read in reads}


def test_question_left_to_the_role_waits_for_its_yes(world: World, signed_in: SignedIn) -> None:
    row_id = left_to_the_doctor(world, is_accepted=False).id
    assert "Does it stop you" not in signed_in("rowan").get(f"/referrals/{row_id}").text
    reads = db.session.query(AccessRead).filter_by(actor_key=world.rowan.key).all()
    assert "mental_health" not in {read.information_class for read in reads}


def test_question_left_to_one_role_is_in_no_other_letter(world: World, signed_in: SignedIn) -> None:
    left_to_the_doctor(world, is_accepted=False)
    seat = an_open_seat(world, consent_for=world.ash.practitioner_id)
    row_id = sent(world, world.ash.practitioner_id, **about(world, seat)).id
    page = signed_in("wren").get(f"/referrals/{row_id}").text
    assert "Is loading safe now?" in page
    assert "Does it stop you" not in page


def test_writer_sees_how_the_letter_begins(world: World, signed_in: SignedIn) -> None:
    seat_id = left_to_the_doctor(world, is_accepted=False).seat_id
    page = signed_in("wren").get(f"/referrals/new?seat={seat_id}&to={world.juniper}").text
    assert "The letter begins with what Hazel" in page
    assert "Does it stop you sleeping" in page


def test_opening_a_letter_is_written_down_for_the_client(world: World, signed_in: SignedIn) -> None:
    row_id = accepted(world).id
    assert signed_in("rowan").get(f"/referrals/{row_id}").status_code == 200
    reads = db.session.query(AccessRead).filter_by(actor_key=world.rowan.key).all()
    assert {read.information_class for read in reads} == {
        "letters_reports",
        "identity_contact",
        "safety_alerts",
        "goal_plan",
    }


def test_answering_looks_at_the_team_without_reading_it(world: World, signed_in: SignedIn) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row_id = sent(world, world.rowan.practitioner_id, **about(world, seat)).id
    rowan = signed_in("rowan")
    assert rowan.post(f"/referrals/{row_id}/accept", {"contact": "client"}).status_code == 303
    reads = db.session.query(AccessRead).filter_by(actor_key=world.rowan.key).all()
    assert {read.information_class for read in reads} == {"letters_reports"}


def test_answer_to_a_question_needs_the_consent_as_well(world: World, signed_in: SignedIn) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    act(actor=world.rowan, referral=row, action=Action.ASK, data={"text": "Since when?"})
    consent = db.session.query(Consent).filter_by(practitioner_id=world.rowan.practitioner_id).one()
    consent.withdrawn_at = clock.now()
    row_id = row.id
    db.session.commit()
    answer = signed_in("wren").post(f"/referrals/{row_id}/answer", {"text": "Since May."})
    assert answer.status_code == 422
    assert "Nothing leaves before the client agrees" in answer.text
    assert "Since May." in answer.text
    assert len(events_of(row_id)) == 2


def test_draft_opens_where_it_is_written(world: World, signed_in: SignedIn) -> None:
    row_id = a_draft(world, world.rowan.practitioner_id).id
    answer = signed_in("wren").get(f"/referrals/{row_id}")
    assert answer.status_code == 303
    assert answer.location == f"/referrals/{row_id}/edit"


def test_somebody_without_an_account_cannot_be_reminded_by_mail(
    world: World, signed_in: SignedIn
) -> None:
    row_id = sent(world, world.juniper, route="phone").id
    assert signed_in("wren").post(f"/referrals/{row_id}/remind").status_code == 422
    assert len(events_of(row_id)) == 1


def test_pages_of_client_and_colleague_show_the_readers_referrals(
    world: World, signed_in: SignedIn
) -> None:
    accepted(world)
    wren = signed_in("wren")
    client = wren.get(f"/clients/{world.client_id}")
    assert "To Rowan Member" in client.text
    colleague = wren.get(f"/practitioners/{world.rowan.practitioner_id}")
    assert "Your referrals with them" in colleague.text
    assert "To Rowan Member" in colleague.text
    stranger = signed_in("ash").get(f"/practitioners/{world.rowan.practitioner_id}")
    assert "Hazel" not in stranger.text


def test_letter_without_a_client_is_offered_own_clients_only(
    world: World, signed_in: SignedIn
) -> None:
    to = world.juniper
    assert "Hazel Sample" in signed_in("wren").get(f"/referrals/new?to={to}").text
    assert "Hazel" not in signed_in("ash").get(f"/referrals/new?to={to}").text


def test_client_with_several_goals_is_asked_which(world: World, signed_in: SignedIn) -> None:
    a_goal(db.session.get_one(Client, world.client_id), "Sleep through the night")
    db.session.commit()
    address = f"/referrals/new?to={world.juniper}&client={world.client_id}"
    page = signed_in("wren").get(address)
    assert "For which goal?" in page.text
    assert f"goal={world.goal_id}" in page.text
