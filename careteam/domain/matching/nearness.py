"""Names for somebody who will go there herself: near ones first, further ones only for want of two.

The plain order lets "takes new clients" count before distance. That is right for a seat, which a
lead looks through with care; of two names given away at the counter, one at the other end of the
country is no name.
"""

from collections.abc import Iterable, Sequence

from careteam.domain.matching.values import Accepting, Ranked
from careteam.domain.matching.words import distance_words

NEAR_KM = 50.0
"""About an hour's way, the furthest that counts as near (own choice)."""
ENOUGH_NEAR = 2


def is_near(ranked: Ranked) -> bool:
    """Whether the distance is known and at most `NEAR_KM`."""
    km = ranked.candidate.distance_km
    return km is not None and km <= NEAR_KM


def near_first(ranked: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Near ones, then the others, each in the order they came in; the full ones last, as before."""
    return tuple(
        sorted(ranked, key=lambda each: (each.accepting is Accepting.NO, not is_near(each)))
    )


def nearness_words(each: Ranked, ranked: Sequence[Ranked]) -> str:
    """'4 km away'; of one further off, why it is named all the same. '' where that is not known.

    `ranked` are all that could be named; only those with room count as near enough to do without
    further ones.
    """
    km = each.candidate.distance_km
    if km is None:
        return ""
    near = sum(is_near(other) and other.accepting is not Accepting.NO for other in ranked)
    if is_near(each) or near >= ENOUGH_NEAR:
        return distance_words(km)
    few = "nobody" if near == 0 else "only one person"
    return f"{distance_words(km)}, as {few} within {NEAR_KM:.0f} km can be named"
