"""Who could I ask: ways over people one knows, what is missing, and asking out."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.relationships.asking import CHECKLIST, text_to_ask
from careteam.features.directory.catalogue import discipline_labels, label_of
from careteam.features.directory.operations import add_practitioner
from careteam.features.directory.queries import find_practitioner, get_practitioner, names_of
from careteam.features.network.questions.around import missing_of, ways_to
from careteam.features.relationships import asking
from careteam.features.relationships.asking_queries import (
    Asked,
    find_ask,
    find_name,
    get_ask,
    get_name,
    list_asks,
)
from careteam.features.relationships.models import AskedName
from careteam.features.teams.labels import inside
from careteam.kit.errors import Invalid, NotFound
from careteam.kit.text import clean
from careteam.web.frame.forms import attempt, page, proposed_id
from careteam.web.frame.room import SIGNED_IN
from careteam.web.relationships.forms import AskForm, NameForm
from careteam.web.relationships.outreach_forms import FindForm
from careteam.web.relationships.overview import views
from careteam.web.relationships.room import room
from careteam.web.relationships.saying import answered

ASK = "/relationships/ask"
ONE = ASK + "/<uuid:ask_id>"
NAME = ASK + "/names/<uuid:name_id>"
WAYS_SHOWN = 3
LONGEST = 120


@room.get(ASK, access=SIGNED_IN)
def ask_show() -> ResponseReturnValue:
    return _page()


def _page(
    form: AskForm | None = None, named: NameForm | None = None, named_for: UUID | None = None
) -> ResponseReturnValue:
    """For a discipline the ways and the text; without one what is missing around oneself."""
    search = FindForm(request.args)
    search.validate()
    discipline = (form.discipline.data if form else request.args.get("discipline")) or ""
    discipline = discipline if discipline in discipline_labels() else ""
    place = clean(((form.place.data if form else request.args.get("place")) or "")[:LONGEST])
    has_entry = g.actor.practitioner_id is not None
    ways = ways_to(g.actor, discipline) if discipline else []
    asks = list_asks(g.actor) if has_entry else []
    return page(
        "relationships/ask_show.html",
        form or named,
        views=views("ask"),
        has_entry=has_entry,
        search=search,
        discipline=discipline,
        place=place,
        ways=ways[:WAYS_SHOWN],
        missing=[] if discipline or not has_entry else _missing(),
        text=_text(discipline, place) if discipline and has_entry else "",
        ask_form=form or AskForm(None, data={"discipline": discipline, "place": place}),
        asks=[(each, _form_of(each, named, named_for), uuid4()) for each in asks],
        entries=names_of(name.row.practitioner_id for each in asks for name in each.names),
        checklist=CHECKLIST,
        new_id=proposed_id(),
    )


def _form_of(asked: Asked, refused: NameForm | None, refused_for: UUID | None) -> NameForm:
    return NameForm.beside(asked.row.id, refused if asked.row.id == refused_for else None)


def _missing() -> list[Any]:
    return [each for each in missing_of(g.actor) if not each.known]


def _text(discipline: str, place: str | None) -> str:
    entry = find_practitioner(g.actor, g.actor.practitioner_id)
    work = [label_of(each.discipline) for each in entry.disciplines[:1]] if entry else []
    signed = ", ".join([g.actor.name, *work])
    return text_to_ask(inside(label_of(discipline)), place, signed)


@room.post(ASK, access=SIGNED_IN)
def ask_note() -> ResponseReturnValue:
    form = AskForm()
    to = url_for("relationships.ask_show", _anchor="asked")
    if find_ask(g.actor, form.new_id) is not None:
        return redirect(to, 303)
    ask = asking.new_ask(g.actor, form.new_id)
    if attempt(form, lambda: asking.note_ask(actor=g.actor, ask=ask, asked=form.asked())) is None:
        return _page(form)
    words = "Noted. Write down here which names come back."
    return answered(words, to, url_for("relationships.ask_remove", ask_id=ask.id))


@room.post(ONE + "/remove", access=SIGNED_IN)
def ask_remove(ask_id: UUID) -> ResponseReturnValue:
    ask = get_ask(g.actor, ask_id)
    asking.remove_ask(actor=g.actor, ask=ask)
    undo = url_for("relationships.ask_restore", ask_id=ask.id)
    return answered("Removed.", url_for("relationships.ask_show"), undo)


@room.post(ONE + "/restore", access=SIGNED_IN)
def ask_restore(ask_id: UUID) -> ResponseReturnValue:
    asking.restore_ask(actor=g.actor, ask=get_ask(g.actor, ask_id))
    return answered("It is back.", url_for("relationships.ask_show", _anchor="asked"))


@room.post(ONE + "/names", access=SIGNED_IN)
def name_note(ask_id: UUID) -> ResponseReturnValue:
    ask, form = get_ask(g.actor, ask_id), NameForm()
    to = url_for("relationships.ask_show", _anchor="asked")
    if find_name(g.actor, form.new_id) is not None:
        return redirect(to, 303)
    named = asking.new_name(ask, form.new_id)
    kept = attempt(
        form,
        lambda: asking.note_name(
            actor=g.actor,
            named=named,
            name=form.name.data,
            reach=form.reach.data,
            said_by=form.said_by.data,
        ),
    )
    if kept is None:
        return _page(named=form, named_for=ask.id)
    return answered(f"{named.name} is noted, for you alone.", to)


@room.post(NAME + "/drop", access=SIGNED_IN)
def name_drop(name_id: UUID) -> ResponseReturnValue:
    named, is_dropped = get_name(g.actor, name_id), request.form.get("dropped") == "y"
    asking.drop_name(actor=g.actor, named=named, is_dropped=is_dropped)
    words = f"{named.name} is left." if is_dropped else f"{named.name} is taken up again."
    return answered(words, url_for("relationships.ask_show", _anchor="asked"))


@room.post(NAME + "/is", access=SIGNED_IN)
def name_is(name_id: UUID) -> ResponseReturnValue:
    """It is somebody who is in the directory already."""
    named = get_name(g.actor, name_id)
    try:
        entry = get_practitioner(g.actor, UUID(request.form.get("practitioner_id", "")))
    except ValueError:
        raise NotFound from None
    return _taken(asking.take_name(actor=g.actor, named=named, entry=entry))


@room.post(NAME + "/add", access=SIGNED_IN)
def name_add(name_id: UUID) -> ResponseReturnValue:
    """An entry that nobody has checked, and on to the profile check."""
    named = get_name(g.actor, name_id)
    if named.practitioner_id is not None:
        return _taken(named)
    details = asking.details_of_name(get_ask(g.actor, named.ask_id), named)
    try:
        entry = add_practitioner(actor=g.actor, details=details)
    except Invalid as error:
        to = url_for("relationships.ask_show", _anchor="asked")
        return answered(f"{named.name} could not be added: {error.message}", to)
    return _taken(asking.take_name(actor=g.actor, named=named, entry=entry))


def _taken(named: AskedName) -> ResponseReturnValue:
    words = f"{named.name} is in the directory, and you have not checked them yet."
    to = url_for("relationships.check_new", practitioner_id=named.practitioner_id)
    return answered(words, to)
