"""A plan as one reader sees it: every line with what is derived about it, and the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain import planning
from careteam.domain.pathway.values import Pathway
from careteam.domain.planning import (
    STATE_LABELS,
    Bar,
    MilestoneState,
    Picture,
    blocked_by,
    draw,
    is_overdue,
    next_actions,
    progress,
    resting,
    too_early,
)
from careteam.domain.wording import day_words
from careteam.features.clients.goals import asks_for_anchor
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import pathway_of
from careteam.features.plans.agreed import AgreementView, view_agreement
from careteam.features.plans.making import missing
from careteam.features.plans.mirror_queries import mirrored_among
from careteam.features.plans.models import Milestone
from careteam.features.plans.owners import GONE_WORDS, Owners, owners_of
from careteam.features.plans.safety import PlanSafety, is_hands_on, safety_of
from careteam.features.plans.saying import awaiting_words, day_notes, early_words, rest_words
from careteam.features.plans.schedule import Plan, load_plan
from careteam.features.teams.effects import ClientOutcomes
from careteam.features.teams.view import seat_label
from careteam.kit import clock
from careteam.kit.errors import NotFound

HELD = "Hands-on work is held for now"


@dataclass(frozen=True)
class Line:
    """One milestone on a page.

    `blockers` are titles of what it waits for, `waits` the clearances and holds it waits for.
    `late_blockers` are those of `blockers` that are overdue, `ahead_of` what is still open although
    this one, which comes after it, is reached. `awaiting` says what it waits for with the days in
    between, `after` the same with what is overdue, `rests` until when days have to go by,
    `too_early` that its date does not allow for that, `day_notes` that it is a weekend or its owner
    away. `former` says why it is the lead's for now; `meant_for` the discipline that nobody fills.
    `is_mirrored`: it stands in a linked plan too, and what is said of it passes over.
    """

    row: Milestone
    value: planning.Milestone
    owner: str
    role: str
    is_mine: bool
    phase: str
    status: str
    overdue: bool
    blockers: tuple[str, ...]
    waits: tuple[str, ...]
    former: str | None
    meant_for: str | None
    bar: Bar | None
    can_move: bool
    late_blockers: tuple[str, ...] = ()
    ahead_of: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    rests: str = ""
    too_early: str = ""
    day_notes: tuple[str, ...] = ()
    unagreed: str = ""
    is_mirrored: bool = False

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def is_open(self) -> bool:
        return self.value.is_open

    @property
    def is_ready(self) -> bool:
        """Open, and nothing holds it back."""
        return self.is_open and not self.blockers and not self.waits and not self.rests

    @property
    def span(self) -> tuple[date, date]:
        return (self.bar.from_on, self.bar.to_on) if self.bar else (self.row.due_on,) * 2

    @property
    def span_words(self) -> str:
        """'5 Oct to 11 Dec'; the year once, unless it is this one."""
        begins, ends = self.span
        last = day_words(ends, clock.today())
        if begins == ends:
            return last
        return f"{day_words(begins, begins if begins.year == ends.year else ends)} to {last}"

    @property
    def said(self) -> str:
        """Whose it is, and when, or why it was left: 'Physiotherapist · 5 Oct to 11 Dec'."""
        return " · ".join((self.owner, *filter(None, self._when)))

    @property
    def _when(self) -> tuple[str, ...]:
        reached_on = self.row.reached_on
        if self.value.state is MilestoneState.DONE:
            return (f"reached {day_words(reached_on, clock.today())}" if reached_on else "reached",)
        if not self.is_open:
            return (self.row.reason or "",)
        late = ", ".join(self.late_blockers)
        blocked = f"blocked by {late} (overdue)" if late else ""
        return (self.span_words, blocked, ", ".join(self.awaiting), *self.day_notes)

    @property
    def note(self) -> str:
        """What holds it back or stands out, in sentences."""
        ahead = self.ahead_of
        are = "is" if len(ahead) == 1 else "are"
        reached = f"Reached although {' and '.join(ahead)} {are} still open" if ahead else ""
        told = (reached, *self.waits, self.rests, self.too_early)
        return " ".join((*(f"{words}." for words in told if words), self.unagreed)).rstrip()

    @property
    def part(self) -> int:
        """Percent of the bar that is drawn full: of one under way, the time that has gone by."""
        if self.value.state is MilestoneState.DONE:
            return 100
        begins, ends = self.span
        if self.value.state is not MilestoneState.IN_PROGRESS:
            return 0
        days = max((ends - begins).days, 1)
        return max(0, min(100, 100 * (clock.today() - begins).days // days))


@dataclass(frozen=True)
class WaitedFor:
    """A person and the milestones that wait for nothing but them."""

    owner: str
    role: str
    is_mine: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PlanView:
    """The whole plan for a page. `can_make` counts what making it (again) would add."""

    goal: Goal
    lines: tuple[Line, ...]
    picture: Picture
    progress: planning.Progress
    aside: Sequence[tuple[Milestone, str]]
    removed: Sequence[Milestone]
    safety: PlanSafety
    owners: Owners
    plan: Plan
    agreement: AgreementView
    can_edit: bool
    may_lay: bool = False
    can_make: int = 0
    pathway: Pathway | None = None
    phases: dict[str, str] = field(default_factory=dict)

    @cached_property
    def waiting(self) -> tuple[WaitedFor, ...]:
        """Who is waited for now, the reader first."""
        return _waiting(self.plan, self.lines, clock.today())

    def line(self, milestone_id: UUID) -> Line:
        """The line of one milestone. Raises `NotFound` for one that takes no part."""
        found = next((line for line in self.lines if line.id == milestone_id), None)
        if found is None:
            raise NotFound
        return found

    @property
    def needs_day(self) -> bool:
        """Whether the plan can be made only once the day it counts from is given."""
        asks = self.pathway is not None and asks_for_anchor(self.pathway)
        return bool(self.can_make) and asks and self.goal.anchor_on is None

    @property
    def is_finished(self) -> bool:
        """Whether there is a plan, and nothing of it is open."""
        return bool(self.lines) and not any(line.is_open for line in self.lines)

    @property
    def overdue(self) -> int:
        return sum(line.overdue for line in self.lines)

    @property
    def folded(self) -> int:
        """How many finished lines a short view leaves out."""
        return sum(not line.is_open for line in self.lines)


def view_plan(
    actor: Actor, goal: Goal, client_name: str, standing: ClientOutcomes | None = None
) -> PlanView:
    """The plan within the actor's reach, at the same number of statements for any length."""
    plan, today = load_plan(actor, goal), clock.today()
    safety, owners = safety_of(actor, goal, standing), owners_of(actor, plan, client_name)
    can_edit = allowed(actor, Permission.EDIT_PLAN, goal)
    pathway = pathway_of(goal)
    picture = draw(plan.values, today, goal.anchor_on)
    agreement = view_agreement(actor, plan, owners)
    lines = _lines(actor, plan, owners, safety, picture, agreement, pathway if can_edit else None)
    return PlanView(
        goal=goal,
        lines=lines,
        picture=picture,
        progress=progress(plan.values),
        aside=plan.aside if can_edit else (),
        removed=plan.removed if can_edit else (),
        safety=safety,
        owners=owners,
        plan=plan,
        agreement=agreement,
        can_edit=can_edit,
        may_lay=allowed(actor, Permission.LAY_PRECAUTION, goal),
        can_make=missing(plan) if can_edit and not safety.is_blocked else 0,
        pathway=pathway,
    )


def _lines(
    actor: Actor,
    plan: Plan,
    owners: Owners,
    safety: PlanSafety,
    picture: Picture,
    agreement: AgreementView,
    pathway: Pathway | None,
) -> tuple[Line, ...]:
    today, blocked = clock.today(), blocked_by(plan.values)
    rests, early = resting(plan.values, today), too_early(plan.values)
    still_open = {each.id: each.title for each in plan.values if each.is_open}
    keys, mirrored = {each.owner for each in plan.values}, mirrored_among(plan.rows)
    who = {key: (owners.label(key), owners.role(key), owners.is_mine(key)) for key in keys}
    bars = {bar.milestone_id: bar for bar in picture.bars}
    phases = _phase_names(plan.goal)
    return tuple(
        Line(
            row=row,
            value=value,
            owner=who[value.owner][0],
            role=who[value.owner][1],
            is_mine=who[value.owner][2],
            phase=phases.get(row.phase or "", ""),
            status=STATE_LABELS[value.state],
            overdue=is_overdue(value, today),
            blockers=tuple(each.title for each in blocked.get(value.id, ())),
            waits=_waits(plan, row, value, safety),
            former=_former(plan, row),
            meant_for=_meant_for(plan, row, value, pathway),
            bar=bars.get(value.id),
            can_move=allowed(actor, Permission.MOVE_MILESTONE, row),
            late_blockers=tuple(
                each.title for each in blocked.get(value.id, ()) if is_overdue(each, today)
            ),
            ahead_of=_ahead_of(value, still_open),
            awaiting=awaiting_words(
                value,
                [each for each in blocked.get(value.id, ()) if not is_overdue(each, today)],
            ),
            after=awaiting_words(value, blocked.get(value.id, ())),
            rests=rest_words(value, rests),
            too_early=early_words(early.get(value.id)),
            day_notes=day_notes(value, owners),
            unagreed=agreement.unagreed.get(value.id, ""),
            is_mirrored=row.id in mirrored,
        )
        for row, value in zip(plan.rows, plan.values, strict=True)
    )


def _ahead_of(value: planning.Milestone, still_open: Mapping[str, str]) -> tuple[str, ...]:
    """Titles in the order of the plan, which is that of `still_open`."""
    if value.state is not MilestoneState.DONE or still_open.keys().isdisjoint(value.depends_on):
        return ()
    return tuple(title for key, title in still_open.items() if key in value.depends_on)


def _phase_names(goal: Goal) -> dict[str, str]:
    pathway = pathway_of(goal)
    return {phase.id: phase.name for phase in pathway.phases} if pathway else {}


def _waits(
    plan: Plan, row: Milestone, value: planning.Milestone, safety: PlanSafety
) -> tuple[str, ...]:
    if not value.is_open:
        return ()
    found = list(safety.waits.get(row.phase or "", ()))
    seat = plan.seats.get(row.owner_seat_id) if row.owner_seat_id else None
    if safety.hands_on_held and seat is not None and is_hands_on(seat.discipline):
        found.append(HELD)
    return tuple(found)


def _former(plan: Plan, row: Milestone) -> str | None:
    seat = plan.former_seat(row)
    return f"{seat_label(seat.discipline)} {GONE_WORDS[seat.state]}" if seat else None


def _meant_for(
    plan: Plan, row: Milestone, value: planning.Milestone, pathway: Pathway | None
) -> str | None:
    """The discipline a pathway wrote an open milestone for, while the lead stands in."""
    if pathway is None or not value.is_open or row.template is None or value.owner != "lead":
        return None
    template = pathway.milestone_by_id.get(row.template.partition(":")[2])
    if template is None or row.owner_seat_id is not None:
        return None
    return seat_label(template.owner)


def _waiting(plan: Plan, lines: Iterable[Line], today: date) -> tuple[WaitedFor, ...]:
    """By person, the overdue ones first; the reader stands before the others."""
    by_id = {line.value.id: line for line in lines}
    found: dict[str, list[Line]] = {}
    for action in next_actions(plan.values, today):
        line = by_id[action.milestone.id]
        if not line.waits:
            found.setdefault(line.value.owner, []).append(line)
    people = [
        WaitedFor(group[0].owner, group[0].role, group[0].is_mine, tuple(group))
        for group in found.values()
    ]
    return tuple(sorted(people, key=lambda each: not each.is_mine))
