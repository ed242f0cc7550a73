"""A standing team beside the plain order: who of it comes first, who is missing, what is amiss.

People of a standing team come first because their owner said so, not because of who refers to whom;
each place still shows a name from outside it, so that the client has a choice.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from careteam.domain.matching.values import Accepting, Candidate, Ranked, Shortlist
from careteam.domain.matching.words import accepting_now
from careteam.domain.wording import day_words

OLD_AFTER = timedelta(days=365)
"""After this time details count as old (own choice)."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The names shown first for a place, those of the standing team before the others."""

    own: tuple[Ranked, ...]
    beside: tuple[Ranked, ...]
    others: tuple[Ranked, ...]

    @property
    def first(self) -> tuple[Ranked, ...]:
        return self.own + self.beside


def standing_first(shortlist: Shortlist, own: Collection[str], count: int = 3) -> Offered:
    """`own` are the ids of the standing team. Who of them takes nobody stays in the plain order.

    Without anybody of it the first `count` of the plain order, never fewer than two where there
    are two; with somebody of it at least one name from outside, where there is one.
    """
    fits = tuple(
        each
        for each in shortlist.ranked
        if each.candidate.practitioner_id in own and each.accepting is not Accepting.NO
    )
    others = tuple(each for each in shortlist.ranked if each not in fits)
    beside = max(count - len(fits), 1 if fits else 2)
    return Offered(fits, others[:beside], others[beside:])


def worries(member: Candidate, today: date, *, is_gone: bool = False) -> tuple[str, ...]:
    """What to know of somebody before counting on them."""
    return tuple(_worries(member, today, is_gone=is_gone))


def _worries(member: Candidate, today: date, *, is_gone: bool) -> Iterator[str]:
    if is_gone:
        yield "no longer in the directory"
        return
    if member.ruled_out:
        yield member.ruled_out
    accepting = accepting_now(member, today)
    if accepting is Accepting.NO:
        yield "takes no new clients"
    elif accepting is Accepting.UNKNOWN:
        yield "not known whether new clients are taken"
    checked_on = member.last_verified_on
    if checked_on is None:
        yield "details never checked"
    elif today - checked_on > OLD_AFTER:
        yield f"details last checked {day_words(checked_on, today)}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A discipline that is asked for, and who may stand in."""

    discipline: str
    alternatives: tuple[str, ...] = ()


def gaps(asked: Iterable[Asked], practised: Collection[str]) -> tuple[str, ...]:
    """The disciplines asked for that nobody practises who is still there, each once."""
    missing = (
        each.discipline
        for each in asked
        if not {each.discipline, *each.alternatives} & set(practised)
    )
    return tuple(dict.fromkeys(missing))
