"""What goes with a letter: chosen by the sender, opened by the consent of the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from careteam.audit.models import AccessRead
from careteam.domain.referral import Action
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.letters.operations import enclose
from careteam.features.measures.models import Measurement
from careteam.features.referrals.models import LetterContent, Referral
from careteam.features.referrals.operations import act
from careteam.features.teams.models import Answer, Seat, SeatHiding
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World, a_consent
from tests.support.files import pdf_text
from tests.support.letters import CLASSES, a_draft, about, an_open_seat
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
PAPERS = ("", "/letter", "/letter.txt", "/letter.pdf")
MOOD, PAIN = "down or hopeless", "Pain, average"


@pytest.fixture
def seat(world: World) -> UUID:
    """Hazel has low back pain and low mood, on record; an osteopath's seat is open."""
    goal = hazels_goal(world)
    goal.pathway = "chronic_low_back_pain"
    row = an_open_seat(world)
    for question, value, name in (
        ("low_mood", "yes", "mental_health"),
        ("leg_pain", "yes", "presenting_problem"),
        ("both_legs", "no", "presenting_problem"),
        ("saddle", "no", "presenting_problem"),
    ):
        db.session.add(an_answer(world, question, value, name))
    for day, pain in ((date(2026, 3, 1), 7), (date(2026, 3, 2), 4)):
        db.session.add(a_value(world, "pain_nrs", "functional_status", pain, day))
    step = a_step(world, goal, "Walk for ten minutes")
    step.status, step.reached_on = "done", date(2026, 3, 2)
    db.session.commit()
    return row.id


def an_answer(world: World, question: str, value: str, name: str) -> Answer:
    return Answer(
        client_id=world.client_id,
        goal_id=world.goal_id,
        author_id=world.wren.practitioner_id,
        information_class=name,
        question=question,
        value=value,
        answered_at=clock.now(),
    )


def a_value(world: World, measure: str, name: str, value: float, day: date) -> Measurement:
    return Measurement(
        client_id=world.client_id,
        goal_id=world.goal_id,
        author_id=world.wren.practitioner_id,
        information_class=name,
        measure=measure,
        value=value,
        taken_on=day,
    )


def consents(world: World, *more: str) -> Consent:
    goal = db.session.get_one(Goal, world.goal_id)
    assert world.rowan.practitioner_id is not None
    row = a_consent(goal, world.rowan.practitioner_id, [*CLASSES, *more])
    db.session.commit()
    return row


def letter(world: World, seat: UUID, **more: Any) -> dict[str, Any]:
    return {
        "to": str(world.rowan.practitioner_id),
        "seat": str(seat),
        "urgency": "routine",
        "reason": "Stiff back",
        "question": "Is loading safe now?",
        "route": "inbox",
        "do": "send",
        "new_id": str(uuid4()),
        "parts_asked": "yes",
        **more,
    }


def send(visitor: Visitor, fields: dict[str, Any], status: int = 303) -> UUID:
    answer = visitor.post("/referrals/new", fields)
    assert answer.status_code == status, answer.text
    db.session.expire_all()
    return UUID(fields["new_id"])


def accept(world: World, referral_id: UUID) -> None:
    row = db.session.get_one(Referral, referral_id)
    act(actor=world.rowan, referral=row, action=Action.ACCEPT, data={"contact": "receiver"})
    db.session.commit()


def said(visitor: Visitor, referral_id: UUID, paper: str) -> str:
    answer = visitor.get(f"/referrals/{referral_id}{paper}")
    assert answer.status_code == 200
    return pdf_text(answer.data) if paper.endswith("pdf") else " ".join(answer.text.split())


def test_page_offers_what_is_recorded_and_ticks_no_sensitive_part(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    page = (
        signed_in("wren").get(f"/referrals/new?seat={seat}&to={world.rowan.practitioner_id}").text
    )
    boxes = {part.split('"')[0]: part.split(">")[0] for part in page.split('name="parts" value="')}
    assert "checked" in boxes["measure:pain_nrs"]
    assert "checked" in boxes["goal"]
    assert "checked" in boxes["answer:leg_pain"]
    assert "checked" not in boxes["answer:low_mood"]
    assert "4 on 2 March 2026, at first 7 on 1 March 2026; lower is better." in page
    assert "Walk for ten minutes, 2 March 2026" in page
    assert "Only with the client's own yes." in page


def test_chosen_parts_reach_the_receiver_and_nothing_else(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    consents(world, "functional_status", "presenting_problem")
    wren = signed_in("wren")
    referral_id = send(wren, letter(world, seat, parts=["goal", "measure:pain_nrs"]))
    accept(world, referral_id)
    rowan = signed_in("rowan")
    for paper in PAPERS:
        for visitor in (wren, rowan):
            words = said(visitor, referral_id, paper)
            assert f"{PAIN} over the last week (0-10): 4 on 2 March 2026" in words
            assert "Walk to the shop without pain" in words
            assert "below the knee" not in words
            assert "Walk for ten minutes" not in words


def test_before_the_yes_the_receiver_reads_the_words_and_initials_only(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    consents(world, "functional_status")
    referral_id = send(signed_in("wren"), letter(world, seat, parts=["measure:pain_nrs"]))
    rowan = signed_in("rowan")
    for paper in PAPERS:
        words = said(rowan, referral_id, paper)
        assert "Is loading safe now?" in words
        assert "Hazel Sample" not in words
        assert PAIN not in words


def test_class_outside_the_consent_stays_here_and_is_told(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    consents(world)
    wren = signed_in("wren")
    fields = letter(world, seat, parts=["goal", "measure:pain_nrs"])
    referral_id = send(wren, fields)
    assert db.session.get_one(LetterContent, referral_id).chosen == ["goal"]
    page = wren.get(f"/referrals/{referral_id}").text
    assert "Left out, because the consent does not reach so far: findings and measures." in page
    accept(world, referral_id)
    for name in ("wren", "rowan"):
        for paper in PAPERS:
            assert PAIN not in said(signed_in(name), referral_id, paper)


def test_sensitive_part_that_was_meant_is_refused_without_a_consent_for_it(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    consents(world, "functional_status")
    fields = letter(world, seat, parts=["answer:low_mood"])
    answer = signed_in("wren").post("/referrals/new", fields)
    assert answer.status_code == 422
    assert "The consent does not reach as far as" in answer.text
    assert "Is loading safe now?" in answer.text
    assert db.session.get(Referral, UUID(fields["new_id"])) is None


def test_sensitive_part_goes_with_its_own_tick_and_its_own_consent(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    fields = letter(
        world,
        seat,
        parts=["answer:low_mood"],
        choice="needed",
        items=["mental_health"],
        how_given="spoken",
    )
    referral_id = send(wren, fields)
    accept(world, referral_id)
    rowan = signed_in("rowan")
    for paper in PAPERS:
        assert MOOD in said(rowan, referral_id, paper)
    reads = db.session.query(AccessRead).filter_by(actor_key=world.rowan.key).all()
    assert "mental_health" in {read.information_class for read in reads}


def test_withdrawn_class_disappears_everywhere_at_once(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    consent_id = consents(world, "functional_status", "mental_health").id
    fields = letter(world, seat, parts=["goal", "measure:pain_nrs", "answer:low_mood"])
    referral_id = send(signed_in("wren"), fields)
    accept(world, referral_id)
    db.session.get_one(Consent, consent_id).classes = CLASSES
    db.session.commit()
    for name in ("wren", "rowan"):
        for paper in PAPERS[1:]:
            words = said(signed_in(name), referral_id, paper)
            assert PAIN not in words
            assert MOOD not in words
            assert "Walk to the shop" in words
    assert PAIN in said(signed_in("wren"), referral_id, "")
    assert PAIN not in said(signed_in("rowan"), referral_id, "")


def test_withdrawn_consent_leaves_the_senders_paper_with_initials_and_words(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    consent_id = consents(world, "functional_status").id
    referral_id = send(signed_in("wren"), letter(world, seat, parts=["measure:pain_nrs"]))
    db.session.get_one(Consent, consent_id).withdrawn_at = clock.now()
    db.session.commit()
    wren, rowan = signed_in("wren"), signed_in("rowan")
    for paper in PAPERS[1:]:
        words = said(wren, referral_id, paper)
        assert "HS" in words
        assert "Hazel Sample" not in words
        assert PAIN not in words
        assert rowan.get(f"/referrals/{referral_id}{paper}").status_code == 404


def test_letter_keeps_what_was_sent_and_hides_what_is_hidden_since(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    consents(world, "functional_status")
    referral_id = send(signed_in("wren"), letter(world, seat, parts=["measure:pain_nrs"]))
    accept(world, referral_id)
    db.session.add(a_value(world, "pain_nrs", "functional_status", 9, date(2026, 3, 2)))
    db.session.commit()
    assert "4 on 2 March 2026" in said(signed_in("rowan"), referral_id, "/letter.txt")
    db.session.get_one(Client, world.client_id).hidden_measures = ["pain_nrs"]
    db.session.commit()
    for name in ("wren", "rowan"):
        for paper in PAPERS:
            assert PAIN not in said(signed_in(name), referral_id, paper)


def test_seat_kept_from_the_receiver_leaves_the_letter(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    consents(world)
    referral_id = send(signed_in("wren"), letter(world, seat, parts=[f"seat:{world.seat_id}"]))
    accept(world, referral_id)
    assert "Ash Seated" in said(signed_in("rowan"), referral_id, "/letter.pdf")
    db.session.add(
        SeatHiding(
            seat_id=world.seat_id,
            practitioner_id=world.rowan.practitioner_id,
            client_id=world.client_id,
        )
    )
    db.session.commit()
    for name in ("wren", "rowan"):
        for paper in PAPERS[1:]:
            assert "Ash Seated" not in said(signed_in(name), referral_id, paper)


def test_draft_keeps_the_choice_and_shows_it_on_paper(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    consents(world, "functional_status")
    wren = signed_in("wren")
    referral_id = send(wren, letter(world, seat, parts=["measure:pain_nrs"], do="draft"))
    words = said(wren, referral_id, "/letter.pdf")
    assert "Draft. Not handed over yet." in words
    assert PAIN in words
    assert "Walk for ten minutes" not in words
    page = wren.get(f"/referrals/{referral_id}/edit").text
    box = page.split('value="goal"')[1].split(">")[0]
    assert "checked" not in box
    assert signed_in("rowan").get(f"/referrals/{referral_id}/letter.pdf").status_code == 404


def test_letter_written_without_the_page_takes_what_is_ticked_beforehand(
    app: Flask, world: World, seat: UUID
) -> None:
    consents(world, "functional_status")
    draft = a_draft(
        world, world.rowan.practitioner_id, **about(world, db.session.get_one(Seat, seat))
    )
    draft.status = "sent"
    enclose(actor=world.wren, referral=draft)
    chosen = db.session.get_one(LetterContent, draft.id).chosen
    assert "measure:pain_nrs" in chosen
    assert "answer:low_mood" not in chosen


@pytest.mark.parametrize("name", ["ash", "sorrel"])
def test_others_find_no_paper(world: World, seat: UUID, signed_in: SignedIn, name: str) -> None:
    consents(world)
    referral_id = send(signed_in("wren"), letter(world, seat))
    for paper in PAPERS[1:]:
        assert signed_in(name).get(f"/referrals/{referral_id}{paper}").status_code == 404


@pytest.mark.either_database
def test_paper_costs_the_same_for_one_part_and_for_many(
    world: World, seat: UUID, signed_in: SignedIn
) -> None:
    consents(world, "functional_status", "presenting_problem")
    wren = signed_in("wren")
    costs = []
    for parts in (["goal"], ["goal", "measure:pain_nrs", "answer:leg_pain"]):
        db.session.query(Seat).filter_by(id=seat).update({"state": "open"})
        db.session.query(Referral).delete()
        db.session.commit()
        referral_id = send(wren, letter(world, seat, parts=parts))
        said(wren, referral_id, "/letter.pdf")
        with statements() as made:
            said(wren, referral_id, "/letter.pdf")
        costs.append(len(made))
    assert costs[0] == costs[1]
