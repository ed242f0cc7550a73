"""A community too large to be read for a page: everybody in it, and the ties that all may see.

Kept as arrays, so that the part that a page shows is cut out without reading the others. No tie
is in it that rests on fewer than five referrals; of a half-year none that has fewer than five in
it. What one viewer alone may see is laid over it by whoever asks.
"""

from __future__ import annotations

import base64
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from careteam.domain.network.graph import TieRow
from careteam.domain.network.periods import HalfYear, Period
from careteam.domain.network.picture import Person
from careteam.domain.network.ties import Band

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
_ARRAYS = (
    "discipline",
    "place",
    "accepting",
    "sender",
    "receiver",
    "half",
    "given",
    "accepted",
    "last",
)
ALL_TIME = -1
_ACCEPTING = {True: 1, False: 0, None: -1}


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """`people` stand in the order of their names; the next three say of each of them where in
    `disciplines` and `places`, -1 for none, and whether they take new clients (1, 0, -1 not known).

    From `sender` to `last` there is one entry a tie and stretch: `half` is `ALL_TIME` or the number
    of a half-year, `last` that of the newest referral. `at` finds a person's number.
    """

    people: tuple[str, ...]
    disciplines: tuple[str, ...]
    places: tuple[str, ...]
    discipline: Ints
    place: Ints
    accepting: Ints
    sender: Ints
    receiver: Ints
    half: Ints
    given: Ints
    accepted: Ints
    last: Ints
    at: Mapping[str, int]

    def count_disciplines(self, among: Flags) -> dict[str, int]:
        return _counts(self.disciplines, self.discipline[among])

    def count_places(self, among: Flags) -> dict[str, int]:
        return _counts(self.places, self.place[among])

    def flags(self, people: Iterable[str]) -> Flags:
        """Who of everybody is among them."""
        found = np.zeros(len(self.people), np.bool_)
        found[[self.at[one] for one in people if one in self.at]] = True
        return found

    def who(self, *, discipline: str = "", place: str = "", accepting: bool = False) -> Flags:
        """Who fits, by what was known when it was kept; empty means no wish."""
        fits = np.ones(len(self.people), np.bool_)
        for wish, names, values in (
            (discipline, self.disciplines, self.discipline),
            (place, self.places, self.place),
        ):
            if wish:
                fits &= values == (names.index(wish) if wish in names else -2)
        return fits & (self.accepting == 1) if accepting else fits

    def first(self, most: int, fits: Flags, hidden: Flags) -> list[str]:
        """Those who receive most, as ties that lead from or to nobody `hidden` have it."""
        kept = (self.half == ALL_TIME) & ~hidden[self.sender] & ~hidden[self.receiver]
        received = np.bincount(
            self.receiver[kept], _drawn(self.given[kept]), minlength=len(self.people)
        )
        order = np.argsort(-received, kind="stable")
        return [self.people[at] for at in order[fits[order]][:most].tolist()]

    def ties_among(self, people: Flags, period: Period | None = None) -> list[TieRow]:
        """Their ties with each other, of all time or of a period."""
        return self._rows(people[self.sender] & people[self.receiver] & self._within(period))

    def ties_at(self, people: Flags, among: Flags, period: Period | None = None) -> list[TieRow]:
        """The ties of a few people with whoever is `among`, of all time or of a period."""
        kept = (people[self.sender] | people[self.receiver]) & self._within(period)
        return self._rows(kept & among[self.sender] & among[self.receiver])

    def weighted(self, among: Flags, period: Period | None = None) -> tuple[Ints, Ints, Ints]:
        """Ties among people, one a pair and direction, of all time or of a period: who sends, who
        receives, and the lowest number of the band."""
        kept = self._within(period) & among[self.sender] & among[self.receiver]
        pairs, at = np.unique(
            self.sender[kept].astype(np.int64) * len(self.people) + self.receiver[kept],
            return_inverse=True,
        )
        given = np.bincount(at, self.given[kept], minlength=len(pairs)).astype(np.int32)
        sender, receiver = np.divmod(pairs, max(1, len(self.people)))
        return sender.astype(np.int32), receiver.astype(np.int32), _drawn(given)

    def accepted_ties(self, hidden: Flags) -> tuple[Ints, Ints, Ints]:
        """Ties on which something was accepted and that lead from and to nobody `hidden`: who
        sends, who receives, and the lowest number of the band."""
        kept = (self.half == ALL_TIME) & (self.accepted > 0)
        kept &= ~hidden[self.sender] & ~hidden[self.receiver]
        return self.sender[kept], self.receiver[kept], _drawn(self.given[kept])

    def _within(self, period: Period | None) -> Flags:
        first, last = ALL_TIME, ALL_TIME
        if period is not None:
            first, last = number_of(period.first), number_of(period.last)
        found: Flags = (self.half >= first) & (self.half <= last)
        return found

    def _rows(self, kept: Flags) -> list[TieRow]:
        columns = (self.sender, self.receiver, self.given, self.accepted, self.last)
        days = {number: half_of(number).first_day for number in np.unique(self.last[kept]).tolist()}
        return [
            TieRow(self.people[one], self.people[other], given, accepted, days[last])
            for one, other, given, accepted, last in zip(
                *(column[kept].tolist() for column in columns), strict=True
            )
        ]


def crowd_of(people: Sequence[Person], ties: Sequence[TieRow], by_half: Sequence[TieRow]) -> Crowd:
    """From everybody, their ties of all time, and the same by half-years.

    Ties of people who are not among them are left out.
    """
    ordered = sorted(people, key=lambda one: (one.name.casefold(), one.id))
    at = {one.id: number for number, one in enumerate(ordered)}
    disciplines = sorted({one.discipline_id for one in ordered if one.discipline_id})
    places = sorted({one.place for one in ordered if one.place})
    numbers = {name: number for number, name in enumerate(disciplines)}
    towns = {name: number for number, name in enumerate(places)}
    rows = [
        (at[tie.sender], at[tie.receiver], half, tie.given, tie.accepted, _number(tie))
        for several, is_by_half in ((ties, False), (by_half, True))
        for tie in several
        if tie.sender in at and tie.receiver in at and tie.sender != tie.receiver
        for half in (_number(tie) if is_by_half else ALL_TIME,)
    ]
    columns = np.array(rows, np.int32).reshape(-1, 6).T
    return Crowd(
        people=tuple(at),
        disciplines=tuple(disciplines),
        places=tuple(places),
        discipline=np.array([numbers.get(one.discipline_id, -1) for one in ordered], np.int32),
        place=np.array([towns.get(one.place or "", -1) for one in ordered], np.int32),
        accepting=np.array([_ACCEPTING[one.accepting] for one in ordered], np.int32),
        **dict(zip(_ARRAYS[3:], columns, strict=True)),
        at=at,
    )


def packed(crowd: Crowd) -> dict[str, Any]:
    """For JSON; see `unpacked`."""
    keys = b"".join(UUID(one).bytes for one in crowd.people)
    arrays = {name: getattr(crowd, name).astype("<i4").tobytes() for name in _ARRAYS}
    return {
        "disciplines": list(crowd.disciplines),
        "places": list(crowd.places),
        **{name: _as_text(value) for name, value in {"people": keys, **arrays}.items()},
    }


def unpacked(value: Mapping[str, Any]) -> Crowd:
    keys = _as_bytes(value["people"])
    people = tuple(str(UUID(bytes=keys[start : start + 16])) for start in range(0, len(keys), 16))
    arrays = {
        name: np.frombuffer(_as_bytes(value[name]), "<i4").astype(np.int32) for name in _ARRAYS
    }
    return Crowd(
        people=people,
        disciplines=tuple(value["disciplines"]),
        places=tuple(value["places"]),
        **arrays,
        at={one: number for number, one in enumerate(people)},
    )


def number_of(half: HalfYear) -> int:
    return half.year * 2 + half.half - 1


def half_of(number: int) -> HalfYear:
    return HalfYear(number // 2, number % 2 + 1)


def _number(tie: TieRow) -> int:
    if tie.last_on is None:
        raise ValueError("a tie that all may see has a day")
    return number_of(HalfYear.of(tie.last_on))


def _drawn(given: Ints) -> Ints:
    """The lowest number of the band of each, as in `ties.band_of`."""
    lowest = np.array([band.drawn_weight for band in Band], np.int32)
    return lowest[np.searchsorted(lowest, given, side="right") - 1]


def _counts(names: Sequence[str], values: Ints) -> dict[str, int]:
    counted = Counter(values.tolist())
    return {name: counted[number] for number, name in enumerate(names) if counted[number]}


def _as_text(value: bytes) -> str:
    return base64.b64encode(zlib.compress(value, 1)).decode("ascii")


def _as_bytes(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))
