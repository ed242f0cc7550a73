"""What changed in the community between two half-years, in words and bands."""

from __future__ import annotations

from collections import Counter

from flask import url_for

from careteam.domain.network.ties import Band
from careteam.domain.wording import list_words
from careteam.features.network.questions.shifting import CommunityShifts, TieShift
from careteam.kit import clock
from careteam.web.frame.filters import plural
from careteam.web.network.tables import Cell, Line, Table

MOST_LISTED = 50
BELOW = "below five, or none"
_SAID = {
    "up": "reached five referrals",
    "down": "fell below five",
    "more": "grew",
    "fewer": "shrank",
    "same": "stayed about as before",
}
_WORDS = {
    "up": ("Five or more now", ("info", "circle-plus")),
    "down": ("Below five now", ("wait", "circle-minus")),
    "more": ("More", ("good", "plus")),
    "fewer": ("Fewer", ("neutral", "minus")),
}


def community_changes(found: CommunityShifts) -> Table:
    kinds = Counter(map(_kind, found.lines))
    running = " (so far)" if clock.today() < found.after.moved(1).first_day else ""
    listed = found.lines[:MOST_LISTED]
    rest = len(found.lines) - len(listed)
    counts = {**kinds, "same": found.unchanged}
    said = [f"{counts[kind]} {words}" for kind, words in _SAID.items() if counts.get(kind)]
    more = f" The {len(listed)} largest changes are listed." if rest else ""
    return Table(
        f"Ties between others, {found.before.words} and {found.after.words}{running}: "
        f"{list_words(said)}.{more}",
        ("From whom to whom", "Change", found.before.words, found.after.words + running, ""),
        [_line(line) for line in listed],
        (
            ("Few, some, many", "5 to 9, 10 to 19, 20 and more referrals in the half-year."),
            (
                "Grew, shrank",
                "From few to some or some to many, or back; less is not told.",
            ),
            ("Below five", "So few are not told, nor whether there were any."),
            ("So far", "A half-year that is not over yet has had less time."),
        ),
        "Ties between others that neither of the two keeps private, each half-year for itself. "
        "There may be changes you cannot see. Your own ties are on a page of their own.",
        _nothing(found),
    )


def _nothing(found: CommunityShifts) -> str:
    if not found.is_there:
        return "A community of this size is gathered beside the pages first. Look again in a while."
    if found.unchanged:
        ties = plural(found.unchanged, "tie")
        return f"Nothing changed that you may see: {ties} between others stayed about as before."
    return "No tie between others that you may see had five referrals in either half-year."


def _kind(line: TieShift) -> str:
    if line.before is None:
        return "up"
    if line.after is None:
        return "down"
    return "more" if line.steps > 0 else "fewer"


def _line(line: TieShift) -> Line:
    words, state = _WORDS[_kind(line)]
    address = url_for("network.tie_show", sender_id=line.sender.id, receiver_id=line.receiver.id)
    return Line(
        (Cell(words, state=state), Cell(_said(line.before)), Cell(_said(line.after))),
        title=f"{line.sender.name} to {line.receiver.name}",
        actions=(("Open", address, "share-2"),),
    )


def _said(band: Band | None) -> str:
    return band.value if band else BELOW
