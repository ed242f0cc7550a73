"""Files that go with a referral: who adds, opens and removes them, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from careteam.audit.models import AccessRead, AuditEvent
from careteam.domain.referral import Action
from careteam.features.consents.models import Consent
from careteam.features.letters.attaching import LARGEST, MOST
from careteam.features.letters.models import Attachment, AttachmentContent
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act
from careteam.kit.db import db
from tests.personas import World
from tests.support.files import a_jpeg, a_pdf, a_png, pdf_text
from tests.support.letters import about, an_open_seat, sent
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


@pytest.fixture
def referral_id(world: World) -> UUID:
    """From Wren to Rowan, about Hazel; not answered yet."""
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    return sent(world, world.rowan.practitioner_id, **about(world, seat)).id


def accept(world: World, referral_id: UUID) -> None:
    row = db.session.get_one(Referral, referral_id)
    act(actor=world.rowan, referral=row, action=Action.ACCEPT, data={"contact": "receiver"})
    db.session.commit()


def add(visitor: Visitor, referral_id: UUID, data: bytes, **more: Any) -> Any:
    """Post as a browser does; the body is made in memory, however large."""
    fields = {
        "csrf_token": visitor.token(),
        "file": FileStorage(BytesIO(data), "biopsy of hazel.pdf"),
        "label": "Clinic plan",
        "information_class": "goal_plan",
        "new_id": str(uuid4()),
        **more,
    }
    boundary, body = encode_multipart(fields)
    return visitor.post_bare(
        f"/referrals/{referral_id}/files",
        body,  # type: ignore[arg-type]
        content_type=f'multipart/form-data; boundary="{boundary}"',
    )


def added(visitor: Visitor, referral_id: UUID, data: bytes, **more: Any) -> UUID:
    new_id = uuid4()
    answer = add(visitor, referral_id, data, new_id=str(new_id), **more)
    assert answer.status_code == 303, answer.text
    return new_id


@pytest.mark.parametrize(
    ("data", "media_type", "ending"),
    [
        (a_pdf(), "application/pdf", "pdf"),
        (a_png(), "image/png", "png"),
        (a_jpeg(), "image/jpeg", "jpg"),
    ],
)
def test_file_comes_back_whole_under_a_name_that_says_nothing(
    signed_in: SignedIn, referral_id: UUID, data: bytes, media_type: str, ending: str
) -> None:
    wren = signed_in("wren")
    file_id = added(wren, referral_id, data)
    answer = wren.get(f"/referrals/{referral_id}/files/{file_id}")
    assert answer.data == data
    assert answer.mimetype == media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    name = answer.headers["Content-Disposition"]
    assert re.fullmatch(
        rf"attachment; filename=file-\d{{4}}-\d\d-\d\d-[0-9a-f]{{4}}\.{ending}", name
    )
    page = wren.get(f"/referrals/{referral_id}/files").text
    assert "Clinic plan" in page
    assert "biopsy" not in page


def test_receiver_opens_it_once_accepted_and_is_written_down(
    world: World, signed_in: SignedIn, referral_id: UUID
) -> None:
    file_id = added(signed_in("wren"), referral_id, a_pdf())
    rowan, path = signed_in("rowan"), f"/referrals/{referral_id}/files/{file_id}"
    assert rowan.get(path).status_code == 404
    assert "Clinic plan" not in rowan.get(f"/referrals/{referral_id}/files").text
    accept(world, referral_id)
    assert rowan.get(path).status_code == 200
    assert "Clinic plan (PDF, 1 page)" in pdf_text(
        rowan.get(f"/referrals/{referral_id}/letter.pdf").data
    )
    reads = db.session.query(AccessRead).filter_by(actor_key=world.rowan.key).all()
    assert "goal_plan" in {read.information_class for read in reads}


def test_class_outside_the_consent_is_not_there_for_the_receiver(
    world: World, signed_in: SignedIn, referral_id: UUID
) -> None:
    wren = signed_in("wren")
    file_id = added(wren, referral_id, a_pdf(), information_class="mental_health", label="Scores")
    accept(world, referral_id)
    rowan = signed_in("rowan")
    assert "Not shown to them" in wren.get(f"/referrals/{referral_id}/files").text
    assert rowan.get(f"/referrals/{referral_id}/files/{file_id}").status_code == 404
    for paper in ("files", "letter", "letter.txt"):
        assert "Scores" not in rowan.get(f"/referrals/{referral_id}/{paper}").text
        if paper != "files":
            assert "Scores" not in wren.get(f"/referrals/{referral_id}/{paper}").text


def test_withdrawn_consent_closes_the_file_at_once(
    world: World, signed_in: SignedIn, referral_id: UUID
) -> None:
    file_id = added(signed_in("wren"), referral_id, a_pdf())
    accept(world, referral_id)
    rowan, path = signed_in("rowan"), f"/referrals/{referral_id}/files/{file_id}"
    assert rowan.get(path).status_code == 200
    consent = db.session.query(Consent).filter_by(practitioner_id=world.rowan.practitioner_id).one()
    consent.classes = ["identity_contact", "safety_alerts"]
    db.session.commit()
    assert rowan.get(path).status_code == 404


def test_receiver_adds_a_file_of_their_own_from_the_acceptance_on(
    world: World, signed_in: SignedIn, referral_id: UUID
) -> None:
    rowan, wren = signed_in("rowan"), signed_in("wren")
    assert add(rowan, referral_id, a_pdf()).status_code == 409
    accept(world, referral_id)
    file_id = added(rowan, referral_id, a_pdf(), label="My findings")
    assert "My findings" in wren.get(f"/referrals/{referral_id}/files").text
    assert wren.get(f"/referrals/{referral_id}/files/{file_id}").status_code == 200
    removal = f"/referrals/{referral_id}/files/{file_id}/remove"
    assert wren.post(removal).status_code == 404
    assert rowan.post(removal).status_code == 303
    assert db.session.query(AttachmentContent).count() == 0


@pytest.mark.parametrize("name", ["ash", "sorrel"])
def test_others_find_nothing(signed_in: SignedIn, referral_id: UUID, name: str) -> None:
    file_id = added(signed_in("wren"), referral_id, a_pdf())
    other = signed_in(name)
    assert other.get(f"/referrals/{referral_id}/files").status_code == 404
    assert other.get(f"/referrals/{referral_id}/files/{file_id}").status_code == 404
    assert add(other, referral_id, a_pdf()).status_code == 404
    assert other.post(f"/referrals/{referral_id}/files/{file_id}/remove").status_code == 404


@pytest.mark.parametrize(
    ("data", "more", "status", "says"),
    [
        (b"", {}, 422, "This file is empty."),
        (b"<script>", {}, 422, "This is no PDF, PNG or JPEG."),
        (b"%PDF-1.4 broken", {}, 422, "damaged"),
        (a_png()[:-20], {}, 422, "damaged"),
        (a_png(), {"information_class": ""}, 422, "Say what kind of information is in it."),
        (a_png(), {"information_class": "own_session_notes"}, 422, "Say what kind"),
        (a_png(), {"information_class": "nonsense"}, 422, "Say what kind"),
        (a_png(), {"label": "x" * 81}, 422, "80"),
        (a_pdf() + bytes(LARGEST), {}, 413, "larger than 10 MB"),
        (bytes(13 * 1024 * 1024), {}, 413, "too large"),
    ],
)
def test_unfit_files_are_refused_with_a_reason(
    signed_in: SignedIn,
    referral_id: UUID,
    data: bytes,
    more: dict[str, str],
    status: int,
    says: str,
) -> None:
    answer = add(signed_in("wren"), referral_id, data, **more)
    assert answer.status_code == status
    assert says in answer.text
    assert db.session.query(Attachment).count() == 0


def test_no_file_at_all_and_a_file_under_another_name_are_refused(
    signed_in: SignedIn, referral_id: UUID
) -> None:
    wren = signed_in("wren")
    for fields in ({"file": "text"}, {"label": (BytesIO(a_pdf()), "x.pdf")}, {}):
        answer = wren.post(
            f"/referrals/{referral_id}/files", fields, content_type="multipart/form-data"
        )
        assert answer.status_code == 422
    none = add(wren, referral_id, b"", file=FileStorage(BytesIO(), ""))
    assert none.status_code == 422
    assert "Choose a file first." in none.text
    assert db.session.query(Attachment).count() == 0


def test_pressing_twice_gives_one_row(signed_in: SignedIn, referral_id: UUID) -> None:
    wren, new_id = signed_in("wren"), str(uuid4())
    for _ in range(2):
        assert add(wren, referral_id, a_png(), new_id=new_id).status_code == 303
    assert db.session.query(Attachment).count() == 1
    events = db.session.query(AuditEvent).filter_by(action="attachment.added").count()
    assert events == 1


def test_letter_takes_only_so_many(signed_in: SignedIn, referral_id: UUID) -> None:
    wren, data = signed_in("wren"), a_png()
    for _ in range(MOST):
        added(wren, referral_id, data)
    answer = add(wren, referral_id, data)
    assert answer.status_code == 422
    assert "10 files at most" in answer.text


def test_file_without_a_client_needs_no_class(world: World, signed_in: SignedIn) -> None:
    referral_id = sent(world, world.rowan.practitioner_id).id
    file_id = added(signed_in("wren"), referral_id, a_pdf(), information_class="")
    accept(world, referral_id)
    assert signed_in("rowan").get(f"/referrals/{referral_id}/files/{file_id}").status_code == 200


def test_referral_says_how_many_files_its_reader_may_see(
    world: World, signed_in: SignedIn, referral_id: UUID
) -> None:
    wren, rowan = signed_in("wren"), signed_in("rowan")
    assert "Files (" not in wren.get(f"/referrals/{referral_id}").text
    added(wren, referral_id, a_png())
    added(wren, referral_id, a_png(), information_class="mental_health")
    accept(world, referral_id)
    assert "Files (2)" in wren.get(f"/referrals/{referral_id}").text
    assert "Files (1)" in rowan.get(f"/referrals/{referral_id}").text
