"""What the holder of a link takes away and brings: letter, plan and files, after the code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from careteam.exports.letters import letter_pdf as pdf_of
from careteam.exports.letters import letter_text as text_of
from careteam.exports.plans import plan_pdf as pdf_of_plan
from careteam.features.letters.attaching import (
    attachments_of,
    may_attach,
    own_attachment,
    remove_attachment,
)
from careteam.features.letters.queries import is_attached
from careteam.features.letters.sheet import letter_sheet
from careteam.features.plans.sheet import plan_sheet
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import get_referral
from careteam.kit.errors import NotFound
from careteam.web.frame.attachments import FileForm, add_file, file_answer
from careteam.web.frame.files import taken_away
from careteam.web.frame.forms import page, proposed_id
from careteam.web.frame.room import LINK
from careteam.web.frame.sending import done
from careteam.web.links.place import Place, on_the_team
from careteam.web.links.room import room

View = Callable[..., ResponseReturnValue]


def after_the_code(view: View) -> View:
    """Give the view the referral of the link; without a code it leads to the code."""

    @wraps(view)
    def run(link_id: UUID, **arguments: Any) -> ResponseReturnValue:
        if not g.actor.is_confirmed:
            return redirect(url_for("links.code_ask", link_id=link_id), 303)
        if g.actor.referral_id is None:
            raise NotFound
        return view(get_referral(g.actor, g.actor.referral_id), **arguments)

    return run


@room.get("/r/<uuid:link_id>/letter.pdf", access=LINK)
@after_the_code
def letter_pdf(referral: Referral) -> ResponseReturnValue:
    sheet = letter_sheet(g.actor, referral)
    return taken_away(pdf_of(sheet), f"{sheet.file_name}.pdf", "application/pdf")


@room.get("/r/<uuid:link_id>/letter.txt", access=LINK)
@after_the_code
def letter_text(referral: Referral) -> ResponseReturnValue:
    sheet = letter_sheet(g.actor, referral)
    return taken_away(text_of(sheet).encode(), f"{sheet.file_name}.txt", "text/plain")


@room.get("/r/<uuid:link_id>/plan.pdf", access=LINK)
@on_the_team
def plan_pdf(place: Place) -> ResponseReturnValue:
    sheet = plan_sheet(g.actor, place.goal, place.client)
    return taken_away(pdf_of_plan(sheet), f"{sheet.file_name}.pdf", "application/pdf")


@room.get("/r/<uuid:link_id>/files", access=LINK)
@after_the_code
def file_list(referral: Referral) -> ResponseReturnValue:
    return _files(FileForm(formdata=None), referral)


@room.post("/r/<uuid:link_id>/files", access=LINK)
@after_the_code
def file_add(referral: Referral) -> ResponseReturnValue:
    form = FileForm()
    if not is_attached(referral, form.new_id) and not add_file(form, g.actor, referral):
        assert g.actor.referral_id is not None
        return _files(form, get_referral(g.actor, g.actor.referral_id))
    return done("links.file_list", "Thank you. The file is added.", link_id=g.actor.link_id)


@room.get("/r/<uuid:link_id>/files/<uuid:attachment_id>", access=LINK)
@after_the_code
def file_open(referral: Referral, attachment_id: UUID) -> ResponseReturnValue:
    return file_answer(g.actor, referral, attachment_id)


@room.post("/r/<uuid:link_id>/files/<uuid:attachment_id>/remove", access=LINK)
@after_the_code
def file_remove(referral: Referral, attachment_id: UUID) -> ResponseReturnValue:
    attachment = own_attachment(g.actor, referral, attachment_id)
    remove_attachment(actor=g.actor, referral=referral, attachment=attachment)
    return done("links.file_list", "The file is removed.", link_id=g.actor.link_id)


def _files(form: FileForm, referral: Referral) -> ResponseReturnValue:
    form.offer(referral)
    return page(
        "links/file_list.html",
        form,
        form.status,
        files=attachments_of(g.actor, referral),
        may_add=may_attach(g.actor, referral),
        new_id=proposed_id(),
    )
