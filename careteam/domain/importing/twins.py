"""Entries that are likely to be one person's, found without comparing each with each."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from careteam.domain.importing.likeness import similar_pairs
from careteam.domain.importing.values import Known
from careteam.domain.importing.words import are_alike, fold, words_given_first

CROWD = 30
"""More entries than this with one telephone are a practice's, and say nothing of each other."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Two entries, the earlier first, and what speaks for their being one."""

    one: Known
    other: Known
    why: str


def likely_twins(
    known: Iterable[Known], apart: Container[frozenset[str]] = frozenset()
) -> list[Twins]:
    """Pairs with the same e-mail or telephone and names that can be one person's, or the same name
    and no two towns that differ, or similar names (`likeness`); the surest first, each pair once,
    and none of `apart`."""
    entries = list(known)
    found: dict[tuple[str, str], Twins] = {}
    for pairs in (_by_contact(entries), _by_name(entries), _by_likeness(entries)):
        for twins in pairs:
            found.setdefault((twins.one.id, twins.other.id), twins)
    return [twins for pair, twins in found.items() if frozenset(pair) not in apart]


def _by_contact(entries: Iterable[Known]) -> Iterator[Twins]:
    for words, of in (("e-mail", "emails"), ("telephone", "phones")):
        sharing: dict[str, list[Known]] = defaultdict(list)
        for entry in entries:
            for contact in {each.casefold() for each in getattr(entry, of)}:
                sharing[contact].append(entry)
        for crowd in sharing.values():
            if len(crowd) <= CROWD:
                for one, other in _pairs(crowd):
                    if are_alike(one.name, other.name):
                        yield Twins(one, other, f"the same {words}")


def _by_name(entries: Iterable[Known]) -> Iterator[Twins]:
    called: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    for entry in entries:
        called[words_given_first(entry.name)].append(entry)
    for crowd in called.values():
        if len(crowd) <= CROWD:
            for one, other in _pairs(crowd):
                places = [set(map(fold, each.places)) for each in (one, other)]
                if places[0] & places[1]:
                    yield Twins(one, other, "the same name and place")
                elif not all(places):
                    yield Twins(one, other, "the same name")


def _by_likeness(entries: Iterable[Known]) -> Iterator[Twins]:
    for one, other in similar_pairs(entries):
        same = "the same town and discipline" if any(one.places) else "the same discipline, no town"
        yield Twins(one, other, f"similar names, {same}")


def _pairs(entries: list[Known]) -> Iterator[tuple[Known, Known]]:
    for at, one in enumerate(entries):
        for other in entries[at + 1 :]:
            yield one, other


def likely_twins_of(
    id_: str, known: Iterable[Known], apart: Container[frozenset[str]] = frozenset()
) -> list[tuple[Known, str]]:
    """The others who are likely to be this one, each with what speaks for it."""
    return [
        (pair.other if pair.one.id == id_ else pair.one, pair.why)
        for pair in likely_twins(known, apart)
        if id_ in (pair.one.id, pair.other.id)
    ]
