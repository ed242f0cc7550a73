"""How well a candidate fits one seat: parts that add up, each in plain words.

A part costs a share of its weight, from nothing to all of it. What is not known costs the middle,
never nothing and never the worst, and is said. Who refers to whom, and what anybody earns by it,
is not here on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from careteam.domain.matching.words import distance_words
from careteam.domain.wording import (
    count_words,
    list_words,
    said_wait_words,
    seen_words,
    working_hours_words,
)

WHOLE = 1000
"""What a fit costs at most."""
MIDDLE = 0.5
"""The share that an unknown costs: as 25 km, a fee of 100, or a wait of 21 days."""
WORST_KM, WORST_WAIT_DAYS = 50.0, 42
SELDOM = 0.05
"""Chances closer than this to never and to always have words of their own."""
CHEAP, DEAR = 40.0, 160.0
"""Fees that cost nothing and all, in the community's currency."""


class Matter(StrEnum):
    """What a fit is made of."""

    ANSWER = "answer"
    DISTANCE = "distance"
    FEE = "fee"
    LANGUAGE = "language"
    ROOM = "room"


DEFAULTS = {
    Matter.ANSWER: 0.30,
    Matter.DISTANCE: 0.30,
    Matter.FEE: 0.15,
    Matter.LANGUAGE: 0.15,
    Matter.ROOM: 0.10,
}
"""Weights of the reference objective (ALGORITHMS.md section 3.6)."""

Weights = dict[Matter, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a candidate for one seat; None where it is not.

    answers: chance of an answer within 3 working days. acceptance: chance of a yes, given a
    decision. answer_hours: within which half have an answer, in working hours; it is told and costs
    nothing. speaks: a language of the client. takes_new: new clients, as last said. wait_days:
    until somebody is seen, as counted of `wait_n` referrals or else as they say.
    """

    answers: float | None = None
    acceptance: float | None = None
    answer_hours: float | None = None
    distance_km: float | None = None
    fee: float | None = None
    speaks: bool | None = None
    takes_new: bool | None = None
    wait_days: int | None = None
    wait_n: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What the client brings. Without a known place distances count for nobody; without
    `languages` (names) every language is as good."""

    place_known: bool = True
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """`cost` of at most `most`; `known` words say what it rests on, `unknown` what is missing."""

    matter: Matter
    cost: int
    most: int
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether what is known speaks for them."""
        return 2 * self.cost <= self.most

    @property
    def words(self) -> str:
        return list_words([*self.known, *self.unknown])


@dataclass(frozen=True, slots=True)
class Fit:
    parts: tuple[Part, ...]

    @property
    def cost(self) -> int:
        return sum(part.cost for part in self.parts)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(words for part in self.parts for words in part.unknown)


def weights_of(factors: dict[Matter, float] | None = None) -> Weights:
    """Whole weights that sum to 1000: the defaults times what each matter counts for the client.

    Largest remainders (Hamilton) round them. All at nothing means the defaults.
    """
    asked = {matter: DEFAULTS[matter] * (factors or {}).get(matter, 1.0) for matter in Matter}
    total = sum(asked.values())
    if total <= 0:
        return weights_of()
    exact = {matter: WHOLE * weight / total for matter, weight in asked.items()}
    found = {matter: int(weight + 1e-9) for matter, weight in exact.items()}
    by_remainder = sorted(Matter, key=lambda matter: found[matter] - exact[matter])
    for matter in by_remainder[: WHOLE - sum(found.values())]:
        found[matter] += 1
    return found


def fit_of(facts: Facts, wish: Wish, weights: Weights) -> Fit:
    """The fit of one candidate; formulas of ALGORITHMS.md section 3.6, for what is known here."""
    return Fit(
        (
            _answer(facts, weights[Matter.ANSWER]),
            _distance(facts, wish, weights[Matter.DISTANCE]),
            _fee(facts, weights[Matter.FEE]),
            _language(facts, wish, weights[Matter.LANGUAGE]),
            _room(facts, weights[Matter.ROOM]),
        )
    )


def _answer(facts: Facts, most: int) -> Part:
    """Half for an answer within 3 working days, half for a yes."""
    known, unknown = [], []
    if facts.answer_hours is not None:
        known.append(f"usually answers within {working_hours_words(facts.answer_hours)}")
    if facts.answers is None:
        unknown.append("how fast they answer is not known")
    else:
        known.append(f"answers within 3 working days {times_in_ten(facts.answers)}")
    if facts.acceptance is None:
        unknown.append("how often they say yes is not known")
    else:
        known.append(f"says yes {times_in_ten(facts.acceptance)}")
    if len(unknown) == 2:
        unknown = ["how they answer is not known"]
    missed = [MIDDLE if it is None else 1 - it for it in (facts.answers, facts.acceptance)]
    return _part(Matter.ANSWER, sum(missed) / 2, most, known, unknown)


def _distance(facts: Facts, wish: Wish, most: int) -> Part:
    km = facts.distance_km
    if not wish.place_known:
        return Part(Matter.DISTANCE, 0, most)
    if km is None:
        return _part(Matter.DISTANCE, MIDDLE, most, [], ["distance not known"])
    return _part(Matter.DISTANCE, min(1.0, km / WORST_KM), most, [distance_words(km)], [])


def _fee(facts: Facts, most: int) -> Part:
    fee = facts.fee
    if fee is None:
        return _part(Matter.FEE, MIDDLE, most, [], ["fee not known"])
    share = min(1.0, max(0.0, (fee - CHEAP) / (DEAR - CHEAP)))
    words = "public or free" if fee == 0 else f"fee from {fee:g}"
    return _part(Matter.FEE, share, most, [words], [])


def _language(facts: Facts, wish: Wish, most: int) -> Part:
    if not wish.languages:
        return Part(Matter.LANGUAGE, 0, most)
    words = list_words(wish.languages, "or")
    if facts.speaks is None:
        return _part(Matter.LANGUAGE, MIDDLE, most, [], ["languages not known"])
    said = f"speaks {words}" if facts.speaks else f"does not list {words}"
    return _part(Matter.LANGUAGE, float(not facts.speaks), most, [said], [])


def _room(facts: Facts, most: int) -> Part:
    """Half for taking new clients, half for the wait."""
    known, unknown, days = [], [], facts.wait_days
    if facts.takes_new is None:
        unknown.append("not known whether new clients are taken")
    else:
        known.append("takes new clients" if facts.takes_new else "takes no new clients")
    if days is None:
        unknown.append("wait not known")
    elif facts.wait_n:
        known.append(seen_words(days, facts.wait_n))
    else:
        known.append(said_wait_words(days))
    taken = MIDDLE if facts.takes_new is None else float(not facts.takes_new)
    waited = MIDDLE if days is None else min(1.0, max(0, days) / WORST_WAIT_DAYS)
    return _part(Matter.ROOM, (taken + waited) / 2, most, known, unknown)


def _part(matter: Matter, share: float, most: int, known: list[str], unknown: list[str]) -> Part:
    return Part(matter, round(most * share), most, tuple(known), tuple(unknown))


def times_in_ten(chance: float) -> str:
    """'about 8 times in 10', 'nearly always', 'hardly ever'."""
    if not SELDOM <= chance < 1 - SELDOM:
        return "nearly always" if chance >= SELDOM else "hardly ever"
    return f"about {count_words(round(10 * chance), 'time')} in 10"
