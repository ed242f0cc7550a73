"""The parts of a draft that are edited entry by entry, and what becomes of one entry.

An entry is a plain mapping as the YAML says it. What a form does not show of it stays in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careteam.features.pathways.drafting import own_id, values_of
from careteam.kit.errors import Invalid, NotFound

Values = dict[str, Any]
EMPTY: tuple[Any, ...] = (None, "", [])
COUNT, TARGET = "count", "measure"
NESTED = {
    "count_min": (COUNT, "min"),
    "count_max": (COUNT, "max"),
    "measure_id": (TARGET, "id"),
    "measure_comparator": (TARGET, "comparator"),
    "measure_value": (TARGET, "value"),
}
"""Fields of a form that lie one level deeper in the entry."""
RESTS = ("basis", "sources")


@dataclass(frozen=True, slots=True)
class Part:
    """`key` in the file; `identity` tells its entries apart; `named_by` is what a list shows.

    `fields` are those a form shows, in the order of the file; the `optional` ones are left out of
    the entry when empty.
    """

    key: str
    label: str
    one: str
    fields: tuple[str, ...]
    identity: str = "id"
    named_by: str = "name"
    optional: frozenset[str] = frozenset()


PARTS = {
    part.key: part
    for part in (
        Part(
            "roles",
            "Roles",
            "role",
            tuple(
                "discipline requirement purpose covers count_min count_max bring_in_phase"
                " condition not_before alternatives".split()
            ),
            identity="discipline",
            named_by="discipline",
            optional=frozenset({"condition", "not_before", "alternatives"}),
        ),
        Part("phases", "Phases", "phase", ("name", "start_week", "end_week", "aim")),
        Part(
            "milestones",
            "Milestones",
            "milestone",
            tuple(
                "name phase target_day owner depends_on criterion measure_id measure_comparator"
                " measure_value if_owner_absent".split()
            ),
            optional=frozenset(
                {"if_owner_absent", "measure_id", "measure_comparator", "measure_value"}
            ),
        ),
        Part(
            "screening",
            "Questions",
            "question",
            tuple("ask answer information_class sensitive why options unit".split()),
            named_by="ask",
            optional=frozenset({"options", "unit"}),
        ),
        Part("rules", "Rules", "rule", ("when", "then", "why", *RESTS), named_by="why"),
        Part(
            "red_flags",
            "Red flags",
            "red flag",
            ("sign", "urgency", "action", "hold_manual_therapy", *RESTS),
            named_by="sign",
        ),
        Part(
            "contraindications",
            "Contraindications",
            "contraindication",
            ("text", "kind", "until", *RESTS),
            named_by="text",
        ),
        Part(
            "claims",
            "Claims",
            "claim",
            ("claim", "verdict", "guidance_says", "show_to_practitioner", *RESTS),
            named_by="claim",
        ),
        Part(
            "outcome_measures",
            "Measures",
            "measure",
            ("id", "use", "collect_days", "pathway_note"),
            named_by="id",
            optional=frozenset({"pathway_note"}),
        ),
    )
}


def get_part(key: str) -> Part:
    """Raises `NotFound`."""
    if key not in PARTS:
        raise NotFound
    return PARTS[key]


def entries_of(source: str, part: Part) -> list[Values]:
    """The entries of a draft as far as they are entries at all."""
    found = values_of(source).get(part.key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def get_entry(entries: Sequence[Values], part: Part, name: str) -> Values:
    """Raises `NotFound`."""
    found = next((each for each in entries if each.get(part.identity) == name), None)
    if found is None:
        raise NotFound
    return found


def flat(part: Part, entry: Values) -> Values:
    """The entry as its form shows it."""
    found = {}
    for field in part.fields:
        outer, inner = NESTED.get(field, ("", field))
        holder = entry.get(outer) if outer else entry
        found[field] = holder.get(inner) if isinstance(holder, dict) else None
    return found


def changed(part: Part, entry: Values, changes: Mapping[str, Any]) -> Values:
    """The entry with these fields changed; whatever else it says stays."""
    result = dict(entry)
    for field, value in changes.items():
        outer, inner = NESTED.get(field, ("", field))
        if outer:
            held = result.get(outer)
            whole = (dict(held) if isinstance(held, dict) else {}) | {inner: value}
            if field in part.optional and all(each in EMPTY for each in whole.values()):
                result.pop(outer, None)
            else:
                result[outer] = whole
        elif value in EMPTY and field in part.optional:
            result.pop(field, None)
        else:
            result[field] = value
    return result


def with_new(part: Part, entries: Sequence[Values], values: Values) -> list[Values]:
    """The entries and a new one at the end. Raises `Invalid` where its place is taken."""
    taken = {"new", *(str(each.get(part.identity)) for each in entries)}
    start: Values = {}
    if part.identity not in part.fields:
        start = {part.identity: _free(str(values.get(part.named_by) or part.one), taken)}
    elif values[part.identity] in taken:
        raise Invalid(f"There is a {part.one} of this kind already.", field=part.identity)
    return [*entries, changed(part, start, values)]


def with_changed(
    part: Part, entries: Sequence[Values], name: str, changes: Mapping[str, Any]
) -> list[Values]:
    """The entries with one changed. Raises `Invalid` where it would be a second of its kind."""
    old = get_entry(entries, part, name)
    new = changed(part, old, changes)
    others = [each.get(part.identity) for each in entries if each is not old]
    if new.get(part.identity) in others:
        raise Invalid(f"There is a {part.one} of this kind already.", field=part.identity)
    return [new if each is old else each for each in entries]


def without(part: Part, entries: Sequence[Values], name: str) -> list[Values]:
    old = get_entry(entries, part, name)
    return [each for each in entries if each is not old]


def moved(part: Part, entries: Sequence[Values], name: str, by: int) -> list[Values]:
    """The entries with one a place earlier or later; at the end of the list nothing happens."""
    order = list(entries)
    here = order.index(get_entry(entries, part, name))
    there = here + by
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    return order


def _free(words: str, taken: set[str]) -> str:
    """An id out of the first words of a name, with a number where it is taken."""
    base = own_id(" ".join(words.split()[:5])).removeprefix("own_") or "entry"
    base = base if base[0].isalpha() else f"n_{base}"
    numbered = (f"{base}_{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(each for each in numbered if each not in taken)
