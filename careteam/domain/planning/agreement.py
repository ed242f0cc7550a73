"""Who has agreed to which version of a plan, and what that means.

An answer stands for later versions too, as long as nothing in them concerns whoever gave it: only
those concerned are asked again. The plan runs once client and lead agree; nobody's silence and no
practitioner's objection stops it, and what was agreed runs on while a newer version waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from careteam.domain.planning.values import CLIENT, LEAD
from careteam.domain.planning.versions import Snapshot, concerned, difference


class Answer(StrEnum):
    """What a party says to a version. `COPIED`: gets a copy and is asked nothing."""

    AGREED = "agreed"
    OBJECTS = "objects"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a party's word on a version is. `version` is the one it was given to, maybe earlier."""

    answer: Answer
    version: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the latest version stands, and which one runs.

    `standings` leaves out those who have yet to answer; they are in `waiting`, in the order asked.
    `runs` is the last version on which client and lead agree, None while there is none.
    """

    number: int
    standings: Mapping[str, Standing]
    waiting: tuple[str, ...]
    runs: int | None

    @property
    def objecting(self) -> tuple[str, ...]:
        return tuple(key for key, each in self.standings.items() if each.answer is Answer.OBJECTS)

    @property
    def is_running(self) -> bool:
        """Whether the latest version is the one that runs."""
        return self.runs == self.number


def agreement(
    versions: Mapping[int, Snapshot],
    answers: Mapping[tuple[str, int], Answer],
    parties: Iterable[str],
) -> Agreement:
    """How things stand with the latest of `versions`, by number; `answers` by party and version.

    Raises ValueError without a version.
    """
    latest = max(versions)
    asked = tuple(dict.fromkeys((LEAD, CLIENT, *parties)))
    found = {key: stands_at(key, latest, versions, answers) for key in asked}
    runs = next(
        (
            number
            for number in sorted(versions, reverse=True)
            if all(_agrees(key, number, versions, answers) for key in (LEAD, CLIENT))
        ),
        None,
    )
    return Agreement(
        number=latest,
        standings={key: each for key, each in found.items() if each is not None},
        waiting=tuple(key for key, each in found.items() if each is None),
        runs=runs,
    )


def stands_at(
    party: str,
    number: int,
    versions: Mapping[int, Snapshot],
    answers: Mapping[tuple[str, int], Answer],
) -> Standing | None:
    """The party's word on this version; None where they have yet to say it.

    The latest word before it counts where nothing since concerns them.
    """
    given = [at for at in versions if at <= number and (party, at) in answers]
    if not given:
        return None
    last = max(given)
    word = Standing(answers[party, last], last)
    return None if concerns(party, versions[last], versions[number]) else word


def concerns(party: str, before: Snapshot, after: Snapshot) -> bool:
    """Whether anything that differs between these two concerns the party."""
    change = difference(before, after)
    return any(party in keys for keys in concerned(before, after, change).values())


def _agrees(
    party: str,
    number: int,
    versions: Mapping[int, Snapshot],
    answers: Mapping[tuple[str, int], Answer],
) -> bool:
    word = stands_at(party, number, versions, answers)
    return word is not None and word.answer is Answer.AGREED
