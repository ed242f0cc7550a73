"""Names spelt almost the same: entries that are perhaps one person's, for somebody to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import JaroWinkler

from careteam.domain.importing.values import Draft, Known, Outcome
from careteam.domain.importing.words import are_alike_in_words, fold, words_given_first

LEAST = 0.88
"""Of two words, by Jaro and Winkler (own choice): "Jon" and "John" pass, "Joan" and "John" not."""
LEAST_WITHOUT_TOWN = 0.93
"""Where neither says a town (own choice): "Jon" and "John" pass, "Meyer" and "Mayer" not."""
SHORTEST = 3
"""Letters of a word that may be spelt otherwise; "Li" and "Lu" are two names."""
NEIGHBOURS = 50
"""With how many each is compared, in the order of names, where many share a town, a discipline and
a name (the sorted neighbourhood of Hernandez and Stolfo, 1995): the cost stays that of a list."""
NEIGHBOURS_WITHOUT_TOWN = 15
"""Names that must be nearly equal stand nearer to each other."""
MOST_NOTES = 5
"""On one row; a name that is like more than these says nothing."""
_GENERATIONS = frozenset("jr jnr junior sr snr senior ii iii".split())
_SPELT_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Person:
    at: int
    """The place in the order given."""
    known: Known
    words: tuple[str, ...]
    generation: frozenset[str]
    practices: frozenset[str]


def similar_pairs(
    known: Iterable[Known], asked: Collection[str] | None = None
) -> Iterator[tuple[Known, Known]]:
    """Pairs with names that can be one person's, a town and a discipline in common, and no two
    practices that differ; the earlier first, each pair once. Where neither says a town, their names
    must be more alike, and initials are not enough.

    Given and last name must both be alike and one of them equal, so only those who share a name
    in one town and discipline are compared. With `asked` only pairs of which one has such an id.
    """
    seen, among = set[tuple[int, int]](), None if asked is None else frozenset(asked)
    for (place_name, _, _), crowd in _blocks(list(known), among).items():
        are_similar = _are_similar if place_name else _are_nearly_equal
        reach = NEIGHBOURS if place_name else NEIGHBOURS_WITHOUT_TOWN
        crowd.sort(key=lambda each: (each.words, each.at))
        for place, one in enumerate(crowd):
            for other in crowd[place + 1 : place + 1 + reach]:
                if among is not None and among.isdisjoint((one.known.id, other.known.id)):
                    continue
                first, second = sorted((one, other), key=lambda each: each.at)
                if (first.at, second.at) not in seen and are_similar(one, other):
                    seen.add((first.at, second.at))
                    yield first.known, second.known


def _blocks(known: list[Known], asked: frozenset[str] | None) -> dict[_Key, list[_Person]]:
    """Everybody by town, discipline and each of given and last name; where some are asked about,
    only the towns and disciplines of those."""
    wanted = {
        pair for each in known if asked is not None and each.id in asked for pair in _where(each)
    }
    blocks: dict[_Key, list[_Person]] = defaultdict(list)
    for at, each in enumerate(known):
        where = _where(each) if asked is None else _where(each) & wanted
        if where and len((person := _person(at, each)).words) > 1:
            for place, discipline in where:
                for word in {person.words[0], person.words[-1]}:
                    blocks[place, discipline, word].append(person)
    return blocks


def _where(known: Known) -> set[tuple[str, str]]:
    """Towns and disciplines; whoever says no town is nowhere together with the others."""
    places = {fold(place) for place in known.places} - {""} or {""}
    return {(place, discipline) for place in places for discipline in known.disciplines}


def _person(at: int, known: Known) -> _Person:
    return _Person(
        at,
        known,
        plain_words(known.name),
        _GENERATIONS & set(fold(known.name).split()[1:]),
        frozenset(map(fold, known.practices)) - {""},
    )


def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name by which it is compared: given names first, without generations."""
    words = words_given_first(name)
    return tuple(_plain(word) for word in words if word not in _GENERATIONS)


def _plain(word: str) -> str:
    """Without the letters that stand for an accent, as in Mueller."""
    for pair, letter in _SPELT_OUT:
        word = word.replace(pair, letter)
    return word


def _are_similar(one: _Person, other: _Person) -> bool:
    a, b = one.words, other.words
    is_like = are_alike_in_words(a, b) or (
        _is_spelt_alike(a[0], b[0]) and _is_spelt_alike(a[-1], b[-1])
    )
    return is_like and not _differ_otherwise(one, other)


def _are_nearly_equal(one: _Person, other: _Person) -> bool:
    a, b, least = one.words, other.words, LEAST_WITHOUT_TOWN
    is_like = _is_spelt_alike(a[0], b[0], least) and _is_spelt_alike(a[-1], b[-1], least)
    return is_like and not _differ_otherwise(one, other)


def _differ_otherwise(one: _Person, other: _Person) -> bool:
    """Whether generation or practice say that they are two."""
    if one.generation != other.generation:
        return True
    return bool(one.practices and other.practices and not one.practices & other.practices)


def _is_spelt_alike(one: str, other: str, least: float = LEAST) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST:
        return False
    return bool(JaroWinkler.similarity(one, other, score_cutoff=least))


def with_similar(drafts: Iterable[Draft], known: Iterable[Known]) -> tuple[Draft, ...]:
    """New rows say who in the directory or in an earlier row has a name like theirs; none of them
    becomes anything else by that."""
    rows = list(drafts)
    new = {f"row {row.row}": row for row in rows if row.outcome is Outcome.NEW}
    everybody = [*known, *(_as_known(id_, row) for id_, row in new.items())]
    notes: dict[int, list[str]] = defaultdict(list)
    for one, other in similar_pairs(everybody, new.keys()):
        if not any(one.places) and fold(one.name) == fold(other.name):
            continue  # namesakes without a town are named by `sameness` already
        if len(notes[new[other.id].row]) == MOST_NOTES:
            continue
        where = f"in {one.id}" if one.id in new else "in the directory"
        words = f"Perhaps the same as {one.name} {where}: {_like(one)}"
        notes[new[other.id].row].append(words)
    return tuple(
        replace(row, notes=(*row.notes, *notes[row.row]), is_perhaps_same=True)
        if row.row in notes
        else row
        for row in rows
    )


def _like(one: Known) -> str:
    same = "town and discipline" if any(one.places) else "discipline, and no town"
    return f"similar names, same {same}"


def _as_known(id_: str, row: Draft) -> Known:
    return Known(
        id_, row.name, places=(row.place,), practices=(row.practice,), disciplines=row.disciplines
    )
