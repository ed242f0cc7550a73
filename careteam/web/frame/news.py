"""How often word of notes comes: one form for the account, the link and the client's page."""

from __future__ import annotations

from wtforms import RadioField

from careteam.domain.news import LABELS
from careteam.web.frame.forms import Form, choices


class NewsForm(Form):
    """What is not one of the three the operation refuses."""

    news_mail = RadioField("How often?", choices=choices(LABELS.items()), validate_choice=False)
