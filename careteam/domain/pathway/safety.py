"""The safety of a client over all their goals: the union, the stricter wins.

A hold that one goal asks for holds for everybody who treats this person. ``ClientSafety`` is for
the lead and the client; ``SafetyEffects`` is what every seat gets: effects without their causes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from careteam.domain.pathway.by_hand import LaidByHand, PrecautionKind
from careteam.domain.pathway.outcome import (
    Caution,
    Clearance,
    HiddenMeasure,
    Hold,
    Outcome,
    RaisedFlag,
    Restriction,
    SeeFirstOrder,
)
from careteam.domain.pathway.vocabulary import HoldScope

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FromGoal(Generic[T]):
    """A safety effect and the pathway whose rules asked for it."""

    pathway: str
    item: T


@dataclass(frozen=True, slots=True)
class AwaitedClearance:
    """A phase of a pathway that waits for a written clearance; who gives it is not told here."""

    pathway: str
    before_phase: str


@dataclass(frozen=True, slots=True)
class SafetyEffects:
    """What every seat is shown, with nothing that tells why.

    ``held`` are the scopes that stand, the widest first; their conditions are left out, since
    "until the test is negative" tells the cause. A scope that somebody laid in words of their own
    stands among ``in_words`` alone. ``restricted_classes`` narrows what non-clinical seats may read
    and is not itself for display.
    """

    held: tuple[HoldScope, ...]
    cautions: tuple[str, ...]
    clearances: tuple[AwaitedClearance, ...]
    hidden_measures: tuple[str, ...]
    restricted_classes: frozenset[str]
    is_blocked: bool
    in_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientSafety:
    """Safety effects of all goals with their causes, for the lead and the client only."""

    red_flags: tuple[FromGoal[RaisedFlag], ...]
    see_first: tuple[FromGoal[SeeFirstOrder], ...]
    holds: tuple[FromGoal[Hold], ...]
    cautions: tuple[FromGoal[Caution], ...]
    clearances: tuple[FromGoal[Clearance], ...]
    hidden_measures: tuple[FromGoal[HiddenMeasure], ...]
    restrictions: tuple[FromGoal[Restriction], ...]
    blocked_pathways: tuple[str, ...]
    by_hand: tuple[LaidByHand, ...] = ()

    @property
    def held(self) -> tuple[HoldScope, ...]:
        """Scopes that stand over all goals, the widest first: ``all`` alone, or places."""
        return standing_scopes(self._scopes(self.by_hand))

    def _scopes(self, by_hand: Iterable[LaidByHand]) -> list[HoldScope]:
        laid = [each.scope for each in by_hand if each.kind is PrecautionKind.HOLD]
        return [*(goal.item.scope for goal in self.holds), *laid]

    @property
    def _held_barely(self) -> tuple[HoldScope, ...]:
        """Of what is held, that which no words by hand say already."""
        bare = self._scopes(each for each in self.by_hand if each.is_bare)
        return tuple(scope for scope in self.held if scope in bare)

    @property
    def leads_to_now(self) -> bool:
        """Whether something here is a matter for the telephone today."""
        flags = any(goal.item.leads_to_now for goal in self.red_flags)
        return flags or any(goal.item.leads_to_now for goal in self.see_first)

    def effects_only(self) -> SafetyEffects:
        """The view for every other seat."""
        return SafetyEffects(
            held=self._held_barely,
            in_words=_unique(
                each.words
                for each in self.by_hand
                if each.kind is PrecautionKind.HOLD and not each.is_bare
            ),
            cautions=_unique(
                (
                    *(goal.item.for_others for goal in self.cautions),
                    *(e.words for e in self.by_hand if e.kind is PrecautionKind.CAUTION),
                )
            ),
            clearances=_unique(
                AwaitedClearance(goal.pathway, goal.item.before_phase) for goal in self.clearances
            ),
            hidden_measures=_unique(goal.item.measure for goal in self.hidden_measures),
            restricted_classes=frozenset(g.item.information_class for g in self.restrictions),
            is_blocked=bool(self.blocked_pathways),
        )


def client_safety(outcomes: Iterable[Outcome], by_hand: Iterable[LaidByHand] = ()) -> ClientSafety:
    """The union over the outcomes of all the client's goals, in their order, and what is laid by
    hand.
    """
    given = tuple(outcomes)
    flags = _gather(given, [outcome.red_flags for outcome in given])
    orders = _gather(given, [outcome.see_first for outcome in given])
    holds = _gather(given, [outcome.holds for outcome in given])
    return ClientSafety(
        red_flags=tuple(sorted(flags, key=lambda goal: -goal.item.flag.urgency.rank)),
        see_first=tuple(sorted(orders, key=lambda goal: -goal.item.urgency.rank)),
        holds=tuple(sorted(holds, key=lambda goal: -goal.item.scope.rank)),
        cautions=_gather(given, [outcome.cautions for outcome in given]),
        clearances=_gather(given, [outcome.clearances for outcome in given]),
        hidden_measures=_gather(given, [outcome.hidden_measures for outcome in given]),
        restrictions=_gather(given, [outcome.restrictions for outcome in given]),
        blocked_pathways=tuple(outcome.pathway for outcome in given if outcome.is_blocked),
        by_hand=tuple(by_hand),
    )


def standing_scopes(scopes: Iterable[HoldScope]) -> tuple[HoldScope, ...]:
    """The scopes no other of them contains, the widest first."""
    found = set(scopes) - {HoldScope.NONE}
    if HoldScope.ALL in found:
        return (HoldScope.ALL,)
    return tuple(sorted(found, key=lambda scope: -scope.rank))


def _gather(outcomes: Sequence[Outcome], items: Sequence[tuple[T, ...]]) -> tuple[FromGoal[T], ...]:
    return tuple(
        FromGoal(outcome.pathway, item)
        for outcome, found in zip(outcomes, items, strict=True)
        for item in found
    )


def _unique(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
