"""What is done with a seat: filled by the client's own, put off, opened, ended, hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Goal
from careteam.features.clients.queries import get_led_goal
from careteam.features.consents.queries import consented_pairs
from careteam.features.plans.queries import count_open_milestones
from careteam.features.teams import operations
from careteam.features.teams.models import Seat
from careteam.features.teams.queries import get_led_seat
from careteam.kit import clock
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import Form, attempt
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.forms import EndForm, LaterForm, NotWantedForm, PractitionerForm
from careteam.web.teams.room import room
from careteam.web.teams.seats import seat_page

STATE_WORDS = {
    "open": "Open",
    "referred": "Somebody is asked",
    "filled": "Filled",
    "later": "Later",
    "not_wanted": "Not wanted",
    "ended": "Ended",
}
NOTHING_YET = "They see nothing until the client agrees to it."
OPEN_ALREADY = "What the client agreed to let them see earlier is open to them again."


def _both(goal_id: UUID, seat_id: UUID) -> tuple[Goal, Seat]:
    goal = get_led_goal(g.actor, goal_id)
    return goal, get_led_seat(g.actor, seat_id, goal.id)


def _act(
    goal: Goal,
    seat: Seat,
    form: Form,
    change: Callable[[], Any],
    words: str,
    *,
    undo: str = "",
    undo_fields: dict[str, Any] | None = None,
    **forms: Any,
) -> ResponseReturnValue:
    """Run one change of a seat; a page that is older than the seat answers 409 with both states.

    `undo` is the endpoint that takes the change back. What took an open seat off the team is
    undone by opening it again.
    """
    was_open = seat.state == "open"
    try:
        saved = attempt(form, lambda: _unless_stale(form, seat, change))
    except Conflict as error:
        return _stale_page(goal.id, seat.id, error, forms)
    if saved is None:
        return seat_page(goal, seat, form, **forms)
    rests = was_open and seat.state in ("later", "not_wanted", "ended")
    back = "teams.seat_reopen" if rests else undo
    return done(
        "teams.team_show",
        words,
        undo=url_for(back, goal_id=goal.id, seat_id=seat.id) if back else None,
        undo_fields=undo_fields,
        goal_id=goal.id,
        anchor=f"seat-{seat.id}",
    )


def _unless_stale(form: Form, seat: Seat, change: Callable[[], Any]) -> Any:
    if form.version is not None and form.version != seat.version:
        raise Conflict("Somebody changed this place a moment before you.")
    return change()


def _stale_page(
    goal_id: UUID, seat_id: UUID, error: Conflict, forms: dict[str, Any]
) -> ResponseReturnValue:
    goal, seat = _both(goal_id, seat_id)
    row = {
        "label": error.message,
        "yours": "What you were about to do is not done.",
        "theirs": STATE_WORDS[seat.state],
        "by": "The place now",
        "at": "",
    }
    return seat_page(goal, seat, None, 409, conflicts=[row], **forms)


@room.post("/goals/<uuid:goal_id>/team/<uuid:seat_id>/own", access=SIGNED_IN)
def seat_fill_own(goal_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    (goal, seat), form = _both(goal_id, seat_id), PractitionerForm()

    def fill() -> Seat:
        return operations.fill_seat(
            actor=g.actor, seat=seat, practitioner_id=form.practitioner_id(), is_own=True
        )

    agreed = consented_pairs(g.actor, goal.client_id, clock.today())
    sees = OPEN_ALREADY if (_named(form), goal.id) in agreed else NOTHING_YET
    return _act(goal, seat, form, fill, f"On the team as the client's own. {sees}")


def _named(form: PractitionerForm) -> UUID | None:
    return form.practitioner_id() if form.practitioner.data else None


@room.post("/goals/<uuid:goal_id>/team/<uuid:seat_id>/later", access=SIGNED_IN)
def seat_later(goal_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    (goal, seat), form = _both(goal_id, seat_id), LaterForm()

    def put_off() -> Seat:
        return operations.set_later(actor=g.actor, seat=seat, reason=form.state_reason.data)

    return _act(goal, seat, form, put_off, "The place is put off.", later=form)


@room.post("/goals/<uuid:goal_id>/team/<uuid:seat_id>/not-wanted", access=SIGNED_IN)
def seat_not_wanted(goal_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    (goal, seat), form = _both(goal_id, seat_id), NotWantedForm()

    def note() -> Seat:
        return operations.set_not_wanted(
            actor=g.actor,
            seat=seat,
            explained=form.explained.data or "",
            decided_on=form.decided_on.data,
        )

    words = f"The client's decision is noted.{_left(seat)}"
    return _act(goal, seat, form, note, words, not_wanted=form)


def _left(seat: Seat) -> str:
    """What becomes of the steps of a place from which nobody comes any more."""
    steps = count_open_milestones(g.actor, seat)
    if not steps:
        return ""
    return (
        " Its open milestone is yours now."
        if steps == 1
        else f" Its {steps} open milestones are yours now."
    )


@room.post("/goals/<uuid:goal_id>/team/<uuid:seat_id>/reopen", access=SIGNED_IN)
def seat_reopen(goal_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    (goal, seat), form = _both(goal_id, seat_id), Form()

    def reopen() -> Seat:
        return operations.reopen_seat(actor=g.actor, seat=seat)

    return _act(goal, seat, form, reopen, "The place is open.")


@room.post("/goals/<uuid:goal_id>/team/<uuid:seat_id>/end", access=SIGNED_IN)
def seat_end(goal_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    (goal, seat), form = _both(goal_id, seat_id), EndForm()

    def end() -> Seat:
        return operations.end_seat(actor=g.actor, seat=seat, reason=form.state_reason.data)

    return _act(goal, seat, form, end, f"The place has ended.{_left(seat)}", end=form)


@room.post("/goals/<uuid:goal_id>/team/<uuid:seat_id>/hide", access=SIGNED_IN)
def seat_hide(goal_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    (goal, seat), form = _both(goal_id, seat_id), PractitionerForm()

    def hide() -> Seat:
        return operations.hide_seat(
            actor=g.actor, seat=seat, practitioner_id=form.practitioner_id()
        )

    whom = {"practitioner": form.practitioner.data}
    words, undo = "This place is kept from them.", "teams.seat_unhide"
    return _act(goal, seat, form, hide, words, undo=undo, undo_fields=whom)


@room.post("/goals/<uuid:goal_id>/team/<uuid:seat_id>/show", access=SIGNED_IN)
def seat_unhide(goal_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    (goal, seat), form = _both(goal_id, seat_id), PractitionerForm()

    def show() -> Seat:
        return operations.show_seat(
            actor=g.actor, seat=seat, practitioner_id=form.practitioner_id()
        )

    return _act(goal, seat, form, show, "They see this place again.")
