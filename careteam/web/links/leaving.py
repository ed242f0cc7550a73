"""Leaving the team: before the start by taking the acceptance back, afterwards with a report."""

from __future__ import annotations

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.referral import Action, Party, may
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import LINK
from careteam.web.frame.sending import done
from careteam.web.links.place import Place, on_the_team
from careteam.web.links.place_forms import StopForm
from careteam.web.links.room import room


@room.get("/r/<uuid:link_id>/stop", access=LINK)
@on_the_team
def stop_show(place: Place) -> ResponseReturnValue:
    if may(place.shown.standing.state, Action.UN_ACCEPT, Party.RECEIVER):
        action = Action.UN_ACCEPT.value
        return redirect(url_for("links.answer_new", link_id=g.actor.link_id, action=action), 303)
    return _stop_page(StopForm(formdata=None), place)


def _stop_page(form: StopForm, place: Place) -> ResponseReturnValue:
    return page("links/stop_show.html", form, place=place, may_report=_may_report(place))


def _may_report(place: Place) -> bool:
    return may(place.shown.standing.state, Action.REPORT, Party.RECEIVER)


@room.post("/r/<uuid:link_id>/stop", access=LINK)
@on_the_team
def stop_save(place: Place) -> ResponseReturnValue:
    if not _may_report(place):
        raise NotFound
    form = StopForm()
    if attempt(form, lambda: _report(form, place)) is None:
        return _stop_page(form, place)
    words = f"Thank you. {place.shown.sender.name} reads that your care has ended."
    return done("links.link_show", words, link_id=g.actor.link_id)


def _report(form: StopForm, place: Place) -> Referral:
    """The last report; the keeper of the record ends the place on the team after reading it."""
    data = {"text": form.text.data, "next_step": form.next_step.data, "care_ended": "yes"}
    return act(actor=g.actor, referral=place.referral, action=Action.REPORT, data=data)
