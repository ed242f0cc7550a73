"""How figures of the network read."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from careteam.domain.network.ties import Band, Links, PairFigures, SeenTie, TieKind
from careteam.domain.wording import working_hours_words
from careteam.features.network.arranging import Arrangement
from careteam.features.network.graph import Part
from careteam.features.network.knowing.store import State
from careteam.features.responsiveness.usual import Answering
from careteam.web.frame.filters import instant, plural

FEWEST = 5
"""Below so many referrals a balance would say more than is known."""
EVEN = 1 / 3
"""Up to this difference (a third of all) two people give about as much as they get."""
_STRONGEST_FIRST = (Band.MANY, Band.SOME, Band.FEW)


def balance_words(figures: PairFigures) -> str:
    """Who gives and who receives, in words; nothing firm on fewer than five referrals."""
    balance, total = figures.balance, figures.given + figures.received
    if balance is None:
        return "No referral recorded between you yet"
    if total < FEWEST:
        return f"Too few to say ({plural(total, 'referral')})"
    if abs(balance) == 1:
        return "You only send" if balance > 0 else "You only receive"
    if abs(balance) <= EVEN:
        return "About even"
    return "You send more than you receive" if balance > 0 else "You receive more than you send"


def answering_words(answering: Answering | None) -> str:
    """Half within 6 hours, of 14 referrals; that it is not known; nothing where not for one."""
    if answering is None:
        return ""
    if answering.hours is None:
        is_few = answering.n < FEWEST
        return f"Not known: {'too few' if is_few else 'most have not been answered yet'}"
    return (
        f"Half within {working_hours_words(answering.hours)}, of {plural(answering.n, 'referral')}"
    )


STAYS_SO = (
    "It takes minutes at most once there are referrals; if it takes longer, the worker may not "
    "run, and whoever looks after the server can see whether it does."
)
_BY = {"groups": "Groups found", "ties": "Who really works with whom"}


def notes_by(arrangement: Arrangement) -> list[str]:
    """What a picture rests on that is worked out beside the pages, or why it is not there."""
    known = arrangement.known
    if known is None:
        return []
    what = _BY[arrangement.wanted]
    meanwhile = "Until then the islands are disciplines."
    if known.state is State.REFUSED:
        return [f"{what}: not computed at this size. The islands are disciplines."]
    if known.state is State.FAILED:
        return [f"{what}: could not be worked out. It is tried again within the hour. {meanwhile}"]
    if known.state is State.WAITING:
        return [f"{what}: not computed yet. {meanwhile} {STAYS_SO}"]
    if known.state is State.WORKING:
        return [f"{what}: being drawn, {known.percent or 0} percent done. {meanwhile}"]
    rests = (
        "near each other stand those with ties from five referrals on that neither keeps private"
        if arrangement.by == "ties"
        else "by the referrals of all who keep no ties private; each is called by who receives most"
    )
    older = " Something has changed since." if known.state is State.OLDER else ""
    return [f"{what}: {rests}.{older}"]


def part_words(part: Part | None) -> list[str]:
    """What of a large community is in view, and from when; nothing of one that is shown whole."""
    if part is None:
        return []
    if part.fits is None or part.shown is None:
        how_far = (
            "failed and is tried again within the hour" if part.has_failed else "has not begun"
        )
        how_far = how_far if part.percent is None else f"is {part.percent} percent done"
        return [
            "This community is too large to be read for each page. It is gathered beside the pages,"
            f" which {how_far}. Until then your own network is shown."
            + (f" {STAYS_SO}" if part.percent is None and not part.has_failed else "")
        ]
    words = f"Shown are all {part.fits:,} who fit"
    if part.shown < part.fits:
        words = (
            f"Shown are the {part.shown:,} who receive most of {part.fits:,}, and everybody you"
            " have a tie with. Choose a discipline or a place to see others"
        )
    return [f"{words}. Ties of others are those of {instant(part.at)}, your own those of now."]


def others_words(seen: nx.DiGraph[str], person: str, me: str | None) -> str:
    """The ties of a person with others, by direction and band, as far as they are seen."""
    if person not in seen:
        return ""
    sends = [seen.edges[person, other]["tie"] for other in seen.successors(person) if other != me]
    gets = [seen.edges[other, person]["tie"] for other in seen.predecessors(person) if other != me]
    return "; ".join(
        f"{verb} {_in_bands(ties)}"
        for verb, ties in (("refers to", sends), ("receives from", gets))
        if ties
    )


def between_others(links: Links) -> Links:
    """Only the ties in bands, which are not the viewer's."""
    return Links(_bands_of(links.refers_to), _bands_of(links.receives_from))


def _bands_of(ties: tuple[SeenTie, ...]) -> tuple[SeenTie, ...]:
    return tuple(tie for tie in ties if tie.kind is TieKind.BAND)


def _in_bands(ties: list[SeenTie]) -> str:
    """3 people (1 many, 2 few), 2 people (few each)."""
    if len(ties) == 1:
        return f"1 person ({ties[0].words})"
    bands = Counter(tie.band for tie in ties)
    if len(bands) == 1 and ties[0].band:
        return f"{plural(len(ties), 'person', 'people')} ({ties[0].band.value} each)"
    said = ", ".join(f"{bands[band]} {band.value}" for band in _STRONGEST_FIRST if bands[band])
    return f"{plural(len(ties), 'person', 'people')} ({said})"
