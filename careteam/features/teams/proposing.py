"""A team in line with its pathway and with what the rules ask for.

Open seats follow the rules: they appear, change their requirement, and go. A seat that somebody was
asked for, fills, or that the client decided about stays, whatever the rules say later; that it is
no longer asked for is derived, not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import uuid4

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.pathway import Outcome, Pathway
from careteam.domain.pathway.outcome import TeamRole
from careteam.domain.pathway.vocabulary import Requirement
from careteam.features.clients.goals import set_goal_aside
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.teams.effects import FLAG, goal_outcome, refold
from careteam.features.teams.models import Answer, Seat
from careteam.features.teams.queries import (
    answer_rows,
    decision_rows,
    disciplines_of,
    get_client_of,
    seats_of,
)
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid

AFTER_THE_RULES = 1000
"""Position of seats that no rule orders: after all others, in the order in which they came."""


@operation(Permission.EDIT_TEAM, on="goal", action="team.proposed")
def propose_team(*, actor: Actor, goal: Goal) -> Goal:
    """Bring the seats in line with the pathway and the answers.

    Called when a goal is made and whenever one wants to be sure; it may be repeated. On a team that
    has no seat yet, the lead's own is filled where her discipline is asked for or may stand in.
    """
    is_new = not seats_of(goal.id)
    bring_in_line(actor, goal)
    if is_new:
        _seat_the_lead(goal)
    return goal


def bring_in_line(actor: Actor, goal: Goal) -> None:
    """Within an operation that changed what the rules see: seats and folds follow."""
    db.session.flush()
    found = goal_outcome(goal)
    refold(get_client_of(goal))
    if found is None:
        return
    seats = {seat.discipline: seat for seat in reversed(seats_of(goal.id))}
    asked = found.outcome.asked_roles
    for position, role in enumerate(asked):
        seat = seats.get(role.discipline)
        if seat is None:
            db.session.add(_new_seat(actor, goal, found.pathway, role, position))
        else:
            _follow(seat, found.pathway, role, position)
    wanted = {role.discipline for role in asked}
    for seat in seats_of(goal.id):
        if seat.discipline not in wanted:
            _let_go(seat)
    db.session.flush()


def is_asked_for(seat: Seat, outcome: Outcome | None) -> bool:
    """Whether the rules still ask for the seat; one added by hand needs no rule."""
    if outcome is None or seat.origin == "hand":
        return True
    return any(role.discipline == seat.discipline for role in outcome.asked_roles)


def _new_seat(actor: Actor, goal: Goal, pathway: Pathway, role: TeamRole, position: int) -> Seat:
    return Seat(
        id=uuid4(),
        client_id=goal.client_id,
        goal_id=goal.id,
        author_id=actor.practitioner_id,
        discipline=role.discipline,
        requirement=role.requirement.value,
        purpose=_purpose(pathway, role),
        reason=_reason(role),
        origin=_origin(pathway, role),
        position=position,
        state="open",
    )


def _follow(seat: Seat, pathway: Pathway, role: TeamRole, position: int) -> None:
    values = {
        "requirement": role.requirement.value,
        "reason": _reason(role) or (seat.reason if seat.origin == "hand" else None),
        "position": position,
    }
    if seat.origin != "hand":
        values |= {"purpose": _purpose(pathway, role), "origin": _origin(pathway, role)}
    if seat.state == "ended" and ended_by_rules(seat):
        values |= {"state": "open", "state_reason": None}
    for name, value in values.items():
        if getattr(seat, name) != value:
            setattr(seat, name, value)


def _let_go(seat: Seat) -> None:
    """An open seat nobody asks for any more ends; one added by hand comes after the others."""
    if seat.origin == "hand":
        if seat.position < AFTER_THE_RULES:
            seat.position += AFTER_THE_RULES
    elif seat.state == "open":
        seat.state = "ended"


def ended_by_rules(seat: Seat) -> bool:
    """Whether nobody decided that the seat ended: the rules may open it again."""
    return seat.decided_on is None


def _purpose(pathway: Pathway, role: TeamRole) -> str:
    """What the seat is for. A role that a rule invents has no purpose but its reason, which may be
    a secret: the catalogue's words on the discipline stand in.
    """
    if role.discipline in pathway.role_by_discipline:
        return role.purpose
    known = load_content().catalogue.disciplines.get(role.discipline)
    return known.scope if known else role.purpose


def _reason(role: TeamRole) -> str | None:
    reasons = dict.fromkeys(cause.reason for cause in role.added_by if cause.reason)
    return " ".join(reasons) or None


def _origin(pathway: Pathway, role: TeamRole) -> str:
    """`pathway` where the file asks for the role whatever is answered, else `rule`."""
    base = pathway.role_by_discipline.get(role.discipline)
    always = base is not None and base.requirement is not Requirement.CONDITIONAL
    return "pathway" if always else "rule"


def _seat_the_lead(goal: Goal) -> None:
    lead = get_client_of(goal).lead_id
    own, seats = tuple(disciplines_of(lead)), seats_of(goal.id)
    seat = _first_for(seats, own) or _first_for(seats, _stood_in_for(goal, own))
    if seat is not None:
        seat.state, seat.practitioner_id, seat.filled_on = "filled", lead, clock.today()


def _stood_in_for(goal: Goal, disciplines: Sequence[str]) -> list[str]:
    """The roles that the pathway lets one of `disciplines` take in place of the named one."""
    pathway = pathway_of(goal)
    roles = pathway.roles if pathway else ()
    return [role.discipline for role in roles if set(disciplines) & set(role.alternatives)]


def _first_for(seats: Sequence[Seat], disciplines: Iterable[str]) -> Seat | None:
    by_discipline = {seat.discipline: seat for seat in reversed(seats) if seat.state == "open"}
    return next((by_discipline[name] for name in disciplines if name in by_discipline), None)


@operation(Permission.EDIT_GOAL, on="goal", action="goal.pathway_switched")
def switch_pathway(*, actor: Actor, goal: Goal, pathway: str) -> Goal:
    """Replace the goal's pathway.

    Kept are answers to questions that the new pathway has too, seats that somebody was asked for or
    fills, and what was added by hand. Statement, measure and target are set aside until lead and
    client have worded new ones. What was decided about a rule or a flag stands only where the new
    pathway has the very same. Raises `Conflict` when the goal is on that pathway already.
    """
    new = load_content().pathways.get(pathway)
    if new is None:
        raise Invalid("Choose one of the pathways.", field="pathway")
    if goal.pathway == new.id:
        raise Conflict("The goal is on this pathway already.", field="pathway")
    set_goal_aside(goal)
    follow_pathway(actor, goal, new)
    return goal


def follow_pathway(actor: Actor, goal: Goal, new: Pathway) -> None:
    """Within an operation: the goal stands on `new` from now on, and the team with it."""
    old = pathway_of(goal)
    goal.pathway, goal.pathway_version = new.id, new.version
    _reclass(answer_rows(goal.id), new)
    _take_back_what_changed(goal, old, new)
    bring_in_line(actor, goal)


def _reclass(answers: dict[str, Answer], pathway: Pathway) -> None:
    """An answer's information class is its question's; the stricter pathway may have another."""
    for name, answer in answers.items():
        question = pathway.question_by_id.get(name)
        if question is not None and answer.information_class != question.information_class:
            answer.information_class = question.information_class


def _take_back_what_changed(goal: Goal, old: Pathway | None, new: Pathway) -> None:
    for decision in decision_rows(goal.id):
        if old is None or not is_same(old, new, decision.rule, decision.effect):
            decision.taken_back_at = clock.now()


def is_same(old: Pathway, new: Pathway, rule: str, effect: str) -> bool:
    """Whether what was decided about a rule or a flag of `old` stands in `new`."""
    if old.rule_by_id.get(rule) != new.rule_by_id.get(rule):
        return False
    if not effect.startswith(FLAG):
        return True
    name = effect.removeprefix(FLAG)
    return old.red_flag_by_id.get(name) == new.red_flag_by_id.get(name)
