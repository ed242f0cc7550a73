"""Candidates for one seat in a plain order that the screen can explain.

The order compares one thing after the other (lexicographic), each coarse enough that the next
still counts; the name and the id make it the same every time. Who refers to whom plays no part.
"""

from collections.abc import Iterable
from datetime import date

from careteam.domain.matching.values import (
    Accepting,
    Candidate,
    Excluded,
    Filter,
    Ranked,
    Shortlist,
    Wanted,
)
from careteam.domain.matching.words import (
    WAYS,
    accepting_now,
    distance_counts,
    distance_words,
    drawbacks,
    reasons,
    shared_languages,
)
from careteam.domain.wording import count_words, list_words

DISTANCE_BANDS_KM = (5.0, 15.0, 30.0)
WAIT_BANDS_DAYS = (7, 21, 42)

Key = tuple[int | float | str, ...]


def explain_order() -> str:
    """The sentence under the list."""
    return (
        "People who take no new clients stand last. Otherwise first comes who has the discipline "
        "asked for, then who speaks the client's language, then who works in a way the client can "
        "use, then who is known to take new clients, then who is nearer (up to 5, 15 and 30 km), "
        "then who has the shorter wait (up to 7, 21 and 42 days), then the exact distance, then "
        "whose details were checked last, then the name. Who refers to whom does not count."
    )


def order_candidates(wanted: Wanted, candidates: Iterable[Candidate], today: date) -> Shortlist:
    """Everybody who can be offered, best first, and everybody who cannot, with the reason.

    The order is that of `explain_order`; `Shortlist.offered` gives the names to show.
    """
    ranked: list[Candidate] = []
    excluded: list[Excluded] = []
    for candidate in candidates:
        off = _excluded(wanted, candidate, today)
        if off is None:
            ranked.append(candidate)
        else:
            excluded.append(off)
    ranked.sort(key=lambda candidate: _key(wanted, candidate, today))
    excluded.sort(key=lambda off: _name_key(off.candidate))
    return Shortlist(
        ranked=tuple(_ranked(wanted, candidate, today) for candidate in ranked),
        excluded=tuple(excluded),
        empty_because="" if ranked else _empty_because(excluded),
        explanation=explain_order(),
    )


def _ranked(wanted: Wanted, candidate: Candidate, today: date) -> Ranked:
    return Ranked(
        candidate=candidate,
        reasons=reasons(wanted, candidate, today),
        drawbacks=drawbacks(wanted, candidate, today),
        accepting=accepting_now(candidate, today),
    )


def _key(wanted: Wanted, candidate: Candidate, today: date) -> Key:
    accepting = accepting_now(candidate, today)
    km = candidate.distance_km if distance_counts(wanted, candidate) else 0.0
    checked_on = candidate.last_verified_on
    return (
        accepting is Accepting.NO,
        wanted.discipline not in candidate.disciplines,
        bool(wanted.languages) and not shared_languages(wanted, candidate),
        bool(wanted.ways) and not wanted.ways & candidate.ways,
        accepting is not Accepting.YES,
        _band(km, DISTANCE_BANDS_KM),
        _band(candidate.usual_wait_days, WAIT_BANDS_DAYS),
        float("inf") if km is None else km,
        -checked_on.toordinal() if checked_on is not None else 0,
        *_name_key(candidate),
    )


def _name_key(candidate: Candidate) -> tuple[str, str]:
    return candidate.name.casefold(), candidate.practitioner_id


def _band(value: float | None, bounds: tuple[float, ...]) -> int:
    """Number of the band, beyond the last one and then unknown coming last."""
    if value is None:
        return len(bounds) + 1
    return sum(value > bound for bound in bounds)


def _excluded(wanted: Wanted, candidate: Candidate, today: date) -> Excluded | None:
    """Every filter that takes the candidate off, in the order of `Filter`; None for none."""
    whys = {by: _why_off(by, wanted, candidate, today) for by in Filter}
    off = tuple(by for by in Filter if whys[by])
    return Excluded(candidate, off, whys[off[0]]) if off else None


def _why_off(by: Filter, wanted: Wanted, candidate: Candidate, today: date) -> str:
    match by:
        case Filter.DISCIPLINE:
            asked = {wanted.discipline, *wanted.alternatives}
            return "" if asked & set(candidate.disciplines) else "another discipline"
        case Filter.RULED_OUT:
            return candidate.ruled_out
        case Filter.DISTANCE:
            return _why_too_far(wanted, candidate)
        case Filter.LANGUAGE:
            speaks = not wanted.languages or bool(shared_languages(wanted, candidate))
            wish = list_words(wanted.languages, "or")
            return f"not known to speak {wish}" if wanted.only_language and not speaks else ""
        case Filter.WAY:
            fits = not wanted.ways or bool(wanted.ways & candidate.ways)
            wish = list_words([WAYS[way] for way in WAYS if way in wanted.ways], "or")
            return f"not known to work {wish}" if wanted.only_way and not fits else ""
        case Filter.ACCEPTING:
            takes = accepting_now(candidate, today) is Accepting.YES
            return "not known to take new clients" if wanted.only_accepting and not takes else ""


def _why_too_far(wanted: Wanted, candidate: Candidate) -> str:
    """Unknown distances stay on the list: a missing place is no reason to lose a name."""
    km = candidate.distance_km
    if wanted.within_km is None or km is None or not distance_counts(wanted, candidate):
        return ""
    return distance_words(km) if km > wanted.within_km else ""


_DROP = {
    Filter.DISTANCE: "look further away",
    Filter.LANGUAGE: "do without the language",
    Filter.WAY: "allow every way of working",
    Filter.ACCEPTING: "include those not known to take new clients",
}


def ruled_out_words(count: int) -> str:
    """Why a list is empty where all of its discipline are ruled out."""
    people = count_words(count, "person", "people")
    return f"All of this discipline are ruled out for this seat ({people})."


def _empty_because(excluded: list[Excluded]) -> str:
    """What to drop to see somebody: as few filters as possible, then for as many as possible."""
    right = [off for off in excluded if Filter.DISCIPLINE not in off.by]
    if not right:
        return "Nobody of this discipline is in the directory yet."
    free = [frozenset(off.by) for off in right if Filter.RULED_OUT not in off.by]
    if not free:
        return ruled_out_words(len(right))
    gain = {drop: sum(by <= drop for by in free) for drop in free}
    drop = min(gain, key=lambda by: (len(by), -gain[by], sorted(by)))
    people = count_words(gain[drop], "person", "people")
    return f"To see {people}, {list_words([_DROP[by] for by in Filter if by in drop])}."
