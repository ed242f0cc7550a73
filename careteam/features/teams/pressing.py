"""What cannot wait: warning signs and people to see first that nobody has answered yet.

A flag for the telephone is answered by asking again or by having spoken to somebody; anything else
is set aside with a reason. Somebody to see first within days or weeks is answered as well once that
place on the team is referred.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.pathway.outcome import Cause, Outcome, RaisedFlag, SeeFirstOrder
from careteam.domain.pathway.vocabulary import HoldScope, Urgency
from careteam.domain.pathway.words import WITHIN, discipline_words
from careteam.features.pathways.content import load_content
from careteam.features.teams.effects import GoalOutcome, outcomes_of
from careteam.features.teams.led_queries import LedGoal, asked_disciplines, list_led_goals
from careteam.features.teams.models import Seat

FIRST = "first:"
"""Before a discipline: the key of "see this one first" where a sign has its flag's id."""
LEAST = Urgency.URGENT
"""Flags below this wait for the work to start, not for anybody today."""
Asked = Collection[tuple[UUID, str]]
Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pressing:
    """One thing of one goal. `key` opens it in Now; `flag` is the flag to answer, '' where setting
    `effects` aside is the answer. Nothing here but `first` tells whom or why.
    """

    goal_id: UUID
    key: str
    urgency: Urgency
    flag: str = ""
    effects: tuple[Named, ...] = ()
    first: str = ""

    @property
    def is_for_telephone(self) -> bool:
        return self.urgency.is_telephone_matter

    @property
    def named(self) -> str:
        """The effects as the address of setting them aside names them."""
        return " ".join(f"{rule}|{effect}" for rule, effect in self.effects)

    @property
    def words(self) -> str:
        """The effect without its cause: who comes first can itself tell why."""
        if self.is_sign:
            return "A warning sign is not answered."
        return f"Somebody has to be seen first, {WITHIN[self.urgency]}."

    @property
    def is_sign(self) -> bool:
        return not self.key.startswith(FIRST)

    @property
    def comes_first(self) -> str:
        """For the lead, after the word "First"."""
        how = ", by telephone" if self.is_for_telephone else ""
        if self.is_sign:
            sign = "emergency" if self.urgency is Urgency.EMERGENCY else "warning sign"
            return f"the {sign}, {WITHIN[self.urgency]}{how}."
        return f"the {self.first}, {WITHIN[self.urgency]}{how}."


@dataclass(frozen=True, slots=True)
class FirstSign:
    """Somebody to be seen first, in the shape of a red flag, for script and note."""

    id: str
    sign: str
    urgency: Urgency
    action: str
    hold_manual_therapy: HoldScope = HoldScope.NONE


@dataclass(frozen=True, slots=True)
class Led:
    """A goal of a client one keeps, with what the rules make of it; None without a pathway."""

    goal: LedGoal
    found: GoalOutcome | None
    pressing: tuple[Pressing, ...]


def led_goals(actor: Actor, client_ids: Collection[UUID] | None = None) -> list[Led]:
    """Every goal that stands of the clients the actor keeps, or of these. Four statements."""
    goals = [
        goal for goal in list_led_goals(actor) if client_ids is None or goal.client_id in client_ids
    ]
    outcomes = {found.goal.id: found for found in outcomes_of([goal.facts for goal in goals])}
    asked = asked_disciplines(outcomes) if outcomes else set()
    return [
        Led(goal, found, pressing(found, asked) if found else ())
        for goal in goals
        for found in (outcomes.get(goal.id),)
    ]


def pressing(found: GoalOutcome, asked: Asked = ()) -> tuple[Pressing, ...]:
    """What of the goal is open, the most urgent first."""
    flags = [
        _sign(found, raised)
        for raised in found.outcome.red_flags
        if _is_open(raised) and not _is_referred(found, raised, asked)
    ]
    firsts = [
        _first(found, order)
        for order in found.outcome.see_first
        if _bare(found.outcome, order)
        and (order.leads_to_now or (found.goal.id, order.discipline) not in asked)
    ]
    return tuple(sorted([*flags, *firsts], key=lambda item: -item.urgency.rank))


def first_of(found: GoalOutcome | None) -> Pressing | None:
    """What is for the telephone today: until it is answered, no names are offered for this goal."""
    open_now = pressing(found) if found is not None else ()
    return open_now[0] if open_now and open_now[0].is_for_telephone else None


def is_seat_for_telephone(found: GoalOutcome | None, seat: Seat) -> bool:
    """Whether the rules send the client to this discipline today, answered or not."""
    return found is not None and any(
        order.leads_to_now and order.discipline == seat.discipline
        for order in found.outcome.see_first
    )


def find_pressing(found: GoalOutcome | None, key: str) -> Pressing | None:
    open_now = pressing(found) if found is not None else ()
    return next((item for item in open_now if item.key == key), None)


def first_sign(found: GoalOutcome, key: str) -> FirstSign | None:
    """The sign that a `first:` key names, while the rules ask for it."""
    discipline = key.removeprefix(FIRST)
    order = next((each for each in found.outcome.see_first if each.discipline == discipline), None)
    if order is None or not key.startswith(FIRST):
        return None
    rules = [found.pathway.rule_by_id[cause.rule] for cause in order.causes]
    who = discipline_words(load_content(), discipline)
    reasons = " ".join(dict.fromkeys(cause.reason for cause in order.causes if cause.reason))
    return FirstSign(
        id=key,
        sign=rules[0].why.rstrip("."),
        urgency=order.urgency,
        action=f"First the {who}, {WITHIN[order.urgency]}. {reasons}".rstrip(),
    )


def _is_open(raised: RaisedFlag) -> bool:
    return raised.is_active and raised.flag.urgency.rank >= LEAST.rank


def _is_referred(found: GoalOutcome, raised: RaisedFlag, asked: Asked) -> bool:
    """Whether whoever such a sign sends the client to was asked; a call no letter replaces."""
    if raised.flag.urgency.is_telephone_matter:
        return False
    rules = _rules(raised.causes)
    whom = {
        (found.goal.id, order.discipline)
        for order in found.outcome.see_first
        if rules & _rules(order.causes)
    }
    return bool(whom) and whom <= set(asked)


def _bare(outcome: Outcome, order: SeeFirstOrder) -> bool:
    """Whether a rule asks for it without a flag of its own, which would be answered instead."""
    flagged: set[str] = set()
    for raised in outcome.red_flags:
        if _is_open(raised) or not raised.is_active:
            flagged |= _rules(raised.causes)
    return not _rules(order.causes) <= flagged


def _rules(causes: Collection[Cause]) -> set[str]:
    return {cause.rule for cause in causes}


def _sign(found: GoalOutcome, raised: RaisedFlag) -> Pressing:
    is_answered_in_words = raised.flag.urgency.is_telephone_matter
    return Pressing(
        found.goal.id,
        raised.flag.id,
        raised.flag.urgency,
        flag=raised.flag.id if is_answered_in_words else "",
        effects=_named(raised.causes),
    )


def _first(found: GoalOutcome, order: SeeFirstOrder) -> Pressing:
    return Pressing(
        found.goal.id,
        FIRST + order.discipline,
        order.urgency,
        effects=_named(order.causes),
        first=discipline_words(load_content(), order.discipline),
    )


def _named(causes: Collection[Cause]) -> tuple[Named, ...]:
    return tuple((cause.rule, cause.effect) for cause in causes)
