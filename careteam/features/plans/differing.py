"""A difference of two versions in words, for one reader: what changed, and whom it concerns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from careteam.domain.planning import (
    AgreedStep,
    Changed,
    Snapshot,
    concerned,
    difference,
)
from careteam.domain.wording import count_words, day_words, list_words
from careteam.kit import clock

Label = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One milestone of a difference. `kind`: added, removed or changed. `concerns` are names."""

    id: str
    title: str
    kind: str
    words: str
    concerns: tuple[str, ...]

    @property
    def concerns_words(self) -> str:
        """'Concerns Ash Seated and you.'"""
        names = [name for name in self.concerns if name != "You"]
        you = ["you"] if "You" in self.concerns else []
        return f"Concerns {list_words([*names, *you])}."


def change_lines(before: Snapshot, after: Snapshot, label: Label) -> tuple[ChangeLine, ...]:
    """What is new, what is gone, what is otherwise; names as `label` gives them to the reader."""
    change = difference(before, after)
    keys = concerned(before, after, change)
    titles = {step.id: step.title for step in (*before.steps, *after.steps)}

    def line(step: AgreedStep, kind: str, words: str) -> ChangeLine:
        names = tuple(dict.fromkeys(label(key) for key in keys[step.id]))
        return ChangeLine(step.id, step.title, kind, words, names)

    return (
        *(line(step, "added", _new_words(step, label)) for step in change.added),
        *(
            line(each.after, "changed", _changed_words(each, titles, label))
            for each in change.changed
        ),
        *(line(step, "removed", "Taken out.") for step in change.removed),
    )


def _new_words(step: AgreedStep, label: Label) -> str:
    when = f", by {_day(step.due_on)}" if step.due_on else ""
    return f"New: {_in_a_sentence(label(step.owner))}{when}."


def _changed_words(change: Changed, titles: Mapping[str, str], label: Label) -> str:
    return " ".join(_field_words(name, change, titles, label) for name in change.fields)


def _field_words(name: str, change: Changed, titles: Mapping[str, str], label: Label) -> str:
    before, after = change.before, change.after
    match name:
        case "title":
            return f"Was called “{before.title}”."
        case "due_on":
            return _moved(change)
        case "owner":
            old, new = (_in_a_sentence(label(step.owner)) for step in (before, after))
            return f"From {old} to {new}."
        case "criterion":
            told = f": {after.criterion}" if after.criterion else " is no longer said"
            return f"How one can tell{told}".rstrip(".") + "."
        case "depends_on":
            return _waits(change, titles)
        case "lags":
            return _days_between(change, titles)
        case _:
            return "In another phase."


def _moved(change: Changed) -> str:
    """'Moved by 9 days, to 12 Mar.'"""
    due_on = change.after.due_on
    if due_on is None:
        return "Has no date any more."
    if not change.days:
        return f"By {_day(due_on)} now."
    way = "Moved by" if change.days > 0 else "Earlier by"
    return f"{way} {count_words(abs(change.days), 'day')}, to {_day(due_on)}."


def _waits(change: Changed, titles: Mapping[str, str]) -> str:
    old, new = set(change.before.depends_on), set(change.after.depends_on)
    more = [titles[id_] for id_ in sorted(new - old) if id_ in titles]
    less = [titles[id_] for id_ in sorted(old - new) if id_ in titles]
    said = [f"Waits for {list_words(more)} now."] if more else []
    return " ".join([*said, f"No longer waits for {list_words(less)}."] if less else said)


def _days_between(change: Changed, titles: Mapping[str, str]) -> str:
    said = [
        f"{count_words(days, 'day')} after {titles[id_]}"
        for id_, days in change.after.lags
        if id_ in titles
    ]
    return f"Waits {list_words(said)} now." if said else "No days to wait in between any more."


def _in_a_sentence(name: str) -> str:
    return "you" if name == "You" else name


def _day(day: date) -> str:
    return day_words(day, clock.today())
