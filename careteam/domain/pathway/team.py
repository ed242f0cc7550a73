"""The team after the rules: which roles are asked for, in which order, and what they cover."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from careteam.domain.pathway.effects import AddRole, Effect, RemoveRole
from careteam.domain.pathway.outcome import Cause, Outcome, RoleState, SeeFirstOrder, TeamRole
from careteam.domain.pathway.values import FactorUse, Pathway, Role
from careteam.domain.pathway.vocabulary import Requirement

E = TypeVar("E", bound=Effect, covariant=True)

NEVER_A_SEAT = frozenset({"emergency_care"})
"""Disciplines that are a destination and never a team member."""


@dataclass(frozen=True, slots=True)
class Fired(Generic[E]):
    """An effect of a rule that fired and that no override sets aside."""

    rule: str
    effect: E


def resolve_roles(
    pathway: Pathway, fired: Sequence[Fired[Effect]], see_first: Sequence[SeeFirstOrder]
) -> tuple[TeamRole, ...]:
    """Roles of the file and of the rules, in the order in which they come.

    First who is to be seen first, the more urgent earlier; then by phase, by requirement, by
    the order of the file. A discipline to be seen first gets a required seat even where the file
    has none for it, and a removal does not take that seat away: the order to be seen is stricter.
    """
    first = {order.discipline: order for order in see_first}
    added: dict[str, list[tuple[Cause, AddRole]]] = {}
    removed: dict[str, list[Cause]] = {}
    for item in fired:
        if isinstance(item.effect, AddRole):
            cause = Cause(item.rule, item.effect.key, item.effect.reason)
            added.setdefault(item.effect.discipline, []).append((cause, item.effect))
        elif isinstance(item.effect, RemoveRole):
            cause = Cause(item.rule, item.effect.key, item.effect.reason)
            removed.setdefault(item.effect.discipline, []).append(cause)
    names = dict.fromkeys([*pathway.role_by_discipline, *added, *removed, *first])
    roles = [
        _team_role(pathway, name, added.get(name, []), removed.get(name, []), first.get(name))
        for name in names
        if name not in NEVER_A_SEAT
        and (name in pathway.role_by_discipline or name in added or name in first)
    ]
    return tuple(sorted(roles, key=lambda role: _order(pathway, role)))


def _order(pathway: Pathway, role: TeamRole) -> tuple[int, int, int]:
    urgency = role.see_first.rank + 1 if role.see_first is not None else 0
    return -urgency, pathway.phase_index[role.bring_in_phase], -role.requirement.rank


def _team_role(
    pathway: Pathway,
    discipline: str,
    added: Sequence[tuple[Cause, AddRole]],
    removed: Sequence[Cause],
    order: SeeFirstOrder | None,
) -> TeamRole:
    base = pathway.role_by_discipline.get(discipline) or _new_role(
        pathway, discipline, added, order
    )
    requirement = _requirement(base, [effect for _, effect in added], order)
    phases = [base.bring_in_phase, *(effect.phase for _, effect in added if effect.phase)]
    return TeamRole(
        discipline=discipline,
        state=_state(base, bool(added), bool(removed), order is not None),
        requirement=requirement,
        purpose=base.purpose,
        covers=base.covers,
        min_count=max(base.min_count, 1) if requirement is Requirement.REQUIRED else base.min_count,
        max_count=base.max_count,
        bring_in_phase=min(phases, key=lambda phase: pathway.phase_index[phase]),
        condition=base.condition,
        alternatives=base.alternatives,
        not_before=base.not_before,
        see_first=order.urgency if order else None,
        added_by=tuple(cause for cause, _ in added),
        removed_by=tuple(removed),
    )


def _new_role(
    pathway: Pathway,
    discipline: str,
    added: Sequence[tuple[Cause, AddRole]],
    order: SeeFirstOrder | None,
) -> Role:
    """A role the file does not have, in the words of the first rule that asks for it."""
    causes = [cause for cause, _ in added] or list(order.causes if order else ())
    phases = [effect.phase for _, effect in added if effect.phase]
    return Role(
        discipline=discipline,
        requirement=Requirement.CONDITIONAL,
        purpose=causes[0].reason,
        covers=(),
        min_count=1,
        max_count=1,
        bring_in_phase=phases[0] if phases else pathway.phases[0].id,
    )


def _requirement(base: Role, added: Iterable[AddRole], order: SeeFirstOrder | None) -> Requirement:
    asked = [base.requirement, *(effect.requirement for effect in added)]
    if order is not None:
        asked.append(Requirement.REQUIRED)
    return max(asked, key=lambda item: item.rank)


def _state(base: Role, added: bool, removed: bool, comes_first: bool) -> RoleState:
    if comes_first:
        return RoleState.ASKED
    if removed:
        return RoleState.REMOVED
    if added or base.requirement is not Requirement.CONDITIONAL:
        return RoleState.ASKED
    return RoleState.POSSIBLE


@dataclass(frozen=True, slots=True)
class FactorCover:
    """A factor of the goal: who could cover it, and who of those is there."""

    factor: FactorUse
    roles: tuple[str, ...]
    filled: tuple[str, ...]


def factor_cover(
    pathway: Pathway, outcome: Outcome, filled: Collection[str]
) -> tuple[FactorCover, ...]:
    """Every factor of the goal with the roles that cover it and those among them that are filled.

    ``filled`` holds the disciplines of the filled seats; a seat filled by an alternative counts
    under the discipline of its role. A removed role covers nothing unless its seat is filled.
    """
    there = [
        role
        for role in outcome.roles
        if role.state is not RoleState.REMOVED or role.discipline in filled
    ]
    covers = []
    for factor in pathway.factors:
        roles = tuple(role.discipline for role in there if factor.id in role.covers)
        covers.append(FactorCover(factor, roles, tuple(name for name in roles if name in filled)))
    return tuple(covers)


def uncovered_factors(
    pathway: Pathway, outcome: Outcome, filled: Collection[str]
) -> tuple[FactorUse, ...]:
    """The factors nobody covers yet."""
    return tuple(item.factor for item in factor_cover(pathway, outcome, filled) if not item.filled)
