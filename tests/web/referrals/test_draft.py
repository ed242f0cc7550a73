"""A draft may wait for its words; a letter leaves with both only."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import send_referral
from careteam.features.referrals.queries import events_of
from careteam.kit.db import db
from careteam.kit.errors import Invalid
from tests.personas import World
from tests.support.letters import a_draft
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
KEEP = {"urgency": "routine", "route": "inbox", "do": "draft"}
SEND = {**KEEP, "do": "send", "version": "1", "was": "{}"}


def kept(wren: Visitor, world: World, **words: str) -> UUID:
    form = {**KEEP, "to": str(world.rowan.practitioner_id), "new_id": str(uuid4()), **words}
    answer = wren.post("/referrals/new", form)
    assert answer.status_code == 303, answer.text
    row: Referral = db.session.query(Referral).one()
    assert answer.location == f"/referrals/{row.id}/edit"
    return row.id


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ({}, "still needs the reason in one sentence and your one question."),
        ({"reason": "Knee pain"}, "still needs your one question."),
        ({"question": "Is loading safe?"}, "still needs the reason in one sentence."),
    ],
)
def test_draft_without_its_words_is_kept_and_says_what_is_missing(
    world: World, signed_in: SignedIn, words: dict[str, str], missing: str
) -> None:
    wren = signed_in("wren")
    row_id = kept(wren, world, **words)
    assert wren.get(f"/referrals/{row_id}").location == f"/referrals/{row_id}/edit"
    assert missing in wren.get(f"/referrals/{row_id}/edit").text
    printed = wren.get(f"/referrals/{row_id}/letter").text
    assert "Still to be written." in printed
    assert "None" not in printed
    assert wren.get("/referrals?show=mine").status_code == 200


def test_whole_draft_misses_nothing(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    row_id = kept(wren, world, reason="Knee pain", question="Is loading safe?")
    assert "still needs" not in wren.get(f"/referrals/{row_id}/edit").text


def test_sending_a_draft_without_its_words_names_both_and_keeps_it(
    world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    row_id = kept(wren, world)
    answer = wren.post(f"/referrals/{row_id}/edit", {**SEND, "urgency": "soon"})
    assert answer.status_code == 422
    assert answer.text.count("Give the reason in one sentence.") == 2
    assert answer.text.count("Ask one question: what should they do or answer?") == 2
    row = db.session.get_one(Referral, row_id)
    assert (row.status, row.urgency, row.reason) == ("draft", "routine", None)
    assert events_of(row_id) == []


def test_sending_without_the_question_keeps_the_reason_typed(
    world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    row_id = kept(wren, world)
    answer = wren.post(f"/referrals/{row_id}/edit", {**SEND, "reason": "Knee pain on stairs"})
    assert answer.status_code == 422
    assert 'value="Knee pain on stairs"' in answer.text
    words = {"reason": "Knee pain on stairs", "question": "Is loading safe?"}
    assert wren.post(f"/referrals/{row_id}/edit", {**SEND, **words}).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Referral, row_id).status == "sent"


def test_words_taken_out_of_a_draft_again_are_gone(world: World, signed_in: SignedIn) -> None:
    row_id = a_draft(world, world.rowan.practitioner_id).id
    form = {**KEEP, "reason": "", "question": "", "version": "1", "was": "{}"}
    assert signed_in("wren").post(f"/referrals/{row_id}/edit", form).status_code == 303
    db.session.expire_all()
    row = db.session.get_one(Referral, row_id)
    assert (row.reason, row.question) == (None, None)


@pytest.mark.parametrize("missing", ["reason", "question"])
def test_no_surface_sends_a_letter_without_its_words(world: World, missing: str) -> None:
    row = a_draft(world, world.rowan.practitioner_id, **{missing: None})
    with pytest.raises(Invalid) as refused:
        send_referral(actor=world.wren, referral=row, route="inbox")
    assert refused.value.field == missing
    assert row.status == "draft"
