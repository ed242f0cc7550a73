"""The words of the rules. Each is a pair of twins: a check of one row, a clause for a list.

A predicate may be joined with `|` and `&`. The agreement test builds small worlds and compares the
twins for every model, persona and permission, so a change to one without the other is found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.sql.elements import False_

from careteam.access.actor import Actor, Kind
from careteam.access.reach import Reach, Role, Standing
from careteam.kit.listed import among

Check = Callable[[Actor, Any, Reach], bool]
Clause = Callable[[Actor, Any, Reach], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Predicate:
    """`row` is None for permissions that concern no row; then only actor predicates hold."""

    check: Check
    clause: Clause

    def __or__(self, other: Predicate) -> Predicate:
        return Predicate(
            lambda actor, row, reach: (
                self.check(actor, row, reach) or other.check(actor, row, reach)
            ),
            lambda actor, model, reach: _either(
                self.clause(actor, model, reach), other.clause(actor, model, reach)
            ),
        )

    def __and__(self, other: Predicate) -> Predicate:
        return Predicate(
            lambda actor, row, reach: (
                self.check(actor, row, reach) and other.check(actor, row, reach)
            ),
            lambda actor, model, reach: _both(
                self.clause(actor, model, reach), other.clause(actor, model, reach)
            ),
        )


def _either(one: ColumnElement[bool], other: ColumnElement[bool]) -> ColumnElement[bool]:
    """What never holds is left out: SQLite uses no index for `x = ? OR 0 = 1`."""
    if isinstance(one, False_):
        return other
    return one if isinstance(other, False_) else or_(one, other)


def _both(one: ColumnElement[bool], other: ColumnElement[bool]) -> ColumnElement[bool]:
    """What never holds is said plainly, so that `_either` knows it."""
    if isinstance(one, False_) or isinstance(other, False_):
        return false()
    return and_(one, other)


def about_actor(holds: Callable[[Actor], bool]) -> Predicate:
    return Predicate(
        lambda actor, row, reach: holds(actor),
        lambda actor, model, reach: true() if holds(actor) else false(),
    )


def column_is_actor(column: str, identity: str, kind: Kind = Kind.MEMBER) -> Predicate:
    """The row's `column` names the `identity` (such as practitioner_id) of an actor of this kind.

    A link acts for a practitioner without being one who signed in: the kind keeps them apart.
    """

    def check(actor: Actor, row: Any, reach: Reach) -> bool:
        mine = getattr(actor, identity) if actor.kind is kind else None
        return mine is not None and row is not None and getattr(row, column, None) == mine

    def clause(actor: Actor, model: Any, reach: Reach) -> ColumnElement[bool]:
        mine = getattr(actor, identity) if actor.kind is kind else None
        return false() if mine is None else getattr(model, column) == mine

    return Predicate(check, clause)


def column_equals(column: str, value: object) -> Predicate:
    def clause(actor: Actor, model: Any, reach: Reach) -> ColumnElement[bool]:
        attribute: ColumnElement[Any] = getattr(model, column)
        return attribute.is_(None) if value is None else attribute == value

    return Predicate(
        lambda actor, row, reach: row is not None and getattr(row, column) == value, clause
    )


def column_differs(column: str, value: object) -> Predicate:
    return Predicate(
        lambda actor, row, reach: row is not None and getattr(row, column) != value,
        lambda actor, model, reach: getattr(model, column) != value,
    )


MEMBER = about_actor(lambda actor: actor.kind is Kind.MEMBER)
PRACTISING_MEMBER = about_actor(
    lambda actor: actor.kind is Kind.MEMBER and actor.practitioner_id is not None
)
CONFIRMED = about_actor(lambda actor: actor.is_confirmed)
"""The browser behind a link has shown the one-time code."""
NOT_THE_CLIENT = about_actor(lambda actor: actor.kind is not Kind.CLIENT)
"""For what the practitioners write among themselves."""
STEWARD = about_actor(lambda actor: actor.kind is Kind.MEMBER and actor.is_steward)


def _client_id(row: Any) -> Any:
    return getattr(row, "client_id", None)


def _lead_check(actor: Actor, row: Any, reach: Reach) -> bool:
    standing = reach.standing(_client_id(row))
    return standing is not None and standing.role is Role.LEAD


def _lead_clause(actor: Actor, model: Any, reach: Reach) -> ColumnElement[bool]:
    led = [standing.client_id for standing in reach.with_role(Role.LEAD)]
    within_led: ColumnElement[bool] = among(model.client_id, led) if led else false()
    return within_led


LEAD = Predicate(_lead_check, _lead_clause)
"""The actor keeps this client's record, or stands in for whoever does."""


def _keeper_check(actor: Actor, row: Any, reach: Reach) -> bool:
    standing = reach.standing(_client_id(row))
    return standing is not None and standing.role is Role.LEAD and not standing.stands_in


def _keeper_clause(actor: Actor, model: Any, reach: Reach) -> ColumnElement[bool]:
    kept = [led.client_id for led in reach.with_role(Role.LEAD) if not led.stands_in]
    within_kept: ColumnElement[bool] = among(model.client_id, kept) if kept else false()
    return within_kept


KEEPER = Predicate(_keeper_check, _keeper_clause)
"""The actor keeps this client's record: what nobody who stands in may decide."""


def _self_check(actor: Actor, row: Any, reach: Reach) -> bool:
    return actor.kind is Kind.CLIENT and actor.client_id == _client_id(row) is not None


def _self_clause(actor: Actor, model: Any, reach: Reach) -> ColumnElement[bool]:
    if actor.kind is not Kind.CLIENT or actor.client_id is None:
        return false()
    own: ColumnElement[bool] = model.client_id == actor.client_id
    return own


SELF = Predicate(_self_check, _self_clause)
"""The actor is this client."""


def _written_by(actor: Actor, row: Any) -> bool:
    return actor.practitioner_id is not None and row.author_id == actor.practitioner_id


def _shown(actor: Actor, row: Any, standing: Standing) -> bool:
    if standing.role is Role.LEAD and row.author_id is None:
        return True
    return row.information_class in standing.full or _written_by(actor, row)


def _hidden_seat(row: Any) -> Any:
    column = getattr(row, "SEAT_COLUMN", None)
    return getattr(row, column) if column else None


def _record_check(actor: Actor, row: Any, reach: Reach) -> bool:
    if row is None:
        return False
    standing = reach.standing(_client_id(row))
    if standing is None:
        return False
    return (
        standing.includes_goal(getattr(row, "goal_id", None))
        and _hidden_seat(row) not in standing.hidden_seat_ids
        and (standing.role is Role.SELF or _shown(actor, row, standing))
    )


def _record_clause(actor: Actor, model: Any, reach: Reach) -> ColumnElement[bool]:
    """One clause for all clients led (they differ in nothing), one for each seat held."""
    clauses: list[ColumnElement[bool]] = []
    led = reach.with_role(Role.LEAD)
    if led:
        shown = [model.author_id.is_(None), among(model.information_class, sorted(led[0].full))]
        if actor.practitioner_id is not None:
            shown.append(model.author_id == actor.practitioner_id)
        clauses.append(and_(among(model.client_id, [each.client_id for each in led]), or_(*shown)))
    clauses += [_seat_clause(actor, model, held) for held in reach.with_role(Role.SEAT)]
    clauses += [model.client_id == own.client_id for own in reach.with_role(Role.SELF)]
    return or_(*clauses) if clauses else false()


def _seat_clause(actor: Actor, model: Any, standing: Standing) -> ColumnElement[bool]:
    shown = [among(model.information_class, sorted(standing.full))]
    if actor.practitioner_id is not None:
        shown.append(model.author_id == actor.practitioner_id)
    conditions = [model.client_id == standing.client_id, or_(*shown)]
    if standing.goal_ids is not None and hasattr(model, "goal_id"):
        conditions.append(or_(model.goal_id.is_(None), model.goal_id.in_(standing.goal_ids)))
    column = getattr(model, "SEAT_COLUMN", None)
    if column and standing.hidden_seat_ids:
        seat = getattr(model, column)
        conditions.append(or_(seat.is_(None), seat.not_in(standing.hidden_seat_ids)))
    return and_(*conditions)


RECORD = Predicate(_record_check, _record_clause)
"""A row about a client that the actor's standing shows: by goal, information class and author."""


def _own_seat_check(actor: Actor, row: Any, reach: Reach) -> bool:
    standing = reach.standing(_client_id(row))
    seat = _hidden_seat(row)
    return standing is not None and seat is not None and seat in standing.seat_ids


def _own_seat_clause(actor: Actor, model: Any, reach: Reach) -> ColumnElement[bool]:
    column = getattr(model, "SEAT_COLUMN", None)
    seats = [seat for standing in reach.standings.values() for seat in standing.seat_ids]
    return getattr(model, column).in_(seats) if column and seats else false()


OWN_SEAT = Predicate(_own_seat_check, _own_seat_clause)
"""The row belongs to a seat the actor fills."""
