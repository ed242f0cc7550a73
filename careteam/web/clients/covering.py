"""While I am away: who stands in, for which clients, from when until when."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from careteam.access.permissions import Permission
from careteam.features.clients.models import Client
from careteam.features.clients.queries import get_led_client, list_client_lines
from careteam.features.teams.covering import operations
from careteam.features.teams.covering.queries import (
    find_cover,
    get_cover,
    list_colleagues,
    list_covers,
)
from careteam.features.teams.models import Cover
from careteam.kit import clock
from careteam.web.clients.forms import HOW_GIVEN, Ticks, day, options
from careteam.web.clients.room import room
from careteam.web.frame.filters import day as day_words
from careteam.web.frame.filters import plural
from careteam.web.frame.forms import Form, attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done


class AwayForm(Form):
    practitioner = SelectField("Who stands in", validators=[InputRequired("Choose a colleague.")])
    from_on = day("From", InputRequired("Give the first day."))
    until_on = day("Until the end of", InputRequired("Give the last day."))
    clients = Ticks(
        "For these clients, who agree to it",
        validators=[InputRequired("Tick at least one client who agrees.")],
    )
    agreed_how = RadioField("How they agreed", choices=options(HOW_GIVEN), default="spoken")

    def offer(self) -> None:
        pairs = [(str(key), name) for key, name in list_colleagues(g.actor)]
        self.practitioner.choices = options([("", "Choose a colleague"), *pairs])
        self.clients.choices = options(
            (str(line.id), line.name)
            for line in list_client_lines(g.actor)
            if line.is_lead and not line.stands_in
        )

    @property
    def led(self) -> list[Client]:
        return [get_led_client(g.actor, UUID(each)) for each in self.clients.data or ()]


@room.get("/clients/away", access=Permission.ADD_CLIENT)
def away_show() -> ResponseReturnValue:
    chosen = request.args.get("client", type=UUID)
    form = AwayForm(formdata=None, data={"clients": [str(chosen)] if chosen else []})
    form.from_on.data = clock.today()
    return _page(form, uuid4())


def _page(form: AwayForm, new_id: UUID) -> ResponseReturnValue:
    form.offer()
    return page("clients/away_show.html", form, new_id=new_id, covers=list_covers(g.actor))


@room.post("/clients/away", access=Permission.ADD_CLIENT)
def away_save() -> ResponseReturnValue:
    form = AwayForm()
    form.offer()
    if _was_sent(form):
        return redirect(url_for("clients.away_show"), 303)
    named = attempt(form, lambda: _name(form))
    if named is None:
        return _page(form, form.new_id)
    words = f"{plural(len(named), 'client')} until {day_words(named[0].until_on)}"
    return done("clients.away_show", f"Somebody stands in for {words}, and is told by mail.")


def _was_sent(form: AwayForm) -> bool:
    """Whether the same form came before. Its rows are known by their keys."""
    return any(find_cover(g.actor, _key(form, each)) for each in form.clients.data or ())


def _key(form: AwayForm, client_id: object) -> UUID:
    return uuid5(form.new_id, str(client_id))


def _name(form: AwayForm) -> list[Cover]:
    return [
        operations.name_cover(
            actor=g.actor,
            client=client,
            cover_id=_key(form, client.id),
            practitioner_id=UUID(form.practitioner.data),
            from_on=form.from_on.data,
            until_on=form.until_on.data,
            agreed_how=form.agreed_how.data,
            tells=number == 0,
        )
        for number, client in enumerate(form.led)
    ]


@room.post("/clients/away/<uuid:cover_id>/end", access=SIGNED_IN)
def cover_end(cover_id: UUID) -> ResponseReturnValue:
    cover = operations.end_cover(actor=g.actor, cover=get_cover(g.actor, cover_id))
    if request.form.get("next") == "away" or cover.practitioner_id == g.actor.practitioner_id:
        return done("clients.away_show", "The standing in has ended.")
    return done("clients.client_show", "The standing in has ended.", client_id=cover.client_id)
