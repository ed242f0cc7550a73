"""Notes to the team or to everybody, and those of others as far as the consent shows them."""

from __future__ import annotations

from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.news import WORDS, HowOften
from careteam.features.links.queries import own_link
from careteam.features.notes.choosing import kinds_of_note
from careteam.features.notes.models import Note
from careteam.features.notes.news import choose_news_by_link, stop_news_by_link
from careteam.features.notes.operations import open_notes, take_back_note, write_note
from careteam.features.notes.parts import notes_part
from careteam.features.notes.queries import find_note, get_note
from careteam.features.referrals.mails import has_inbox
from careteam.kit.paging import page_number
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.news import NewsForm, mails_page
from careteam.web.frame.room import LINK
from careteam.web.frame.sending import done
from careteam.web.links.place import Place, on_the_team, said
from careteam.web.links.place_forms import NoteForm
from careteam.web.links.room import room


@room.get("/r/<uuid:link_id>/notes", access=LINK)
@on_the_team
def note_list(place: Place) -> ResponseReturnValue:
    return _list_page(place)


def _list_page(place: Place, news: NewsForm | None = None) -> ResponseReturnValue:
    """With the choice how often mail comes, for whom mail can reach by this link alone."""
    number = page_number(request.args.get("page"))
    link, receiver = own_link(g.actor), place.shown.receiver
    has_choice = receiver.email and not has_inbox(place.referral.receiver_id)
    form = news or NewsForm(formdata=None, obj=link)
    return page(
        "links/note_list.html",
        news,
        place=place,
        part=notes_part(g.actor, place.goal, place.called, page=number),
        news=form if has_choice else None,
        news_words=WORDS[HowOften(link.news_mail)],
    )


@room.post("/r/<uuid:link_id>/notes/open", access=LINK)
@on_the_team
def note_open(place: Place) -> ResponseReturnValue:
    """From a line that says there are new ones: they are read on the page this leads to."""
    open_notes(actor=g.actor, goal=place.goal)
    return said("links.note_list", None)


@room.post("/r/<uuid:link_id>/notes/mail", access=LINK)
@on_the_team
def news_mail_save(place: Place) -> ResponseReturnValue:
    form, link = NewsForm(), own_link(g.actor)
    saved = attempt(
        form,
        lambda: choose_news_by_link(actor=g.actor, link=link, how_often=form.news_mail.data),
    )
    if saved is None:
        return _list_page(place, form)
    return said("links.note_list", "How often mail comes is saved.", anchor="news-mail")


@room.get("/r/<uuid:link_id>/notes/new", access=LINK)
@on_the_team
def note_new(place: Place) -> ResponseReturnValue:
    return _note_page(_offered(NoteForm(formdata=None), place), place)


def _offered(form: NoteForm, place: Place) -> NoteForm:
    form.offer(kinds_of_note(g.actor, place.goal))
    return form


def _note_page(form: NoteForm, place: Place) -> ResponseReturnValue:
    return page("links/note_new.html", form, place=place, new_id=form.new_id)


@room.post("/r/<uuid:link_id>/notes/new", access=LINK)
@on_the_team
def note_write(place: Place) -> ResponseReturnValue:
    form = _offered(NoteForm(), place)
    if find_note(g.actor, place.goal, form.new_id) is not None:
        return done("links.note_list", link_id=g.actor.link_id)
    note = attempt(form, lambda: _write(form, place))
    if note is None:
        return _note_page(form, place)
    undo = url_for("links.note_take_back", link_id=g.actor.link_id, note_id=note.id)
    return said("links.note_list", "Your note is written.", undo=undo)


def _write(form: NoteForm, place: Place) -> Note:
    return write_note(
        actor=g.actor,
        goal=place.goal,
        note_id=form.new_id,
        body=form.body.data,
        audience=form.audience.data,
        information_class=form.information_class.data,
    )


@room.post("/r/<uuid:link_id>/notes/<uuid:note_id>/take-back", access=LINK)
@on_the_team
def note_take_back(place: Place, note_id: UUID) -> ResponseReturnValue:
    take_back_note(actor=g.actor, note=get_note(g.actor, place.goal, note_id))
    return said("links.note_list", "Your note is taken back.")


@room.get("/r/<uuid:link_id>/mails", access=LINK)
def mails_show(link_id: UUID) -> ResponseReturnValue:
    """From a mail, also before a code: it tells nothing but how often such mail comes."""
    return mails_page("links.mails_stop", "links.link_show")


@room.post("/r/<uuid:link_id>/mails/stop", access=LINK)
def mails_stop(link_id: UUID) -> ResponseReturnValue:
    stop_news_by_link(actor=g.actor, link=own_link(g.actor))
    return done("links.mails_show", "No more mail about what is new.", link_id=link_id)
