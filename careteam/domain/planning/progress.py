"""What is reached, what waits for what, and what comes next: derived, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from careteam.domain.planning.graph import by_id
from careteam.domain.planning.values import NEEDS_REASON, OPEN, Milestone, MilestoneState
from careteam.domain.wording import count_words


class ChangeRefused(ValueError):
    """A change of state that is not complete; `field` names what is missing or wrong."""

    def __init__(self, text: str, field: str):
        self.field = field
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Progress:
    """Milestones reached out of those that still count; set aside and impossible ones do not."""

    reached: int
    total: int
    set_aside: int

    @property
    def words(self) -> str:
        """'2 of 6 milestones reached'."""
        return f"{self.reached} of {count_words(self.total, 'milestone')} reached"


@dataclass(frozen=True, slots=True)
class NextAction:
    """An open milestone that nothing holds back."""

    milestone: Milestone
    overdue: bool


def change_state(
    milestone: Milestone, state: MilestoneState, on: date, today: date, reason: str = ""
) -> Milestone:
    """The milestone in its new state, from any other: reaching one can be undone.

    `on` is the day it was reached or set aside. A blocked milestone may be done all the same:
    what has happened has happened. Raises ChangeRefused without a reason where one is asked, or
    when the day lies in the future.
    """
    reason = reason.strip()
    if state in NEEDS_REASON and not reason:
        raise ChangeRefused("Please say why.", "reason")
    if state in OPEN:
        return replace(milestone, state=state, closed_on=None, reason="")
    if on > today:
        raise ChangeRefused("This day lies in the future.", "closed_on")
    return replace(milestone, state=state, closed_on=on, reason=reason)


def is_overdue(milestone: Milestone, today: date) -> bool:
    """Whether it is open and its date is past."""
    return milestone.is_open and milestone.due_on is not None and milestone.due_on < today


def blocked_by(milestones: Iterable[Milestone]) -> dict[str, tuple[Milestone, ...]]:
    """For each open milestone that has to wait, those it waits for.

    One that was set aside is seen through to what it waited for itself. One found impossible
    still holds back: somebody must decide, so it never falls silent. Free ones are left out.
    """
    known = by_id(milestones)
    place = {id_: index for index, id_ in enumerate(known)}
    result: dict[str, tuple[Milestone, ...]] = {}
    for milestone in known.values():
        if milestone.is_open and (blockers := _blockers(milestone, known)):
            result[milestone.id] = tuple(
                known[id_] for id_ in sorted(blockers, key=place.__getitem__)
            )
    return result


def _blockers(milestone: Milestone, known: dict[str, Milestone]) -> set[str]:
    found, seen, stack = set[str](), set[str](), list(milestone.depends_on)
    while stack:
        id_ = stack.pop()
        if id_ in seen:
            continue
        seen.add(id_)
        state = known[id_].state
        if state is MilestoneState.SKIPPED:
            stack.extend(known[id_].depends_on)
        elif state is not MilestoneState.DONE:
            found.add(id_)
    return found


def resting(milestones: Iterable[Milestone], today: date) -> dict[str, tuple[date, Milestone]]:
    """Open milestones for which days in between still have to go by after one that is reached.

    For each, the first free day and the milestone after which it is counted.
    """
    known = by_id(milestones)
    result: dict[str, tuple[date, Milestone]] = {}
    for milestone in known.values():
        counted = [
            (reached.closed_on + timedelta(days=days), id_)
            for id_, days in milestone.lags.items()
            if (reached := known.get(id_)) is not None
            and reached.state is MilestoneState.DONE
            and reached.closed_on is not None
        ]
        if milestone.is_open and counted and max(counted)[0] > today:
            free_on, id_ = max(counted)
            result[milestone.id] = (free_on, known[id_])
    return result


def progress(milestones: Iterable[Milestone]) -> Progress:
    """How many milestones are reached; never a percentage of anything invented."""
    states = [milestone.state for milestone in milestones]
    aside = sum(state in NEEDS_REASON for state in states)
    return Progress(states.count(MilestoneState.DONE), len(states) - aside, aside)


def next_actions(
    milestones: Iterable[Milestone], today: date, owner: str | None = None
) -> tuple[NextAction, ...]:
    """Open milestones that wait for nothing, the earliest date first, undated last.

    With `owner`, only that owner's. Among equal dates the order given.
    """
    known = by_id(milestones)
    blocked = blocked_by(known.values()).keys() | resting(known.values(), today).keys()
    free = [
        milestone
        for milestone in known.values()
        if milestone.is_open and milestone.id not in blocked and owner in (None, milestone.owner)
    ]
    free.sort(key=lambda milestone: milestone.due_on or date.max)
    return tuple(NextAction(milestone, is_overdue(milestone, today)) for milestone in free)
