"""Give names: a discipline typed, two names to share, in one press logged."""

from __future__ import annotations

from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.features.directory.catalogue import discipline_labels
from careteam.features.directory.meant import meant_by
from careteam.features.referrals.giving import (
    Suggestion,
    follow_up_name,
    give_names,
    new_names,
    read_discipline,
    read_place,
    suggest_names,
)
from careteam.features.referrals.queries import find_names, get_names
from careteam.kit.drawings import qr_code
from careteam.kit.errors import CareteamError, NotFound
from careteam.web.frame.forms import page, proposed_id
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.now.room import room

SAID = {
    "reached": "Noted: they were reached.",
    "no_call_back": "Noted: no call back.",
    "not_going": "Noted: not going.",
    "": "Taken back.",
}
LONGEST = 100


@room.get("/now/names", access=SIGNED_IN)
def names_show() -> ResponseReturnValue:
    typed, place = _typed("discipline"), _typed("place")
    discipline = read_discipline(typed) if typed else None
    chosen = _ids(request.args.getlist("name"))
    near = read_place(place)
    with_words = _with_words()
    found = (
        suggest_names(g.actor, discipline, near, chosen, words=with_words) if discipline else None
    )
    return _page(found, typed, place, place_unknown=bool(place) and near is None)


@room.get("/now/names/print", access=SIGNED_IN)
def names_print() -> ResponseReturnValue:
    found = _asked(request.args.get("discipline", ""), request.args.get("place"), "args")
    return page("now/names_print.html", found=found, qr=qr_code(found.text))


@room.post("/now/names", access=Permission.KEEP_OWN_NOTES)
def names_give() -> ResponseReturnValue:
    new_id = proposed_id()
    if find_names(g.actor, new_id) is not None:
        return done("now.names_show", "These names are logged already.")
    found = _asked(request.form.get("discipline", ""), request.form.get("place"), "form")
    try:
        names = new_names(g.actor, new_id, found.discipline)
        give_names(actor=g.actor, names=names, given=found.names)
    except CareteamError as error:
        return _page(found, found.label, found.place, status=error.status, problem=error.message)
    return done("today.today", "Logged. You are asked in a week how it went.")


@room.post("/now/names/<uuid:names_id>/<uuid:practitioner_id>", access=Permission.KEEP_OWN_NOTES)
def names_follow_up(names_id: UUID, practitioner_id: UUID) -> ResponseReturnValue:
    outcome = request.form.get("outcome", "")
    names = get_names(g.actor, names_id)
    follow_up_name(actor=g.actor, names=names, practitioner_id=practitioner_id, outcome=outcome)
    undo = url_for("now.names_follow_up", names_id=names_id, practitioner_id=practitioner_id)
    return done(
        "today.today",
        SAID[outcome],
        undo=undo if outcome else None,
        undo_fields={"outcome": ""},
    )


def _asked(discipline: str, place: str | None, source: str) -> Suggestion:
    """The names of a form or address, found anew: their words are never taken from it."""
    known = discipline if discipline in discipline_labels() else None
    if known is None:
        raise NotFound
    values = request.form if source == "form" else request.args
    chosen = _ids(values.getlist("name"))
    return suggest_names(g.actor, known, read_place(place), chosen, words=_with_words())


def _with_words() -> bool:
    """Whether one's own sentences stand on the sheet; they do unless they are left out."""
    return request.values.get("words") != "none"


def _page(
    found: Suggestion | None,
    typed: str,
    place: str | None,
    *,
    place_unknown: bool = False,
    status: int = 200,
    problem: str | None = None,
) -> ResponseReturnValue:
    return page(
        "now/names_show.html",
        status=status,
        found=found,
        typed=typed,
        place=place or "",
        place_unknown=place_unknown,
        problem=problem,
        labels=discipline_labels(),
        meant=meant_by(typed) if typed and not found else (),
        qr=qr_code(found.text) if found and found.names else None,
        new_id=proposed_id(),
        with_words=_with_words(),
    )


def _typed(name: str) -> str:
    return " ".join(request.args.get(name, "").split())[:LONGEST]


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:10]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
