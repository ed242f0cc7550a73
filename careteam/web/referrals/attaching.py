"""Files that go with a referral, for members."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.letters.attaching import (
    attachments_of,
    may_attach,
    own_attachment,
    remove_attachment,
)
from careteam.features.letters.queries import is_attached
from careteam.features.referrals.queries import get_referral
from careteam.web.frame.attachments import FileForm, add_file, file_answer
from careteam.web.frame.forms import page, proposed_id
from careteam.web.frame.sending import done
from careteam.web.referrals.room import room


@room.get("/referrals/<uuid:referral_id>/files", access=Permission.READ_REFERRAL)
def file_list(referral_id: UUID) -> ResponseReturnValue:
    return _files(FileForm(formdata=None), referral_id)


@room.post("/referrals/<uuid:referral_id>/files", access=Permission.ACT_ON_REFERRAL)
def file_add(referral_id: UUID) -> ResponseReturnValue:
    form, referral = FileForm(), get_referral(g.actor, referral_id)
    if not is_attached(referral, form.new_id) and not add_file(form, g.actor, referral):
        return _files(form, referral_id)
    return done("referrals.file_list", "The file is added.", referral_id=referral_id)


@room.get(
    "/referrals/<uuid:referral_id>/files/<uuid:attachment_id>", access=Permission.READ_REFERRAL
)
def file_open(referral_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    return file_answer(g.actor, get_referral(g.actor, referral_id), attachment_id)


@room.post(
    "/referrals/<uuid:referral_id>/files/<uuid:attachment_id>/remove",
    access=Permission.ACT_ON_REFERRAL,
)
def file_remove(referral_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    referral = get_referral(g.actor, referral_id)
    attachment = own_attachment(g.actor, referral, attachment_id)
    remove_attachment(actor=g.actor, referral=referral, attachment=attachment)
    return done("referrals.file_list", "The file is removed.", referral_id=referral_id)


def _files(form: FileForm, referral_id: UUID) -> ResponseReturnValue:
    referral = get_referral(g.actor, referral_id)
    form.offer(referral)
    return page(
        "referrals/file_list.html",
        form,
        form.status,
        referral=referral,
        files=attachments_of(g.actor, referral),
        may_add=may_attach(g.actor, referral),
        new_id=proposed_id(),
    )
