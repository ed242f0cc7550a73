"""Discipline words to catalogue ids."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from careteam.domain.importing.synonyms import GUESSED, SYNONYMS, UNSURE
from careteam.domain.importing.words import fold

_BETWEEN = re.compile(r"[,;/|\n\t+]|\s(?:&|and|und|et|en|y)\s", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_LONGEST = 500
_MOST_WORDS = 12
# Words that say how, where or how well somebody does it; alone they are no discipline.
_QUALIFIERS = frozenset(
    "registered chartered senior lead principal clinical certified licensed accredited qualified"
    " private nhs independent specialist consultant advanced experienced local sports sport msk"
    " musculoskeletal paediatric pediatric adult staatlich anerkannt diplome agree erkend titulado"
    " practitioner therapist the a an our my bsc msc hons phd".split()
)

# Words that tell a practice from a person.
_PLACES = frozenset(
    "surgery clinic clinics centre center practice works rooms hospital studio house team service"
    " services department group hub plus first direct associates partners company ltd and at in of"
    " for the near on praxis zentrum klinik cabinet centro".split()
)


@dataclass(frozen=True, slots=True)
class Unsure:
    """A word that may mean several disciplines: the person who brings the list chooses."""

    word: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisciplineReading:
    """Ids in the order typed; `guessed` pairs a word with the id it was taken for."""

    ids: tuple[str, ...] = ()
    guessed: tuple[tuple[str, str], ...] = ()
    unsure: tuple[Unsure, ...] = ()
    unknown: tuple[str, ...] = ()


def read_disciplines(
    typed: str, catalogue: Mapping[str, str], choices: Mapping[str, str] | None = None
) -> DisciplineReading:
    """Read the disciplines in a cell.

    `catalogue` maps ids to labels; ids outside it are never given. `choices` maps words that
    somebody already decided on (as typed, any case) to ids, and comes before all else.
    """
    words, chosen, both = _words_to_read(
        tuple(catalogue.items()), tuple(choices.items()) if choices else ()
    )
    ids: dict[str, None] = {}
    guessed: list[tuple[str, str]] = []
    unsure: list[Unsure] = []
    unknown: list[str] = []
    for piece in _pieces(typed[:_LONGEST], both):
        folded = fold(piece)
        found = [chosen[folded]] if folded in chosen else _known_inside(folded, words)
        guess = GUESSED.get(folded, "")
        candidates = tuple(id_ for id_ in UNSURE.get(folded, ()) if id_ in catalogue)
        if found:
            ids |= dict.fromkeys(found)
        elif guess in catalogue:
            ids[guess] = None
            guessed.append((piece, guess))
        elif candidates:
            unsure.append(Unsure(piece, candidates))
        else:
            unknown.append(piece)
    return DisciplineReading(tuple(ids), tuple(guessed), tuple(unsure), tuple(unknown))


@lru_cache(maxsize=8)
def _words_to_read(
    catalogue: tuple[tuple[str, str], ...], choices: tuple[tuple[str, str], ...]
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The catalogue's words, those that somebody decided on, and both: the same for every row."""
    ids, words = {id_ for id_, _ in catalogue}, discipline_words(catalogue)
    chosen = {fold(word): id_ for word, id_ in choices if id_ in ids}
    return words, chosen, words | chosen


@lru_cache(maxsize=8)
def discipline_words(catalogue: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return every word and phrase, folded, with its id; labels give theirs at "/" and "(".

    A word of the synonym table stays with its discipline; a label adds what is not taken.
    """
    ids = {id_ for id_, _ in catalogue}
    words = {
        phrase: id_
        for id_, phrases in SYNONYMS.items()
        if id_ in ids
        for phrase in phrases.split("|")
    }
    for id_, label in catalogue:
        for phrase in (id_, label, *_ASIDE.sub("", label).split("/")):
            words.setdefault(fold(phrase), id_)
    words.pop("", None)
    return words


def split_name(name: str, catalogue: Mapping[str, str]) -> tuple[str, str, str]:
    """Split "Anna Example physio York" at the longest discipline that follows a name.

    Returns name, discipline and the rest; the last two are empty when none is found. Where none
    follows, one that leads is taken off a person ("physio Anna Example") and left in the name of
    a place ("Physio Rooms York").
    """
    words = discipline_words(tuple(catalogue.items()))
    parts = name.split()[:_MOST_WORDS]
    for length in range(min(4, len(parts) - 1), 0, -1):
        for start in range(1, len(parts) - length + 1):
            phrase = " ".join(parts[start : start + length])
            if fold(phrase) in words:
                rest = " ".join(parts[start + length :])
                return " ".join(parts[:start]), phrase, rest
    for length in range(min(4, len(parts) - 1), 0, -1):
        phrase, rest = " ".join(parts[:length]), " ".join(parts[length:])
        if fold(phrase) in words:
            return (name if _is_of_a_place(name) else rest), phrase, ""
    return name, "", ""


def _is_of_a_place(words: str) -> bool:
    return any(word in _PLACES for word in fold(words).split())


def _pieces(typed: str, words: Mapping[str, str]) -> list[str]:
    """Return the cell whole when it is a known phrase, else what stands between separators."""
    if fold(typed) in words:
        return [typed.strip()]
    pieces = (" ".join(piece.split()) for piece in _BETWEEN.split(_ASIDE.sub(" ", typed)))
    return [piece for piece in pieces if fold(piece)]


def _known_inside(folded: str, words: Mapping[str, str]) -> list[str]:
    """Return the id of a phrase, or of the longest known phrases among qualifying words."""
    if folded in words:
        return [words[folded]]
    left = folded.split()[:_MOST_WORDS]
    found: list[str] = []
    for length in range(len(left), 0, -1):
        start = 0
        while start + length <= len(left):
            phrase = " ".join(left[start : start + length])
            if phrase in words:
                found.append(words[phrase])
                del left[start : start + length]
            else:
                start += 1
    return found if all(word in _QUALIFIERS for word in left) or len(left) <= 2 else []
