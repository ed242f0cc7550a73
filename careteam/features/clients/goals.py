"""Changes to goals: made, reworded, paused, resumed, ended, replaced, set aside."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.pathway.values import Pathway
from careteam.domain.pathway.vocabulary import Anchor
from careteam.features.clients.models import Client, Goal, GoalWording
from careteam.features.pathways.content import load_content
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid

LONGEST_YEARS = 50


@dataclass(frozen=True, slots=True)
class Wording:
    """What the client wants and how one can tell. `measure` is an id of the catalogue.

    `baseline` and `target` lie within the measure's range and need it.
    """

    statement: str
    measure: str | None = None
    baseline: float | None = None
    target: float | None = None
    target_on: date | None = None


@operation(Permission.EDIT_GOAL, on="client", action="goal.added")
def add_goal(
    *,
    actor: Actor,
    client: Client,
    goal_id: UUID,
    wording: Wording,
    pathway: str | None = None,
    anchor_on: date | None = None,
    clinical_lead: str | None = None,
) -> Goal:
    """Add a goal, with a pathway or without. The day a pathway counts from is never assumed:
    only where that is the plan's own start may it be left out, and then it is today.
    """
    _check_wording(wording)
    chosen = _pathway(pathway)
    goal = Goal(
        id=goal_id,
        client_id=client.id,
        author_id=actor.practitioner_id,
        pathway=chosen.id if chosen else None,
        pathway_version=chosen.version if chosen else None,
        anchor_on=_anchor(chosen, anchor_on),
        clinical_lead=clinical_lead,
        **asdict(wording),
    )
    db.session.add(goal)
    return goal


def _pathway(given: str | None) -> Pathway | None:
    if not given:
        return None
    found = load_content().pathways.get(given)
    if found is None:
        raise Invalid("Choose one of the pathways.", field="pathway")
    return found


def asks_for_anchor(pathway: Pathway) -> bool:
    """Whether the day a pathway counts from has to be asked for."""
    return pathway.anchor is not Anchor.PLAN_START


def _anchor(pathway: Pathway | None, given: date | None) -> date:
    if given is None and pathway is not None and asks_for_anchor(pathway):
        raise Invalid(
            f"Give the day this pathway counts from. {pathway.anchor_note}", field="anchor_on"
        )
    return check_century(given or clock.today(), "anchor_on")


def check_century(day: date, field: str) -> date:
    """No plan runs over fifty years: a day so far away is a slip of the year. Raises `Invalid`."""
    years = abs((day - clock.today()).days) // 365
    if years >= LONGEST_YEARS:
        away = "ago" if day < clock.today() else "from now"
        raise Invalid(f"This is {years} years {away}. Is the year right?", field=field)
    return day


def _check_wording(wording: Wording) -> None:
    if not wording.statement:
        raise Invalid("Write down what the client wants.", field="statement")
    if wording.measure is None:
        for name in ("baseline", "target"):
            if getattr(wording, name) is not None:
                raise Invalid("Choose the measure this number belongs to.", field="measure")
        return
    measure = load_content().catalogue.measures.get(wording.measure)
    if measure is None:
        raise Invalid("Choose one of the measures.", field="measure")
    for name in ("baseline", "target"):
        value = getattr(wording, name)
        if value is not None and not measure.minimum <= value <= measure.maximum:
            raise Invalid(
                f"{measure.name} goes from {measure.minimum:g} to {measure.maximum:g}.",
                field=name,
            )


@operation(Permission.EDIT_GOAL, on="goal", action="goal.reworded")
def reword_goal(*, actor: Actor, goal: Goal, wording: Wording, reason: str | None = None) -> Goal:
    """Put a new wording in place of the one that stands; the old one stays with the lead.

    Agreeing on new words ends that a goal is set aside.
    """
    _check_wording(wording)
    _refuse_unless(goal, "active", "paused")
    old = {name: getattr(goal, name) for name in asdict(wording)}
    if old == asdict(wording) and goal.set_aside_at is None:
        return goal
    db.session.add(
        GoalWording(
            client_id=goal.client_id,
            goal_id=goal.id,
            author_id=actor.practitioner_id,
            reason=reason,
            replaced_at=clock.now(),
            **old,
        )
    )
    for name, value in asdict(wording).items():
        setattr(goal, name, value)
    goal.set_aside_at = None
    return goal


@operation(Permission.EDIT_GOAL, on="goal", action="goal.changed")
def name_clinical_lead(*, actor: Actor, goal: Goal, clinical_lead: str | None) -> Goal:
    """Say who decides clinically, where that is not whoever keeps the record."""
    goal.clinical_lead = clinical_lead
    return goal


@operation(Permission.EDIT_GOAL, on="goal", action="goal.paused")
def pause_goal(*, actor: Actor, goal: Goal, reason: str | None = None) -> Goal:
    _refuse_unless(goal, "active")
    goal.status, goal.status_reason = "paused", reason
    return goal


@operation(Permission.EDIT_GOAL, on="goal", action="goal.resumed")
def resume_goal(*, actor: Actor, goal: Goal) -> Goal:
    """Take a paused or ended goal up again."""
    _refuse_unless(goal, "paused", "ended")
    goal.status, goal.status_reason = "active", None
    return goal


@operation(Permission.EDIT_GOAL, on="goal", action="goal.ended")
def end_goal(*, actor: Actor, goal: Goal, reason: str | None = None) -> Goal:
    """End a goal, reached or not; its team, plan and record stay readable."""
    _refuse_unless(goal, "active", "paused")
    goal.status, goal.status_reason = "ended", reason
    return goal


@operation(Permission.EDIT_GOAL, on="goal", action="goal.replaced")
def replace_goal(*, actor: Actor, goal: Goal, replacement: Goal, reason: str | None = None) -> Goal:
    """Say that another goal of the same client stands in place of this one."""
    _refuse_unless(goal, "active", "paused")
    if replacement.client_id != goal.client_id or replacement.id == goal.id:
        raise Invalid("Another goal of the same client is needed.")
    goal.status, goal.status_reason = "replaced", reason
    goal.replaced_by_id = replacement.id
    return goal


def set_goal_aside(goal: Goal) -> None:
    """Within an operation that leaves the goal's pathway: hide wording, measure and target until
    client and lead have worded new ones.
    """
    if goal.set_aside_at is None:
        goal.set_aside_at = clock.now()


_STATUS_WORDS = {
    "active": "This goal is active already.",
    "paused": "This goal is paused.",
    "ended": "This goal has ended.",
    "replaced": "Another goal stands in place of this one.",
}


def _refuse_unless(goal: Goal, *statuses: str) -> None:
    if goal.status not in statuses:
        raise Invalid(_STATUS_WORDS[goal.status])
