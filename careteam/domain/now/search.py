"""From what is seen or said to the red flags it may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from careteam.domain.now.concepts import CONCEPTS, Concept
from careteam.domain.now.values import RedFlag
from careteam.domain.now.words import begins, corrected, plain_words, telling_words

_MOST_RELATED = 6
# The share of a sign's telling words that has to be said before it counts as related.
_LEAST_SHARE = 0.34
# The share of a sign that has to be said, in two words at least, for a sure match.
_SURE_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class FlagMatch:
    """One thing it may be: the flag to act on, and other wordings of the same thing.

    `flag` is the strictest of them and, of equal ones, the one that the concept names first.
    `because` holds the words that led here. `score` orders matches of one urgency.
    """

    flag: RedFlag
    others: tuple[RedFlag, ...]
    label: str
    because: tuple[str, ...]
    score: float

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of every flag of this match, the one to act on first."""
        return (self.flag.id, *(flag.id for flag in self.others))


@dataclass(frozen=True, slots=True)
class FlagSearch:
    """The answer to a search: sure matches by urgency, then flags that share words with it."""

    said: str
    matches: tuple[FlagMatch, ...]
    related: tuple[FlagMatch, ...]

    @property
    def related_first(self) -> bool:
        """Return whether a sign that only shares words is the more urgent one."""
        return bool(self.matches and self.related) and (
            self.related[0].flag.urgency.rank > self.matches[0].flag.urgency.rank
        )

    @property
    def nothing_matched(self) -> bool:
        """Return whether there is only general advice to give."""
        return not self.matches and not self.related


def find_flags(said: str, flags: Iterable[RedFlag]) -> FlagSearch:
    """Return what the words may be: emergency first, then same day, then the rest.

    A denial is not understood on purpose ("no chest pain" finds chest pain): a flag too many
    costs a glance, a flag too few may cost more. Flags with equal id and sign count once. No
    text raises.
    """
    offered = _distinct(flags)
    words = corrected(plain_words(said), _vocabulary())
    matches = [match for concept in CONCEPTS if (match := _matched(concept, words, offered))]
    named = {id_ for match in matches for id_ in match.ids}
    telling = frozenset(telling_words(said))
    worded = [
        match for flag in offered if flag.id not in named and (match := _by_wording(flag, telling))
    ]
    sure = [match for match in worded if match.score >= 1]
    related = sorted((match for match in worded if match.score < 1), key=_order)
    matches = sorted([*matches, *sure], key=_order)
    return FlagSearch(said, _each_once(matches), _each_once(related)[:_MOST_RELATED])


def _order(match: FlagMatch) -> tuple[int, float, str]:
    return (-match.flag.urgency.rank, -match.score, match.flag.id)


def _distinct(flags: Iterable[RedFlag]) -> tuple[RedFlag, ...]:
    return tuple({(flag.id, flag.sign, flag.urgency): flag for flag in flags}.values())


def _matched(
    concept: Concept, words: frozenset[str], offered: Sequence[RedFlag]
) -> FlagMatch | None:
    """Return the concept's match: its patterns that are met count by their groups."""
    met = [found for groups in _groups(concept) if (found := _met(groups, words))]
    meant = [flag for flag in offered if flag.id in concept.flags]
    if not met or not meant:
        return None
    meant.sort(key=lambda flag: (-flag.urgency.rank, concept.flags.index(flag.id)))
    because = tuple(dict.fromkeys(word for found in met for word in found))
    score = max(map(len, met)) + 0.1 * len(met)
    return FlagMatch(meant[0], tuple(meant[1:]), concept.label, because, score)


def _met(groups: tuple[tuple[str, ...], ...], words: frozenset[str]) -> tuple[str, ...]:
    """Return one word for each group, or nothing when a group has none."""
    found = []
    for stems in groups:
        word = next((w for w in sorted(words) if any(begins(w, stem) for stem in stems)), None)
        if word is None:
            return ()
        found.append(word)
    return tuple(found)


def _by_wording(flag: RedFlag, words: frozenset[str]) -> FlagMatch | None:
    """Return the flag when its own sign was said in part; the score is 1 when nearly whole."""
    sign = tuple(dict.fromkeys(telling_words(flag.sign)))
    if not sign or not words:
        return None
    shared = tuple(word for word in sorted(words) if any(_kin(word, other) for other in sign))
    share = len(shared) / min(len(words), len(sign))
    if share < _LEAST_SHARE:
        return None
    is_sure = len(shared) >= max(2, _SURE_SHARE * len(sign))
    return FlagMatch(flag, (), flag.sign, shared, 1.0 if is_sure else share / 2)


def _kin(one: str, other: str) -> bool:
    """Return whether two words begin alike: equal, or the same first five letters."""
    return one == other or (len(one) >= 5 and len(other) >= 5 and one[:5] == other[:5])


def _each_once(matches: Sequence[FlagMatch]) -> tuple[FlagMatch, ...]:
    """Return the matches without one whose flags all stand in an earlier match."""
    seen: set[str] = set()
    kept = []
    for match in matches:
        if not seen.issuperset(match.ids):
            kept.append(match)
        seen.update(match.ids)
    return tuple(kept)


@lru_cache(maxsize=256)
def _groups(concept: Concept) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(
        tuple(tuple(group.split("|")) for group in pattern.split()) for pattern in concept.patterns
    )


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset(
        stem
        for concept in CONCEPTS
        for pattern in _groups(concept)
        for stems in pattern
        for stem in stems
    )
