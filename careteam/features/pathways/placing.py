"""Where in a draft a problem stands: which part, which entry, which field of its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import yaml

from careteam.features.pathways.drafting import FILE, line_of, problems_of
from careteam.features.pathways.parts import NESTED, PARTS, Part
from careteam.features.pathways.reading.entry import ContentError
from careteam.features.pathways.reading.milestones import CIRCLE
from careteam.features.pathways.reading.typed import compose_typed


@dataclass(frozen=True, slots=True)
class Placed:
    """A problem and its place: `key` is the top key of the file, `part` set where it has forms.

    `entry` and `field` are empty where the problem is no single one's. `words` are the line's own.
    """

    line: int
    reason: str
    key: str = ""
    part: str = ""
    entry: str = ""
    field: str = ""
    words: str = ""

    def stands_at(self, part: str, entry: str) -> bool:
        """Whether that entry can mend it: a circle stands at each of its milestones."""
        _, is_circle, names = self.reason.partition(CIRCLE)
        at = names.split(" > ") if is_circle else [self.entry]
        return self.part == part and entry in at


def placed_problems(name: str, source: str) -> tuple[Placed, ...]:
    """What the validator says against the draft `name`, each with its place."""
    found = problems_of(name, source)
    if not found:
        return ()
    try:
        node = compose_typed(FILE, source)
    except ContentError:
        placed = [Placed(each.line, each.reason) for each in found]
    else:
        placed = [_placed(each, node) for each in found]
    return tuple(replace(each, words=line_of(source, each.line)) for each in placed)


def _placed(problem: ContentError, node: yaml.Node) -> Placed:
    line, reason = problem.line, problem.reason
    top = _last_before(_pairs(node), line)
    if top is None:
        return Placed(line, reason)
    key, value = top
    part = PARTS.get(key)
    if part is None:
        return Placed(line, reason, key)
    entry = _entry_at(value, line)
    if entry is None:
        return Placed(line, reason, key, part.key)
    if CIRCLE in reason:
        return Placed(line, reason, key, part.key, reason.split(" > ")[-1], "depends_on")
    name = next((str(each.value) for key, each in _pairs(entry) if key == part.identity), "")
    return Placed(line, reason, key, part.key, name, _field_at(part, entry, line))


def _pairs(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), value) for key, value in node.value)


def _last_before(pairs: Iterator[tuple[str, yaml.Node]], line: int) -> tuple[str, yaml.Node] | None:
    """The last of them that begins at that line or before it."""
    before = [pair for pair in pairs if pair[1].start_mark.line + 1 <= line]
    return before[-1] if before else None


def _entry_at(value: yaml.Node, line: int) -> yaml.Node | None:
    if not isinstance(value, yaml.SequenceNode):
        return None
    before = [each for each in value.value if each.start_mark.line + 1 <= line]
    return before[-1] if before else None


def _field_at(part: Part, entry: yaml.Node, line: int) -> str:
    """The field of the form that shows what stands at that line; none for the entry as a whole."""
    found = _last_before(_pairs(entry), line)
    if found is None or line <= entry.start_mark.line + 1:
        return ""
    key, value = found
    inner = _last_before(_pairs(value), line)
    nested = {place: field for field, place in NESTED.items()}
    if inner is not None and (key, inner[0]) in nested:
        return nested[key, inner[0]]
    outer = next((field for (name, _), field in nested.items() if name == key), "")
    return key if key in part.fields else outer
