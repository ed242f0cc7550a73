"""Answering a version of a plan: the same two buttons from account, link and the client's page."""

from __future__ import annotations

from wtforms import StringField

from careteam.features.plans.agreeing import Said
from careteam.web.frame.forms import Form, text

THANKS = {
    "agreed": "Thank you. You agree to version {number}.",
    "objects": "Thank you. Your objection is kept, and whoever keeps the record is told.",
    "copied": "Thank you. You get a copy and are asked nothing.",
}


class AnswerForm(Form):
    """What somebody says to a version: the button that was pressed, and a few words."""

    answer = StringField()
    comment = text("A word with it", longest=2000)

    @property
    def said(self) -> Said:
        return Said(self.answer.data, self.comment.data, self.version)
