"""Ask first: one question about nobody, before anything is sent."""

from __future__ import annotations

from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, Optional

from careteam.access.permissions import Permission
from careteam.domain.referral import Route, Way
from careteam.domain.referral.asking_first import REPLIES, may_be_answered
from careteam.domain.referral.labels import ROUTES, WAYS
from careteam.features.directory.queries import party_contacts
from careteam.features.referrals.asking_first import (
    address_of,
    answer_question,
    ask_first,
    hand_over_question,
    is_unread,
    new_question,
    read_answer,
    withdraw_question,
)
from careteam.features.referrals.handing_out import links_leave
from careteam.features.referrals.mails import has_inbox
from careteam.features.referrals.models import FirstQuestion
from careteam.features.referrals.queries import find_question, get_question
from careteam.kit import clock
from careteam.kit.drawings import qr_code
from careteam.kit.errors import Conflict, Invalid
from careteam.web.frame.forms import Form, attempt, choices, page, proposed_id, text
from careteam.web.frame.sending import done
from careteam.web.referrals.desk import Desk, desk_for
from careteam.web.referrals.forms import WAYS_TOLD
from careteam.web.referrals.room import room

BY_MOUTH = (Route.PHONE, Route.IN_PERSON)


class QuestionForm(Form):
    to = HiddenField()
    text = text("Your question", InputRequired("What would you like to know?"), longest=500)
    route = RadioField("How it gets to them", validators=[Optional()])

    def offer_routes(self, desk: Desk) -> None:
        """The inbox first, where there is one; then what reaches somebody without an account."""
        assert desk.receiver is not None
        offered = [Route.INBOX] if has_inbox(desk.receiver.id) else []
        if links_leave():
            has_email = bool(desk.contact and desk.contact.email)
            offered += [Route.MAIL, Route.LINK] if has_email else [Route.LINK]
        offered += BY_MOUTH
        self.route.choices = choices((route.value, ROUTES[route]) for route in offered)
        if self.route.data in (None, "", "None"):
            self.route.data = offered[0].value


class ReplyForm(Form):
    reply = HiddenField()
    way = RadioField("How did they tell you?", choices=choices(WAYS_TOLD), default="phone")
    word = text("A word with it", longest=500)


@room.get("/questions/new", access=Permission.READ_DIRECTORY)
def question_new() -> ResponseReturnValue:
    desk = desk_for(g.actor, {name: request.args.get(name, "") for name in ("to", "q")})
    if desk.receiver is None:
        return page("referrals/question_choose.html", desk=desk)
    return _new_page(QuestionForm(formdata=None), desk, proposed_id())


@room.post("/questions/new", access=Permission.READ_DIRECTORY)
def question_create() -> ResponseReturnValue:
    form, new_id = QuestionForm(), proposed_id()
    if find_question(g.actor, new_id) is not None:
        return redirect(url_for("referrals.question_show", question_id=new_id), 303)
    desk = desk_for(g.actor, {"to": form.to.data or ""})
    if desk.receiver is None:
        raise Invalid("Choose somebody from the directory first.")
    form.offer_routes(desk)
    asked = attempt(form, lambda: _ask(form, desk, new_id))
    if asked is None:
        return _new_page(form, desk_for(g.actor, {"to": form.to.data or ""}), new_id)
    return done("referrals.question_show", _asked_words(asked), question_id=new_id)


def _ask(form: QuestionForm, desk: Desk, new_id: UUID) -> FirstQuestion:
    assert desk.receiver is not None
    question = new_question(
        g.actor, new_id, desk.receiver.id, form.text.data or "", form.route.data or ""
    )
    return ask_first(actor=g.actor, question=question)


def _asked_words(question: FirstQuestion) -> str:
    if question.sent_by == Route.LINK:
        return "Kept. Hand the link over; it is answered in one tap."
    if question.sent_by in BY_MOUTH:
        return "Kept. Note the answer here when you have it."
    return "Your question is on its way."


def _new_page(form: QuestionForm, desk: Desk, new_id: UUID) -> ResponseReturnValue:
    form.offer_routes(desk)
    return page("referrals/question_new.html", form, desk=desk, new_id=new_id)


@room.get("/questions/<uuid:question_id>", access=Permission.READ_REFERRAL)
def question_show(question_id: UUID) -> ResponseReturnValue:
    return _question_page(get_question(g.actor, question_id), ReplyForm(formdata=None))


def _question_page(
    question: FirstQuestion, form: ReplyForm, status: int = 200, refusal: str | None = None
) -> ResponseReturnValue:
    people = party_contacts([question.sender_id, question.receiver_id])
    is_mine = question.sender_id == g.actor.practitioner_id
    return page(
        "referrals/question_show.html",
        form,
        status,
        question=question,
        other=people[question.receiver_id if is_mine else question.sender_id],
        is_mine=is_mine,
        is_unread=is_mine and is_unread(question),
        may_answer=may_be_answered(question.status, question.sent_at, clock.now()),
        may_hand_over=is_mine and question.status != "withdrawn" and links_leave(),
        replies=REPLIES,
        came=WAYS[Way(question.reply_way)] if question.reply_way else "",
        refusal=refusal,
    )


@room.post("/questions/<uuid:question_id>/answer", access=Permission.ACT_ON_REFERRAL)
def question_answer(question_id: UUID) -> ResponseReturnValue:
    question, form = get_question(g.actor, question_id), ReplyForm()
    try:
        answered = attempt(
            form,
            lambda: answer_question(
                actor=g.actor,
                question=question,
                reply=form.reply.data or "",
                word=form.word.data,
                way=form.way.data or "",
            ),
        )
    except Conflict as error:
        return _question_page(question, ReplyForm(formdata=None), error.status, error.message)
    if answered is None:
        return _question_page(get_question(g.actor, question_id), form)
    return done("referrals.question_show", "The answer is noted.", question_id=question_id)


@room.post("/questions/<uuid:question_id>/read", access=Permission.WRITE_REFERRAL)
def question_read(question_id: UUID) -> ResponseReturnValue:
    read_answer(actor=g.actor, question=get_question(g.actor, question_id))
    return done("referrals.question_show", question_id=question_id)


@room.post("/questions/<uuid:question_id>/withdraw", access=Permission.WRITE_REFERRAL)
def question_withdraw(question_id: UUID) -> ResponseReturnValue:
    withdraw_question(actor=g.actor, question=get_question(g.actor, question_id))
    return done("referrals.question_show", "The question is taken back.", question_id=question_id)


@room.post("/questions/<uuid:question_id>/link", access=Permission.WRITE_REFERRAL)
def question_link(question_id: UUID) -> ResponseReturnValue:
    question = get_question(g.actor, question_id)
    hand_over_question(actor=g.actor, question=question)
    address = address_of(question)
    people = party_contacts([question.receiver_id])
    return page(
        "referrals/question_link.html",
        question=question,
        receiver=people[question.receiver_id].name,
        address=address,
        qr=qr_code(address),
    )
