"""What the team wrote for the client to read, and how often a mail says that there is more."""

from __future__ import annotations

from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.domain.news import WORDS, HowOften
from careteam.features.clients.shown import shown_goals
from careteam.features.links.clients import mail_is_safe
from careteam.features.links.queries import own_link
from careteam.features.notes.new_queries import list_new_notes
from careteam.features.notes.news import choose_news_by_link, stop_news_by_link
from careteam.features.notes.operations import open_notes
from careteam.features.notes.parts import notes_part
from careteam.kit.paging import page_number
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.news import NewsForm, mails_page
from careteam.web.frame.room import CLIENT
from careteam.web.frame.sending import done
from careteam.web.own.place import Own, behind_the_code, said
from careteam.web.own.room import room


@room.get("/p/<uuid:link_id>/notes", access=CLIENT)
@behind_the_code
def note_list(place: Own) -> ResponseReturnValue:
    """The latest of every goal; further pages are of one goal each."""
    return _page(place)


def count_new(place: Own) -> int:
    """How many notes others wrote since the client last said to have read them."""
    standing = {goal.id for goal in place.goals}
    return sum(each.count for each in list_new_notes(g.actor) if each.goal_id in standing)


def _page(place: Own, news: NewsForm | None = None) -> ResponseReturnValue:
    link, only = own_link(g.actor), request.args.get("goal", "")
    number = page_number(request.args.get("page")) if only else 1
    parts = [
        (shown, notes_part(g.actor, goal, place.client.called, page=number))
        for goal, shown in zip(place.goals, shown_goals(g.actor, place.goals), strict=True)
        if not only or str(goal.id) == only
    ]
    form = news or NewsForm(formdata=None, obj=link)
    return page(
        "own/note_list.html",
        news,
        own=place,
        parts=parts,
        new=count_new(place),
        news=form if mail_is_safe(place.client) else None,
        news_words=WORDS[HowOften(link.news_mail)],
    )


@room.post("/p/<uuid:link_id>/notes/open", access=CLIENT)
@behind_the_code
def note_open(place: Own) -> ResponseReturnValue:
    """From a line that says there are new ones: they are read on the page this leads to."""
    for goal in place.goals:
        open_notes(actor=g.actor, goal=goal)
    return said("own.note_list", None)


@room.post("/p/<uuid:link_id>/notes/mail", access=CLIENT)
@behind_the_code
def news_mail_save(place: Own) -> ResponseReturnValue:
    form, link = NewsForm(), own_link(g.actor)
    saved = attempt(
        form,
        lambda: choose_news_by_link(actor=g.actor, link=link, how_often=form.news_mail.data),
    )
    if saved is None:
        return _page(place, form)
    return said("own.note_list", "How often mail comes is saved.", anchor="news-mail")


@room.get("/p/<uuid:link_id>/mails", access=CLIENT)
def mails_show(link_id: UUID) -> ResponseReturnValue:
    """From a mail, also before a code: it tells nothing but how often such mail comes."""
    return mails_page("own.mails_stop", "own.home_show")


@room.post("/p/<uuid:link_id>/mails/stop", access=CLIENT)
def mails_stop(link_id: UUID) -> ResponseReturnValue:
    stop_news_by_link(actor=g.actor, link=own_link(g.actor))
    return done("own.mails_show", "No more mail about what is new.", link_id=link_id)
