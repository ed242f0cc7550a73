"""One candidate instead of another: what would be gained and what lost, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from careteam.domain.suggestion.fit import Facts, Wish
from careteam.domain.wording import count_words, list_words

LEAST_KM, LEAST_FEE, LEAST_DAYS, LEAST_CHANCE = 1.0, 1.0, 1, 0.1
"""Smaller differences are not worth a word."""


@dataclass(frozen=True, slots=True)
class Difference:
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def difference(first: Facts, other: Facts, wish: Wish) -> Difference:
    """What `other` has over `first` and lacks beside it, in the order of the parts of a fit.

    What is not known of `other` is no difference: the fit of `other` says it. Knowing what was not
    known of `first` is one.
    """
    said = list(_said(first, other, wish))
    return Difference(
        tuple(words for is_better, words in said if is_better),
        tuple(words for is_better, words in said if not is_better),
    )


def _said(first: Facts, other: Facts, wish: Wish) -> Iterator[tuple[bool, str]]:
    yield from _chances(first, other)
    if wish.place_known:
        yield from _amounts(
            first.distance_km, other.distance_km, LEAST_KM, "nearer", "further", "km", "distance"
        )
    yield from _amounts(first.fee, other.fee, LEAST_FEE, "less", "more", "", "fee")
    if wish.languages and other.speaks is not None and first.speaks != other.speaks:
        words = list_words(wish.languages, "or")
        yield other.speaks, f"speaks {words}" if other.speaks else f"does not list {words}"
    if other.takes_new is not None and first.takes_new != other.takes_new:
        said = "takes new clients" if other.takes_new else "takes no new clients"
        yield other.takes_new, said
    for is_better, words in _amounts(
        first.wait_days, other.wait_days, LEAST_DAYS, "less", "more", "day", "wait"
    ):
        yield is_better, f"{words}{_by_whom(first, other)}"


def _by_whom(first: Facts, other: Facts) -> str:
    """Where of one the wait was counted and the other only says it, the two are no like figures."""
    if first.wait_days is None or bool(first.wait_n) == bool(other.wait_n):
        return ""
    return " by what was counted" if other.wait_n else " by what they say"


def _chances(first: Facts, other: Facts) -> Iterator[tuple[bool, str]]:
    for one, two, words in (
        (first.answers, other.answers, "answer within 3 working days"),
        (first.acceptance, other.acceptance, "say yes"),
    ):
        if two is None:
            continue
        if one is None:
            yield True, f"known how likely to {words}"
        elif abs(two - one) >= LEAST_CHANCE:
            is_more = two > one
            yield is_more, f"{'more' if is_more else 'less'} likely to {words}"


def _amounts(
    one: float | None, two: float | None, least: float, less: str, more: str, unit: str, what: str
) -> Iterator[tuple[bool, str]]:
    """Of amounts that are better when smaller: '12 km nearer', 'fee 20 less', 'wait 1 day more'."""
    if two is None:
        return
    if one is None:
        yield True, f"{what} known"
    elif abs(two - one) >= least:
        number = round(abs(two - one))
        amount = count_words(number, "day") if unit == "day" else f"{number} {unit}".strip()
        said = f"{amount} {less if two < one else more}"
        yield two < one, said if unit == "km" else f"{what} {said}"
