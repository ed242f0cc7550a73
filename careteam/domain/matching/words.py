"""What speaks for a candidate and what does not, in words for the screen."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from careteam.domain.matching.values import Accepting, Candidate, Wanted, WorkingWay
from careteam.domain.wording import day_words, list_words, said_wait_words

STALE_AFTER = timedelta(days=180)
"""After this time 'takes new clients' is no longer relied on (own choice)."""

LONG_WAIT_DAYS = 42
FAR_KM = 30.0

WAYS: Mapping[WorkingWay, str] = {
    WorkingWay.IN_PERSON: "in person",
    WorkingWay.ONLINE: "online",
    WorkingWay.HOME_VISIT: "at home",
}


def accepting_now(candidate: Candidate, today: date) -> Accepting:
    """What was said, UNKNOWN when it was a yes said too long ago or on no known day.

    A no stays a no: it is safer to ring than to hope.
    """
    if candidate.accepting is not Accepting.YES:
        return candidate.accepting
    said_on = candidate.said_on
    is_fresh = said_on is not None and today - said_on <= STALE_AFTER
    return Accepting.YES if is_fresh else Accepting.UNKNOWN


def shared_languages(wanted: Wanted, candidate: Candidate) -> list[str]:
    """Languages of the client that the candidate speaks, in the client's order."""
    spoken = {language.casefold() for language in candidate.languages}
    return [language for language in wanted.languages if language.casefold() in spoken]


def distance_counts(wanted: Wanted, candidate: Candidate) -> bool:
    """Whether the distance matters: not to a client who wants, and can have, online only."""
    return wanted.place_known and not (
        wanted.ways == {WorkingWay.ONLINE} and WorkingWay.ONLINE in candidate.ways
    )


def reasons(wanted: Wanted, candidate: Candidate, today: date) -> tuple[str, ...]:
    """What speaks for them, in the order in which it counts."""
    return tuple(_reasons(wanted, candidate, today))


def drawbacks(wanted: Wanted, candidate: Candidate, today: date) -> tuple[str, ...]:
    """What speaks against them or is not known, in the order in which it counts."""
    return tuple(_drawbacks(wanted, candidate, today))


def distance_words(km: float) -> str:
    """'4 km away', 'less than 1 km away'."""
    return "less than 1 km away" if km < 1 else f"{round(km)} km away"


def _reasons(wanted: Wanted, candidate: Candidate, today: date) -> Iterator[str]:
    if accepting_now(candidate, today) is Accepting.YES and candidate.said_on is not None:
        yield f"takes new clients (said {day_words(candidate.said_on, today)})"
    if languages := shared_languages(wanted, candidate):
        yield f"speaks {list_words(languages)}"
    if ways := [WAYS[way] for way in WorkingWay if way in wanted.ways & candidate.ways]:
        yield f"sees clients {list_words(ways, 'or')}"
    km = candidate.distance_km
    if km is not None and km <= FAR_KM and distance_counts(wanted, candidate):
        yield distance_words(km)
    days = candidate.usual_wait_days
    if days is not None and days <= LONG_WAIT_DAYS:
        yield said_wait_words(days)
    if candidate.last_verified_on is not None:
        yield f"details checked {day_words(candidate.last_verified_on, today)}"


def _drawbacks(wanted: Wanted, candidate: Candidate, today: date) -> Iterator[str]:
    yield from _accepting_drawback(candidate, today)
    if wanted.discipline not in candidate.disciplines:
        yield "of a discipline that may stand in, not the one asked for"
    if wanted.languages and not shared_languages(wanted, candidate):
        wish = list_words(wanted.languages, "or")
        yield f"does not list {wish}" if candidate.languages else "languages not known"
    if wanted.ways and not wanted.ways & candidate.ways:
        wish = list_words([WAYS[way] for way in WorkingWay if way in wanted.ways], "or")
        yield f"does not offer {wish}" if candidate.ways else "ways of working not known"
    if distance_counts(wanted, candidate):
        if candidate.distance_km is None:
            yield "distance not known"
        elif candidate.distance_km > FAR_KM:
            yield distance_words(candidate.distance_km)
    if candidate.usual_wait_days is None:
        yield "wait not known"
    elif candidate.usual_wait_days > LONG_WAIT_DAYS:
        yield said_wait_words(candidate.usual_wait_days)
    if candidate.confirmed_on is not None and candidate.is_unconfirmed(today):
        yield f"not confirmed for six months (last {day_words(candidate.confirmed_on, today)})"


def _accepting_drawback(candidate: Candidate, today: date) -> Iterator[str]:
    said = f"said {day_words(candidate.said_on, today)}" if candidate.said_on else ""
    if candidate.accepting is Accepting.NO:
        yield f"takes no new clients ({said})" if said else "takes no new clients"
    elif accepting_now(candidate, today) is Accepting.UNKNOWN:
        is_old_yes = candidate.accepting is Accepting.YES and said
        unknown = "not known whether new clients are taken"
        yield f"{unknown} (yes was {said})" if is_old_yes else unknown
