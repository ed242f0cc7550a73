"""A plan as a sheet of paper, as far as its reader may see it: initials, effects, no causes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.domain.consent import ALERTS
from careteam.domain.planning import MilestoneState
from careteam.domain.wording import count_words, day_words
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.shown import shown_goal
from careteam.features.plans.agreed import AgreementView
from careteam.features.plans.safety import BLOCKED
from careteam.features.plans.view import HELD, Line, PlanView, view_plan
from careteam.features.teams.effects import ClientOutcomes, standing_outcomes
from careteam.features.teams.parts import effect_lines, effects_shown
from careteam.kit import clock
from careteam.kit.text import initials

DATES = "The dates are targets, to plan by; a date is never a clearance."
FOOT = "Nobody watches what is written here; in an emergency ring the emergency number."
STANDING = {
    "paused": "This goal is paused.",
    "ended": "This goal has ended.",
    "replaced": "Another goal has taken the place of this one.",
}
CLEARANCE = "Waits for a written clearance"


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone. `state` is its word with a day or a reason; `waits` what holds it back."""

    title: str
    criterion: str
    who: str
    target: str
    state: str
    waits: tuple[str, ...]
    is_done: bool
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """Steps that follow each other in one phase; without a name where the pathway has none."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PlanSheet:
    day: date
    made_at: datetime
    who: str
    goal: str
    aim: str
    progress: str
    warning: str
    effects: tuple[str, ...]
    phases: tuple[Phase, ...]
    version: str = ""
    dates: str = DATES
    foot: str = FOOT

    @property
    def file_name(self) -> str:
        """Without an ending; says a day and nothing else."""
        return f"plan-{self.day.isoformat()}"


def plan_sheet(actor: Actor, goal: Goal, client: Client | None) -> PlanSheet:
    """The plan on paper. Whoever keeps the record gets it as everybody else may hold it."""
    standing = standing_outcomes(goal.client_id)
    view = view_plan(actor, goal, client.called if client else "The client", standing)
    shown = shown_goal(actor, goal)
    aim = ""
    if shown.measure_name and shown.target is not None:
        aim = f"{shown.measure_name}: {shown.target:g} {shown.unit or ''}".strip()
        aim += f" by {full_day(shown.target_on)}" if shown.target_on else ""
    return PlanSheet(
        day=clock.today(),
        made_at=clock.now(),
        who=initials(client.name) if client else "",
        goal=shown.statement,
        aim=aim,
        progress=progress_words(view) if view.lines else "",
        warning=BLOCKED if view.safety.is_blocked else STANDING.get(shown.status, ""),
        effects=effects_on_paper(actor, goal, standing),
        phases=tuple(_phases(view.lines, actor.name)),
        version=version_words(view.agreement),
    )


def progress_words(view: PlanView) -> str:
    """'2 of 6 milestones reached, 1 overdue'."""
    return f"{view.progress.words}, {view.overdue} overdue" if view.overdue else view.progress.words


def version_words(agreed: AgreementView) -> str:
    """'Version 2 of 3 Mar 2026, agreed. 1 change since is not yet agreed.'"""
    latest = agreed.latest
    if latest is None:
        return ""
    is_agreed = agreed.running is not None and agreed.running.number == latest.number
    words = f"Version {latest.number} of {full_day(clock.day_of(latest.published_at))}"
    words += ", agreed." if is_agreed else ", not yet agreed."
    since = len(agreed.changes)
    if since:
        verb = "is" if since == 1 else "are"
        words += f" {count_words(since, 'change')} since {verb} not yet agreed."
    return words


def effects_on_paper(actor: Actor, goal: Goal, standing: ClientOutcomes) -> tuple[str, ...]:
    """What to avoid. The lead knows the causes; paper may come into any hands."""
    if not allowed(actor, Permission.READ_SAFETY_REASONS, goal):
        return effects_shown(actor, goal.client_id, standing)
    reads.note(goal.client_id, ALERTS)
    return effect_lines(standing.safety.effects_only())


def _phases(lines: tuple[Line, ...], reader: str) -> Iterator[Phase]:
    """In the order of the plan; a phase that comes again begins anew. On paper "you" is nobody:
    the reader's own steps bear the name."""
    steps: list[Step] = []
    name = lines[0].phase if lines else ""
    for line in lines:
        if line.phase != name and steps:
            yield Phase(name, tuple(steps))
            steps = []
        name = line.phase
        steps.append(_step(line, reader))
    if steps:
        yield Phase(name, tuple(steps))


def _step(line: Line, reader: str) -> Step:
    is_done = line.value.state is MilestoneState.DONE
    state = f"{line.status}, overdue" if line.overdue else line.status
    if is_done and line.row.reached_on:
        state = f"{state}, {full_day(line.row.reached_on)}"
    return Step(
        title=line.row.title,
        criterion=line.row.criterion or "",
        who=reader if line.is_mine else line.owner,
        target=full_day(line.row.due_on),
        state=state,
        waits=waits_on_paper(line),
        is_done=is_done,
        is_late=line.overdue,
    )


def waits_on_paper(line: Line) -> tuple[str, ...]:
    """'After Boot off', 'From 5 Dec, 3 days after Scan', 'Waits for a written clearance'."""
    rests = (line.rests,) if line.rests else ()
    effects = dict.fromkeys(_effect(words) for words in line.waits)
    return tuple(words[:1].upper() + words[1:] for words in (*line.after, *rests, *effects))


def _effect(words: str) -> str:
    """A wait without whom it waits for, which can itself be telling."""
    return words if words == HELD else CLEARANCE


def full_day(day: date) -> str:
    return f"{day_words(day)} {day.year}"
