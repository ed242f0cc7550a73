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
    """None where the form is wrong or late, or its date moves nothing: a late form is merged, and
    what its date means is only known once it is.
    """
    due_on = form.due_on.data
    is_valid = form.validate_on_submit() and form.version == milestone.version
    if not is_valid or due_on is None or due_on == milestone.due_on:
        return None
    try:
        return shifts_of(seen.view.plan, milestone, due_on) or None
    except Circle:
        return None


def asks_again(choice: FollowForm, shifts: Shifts) -> bool:
    """Whether these shifts are still to be shown, or were shown otherwise than they are now."""
    if not choice.asks.data:
        return False
    if choice.moves.data != shifts.print:
        choice.follow.data = None
        return True
    if choice.follow.data not in ("move", "leave"):
        choice.follow.errors = ["Choose what becomes of their dates."]
    return bool(choice.follow.errors)


def left_words(shifts: Shifts) -> str:
    """What a later date pushes along; those dates stand until somebody changes them."""
    if not shifts.is_later:
        return ""
    moved = [f"{each.row.title} to {day_words(each.to, clock.today())}" for each in shifts.shifts]
    shown = list_words(moved[:MOST_NAMED])
    more = f" and {len(moved) - MOST_NAMED} more" if len(moved) > MOST_NAMED else ""
    return f" It pushes {shown}{more}; those dates stay until you change them."
