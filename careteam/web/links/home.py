"""The first page behind a link: before an answer what is asked, afterwards what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.domain.referral import Action, Contact, Party, Standing, State, state_label
from careteam.domain.referral.labels import URGENCIES
from careteam.domain.wording import instant_words
from careteam.features.letters.attaching import Shown, attachments_of
from careteam.features.measures.offered import offered_measures
from careteam.features.notes.new_queries import count_notes
from careteam.features.plans.view import Line, view_plan
from careteam.features.referrals.at_hand import at_hand
from careteam.features.referrals.letter import ShownLetter, shown_letter
from careteam.features.referrals.linked import Look, look, opened_to
from careteam.features.referrals.thread import thread
from careteam.features.teams.clearances.awaited import Asked
from careteam.features.teams.clearances.lines import ClearanceLine
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.parts import ToAvoid, clearing_of, to_avoid
from careteam.kit import clock
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import page
from careteam.web.frame.room import LINK
from careteam.web.links.offers import Choice, offers
from careteam.web.links.place import Place, on_the_team, place_of
from careteam.web.links.room import room

ANSWERABLE = (State.SENT, State.ACKNOWLEDGED, State.ON_HOLD, State.EXPIRED)
STEPS_SHOWN = FILES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Nearby:
    """What the home of the place counts and lists. `steps` are the holder's own open ones, `files`
    the latest. `to_answer` is the number of a version of the plan that waits for the holder's word.
    """

    steps: tuple[Line, ...]
    more_steps: int
    of_plan: int
    measures: int
    notes: int
    new_notes: int
    avoid: ToAvoid
    files: tuple[Shown, ...]
    of_files: int
    asked: Asked
    cleared: tuple[ClearanceLine, ...]
    to_answer: int | None = None


@room.get("/r/<uuid:link_id>", access=LINK)
def link_show(link_id: UUID) -> ResponseReturnValue:
    return home()


def home(refusal: Conflict | None = None) -> ResponseReturnValue:
    """The referral as it stands; what is offered is what the table allows the receiver now."""
    seen = look(g.actor)
    place = place_of(g.actor, seen)
    if place is not None:
        return _place_home(place, refusal)
    return _asked_home(seen, refusal)


def _letter(seen: Look) -> ShownLetter:
    """The whole letter. Raises `NotFound` for whoever may not read it."""
    require(g.actor, Permission.READ_REFERRAL, seen.referral)
    return shown_letter(g.actor, seen.referral, seen.shown.standing, known=seen.known)


def _asked_home(seen: Look, refusal: Conflict | None) -> ResponseReturnValue:
    """Before the code the least, after it the letter and what happened."""
    shown, state = seen.shown, seen.shown.standing.state
    letter = _letter(seen) if g.actor.is_confirmed else None
    lines = None
    if letter is not None:
        lines = thread(seen.events, Party.RECEIVER, may_read=letter.may_read)
    return page(
        "links/link_show.html",
        None,
        refusal.status if refusal else 200,
        shown=shown,
        letter=letter,
        lines=lines,
        referral=seen.referral,
        refusal=refusal,
        state=state,
        state_words=state_label(state, Party.RECEIVER),
        urgency=URGENCIES[shown.urgency],
        offers=offers(shown.standing),
        may_answer=state in ANSWERABLE,
    )


def _place_home(place: Place, refusal: Conflict | None) -> ResponseReturnValue:
    require(g.actor, Permission.READ_REFERRAL, place.referral)
    standing, near = place.shown.standing, _nearby(place)
    choices = [each for each in offers(standing) if each.action is not Action.UN_ACCEPT]
    first = _first(standing, near, choices)
    return page(
        "links/place_show.html",
        None,
        refusal.status if refusal else 200,
        place=place,
        shown=place.shown,
        letter=at_hand(place.seen, place.client),
        near=near,
        refusal=refusal,
        state_words=state_label(standing.state, Party.RECEIVER),
        words=_what_now(place),
        first=first,
        choices=[each for each in choices if each is not first],
    )


def _nearby(place: Place) -> Nearby:
    standing = standing_outcomes(place.goal.client_id)
    view = view_plan(g.actor, place.goal, place.called, standing)
    files = attachments_of(g.actor, place.referral, opened_to(g.actor, place.seen))
    asked, cleared = clearing_of(g.actor, place.goal, standing)
    own = [line for line in view.lines if line.is_mine and line.is_open]
    notes, new_notes = count_notes(g.actor, place.goal)
    return Nearby(
        steps=tuple(own[:STEPS_SHOWN]),
        more_steps=len(own[STEPS_SHOWN:]),
        of_plan=len(view.lines),
        measures=len(offered_measures(g.actor, place.goal)),
        notes=notes,
        new_notes=new_notes,
        avoid=to_avoid(g.actor, place.goal.client_id, standing, asked),
        files=tuple(files[-FILES_SHOWN:]),
        of_files=len(files),
        asked=asked,
        cleared=cleared,
        to_answer=view.agreement.to_answer,
    )


def _first(standing: Standing, near: Nearby, choices: list[Choice]) -> Choice | None:
    """The next thing to do; None where the holder's own step or the plan comes first."""
    if standing.state in (State.REPORTED, State.CLOSED):
        return None
    if standing.state is State.BOOKED and not _is_past(standing):
        return None
    return choices[0] if choices else None


def _is_past(standing: Standing) -> bool:
    return standing.appointment is None or standing.appointment.start_at <= clock.now()


def _what_now(place: Place) -> str:
    """One sentence on where things stand, for whoever holds the link."""
    standing, sender = place.shown.standing, place.shown.sender.name
    if standing.state is State.ACCEPTED:
        return {
            Contact.CLIENT: f"{place.called} makes contact with you. "
            "Write the appointment down once it is made.",
            Contact.RECEIVER: f"You make contact with {place.called}.",
            Contact.SENDER: f"{sender} arranges the first appointment with you.",
        }[standing.contact or Contact.RECEIVER]
    if standing.state is State.BOOKED and standing.appointment is not None:
        at = standing.appointment.start_at
        zone = clock.local(at).tzinfo
        where = f", {standing.appointment.place}" if standing.appointment.place else ""
        verb = "was" if _is_past(standing) else "is"
        return f"The appointment {verb} {instant_words(at, zone)}{where}."  # type: ignore[arg-type]
    if standing.care_ended and standing.state is State.REPORTED:
        return f"You said that your care has ended. {sender} reads your report and closes."
    return _LATER.get(standing.state, "").format(sender=sender)


_LATER = {
    State.DID_NOT_ATTEND: "Nobody came. A new time can be booked here.",
    State.IN_TREATMENT: "Two lines from you now and then are enough for {sender}.",
    State.REPORTED: "{sender} has your report. You can write another at any time.",
    State.CLOSED: "{sender} has closed the referral. Your place on the team stays open.",
}


@room.get("/r/<uuid:link_id>/letter", access=LINK)
@on_the_team
def letter_read(place: Place) -> ResponseReturnValue:
    return page(
        "links/letter_read.html",
        place=place,
        letter=_letter(place.seen),
        standing=place.shown.standing,
    )


@room.get("/r/<uuid:link_id>/history", access=LINK)
@on_the_team
def history_read(place: Place) -> ResponseReturnValue:
    letter = _letter(place.seen)
    lines = thread(place.seen.events, Party.RECEIVER, may_read=letter.may_read)
    return page("links/history_read.html", place=place, lines=lines)
