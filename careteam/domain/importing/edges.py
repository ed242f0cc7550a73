"""A table of who referred to whom, row by row: who is meant, when, how often, and what is wrong.

Nobody is guessed. A row counts once both ends are entries of the directory, by id, e-mail or the
one name that fits; everything else is said in a sentence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from careteam.domain.importing.days import (
    FIRST_YEAR,
    has_month_first,
    is_either,
    is_too_early,
    read_day,
)
from careteam.domain.importing.values import Known, Outcome, TableRow
from careteam.domain.importing.words import fold, name_words

MOST_EACH = 1_000
"""Referrals that one row may stand for."""
MOST_SIMILAR = 6


class EdgeField(StrEnum):
    FROM = "from"
    TO = "to"
    DAY = "day"
    COUNT = "count"
    ANSWER = "answer"


class Edge(NamedTuple):
    """A row as it was brought, in words; `times` is "1" in a list that does not count at all."""

    row: int
    sender: str
    receiver: str
    day: str = ""
    times: str = "1"
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """A row as it would be written; `why` says why it is not, or that it is there already.

    `sender` and `receiver` are ids of the directory, "" where nobody is known by that word.
    """

    edge: Edge
    sender: str = ""
    receiver: str = ""
    happened_on: date | None = None
    count: int = 1
    answer: str = ""
    outcome: Outcome = Outcome.NEW
    why: str = ""

    @property
    def key(self) -> tuple[str, str, date | None]:
        return self.sender, self.receiver, self.happened_on


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person says about the list as a whole. `people`: ids for words, by `fold`."""

    day: date | None = None
    answer: str = ""
    people: Mapping[str, str] = field(default_factory=dict)


class People:
    """The directory, asked by what people write for somebody."""

    def __init__(self, known: Iterable[Known], chosen: Mapping[str, str]) -> None:
        self.by_id = {one.id: one for one in known}
        self._chosen = {word: id_ for word, id_ in chosen.items() if id_ in self.by_id}
        self._found: dict[str, set[str]] = defaultdict(set)
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._asked: dict[str, Collection[str]] = {}
        for one in self.by_id.values():
            words = name_words(one.name)
            names = {fold(one.name), " ".join(words), " ".join((*words[1:], *words[:1]))}
            for said in {one.id, *(email.casefold() for email in one.emails), *names}:
                self._found[said].add(one.id)
            for word in words:
                self._by_word[word].add(one.id)

    def fitting(self, typed: str) -> Collection[str]:
        """The ids of those who may be meant; one when it is clear."""
        if typed not in self._asked:
            self._asked[typed] = self._fitting(typed)
        return self._asked[typed]

    def _fitting(self, typed: str) -> Collection[str]:
        folded = fold(typed)
        if folded in self._chosen:
            return (self._chosen[folded],)
        plain = typed.strip().casefold()
        return (
            self._found.get(plain)
            or self._found.get(folded)
            or self._found.get(" ".join(name_words(typed)))
            or ()
        )

    def similar(self, typed: str) -> list[Known]:
        """Those whose names share a word with it, the most alike first; namesakes before all.

        An id is no name, though "04-edda-47" in the middle of one looks like a word.
        """
        if _is_id(typed):
            return []
        namesakes = self.fitting(typed)
        near = {id_ for word in name_words(typed) for id_ in self._by_word.get(word, ())}
        folded = fold(typed)
        ranked = sorted(
            near | set(namesakes),
            key=lambda id_: (
                id_ not in namesakes,
                -SequenceMatcher(None, folded, fold(self.by_id[id_].name)).ratio(),
                self.by_id[id_].name,
                id_,
            ),
        )
        return [self.by_id[id_] for id_ in ranked[:MOST_SIMILAR]]


def _is_id(typed: str) -> bool:
    try:
        UUID(typed.strip())
    except ValueError:
        return False
    return True


def read_edges(rows: Sequence[TableRow], columns: Sequence[EdgeField | None]) -> list[Edge]:
    """The cells of each row by what they hold; of two columns for one thing, the last that says
    something."""
    places = [(at, column.value) for at, column in enumerate(columns) if column is not None]
    uncounted = "" if EdgeField.COUNT in columns else "1"
    edges = []
    for row in rows:
        said: dict[str, str] = {}
        for at, name in places:
            if row.cells[at]:
                said[name] = " ".join(row.cells[at].split())
        edges.append(
            Edge(
                row.number,
                said.get("from", ""),
                said.get("to", ""),
                said.get("day", ""),
                said.get("count", uncounted),
                said.get("answer", ""),
            )
        )
    return edges


def guess_edge_columns(headers: Sequence[str]) -> tuple[EdgeField | None, ...] | None:
    """What the headings say; None where they name no sender and receiver.

    An id that stands beside a name goes before it: `read_edges` takes the last of two.
    """
    columns = [_HEADINGS.get(fold(heading)) for heading in headers]
    if {EdgeField.FROM, EdgeField.TO} <= set(columns):
        return tuple(columns)
    return None


def positional(first: Sequence[str]) -> tuple[EdgeField | None, ...]:
    """The columns of a list without headings: from, to, then a day or a number."""
    third = first[2] if len(first) > 2 else ""
    rest = EdgeField.DAY if third and not third.isdigit() else EdgeField.COUNT
    columns = (EdgeField.FROM, EdgeField.TO, rest, EdgeField.ANSWER)
    return (*columns, *[None] * len(first))[: len(first)]


def judge_edges(
    edges: Iterable[Edge],
    people: People,
    wishes: Wishes,
    *,
    today: date,
    is_allowed: Callable[[str, str], bool],
    there: Collection[tuple[str, str, date]],
    most: int,
) -> list[Meant]:
    """What each row becomes. `there` holds what the importer is known to have already, by sender,
    receiver and day; `most` is how many referrals one import may bring."""
    seen: dict[tuple[str, str, date | None], int] = {}
    left, judged = most, []
    edges = list(edges)
    is_american = any(has_month_first(edge.day) for edge in edges)
    for edge in edges:
        meant = _judged(edge, people, wishes, today)
        if not meant.why and is_american and is_either(edge.day):
            said = f"“{edge.day}” could be two days, since other rows write the month first."
            meant = _refused(replace(meant, happened_on=None), f"{said} Write the year first.")
        if not meant.why and not is_allowed(meant.sender, meant.receiver):
            meant = _refused(meant, "Neither of the two is you. A steward imports for others.")
        if not meant.why and meant.key in seen:
            meant = _same(meant, f"The same as row {seen[meant.key]}.")
        if not meant.why and meant.key in there:
            meant = _same(meant, "Is here already.")
        if not meant.why and meant.count > left:
            meant = _refused(meant, f"The limit of {most:,} referrals is reached.")
        if not meant.why:
            left -= meant.count
            seen[meant.key] = edge.row
        judged.append(meant)
    return judged


def unclear_words(judged: Iterable[Meant]) -> list[tuple[str, int]]:
    """What stands for nobody or for several, and in how many rows, the most frequent first."""
    times: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for meant in judged:
        for typed, id_ in (
            (meant.edge.sender, meant.sender),
            (meant.edge.receiver, meant.receiver),
        ):
            if typed and not id_:
                shown.setdefault(fold(typed) or typed, typed)
                times[fold(typed) or typed] += 1
    ordered = sorted(times, key=lambda word: (-times[word], word))
    return [(shown[word], times[word]) for word in ordered]


def _judged(edge: Edge, people: People, wishes: Wishes, today: date) -> Meant:
    senders, receivers = people.fitting(edge.sender), people.fitting(edge.receiver)
    meant = Meant(
        edge,
        sender=next(iter(senders)) if len(senders) == 1 else "",
        receiver=next(iter(receivers)) if len(receivers) == 1 else "",
    )
    for typed, fitting, side in (
        (edge.sender, senders, "who referred"),
        (edge.receiver, receivers, "to whom"),
    ):
        if not typed:
            return _refused(meant, f"It does not say {side}.")
        if not fitting:
            return _refused(meant, f"“{typed[:80]}” is not in the directory.")
        if len(fitting) > 1:
            return _refused(meant, f"{len(fitting)} people are called “{typed[:80]}”.")
    if meant.sender == meant.receiver:
        return _refused(meant, "Sender and receiver are the same person.")
    count = _read_count(edge.times)
    if count is None:
        return _refused(meant, f"“{edge.times[:40]}” is no number from 1 to {MOST_EACH:,}.")
    if not edge.day and not edge.times:
        return _refused(meant, "It says neither a day nor a number.")
    day = read_day(edge.day) if edge.day else wishes.day
    if day is None:
        if edge.day and is_too_early(edge.day):
            return _refused(meant, f"This day lies before {FIRST_YEAR}.")
        said = f"“{edge.day[:40]}” is not a day. Write 2026-03-25 or 25 March 2026."
        return _refused(meant, said if edge.day else "It says no day.")
    if day > today:
        return _refused(meant, "This day is still to come.")
    answer = _ANSWERS.get(fold(edge.answer)) if edge.answer else wishes.answer
    if not answer:
        said = f"“{edge.answer[:40]}” is no answer we know."
        return _refused(meant, said if edge.answer else "It does not say what came of it.")
    return replace(meant, count=count, happened_on=day, answer=answer)


def _read_count(typed: str) -> int | None:
    if not typed:
        return 1
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    return number if 1 <= number <= MOST_EACH else None


def _refused(meant: Meant, why: str) -> Meant:
    return replace(meant, outcome=Outcome.REFUSED, why=why)


def _same(meant: Meant, why: str) -> Meant:
    return replace(meant, outcome=Outcome.SAME, why=why)


def _by_word(words: Mapping[str, str]) -> dict[str, str]:
    return {word: value for value, said in words.items() for word in said.split("|")}


_HEADINGS = {
    word: EdgeField(name)
    for word, name in _by_word(
        {
            "from": "from|from id|sender|sender id|referrer|referred by|referred from|source|"
            "source id|von|absender|uberweiser|uberweisender|zuweiser|de|expediteur|adresse par|"
            "adresseur|van|afzender|verwijzer|remitente|derivado por",
            "to": "to|to id|receiver|receiver id|referred to|recipient|target|target id|an|nach|"
            "empfanger|uberwiesen an|a|vers|destinataire|adresse a|aan|naar|ontvanger|"
            "verwezen naar|para|hacia|destinatario|derivado a",
            "day": "day|date|on|when|last|happened on|referred on|sent on|sent at|datum|tag|am|"
            "letzte|date d envoi|jour|le|dag|laatste|fecha|dia|ultima",
            "count": "count|number|referrals|times|how many|weight|n|anzahl|zahl|uberweisungen|"
            "gewicht|nombre|fois|poids|aantal|keer|verwijzingen|numero|cantidad|veces|peso",
            "answer": "answer|state|status|outcome|what came of it|antwort|ergebnis|reponse|etat|"
            "statut|antwoord|resultaat|respuesta|estado|resultado",
        }
    ).items()
}

_ANSWERS = _by_word(
    {
        "accepted": "accepted|accept|yes|y|seen|attended|booked|in treatment|reported|completed|"
        "closed|done|active|angenommen|ja|gesehen|accepte|oui|vu|aangenomen|gezien|aceptado|si",
        "declined": "declined|decline|no|rejected|refused|redirected|turned down|abgelehnt|nein|"
        "refuse|non|afgewezen|nee|rechazado",
        "never_answered": "never answered|unanswered|no answer|no reply|expired|"
        "none|sent|unbeantwortet|keine antwort|sans reponse|onbeantwoord|geen antwoord|"
        "sin respuesta",
    }
)
