"""One small form a page."""

from __future__ import annotations

from wtforms import BooleanField, DateField, RadioField
from wtforms.fields import DateTimeLocalField, TimeField
from wtforms.validators import InputRequired, Optional

from careteam.domain.referral import Contact
from careteam.domain.referral.labels import CONTACTS, DECLINE_REASONS
from careteam.web.frame.forms import (
    MINUTES,
    Form,
    choices,
    line,
    sensible_day,
    sensible_instant,
    text,
)


class AcceptForm(Form):
    contact = RadioField(
        "Who makes contact next?",
        choices=choices((each.value, words.receiver) for each, words in CONTACTS.items()),
        default=Contact.CLIENT.value,
    )
    booking_page = line("Your booking page, if the client can book there", longest=300)
    text = line("A word with it", longest=1000)


class DeclineForm(Form):
    reason = RadioField(
        "Why not?",
        choices=choices((each.value, words) for each, words in DECLINE_REASONS.items()),
        validators=[Optional()],
    )
    suggests = line("Who else could help?", longest=200)
    text = line("A word with it", longest=1000)


class AskForm(Form):
    text = text("Your question", longest=2000)


class HoldForm(Form):
    review_on = DateField(
        "Look at it again on", validators=[InputRequired("Choose a day."), sensible_day]
    )
    text = line("A word with it", longest=1000)


class BookForm(Form):
    start_at = DateTimeLocalField(
        "Day and time",
        format=MINUTES,
        validators=[InputRequired("Give the day and the time."), sensible_instant],
    )
    end_at = TimeField("Until", validators=[Optional()])
    place = line("Place", longest=200)


class ReportForm(Form):
    text = text("Your report, two lines are enough", longest=10_000)
    next_step = line("Next step", longest=1000)
    caution = line("Caution", longest=1000)
    hold = line("Hold wanted", longest=1000)
    care_ended = BooleanField("My care has ended with this")
