"""How often word of notes comes: one form for the account, the link and the client's page."""

from __future__ import annotations

from flask import g, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from careteam.domain.news import LABELS, WORDS, HowOften
from careteam.features.links.queries import own_link
from careteam.web.frame.forms import Form, choices, page


class NewsForm(Form):
    """What is not one of the three the operation refuses."""

    news_mail = RadioField("How often?", choices=choices(LABELS.items()), validate_choice=False)


def mails_page(stop: str, home: str) -> ResponseReturnValue:
    """How often mail comes by the link of this page, and one press that stops it."""
    how_often, link_id = HowOften(own_link(g.actor).news_mail), g.actor.link_id
    return page(
        "notes/mails_show.html",
        is_on=how_often is not HowOften.NEVER,
        words=WORDS[how_often],
        stop_url=url_for(stop, link_id=link_id),
        home_url=url_for(home, link_id=link_id),
    )
