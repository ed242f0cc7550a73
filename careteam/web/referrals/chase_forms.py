"""Forms about the clock of a referral."""

from __future__ import annotations

from wtforms import BooleanField, DateField, RadioField
from wtforms.validators import InputRequired, Optional

from careteam.features.referrals.chasing.shown import REASON_WORDS
from careteam.web.frame.forms import Form, choices, sensible_day
from careteam.web.frame.steps import StepsForm

LABELS = {
    "remind_days": "They are reminded after",
    "tell_days": "You are told after",
    "propose_days": "The next person is proposed after",
    "expire_days": "It is given up after",
    "may_mail": "Reminder by mail",
}


class PauseForm(Form):
    reason = RadioField(
        "Why", choices=choices(REASON_WORDS.items()), validators=[InputRequired("Say why.")]
    )
    until_on = DateField("Until", validators=[Optional(), sensible_day])


class OwnStepsForm(StepsForm):
    may_mail = BooleanField("They may be reminded by mail, though the link was handed over")
