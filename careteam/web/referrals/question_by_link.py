"""A question behind a signed address: answered in one tap, without an account and a code."""

from __future__ import annotations

from flask import make_response, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from careteam.domain.referral.asking_first import REPLIES
from careteam.features.directory.queries import party_contacts
from careteam.features.referrals.asking_first import answer_by_link, holder_of, question_of_token
from careteam.features.referrals.models import FirstQuestion
from careteam.web.frame.forms import Form, attempt, page, text
from careteam.web.frame.linking import closed_page, private
from careteam.web.frame.room import PUBLIC
from careteam.web.referrals.room import room


class HolderForm(Form):
    reply = HiddenField()
    word = text("A word with it", longest=500)


@room.get("/q/<token>", access=PUBLIC)
def question_open(token: str) -> ResponseReturnValue:
    question = question_of_token(token)
    if question is None:
        return closed_page()
    return _page(question, HolderForm(formdata=None))


@room.post("/q/<token>", access=PUBLIC)
def question_reply(token: str) -> ResponseReturnValue:
    question, form = question_of_token(token), HolderForm()
    if question is None:
        return closed_page()
    answered = attempt(
        form,
        lambda: answer_by_link(
            actor=holder_of(question),
            question=question,
            reply=form.reply.data or "",
            word=form.word.data,
        ),
    )
    return _page(question, form, thanks=answered is not None)


def _page(
    question: FirstQuestion, form: HolderForm, *, thanks: bool = False
) -> ResponseReturnValue:
    people = party_contacts([question.sender_id, question.receiver_id])
    answer = page(
        "referrals/question_answer.html",
        None if thanks else form,
        question=question,
        answer_form=form,
        sender=people[question.sender_id],
        receiver=people[question.receiver_id],
        replies=REPLIES,
        thanks=thanks,
        save_url=request.path,
    )
    return private(make_response(answer))
