"""Forms of Now."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, RadioField

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral.labels import URGENCIES
from careteam.web.frame.forms import Form, choices, line, text

LOGGED = (Urgency.EMERGENCY, Urgency.SAME_DAY, Urgency.URGENT)


class NoteForm(Form):
    """What the hand-over note says besides the sign. Nothing of it is stored."""

    seen = text("What you see, or what was said", longest=600)
    since = line("When it began")
    background = line("Two facts that matter", longest=400)
    treated = line("What you did", longest=300)
    spoken_to = line("Spoken to: who, when, what they said", longest=300, id="note-spoken_to")


class UrgentForm(Form):
    """With `goal` it is about a client, who is then not described and may have it answered."""

    flag = HiddenField()
    goal = HiddenField()
    urgency = RadioField(
        "How urgent it was",
        choices=choices((urgency.value, URGENCIES[urgency]) for urgency in LOGGED),
        default=Urgency.SAME_DAY.value,
    )
    who = line("How will you know who it was?", longest=120)
    done = text("What was done", longest=1000)
    spoken_to = line("Spoken to: who, when", longest=200)
    said = text("What they said", longest=1000)
    answers = BooleanField("This answers it: keep with the client to whom I, or they, spoke")
