"""What a new date of a milestone does to others, shown on its form before anything is saved."""

from __future__ import annotations

from careteam.domain.planning import Circle
from careteam.domain.wording import day_words, list_words
from careteam.features.plans.following import Shifts, shifts_of
from careteam.features.plans.models import Milestone
from careteam.kit import clock
from careteam.web.plans.answering import Scene
from careteam.web.plans.forms import FollowForm, MilestoneForm

MOST_NAMED = 3


def shifts_shown(form: MilestoneForm, seen: Scene, milestone: Milestone) -> Shifts | None:
    """None where the form is wrong, or its date moves nothing."""
    due_on = form.due_on.data
    if not form.validate_on_submit() or due_on is None or due_on == milestone.due_on:
        return None
    try:
        return shifts_of(seen.view.plan, milestone, due_on) or None
    except Circle:
        return None


def asks_again(choice: FollowForm, shifts: Shifts, *, is_late: bool) -> bool:
    """Whether these shifts are still to be shown, or were shown otherwise than they are now.

    A late form is merged first, so it asks nothing: what was shown and chosen is done if it is
    still so, and else the answer says what follows.
    """
    if not choice.asks.data:
        return False
    if choice.moves.data != shifts.print:
        choice.follow.data = None
        return not is_late
    if choice.follow.data not in ("move", "leave"):
        choice.follow.errors = ["Choose what becomes of their dates."]
    return bool(choice.follow.errors)


def left_words(shifts: Shifts) -> str:
    """What a new date does to others; their dates stand until somebody changes them."""
    if not shifts.is_later:
        return f" {shifts.words}"
    moved = [f"{each.row.title} to {day_words(each.to, clock.today())}" for each in shifts.shifts]
    shown = list_words(moved[:MOST_NAMED])
    more = f" and {len(moved) - MOST_NAMED} more" if len(moved) > MOST_NAMED else ""
    return f" It pushes {shown}{more}; those dates stay until you change them."
