"""The parts of a referral's letter beside its own words, and which of them a reader is shown.

A part says one thing, in one information class. Some are **live**: derived anew for every reader,
because what they say has to be that of today (the goal as it is worded now, what to avoid). The
others are kept as they stood when the letter left, so that it stays known what was sent. Either way
the consent of today decides what the receiver is shown.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """The headings of a letter, in their order."""

    GOAL = "goal"
    SAFETY = "safety"
    FLAGS = "flags"
    MEASURES = "measures"
    BACKGROUND = "background"
    DONE = "done"
    TEAM = "team"
    CLIENT = "client"


HEADINGS = {
    Group.GOAL: "The client's goal",
    Group.SAFETY: "For safety",
    Group.FLAGS: "Asked before hands-on work",
    Group.MEASURES: "Findings and measures",
    Group.BACKGROUND: "Background",
    Group.DONE: "Done so far",
    Group.TEAM: "Others who care for the client",
    Group.CLIENT: "The client",
}
GOAL, SAFETY = "goal", "safety"
CONTACT, NEEDS, DOCTOR = "contact", "needs", "doctor"
LIVE = frozenset({GOAL, SAFETY, CONTACT, NEEDS, DOCTOR})
"""Parts that are derived for each reader; of these only the choice is kept."""


@dataclass(frozen=True, slots=True)
class Part:
    """`measure` is the id of the measure it rests on, `seat` that of the place on the team it
    names; both are None for all others.
    """

    id: str
    group: Group
    information_class: str
    text: str
    measure: str | None = None
    seat: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the letter with its lines."""

    group: Group
    lines: tuple[str, ...]

    @property
    def heading(self) -> str:
        return HEADINGS[self.group]


def readable(
    parts: Iterable[Part],
    classes: Collection[str],
    *,
    hidden_measures: Collection[str] = (),
    hidden_seats: Collection[str] = (),
) -> tuple[Part, ...]:
    """The parts of these classes, without measures that nobody is to see and without places on the
    team that are kept from the reader."""
    return tuple(
        part
        for part in parts
        if part.information_class in classes
        and part.measure not in hidden_measures
        and part.seat not in hidden_seats
    )


def sections(parts: Iterable[Part]) -> tuple[Section, ...]:
    """The parts under their headings, in the order of a letter; empty headings are left out."""
    given = list(parts)
    found = (
        Section(group, tuple(part.text for part in given if part.group is group)) for group in Group
    )
    return tuple(section for section in found if section.lines)


def left_out(chosen: Iterable[Part], classes: Collection[str]) -> tuple[Part, ...]:
    """What was chosen and lies outside these classes, so that it cannot leave."""
    return tuple(part for part in chosen if part.information_class not in classes)
